"""Words that set two selections apart: a column for each, the surest first, with a sentence where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.exports.drawing.bars import more
from components.exports.drawing.primitives import Drawing, Line, Primitive, Rect, Text, moved
from components.exports.drawing.sentences import source
from components.exports.drawing.text import block, fitted, width, wrapped
from components.theme import LIGHT, sides
from components.wording import percent
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Apart

_GAP, _HEAD, _ROW = 36.0, 30.0, 30.0


def apart(marks: Apart, room: float, most: float) -> Drawing:
    """In `room` points of width and at most `most` of height."""
    if marks.frame.empty:
        return Drawing(room, 0, ())
    wide = (room - _GAP) / 2
    examples, below = _examples(marks, room, most)
    drawn: list[Primitive] = []
    lowest, left_out = 0.0, 0
    for n, (side, name, colour) in enumerate(zip("AB", marks.names, sides(LIGHT), strict=True)):
        found = marks.frame[marks.frame["side"] == side]
        column, end, without = _column(found, side, (f"{side}: {name}", colour), wide, most - below)
        drawn += moved(column, n * (wide + _GAP), 0)
        lowest, left_out = max(lowest, end), left_out + without
    drawn += moved(examples, 0, lowest + 12)
    return Drawing(room, lowest + below, tuple(drawn), left_out)


def _column(
    frame: Any, side: str, named: tuple[str, str], room: float, most: float
) -> tuple[list[Primitive], float, int]:
    name, colour = named
    drawn: list[Primitive] = [
        Rect(0, 2, 11, 11, colour),
        Text(18, 12, fitted(name, 12, room - 18, bold=True), 12, LIGHT.ink, bold=True),
        Line(((0, 20), (room, 20)), LIGHT.line),
    ]
    if frame.empty:
        drawn.append(Text(0, _HEAD + 8, "No word is clearly more frequent here.", 10, LIGHT.quiet))
        return drawn, _HEAD + 14, 0
    fitting = max(int((most - _HEAD) // _ROW), 1)
    shown = frame if len(frame) <= fitting else frame.head(max(int((most - _HEAD - 14) // _ROW), 1))
    for n, each in enumerate(rows(shown)):
        drawn += moved(_word(each, side, room), 0, _HEAD + n * _ROW)
    end = _HEAD + len(shown) * _ROW
    if len(shown) < len(frame):
        drawn.append(Text(0, end + 8, fitted(more(len(frame) - len(shown)), 9, room), 9, LIGHT.quiet))
        end += 14
    return drawn, end, len(frame) - len(shown)


def _word(each: Any, side: str, room: float) -> list[Primitive]:
    effect = fitted(str(each.effect), 10, room * 0.5)
    own, other = ("a", "b") if side == "A" else ("b", "a")
    counted = [(getattr(each, f"{key}_n"), getattr(each, f"{key}_of")) for key in (own, other)]
    said = " against ".join(f"{n:,} of {of:,} ({percent(n / of if of else 0.0)})" for n, of in counted)
    return [
        Text(0, 9, fitted(str(each.word), 12, room - width(effect, 10) - 12, bold=True), 12, LIGHT.ink, bold=True),
        Text(room, 9, effect, 10, LIGHT.ink, at="end"),
        Text(0, 21, fitted(said, 9, room), 9, LIGHT.quiet),
    ]


def _examples(marks: Apart, room: float, most: float) -> tuple[list[Primitive], float]:
    """A sentence from each side for the first word that has some, and its height; nothing where room is short."""
    key = next((word for word in marks.frame["word"].tolist() if marks.examples.get(str(word))), None)
    if key is None or most < 230:
        return [], 0.0
    drawn: list[Primitive] = [Text(0, 9, fitted(f"“{key}” in use", 10, room, bold=True), 10, LIGHT.ink, bold=True)]
    y = 16.0
    for said, cited in marks.examples[str(key)][:2]:
        text, below = block(wrapped(said, 10.5, room, 2), 0, y, 10.5, LIGHT.ink)
        drawn += [*text, *source(cited, 0, below + 9, room, 8.5)]
        y = below + 18
    return drawn, y + 14
