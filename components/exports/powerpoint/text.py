"""Text on a slide: inert, turned the right way, and no longer than its room."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from components.exports.powerpoint.boxes import POINT, Box
from components.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pptx.dml.fill import FillFormat

LONGEST = 4_000
"""Characters of a text that are looked at; nothing longer fits a slide."""
LONGEST_LINK = 2_000
"""PowerPoint refuses addresses that are longer."""
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""Not allowed in XML."""
_HOST = re.compile(r"[a-z0-9._-]+")
_IN_ADDRESSES = "/?&=+:;,.!~*'()@$%-_"
_ENDS = " ,;:.·-–—"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    size: float
    bold: bool = False
    quiet: bool = False
    colour: str = ""
    """ "#rrggbb" instead of the ink of the theme."""
    link: str = ""
    own: bool = True
    """Whether it has an ink of its own; a placeholder gives its own."""


def inert(text: str) -> str:
    """`text` as XML can hold it and nobody is misled by it."""
    return _NO_CHARACTER.sub("", plain(text))


def shown(text: str, longest: int = LONGEST) -> str:
    """`text` on one line, cut to `longest` characters."""
    text = " ".join(inert(text[: 4 * LONGEST]).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip(_ENDS) + "…"


def leftward(text: str) -> bool:
    """Whether `text` is written from right to left: its first letter says (Unicode Annex 9, rule P2)."""
    kinds = (unicodedata.bidirectional(character) for character in text[:LONGEST])
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def safe_link(url: str) -> str:
    """An address of the web as a file may hold it; "" for any other, and for what is no address."""
    address = shown(url, LONGEST_LINK + 1)
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or parts.username is not None:
        return ""
    rest = (quote(piece, safe=_IN_ADDRESSES) for piece in (parts.path, parts.query, parts.fragment))
    whole = urlunsplit((parts.scheme, host + port, *rest))
    return whole if len(whole) <= LONGEST_LINK else ""


def width(text: str, size: float, bold: bool = False) -> float:
    """About how wide `text` is in Arial, or a little less, in points: its widths by class of letter."""
    return sum(map(_em, text)) * size * (1.1 if bold else 1.03)


_EM = {
    **dict.fromkeys("ijl|'’", 0.23),
    **dict.fromkeys(" .,:;!ft()[]/\\I-·", 0.3),
    **dict.fromkeys("r“”*°", 0.36),
    **dict.fromkeys("ckszvxyJ", 0.5),
    **dict.fromkeys("mwMW@%…—ЖМФШЩЮЫжмфшщюы", 0.9),
}
"""Widths of letters that are not as wide as most, in parts of the size of the type."""


def _em(character: str) -> float:
    if character in _EM:
        return _EM[character]
    if character <= "\x7e":
        return 0.7 if character.isupper() else 0.556
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() else 0.58


def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """About how many lines `text` takes where `room` points are available; a little of them is left free."""
    room *= 0.97
    count, used = 1, 0.0
    for word in text.split(" "):
        long = width(word + " ", size, bold)
        if used and used + long > room + size * 0.34:
            count, used = count + 1, 0.0
        used += long
        extra = int((used - size * 0.34) // room) if used > room + size * 0.34 else 0
        count, used = count + extra, used - extra * room
    return count


def cut(text: str, size: float, room: float, most: int = 1, bold: bool = False) -> str:
    """`text`, or as much of it as fits `most` lines, with an ellipsis."""
    text = shown(text)
    if lines(text, size, room, bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = lines(text[:middle] + "…", size, room, bold) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip(_ENDS) + "…"


def fitted(text: str, box: Box, sizes: Sequence[float], bold: bool = False) -> tuple[str, float]:
    """`text` in the first of `sizes` (points, largest first) that fits the box; cut in the last one if none does."""
    text, room, high = shown(text), box.width / POINT, box.height / POINT
    for size in sizes:
        if lines(text, size, room, bold) * size * 1.2 <= high:
            return text, size
    return cut(text, sizes[-1], room, max(int(high / (sizes[-1] * 1.2)), 1), bold), sizes[-1]


def rgb(colour: str) -> RGBColor:
    """A colour "#rrggbb" as python-pptx has it."""
    maker: Any = RGBColor
    made: RGBColor = maker(*bytes.fromhex(colour.lstrip("#")))
    return made


def ink(fill: FillFormat, *, quiet: bool = False, colour: str = "") -> None:
    """Fills with the ink of the theme, a paler one that still reads, or a fixed colour."""
    any_fill: Any = fill
    any_fill.solid()
    if colour:
        fill.fore_color.rgb = rgb(colour)
        return
    fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_1
    if quiet:
        fill.fore_color.brightness = QUIET


QUIET = 0.25
"""How much paler captions are than text: 7:1 on white with the usual inks, and still white where the ink is white."""


def write(frame: Any, paragraphs: Iterable[Sequence[Run]], *, align: str = "", after: float = 0) -> None:
    """Fills a text frame, one paragraph an item; those in Arabic, Hebrew and the like from right to left.

    `align`: "left", "centre" or "right" for all, else where the script begins. `after`: points below each paragraph.
    """
    for n, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        _aim(paragraph, leftward("".join(run.text for run in runs)), align)
        if after:
            paragraph.space_after = Pt(after)
        for run in runs:
            _add(paragraph, run)


_ALIGNED = {"left": PP_ALIGN.LEFT, "centre": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}


def _aim(paragraph: Any, from_right: bool, align: str) -> None:
    if from_right:
        paragraph._p.get_or_add_pPr().set("rtl", "1")
        paragraph.alignment = PP_ALIGN.RIGHT
    if align:
        paragraph.alignment = _ALIGNED[align]


def _add(paragraph: Any, run: Run) -> None:
    added = paragraph.add_run()
    added.text = run.text
    added.font.size = Pt(run.size)
    if run.bold:
        added.font.bold = True
    if run.link:
        added.hyperlink.address = run.link
    elif run.own:
        ink(added.font.fill, quiet=run.quiet, colour=run.colour)


def box_of_text(
    shapes: Any,
    box: Box,
    name: str,
    paragraphs: Iterable[Sequence[Run]],
    *,
    align: str = "",
    anchor: str = "top",
    after: float = 0,
) -> Any:
    """A text box without margins, named `name`."""
    shape = shapes.add_textbox(*box.place)
    shape.name = shown(name, 80)
    bare(shape.text_frame, anchor)
    write(shape.text_frame, paragraphs, align=align, after=after)
    return shape


def bare(frame: Any, anchor: str = "top", *, wrap: bool = True) -> None:
    """No margins, no growing; text at the top, middle or bottom."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = wrap
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}[anchor]


def describe(shape: Any, words: str) -> None:
    """Alternative text of a graphic, for those who do not see it."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", shown(words, 2_000))
