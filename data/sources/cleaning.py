"""Text from strangers made harmless: one form of each letter, no control characters, no markup.

Every function takes any string and time linear in its length.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from html.parser import HTMLParser

_LINE_ENDS = "\v\f\r\x85\u2028\u2029"
# Soft hyphens, byte order marks and zero-width spaces split words unseen; embeddings of direction can hide text.
_UNSEEN = "\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_CHARACTERS: dict[int, str | None] = {
    **{code: None for code in (*range(32), *range(127, 160)) if code != 10},
    **{ord(char): None for char in _UNSEEN},
    **{ord(char): "\n" for char in _LINE_ENDS},
    **{ord(char): " " for char in _SPACES},
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_MARKS = 30
"""Combining marks after a letter, as in the Stream-Safe Text Format (Unicode UAX 15): more make NFC quadratic."""
# Outside these ranges no mark combines: a quick look that spares most texts the slow one. What lies between them are
# the scripts of East Asia, whose letters stand one after the other without a space.
_MARKS_MAYBE = re.compile(
    "[\u0300-\u1fff\u20d0-\u20ff\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe20-\ufe2f"
    f"\U000101fd-\U0001e94f]{{{_MOST_MARKS + 1}}}"
)
_CHANGED = re.compile(f"[{''.join(map(re.escape, map(chr, _CHARACTERS)))}]")

_BLOCKS = (
    "address|article|aside|blockquote|body|br|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|"
    "header|hr|html|li|main|nav|ol|option|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|audio|b|base|bdi|bdo|big|button|canvas|caption|cite|code|col|del|details|dfn|em|embed|font|i|img|"
    "input|ins|kbd|label|link|map|mark|meta|noscript|object|param|picture|q|rp|rt|ruby|s|samp|select|small|source|span|"
    "strike|strong|sub|summary|sup|svg|time|tt|u|use|var|video|wbr"
)
_BLOCK = re.compile(_BLOCKS)
_NAMES = f"{_BLOCKS}|{_INLINE}"
_TAG = rf"/?(?:{_NAMES})(?:\s[^<>]{{0,4000}})?/?>"
_ANY_TAG = re.compile(f"<{_TAG}", re.IGNORECASE)
_NO_TAG = re.compile(f"<(?!{_TAG})", re.IGNORECASE)
_HUGE_REFERENCE = re.compile(r"&(?=#(?:[0-9]{8}|[xX][0-9a-fA-F]{8}))")
_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{2,7}|#x[0-9a-f]{2,6});", re.IGNORECASE)
_UNSHOWN = re.compile(r"<(script|style)\b[^<>]{0,4000}>", re.IGNORECASE)
_DROPPED = re.compile(r"<(?:[!?][a-z]|/?iframe\b)[^<>]{0,4000}>", re.IGNORECASE)


def characters(text: str) -> str:
    """`text` in Unicode NFC, lines ending in \\n, without control characters and lone surrogates (U+FFFD for these)."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\r\n", "\n")
    if _CHANGED.search(text):  # looking costs a fifth of translating
        text = text.translate(_CHARACTERS)
    if text.isascii():
        return text
    if _MARKS_MAYBE.search(text):
        text = _marks().sub(lambda match: match.group()[:_MOST_MARKS], text)
    return unicodedata.normalize("NFC", text)


def markup(text: str) -> str:
    """`text` without HTML tags and entities; scripts, styles and comments go with what they hold, blocks become lines.

    Only names of HTML elements count as tags: what else stands in angle brackets is text and stays.
    """
    if "<" not in text and "&" not in text:
        return text
    for _ in range(2):  # feeds escape their HTML once more
        if not any(form.search(text) for form in (_ANY_TAG, _ESCAPED, _UNSHOWN, _DROPPED)) and "<!--" not in text:
            return text
        text = _stripped(text)
    return text


def line(text: str) -> str:
    """`text` cleaned, in one line."""
    return " ".join(markup(characters(text)).split())


def paragraphs(text: str) -> str:
    """`text` cleaned, with single spaces and at most one blank line between its lines."""
    clean = characters(text)
    plain = markup(clean)
    kept: list[str] = []
    for part in (plain if plain is clean else characters(plain)).split("\n"):
        part = " ".join(part.split())
        if part or (kept and kept[-1]):
            kept.append(part)
    return "\n".join(kept).strip()


@cache
def _marks() -> re.Pattern[str]:
    """Runs of combining marks that are too long."""
    codes = (code for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code)))
    return re.compile(f"[{''.join(map(chr, codes))}]{{{_MOST_MARKS + 1},}}")


def _stripped(text: str) -> str:
    text = _without_scripts(_without_comments(text))
    text = _DROPPED.sub("", text)
    # What is left to the parser are whole tags only: on fragments it takes quadratic time.
    text = _NO_TAG.sub("&lt;", _HUGE_REFERENCE.sub("&amp;", text))
    parser = _Text()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)


class _Text(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _BLOCK.fullmatch(tag):
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if _BLOCK.fullmatch(tag):
            self.parts.append("\n")


def _without_comments(text: str) -> str:
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[position:start])
        position = end + 3
    return "".join([*kept, text[position:]])


def _without_scripts(text: str) -> str:
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()
    while match := _UNSHOWN.search(text, position):
        name = match[1].lower()
        closing = None if name in unclosed else _closing(name).search(text, match.end())
        if closing is None:
            unclosed.add(name)
        end = closing.end() if closing else match.end()
        kept.append(text[position : match.start()])
        position = end
    return "".join([*kept, text[position:]])


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}[^<>]{{0,100}}>", re.IGNORECASE)


def unescaped(text: str) -> str:
    """`text` with its entities read, for addresses."""
    return html.unescape(_HUGE_REFERENCE.sub("&amp;", text)) if "&" in text else text
