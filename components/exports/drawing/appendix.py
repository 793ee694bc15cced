"""The figures of all findings as tables: there every number can be searched and read to the digit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from components.exports.cells import is_share, table
from components.exports.drawing.pages import MARGIN, ROOM, Part, flowing, paragraph, space
from components.exports.drawing.primitives import Group, Line, Primitive, Text
from components.exports.drawing.text import fitted, width, wrapped
from components.theme import LIGHT
from components.wording import day, percent

if TYPE_CHECKING:
    from components.content import Content
    from components.exports.cells import Table, Value
    from components.exports.drawing.pages import Page
    from components.report.document import Document, Slide

MOST = 400
"""Rows that are printed of one table; the spreadsheet has all."""
_SIZE, _ROW, _GAP = 8.5, 13.0, 12.0


def appendix(document: Document) -> list[Page]:
    """The tables of all findings below each other."""
    parts = [part for n, slide in enumerate(document.slides, 1) for part in _finding(slide, n)]
    return flowing("Figures", parts)


def _finding(slide: Slide, number: int) -> list[Part]:
    """The whole sentence and note, then the table."""
    content = slide.content
    name = f"{number}. {content.title}"
    head = Text(MARGIN, 12, fitted(name, 11.5, ROOM, bold=True), 11.5, LIGHT.ink, bold=True)
    said = [slide.sentence, content.caption, f"Note: {slide.note}" if slide.note else ""]
    texts = [part for words in said if words for part in paragraph(words, 8.5, LIGHT.quiet)]
    return [Part(Group("H2", (head,)), 18, 110, bookmark=name), *texts, space(4), *_table(content), space(18)]


def _table(content: Content) -> list[Part]:
    whole = table(content)
    if not whole.rows:
        return paragraph(content.empty or "There are no figures.", 9)
    cells = [tuple(map(shown, whole.columns, row)) for row in whole.rows[:MOST]]
    numeric = [_numeric(whole, n) for n in range(len(whole.columns))]
    wide = _widths(whole.columns, numeric, cells)
    head = _head(whole.columns, wide, numeric)
    found = [head, *(_row(row, wide, numeric, head) for row in cells)]
    if len(whole.rows) > MOST:
        found += paragraph(f"{len(whole.rows) - MOST:,} more rows are not printed here.", 8.5, LIGHT.quiet)
    return found


def shown(column: str, value: Value) -> str:
    """A cell in words of the page: counts to the digit, shares in per cent."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float) and is_share(column):
        return percent(value) if value >= 0 else f"−{percent(-value)}"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 and value % 1 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else value


def _numeric(whole: Table, n: int) -> bool:
    values = [row[n] for row in whole.rows[:MOST] if row[n] is not None]
    return bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _widths(names: tuple[str, ...], numeric: list[bool], cells: list[tuple[str, ...]]) -> list[float]:
    """Columns as wide as they need; where room is short words give way, and headings of numbers are wrapped."""
    inside = [max(width(row[n][:200], _SIZE) for row in cells) for n in range(len(names))]
    wanted = [max(room, width(name, _SIZE, bold=True)) for name, room in zip(names, inside, strict=True)]
    least = [i if number else min(w, 60.0) for i, w, number in zip(inside, wanted, numeric, strict=True)]
    over = sum(wanted) + _GAP * (len(wanted) - 1) - ROOM
    if over <= 0:
        return wanted
    share = min(over / ((sum(wanted) - sum(least)) or 1.0), 1.0)
    return [w - (w - low) * share for w, low in zip(wanted, least, strict=True)]


def _head(names: tuple[str, ...], wide: list[float], numeric: list[bool]) -> Part:
    lines = [wrapped(name, _SIZE, room, 3, bold=True) for name, room in zip(names, wide, strict=True)]
    high = max(map(len, lines)) * 11 + 6
    drawn: list[Primitive] = [Line(((MARGIN, high - 4), (MARGIN + ROOM, high - 4)), LIGHT.unsure)]
    left = MARGIN
    for words, room, right in zip(lines, wide, numeric, strict=True):
        for n, text in enumerate(words):
            x = left + room if right else left
            y = high - 9 - (len(words) - 1 - n) * 11
            drawn.append(Text(x, y, text, _SIZE, LIGHT.ink, bold=True, at="end" if right else "start"))
        left += room + _GAP
    return Part(Group("P", tuple(drawn)), high, high + 3 * _ROW)


def _row(cells: tuple[str, ...], wide: list[float], numeric: list[bool], head: Part) -> Part:
    drawn: list[Primitive] = []
    left = MARGIN
    for text, room, right in zip(cells, wide, numeric, strict=True):
        x = left + room if right else left
        kept = text if right else fitted(text, _SIZE, room)
        drawn.append(Text(x, 9, kept, _SIZE, LIGHT.ink, at="end" if right else "start"))
        left += room + _GAP
    drawn.append(Line(((MARGIN, _ROW - 1), (MARGIN + ROOM, _ROW - 1)), LIGHT.empty, 0.5))
    return Part(Group("P", tuple(drawn)), _ROW, again=head)
