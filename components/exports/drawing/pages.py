"""Pages of a printed report: opening, a finding, its figures as a table, method, sources. Each is groups of marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.exports.cells import card
from components.exports.drawing.figures import figure
from components.exports.drawing.primitives import Bookmark, Group, Line, Primitive, Rect, Text, moved
from components.exports.drawing.text import LEADING, block, fitted, width, wrapped
from components.theme import LIGHT
from components.wording import count, day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.report.document import Document, Slide

WIDTH, HEIGHT = 842.0, 595.0
"""A4, landscape."""
MARGIN = 44.0
ROOM = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - 40
"""Above the foot."""
_TITLES = ((22.0, 2), (19.0, 2), (16.0, 3), (14.0, 4))
CHANGED = "#8a4b00"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and its entries in the outline."""

    groups: tuple[Group, ...]
    bookmarks: tuple[Bookmark, ...] = ()


def foot(document: Document, number: int, of: int) -> Group:
    """Title and number of a page; read by nobody."""
    title = fitted(document.title, 8, ROOM - 80)
    return Group(
        "Artifact",
        (
            Text(MARGIN, HEIGHT - 20, title, 8, LIGHT.quiet),
            Text(WIDTH - MARGIN, HEIGHT - 20, f"{number} / {of}", 8, LIGHT.quiet, at="end"),
        ),
    )


def opening(document: Document) -> Page:
    """Title, subtitle, when and from what it was made, and the findings."""
    title, y = block(wrapped(document.title or "Report", 34, ROOM, 3, bold=True), MARGIN, 74, 34, LIGHT.ink, bold=True)
    about, y = block(wrapped(document.subtitle, 15, ROOM, 4), MARGIN, y + 10, 15, LIGHT.quiet)
    made = f"Made {day(document.made.date())}, {document.made:%H:%M} UTC · Data: {document.method.data}"
    told, y = block(wrapped(made, 11, ROOM, 3), MARGIN, y + 8, 11, LIGHT.quiet)
    bar = Group("Artifact", (Rect(MARGIN, 52, 64, 6, LIGHT.accent),))
    said = [Text(MARGIN, y + 34, count(len(document.slides), "findings").capitalize(), 12, LIGHT.ink, bold=True)]
    fitting = int((BOTTOM - y - 44) // 17)
    for n, slide in enumerate(document.slides[:fitting], 1):
        top = y + 38 + n * 17
        said.append(Text(MARGIN + 22, top, f"{n}", 11, LIGHT.quiet, at="end"))
        said.append(Text(MARGIN + 32, top, fitted(slide.sentence, 11, ROOM - 32), 11, LIGHT.ink))
    groups = (bar, Group("H1", title), Group("P", about), Group("P", told), Group("P", tuple(said)))
    return Page(groups, (Bookmark("Opening"),))


def finding(slide: Slide, number: int) -> Page:
    """The sentence, the figure, and below it caption, note and method; the figure takes what they leave."""
    content = slide.content
    title, y = _title(slide.sentence or content.title)
    below, groups = _below(slide)
    if slide.moved:
        words = wrapped(f"Changed since it was pinned: {slide.moved}", 11, ROOM, 2, bold=True)
        changed, y = block(words, MARGIN, y + 2, 11, CHANGED, bold=True)
        title = (*title, Group("P", changed))
    top = y + 14
    most = BOTTOM - below - 14 - top
    drawn = figure(content, ROOM, most)
    spare = max(most - drawn.height, 0.0)
    shown = Group("Figure", moved(drawn.marks, MARGIN, top + min(spare * 0.2, 24)), content.alt)
    foot_of = tuple(Group(g.role, moved(g.marks, 0, BOTTOM - below), g.alt) for g in groups)
    return Page((*title, shown, *foot_of), (Bookmark(f"{number}. {slide.sentence or content.title}"),))


def _title(words: str) -> tuple[tuple[Group, ...], float]:
    """The title in the largest type in which it takes few lines."""
    size, most = next((t for t in _TITLES if len(wrapped(words, t[0], ROOM, bold=True)) <= t[1]), _TITLES[-1])
    lines = wrapped(words, size, ROOM, most, bold=True)
    drawn, y = block(lines, MARGIN, MARGIN - 8, size, LIGHT.ink, bold=True)
    return (Group("H1", drawn),), y


def _below(slide: Slide) -> tuple[float, list[Group]]:
    """Caption, note and method from 0 down, and their height."""
    caption, y = block(wrapped(slide.content.caption, 10, ROOM, 3), MARGIN, 0, 10, LIGHT.ink)
    groups = [Group("Caption", caption)]
    if slide.note:
        note, y = block(wrapped(f"Note: {slide.note}", 11, ROOM, 4), MARGIN, y + 4, 11, LIGHT.ink, bold=False)
        groups.append(Group("P", note))
    rule: tuple[Primitive, ...] = (Line(((MARGIN, y + 6), (WIDTH - MARGIN, y + 6)), LIGHT.line),)
    method, y = columns(card(slide.content), y + 10, 7.2, 2)
    return y, [*groups, Group("Artifact", rule), Group("P", method)]


def columns(rows: Iterable[tuple[str, str]], top: float, size: float, most: int) -> tuple[tuple[Primitive, ...], float]:
    """(label, words) in two columns, each in at most `most` lines; and where they end."""
    wide = (ROOM - 24) / 2
    told = [(label, wrapped(words, size, wide - 84 * size / 8, most)) for label, words in rows]
    step = size * LEADING
    half = sum(len(lines) for _, lines in told) / 2
    drawn: list[Primitive] = []
    column, used, lowest = 0, 0, 0
    for label, lines in told:
        if not column and used and used + len(lines) / 2 > half:
            column, used = 1, 0
        x = MARGIN + column * (wide + 24)
        y = top + used * step + size
        drawn.append(Text(x, y, label, size, LIGHT.quiet, bold=True))
        drawn += [Text(x + 84 * size / 8, y + n * step, words, size, LIGHT.quiet) for n, words in enumerate(lines)]
        used += len(lines)
        lowest = max(lowest, used)
    return tuple(drawn), top + lowest * step


@dataclass(frozen=True, slots=True)
class Part:
    """Something drawn from 0 down, of a height, that is not divided."""

    group: Group
    height: float
    needs: float = 0.0
    """Room that must be left below its top, itself included, where that is more than its height."""
    again: Part | None = None
    """What is repeated above it where a page begins with it: the head of a table."""
    bookmark: str = ""


def flowing(head: str, parts: Iterable[Part]) -> list[Page]:
    """Parts below each other on as many pages as it takes, with the heading on each."""
    pages: list[Page] = []
    heading, start = block((fitted(head, 16, ROOM, bold=True),), MARGIN, MARGIN - 10, 16, LIGHT.ink, bold=True)
    groups, y, named = [Group("H2", heading)], start + 10, [Bookmark(head)]
    for part in parts:
        if y + max(part.height, part.needs) > BOTTOM and len(groups) > 1:
            pages.append(Page(tuple(groups), tuple(named)))
            groups, y, named = [Group("H2", heading)], start + 10, []
            if part.again:
                groups.append(_at(part.again, y))
                y += part.again.height
        groups.append(_at(part, y))
        if part.bookmark:
            named.append(Bookmark(part.bookmark, 1, y))
        y += part.height
    return [*pages, Page(tuple(groups), tuple(named))]


def _at(part: Part, y: float) -> Group:
    return Group(part.group.role, moved(part.group.marks, 0, y), part.group.alt)


def space(height: float) -> Part:
    """Nothing, for a while."""
    return Part(Group("Artifact", ()), height)


def paragraph(words: str, size: float, colour: str = LIGHT.ink) -> list[Part]:
    """A text of any length as parts of a few lines, so that it may run over pages."""
    lines = wrapped(words, size, ROOM)
    found = []
    for start in range(0, len(lines), 10):
        drawn, high = block(lines[start : start + 10], MARGIN, 0, size, colour)
        found.append(Part(Group("P", drawn), high))
    return found


def method(document: Document) -> list[Page]:
    """The card of the whole."""
    rows = document.method.rows()
    parts = []
    label = max(width(each, 12, bold=True) for each, _ in rows) + 16
    for name, words in rows:
        drawn, high = block(wrapped(words, 12, ROOM - label, 12), MARGIN + label, 0, 12, LIGHT.ink)
        parts.append(Part(Group("P", (Text(MARGIN, 12, name, 12, LIGHT.ink, bold=True), *drawn)), high + 8))
    return flowing("Method", parts)
