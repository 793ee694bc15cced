"""Sentences of a text, as spans: by the marks that end them in most scripts, without cutting at abbreviations."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

READ = 20_000
"""Characters of a text that are read: what it says most stands at its beginning."""

_CLOSING = "\"'\u201d\u2019\u00bb)\\]\u300d\u300f\uff09"
_END = re.compile(
    rf"(?<![.!?\u2026])(?P<mark>[.!?\u2026]++)[{_CLOSING}]*+(?=\s|$)"  # with a space after it
    rf"|[\u3002\uff01\uff1f]++[{_CLOSING}]*+"  # Chinese and Japanese, without
    rf"|[\u061f\u06d4\u0964\u0965\u1362\u104b]++[{_CLOSING}]*+"  # Arabic, Urdu, Indian, Ethiopian, Burmese
    r"|(?P<line>\n[ \t]*+(?P<more>\n\s*+)?)"
)
_ABBREVIATIONS = frozenset(
    """Adm Apr Aug Ave Bros Brig Capt Cmdr Col Corp Dec Dept Dr Dra Exc Feb Gen Gov Hon Inc Jan Jr Jul Jun Lt Ltd Maj
    Mar Mio Mme Mr Mrd Mrs Ms Mt No Nos Nov Nr Oct Pres Prof Rep Rev Sen Sep Sept Sgt Sig Sr Sra Srta St Supt
    bzw ca cf etc evtl nr u.a usw vgl vs z.b руб стр тыс ул г гг им млн млрд т.е т.д""".split()  # noqa: SIM905
)
"""As they are written: "mar." ends many a Spanish sentence, "Mar." none."""
_COUNTING = frozenset({"cs", "da", "de", "et", "fi", "hr", "hu", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"})
"""Languages that put a stop after an ordinal number: "am 3. Mai"."""
_LAST_WORD = re.compile(r"[^\s(\[\"'\u201c\u201e\u00ab\u2018]{1,12}$")
_LINES, _NARROW, _WIDE = 4, 40, 110
"""A text of at least so many lines, most of them between these widths, was broken at a fixed width."""


def spans(text: str, language: str = "") -> Iterator[tuple[int, int]]:
    """Start and end of each sentence among the first READ characters, without space around it; linear in their number.

    A line ends a sentence, unless lines are broken at a fixed width or a small letter follows; an empty line
    always does. What has no end mark, as a heading, is a sentence of its own.
    """
    text = text[:READ]
    broken = _is_broken(text)
    places = [0, *(end.end() for end in _END.finditer(text) if _ends(end, text, language, broken)), len(text)]
    for first, last in pairwise(places):
        part = text[first:last]
        bare = part.strip()
        if bare:
            start = first + part.index(bare[0])
            yield start, start + len(bare)


def flat(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def _ends(end: re.Match[str], text: str, language: str, broken: bool) -> bool:
    if end["line"] is not None:
        return bool(end["more"]) or not (broken or _goes_on(text, end.end()))
    if end["mark"] != ".":
        return end["mark"] is None or not _goes_on(text, end.end())
    found = _LAST_WORD.search(text, max(0, end.start() - 13), end.start())
    word = found.group() if found else ""
    abbreviated = word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or _is_initials(word)
    counted = language in _COUNTING and word.isdecimal() and len(word) <= 2
    return not (abbreviated or counted or _goes_on(text, end.end()))


def _is_initials(word: str) -> bool:
    """Single letters with stops between them: "U.S"."""
    parts = word.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)


def _goes_on(text: str, place: int) -> bool:
    """Whether a small letter follows, which begins no sentence."""
    following = text[place : place + 40].lstrip()
    return following[:1].islower()


def _is_broken(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    inner = [len(line) for line, _ in pairwise(lines)]
    fitting = sum(_NARROW <= width <= _WIDE for width in inner)
    ended = sum(line.rstrip().endswith((".", "!", "?", "\u201d", '"', "\u3002")) for line in lines)
    return len(lines) >= _LINES and fitting >= 0.7 * len(inner) and ended < 0.6 * len(lines)
