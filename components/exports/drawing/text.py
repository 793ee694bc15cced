"""Text that fits: widths, lines and cut ends. Every text from outside passes through here before it is drawn."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from components.exports import fonts
from components.exports.drawing.primitives import Primitive, Text
from components.wording import plain

MOST = 6_000
"""Characters of one text that are looked at; no page shows more."""
LEADING = 1.32
"""Height of a line, in sizes of its text."""
_SHAPED = re.compile("[\u0300-\u036f\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]")
_PIECES = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]|\s+|[^\s\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]+"
)
_WORTHLESS = re.compile("[\u00ad\u200c-\u200f\ufe00-\ufe0f\ud800-\udfff\U000e0000-\U000e0fff]")


def clean(text: str) -> str:
    """`text` on one line, without what is not seen and at most MOST characters long."""
    return " ".join(_WORTHLESS.sub("", plain(text[: 2 * MOST])).split())[:MOST]


def shaped(text: str) -> bool:
    """Whether letters of `text` change by their neighbours or run from the right."""
    return _SHAPED.search(text) is not None


def from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs from the right (Unicode Bidirectional Algorithm, rule P2)."""
    for letter in text[:200]:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


@lru_cache(maxsize=65_536)
def width(text: str, size: float, bold: bool = False) -> float:
    """Width in points. Joined letters are measured apart, which is never less by more than a hair."""
    return size * sum(_advance(letter, bold) for letter in text)


def _advance(letter: str, bold: bool) -> float:
    return 0.0 if unicodedata.combining(letter) else fonts.advance(letter, bold)


def fitted(text: str, size: float, room: float, bold: bool = False) -> str:
    """`text` on one line, its end cut where there is no room for it."""
    text = clean(text)
    if width(text, size, bold) <= room:
        return text
    left, kept = room - width("…", size, bold), 0
    for letter in text:
        left -= size * _advance(letter, bold)
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def wrapped(text: str, size: float, room: float, most: int = 1_000, bold: bool = False) -> tuple[str, ...]:
    """`text` in at most `most` lines; between ideographs, and in words that are too long, anywhere. Cut: "…"."""
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _parts(clean(text), size, room, bold):
        wide = width(piece, size, bold)
        if used + wide > room and not piece.isspace() and line:
            lines.append(line.rstrip())
            line, used = "", 0.0
            if len(lines) > most:
                break
        if line or not piece.isspace():
            line, used = line + piece, used + wide
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], _ended(lines[most - 1], size, room, bold)]
    return tuple(lines)


def _ended(line: str, size: float, room: float, bold: bool) -> str:
    while line and width(line + "…", size, bold) > room:
        line = line[:-1]
    return line.rstrip() + "…"


def _parts(text: str, size: float, room: float, bold: bool) -> list[str]:
    """Pieces of `text` that stay together and fit on one line."""
    found = []
    for piece in _PIECES.findall(text):
        if width(piece, size, bold) <= room:
            found.append(piece)
            continue
        start, used = 0, 0.0
        for n, letter in enumerate(piece):
            wide = size * _advance(letter, bold)
            if used + wide > room and n > start:
                found.append(piece[start:n])
                start, used = n, 0.0
            used += wide
        found.append(piece[start:])
    return found


def block(
    lines: tuple[str, ...], x: float, top: float, size: float, colour: str, *, bold: bool = False
) -> tuple[tuple[Primitive, ...], float]:
    """Lines below each other from `top`, and where they end."""
    step = size * LEADING
    drawn = tuple(Text(x, top + n * step + size, line, size, colour, bold) for n, line in enumerate(lines))
    return drawn, top + len(lines) * step
