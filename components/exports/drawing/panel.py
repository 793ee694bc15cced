"""One panel as a sheet of its own: title, figure, caption, and one line of its method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.exports.drawing.figures import figure
from components.exports.drawing.primitives import Group, Primitive, moved
from components.exports.drawing.text import block, wrapped
from components.theme import LIGHT

if TYPE_CHECKING:
    from components.content import Content

WIDTH, MARGIN = 960.0, 28.0
_FIGURE = 500.0


def panel(content: Content, title: str = "", more: tuple[str, ...] = ()) -> tuple[tuple[Group, ...], float]:
    """The groups of the sheet in reading order, and its height; it is WIDTH wide.

    `title` stands in for the name of the panel; `more` are paragraphs below the caption.
    """
    room = WIDTH - 2 * MARGIN
    head, y = block(
        wrapped(title or content.title, 20, room, 4, bold=True), MARGIN, MARGIN - 4, 20, LIGHT.ink, bold=True
    )
    drawn = figure(content, room, _FIGURE)
    groups = [Group("H1", head), Group("Figure", moved(drawn.marks, MARGIN, y + 14), content.alt)]
    y += 14 + drawn.height + 16
    for n, words in enumerate((content.caption, *more, line_of_method(content))):
        size = 12.0 if not n else 10.5
        text, y = block(wrapped(words, size, room, 4), MARGIN, y, size, LIGHT.quiet if n else LIGHT.ink)
        groups.append(Group("Caption" if not n else "P", text))
        y += 5
    return tuple(groups), y + MARGIN - 10


def line_of_method(content: Content) -> str:
    """Selection, numbers, base, dates and data in one line."""
    method = content.method
    said = (
        method.selection,
        f"{method.numbers}.",
        f"Shares of {method.base}.",
        f"{method.dates}.",
        f"Data: {method.data}.",
    )
    return " ".join(said)


def marks_of(groups: tuple[Group, ...]) -> tuple[Primitive, ...]:
    """All marks in order."""
    return tuple(mark for group in groups for mark in group.marks)
