"""Charts of a workbook, made by Excel itself from the figures of their sheet, so that they follow what is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.content import Bars, Course
from components.exports import cells
from components.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.content import Content

MOST = 40
"""Bars beyond which nothing could be read."""
_QUIET: dict[str, Any] = {"num_font": {"color": LIGHT.quiet}, "line": {"none": True}}
_PERCENT = "0 %"


def chart(book: Any, sheet: str, found: cells.Table, content: Content, head: int) -> Any:
    """A chart of the table whose headings stand in the row `head` of `sheet`; None unless the marks are bars or lines.

    Drawn is what the table holds under names and in rows that the marks have too.
    """
    marks = content.marks
    if isinstance(marks, Bars) and 0 < len(found.rows) <= MOST and len(marks.frame) == len(found.rows):
        column = _column(found, marks.numbers == "shares")
        return None if column is None else _bars(book, _Place(sheet, found, head), marks, column)
    if isinstance(marks, Course) and found.rows:
        named = {name: place for place, name in enumerate(found.columns)}
        lines = [(each, named.get(cells.line(each.label), named.get(each.column))) for each in marks.series]
        drawn = [(place, each.colour, each.dash) for each, place in lines if place is not None]
        return _course(book, _Place(sheet, found, head), _every(found, marks), drawn) if drawn else None
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table stands."""

    sheet: str
    table: cells.Table
    head: int

    def series(self, column: int) -> dict[str, Any]:
        """A column as a series over the first one."""
        first, last = self.head + 1, self.head + len(self.table.rows)
        return {
            "name": [self.sheet, self.head, column],
            "categories": [self.sheet, first, 0, last, 0],
            "values": [self.sheet, first, column, last, column],
        }


def _every(found: cells.Table, marks: Course) -> int | None:
    """The column that holds what the course draws as bars behind its lines, if any does."""
    drawn = [cells.value(n) for n in marks.frame["all"].tolist()] if "all" in marks.frame else []
    places = (place for place in range(len(found.columns)) if [row[place] for row in found.rows] == drawn)
    return next(places, None)


def _column(found: cells.Table, shares: bool) -> int | None:
    """The first column of counts, or of shares."""
    for place, name in enumerate(found.columns):
        values = [row[place] for row in found.rows]
        if all(isinstance(value, int | float) for value in values) and cells.is_share(name) == shares:
            return place
    return None


def _bars(book: Any, place: _Place, marks: Bars, column: int) -> Any:
    made = book.add_chart({"type": "bar"})
    made.add_series(
        place.series(column)
        | {
            "points": [{"fill": {"color": colour}} for colour in marks.frame["colour"].tolist()],
            "data_labels": {"value": True, "font": {"color": LIGHT.ink}},
            "gap": 40,
        }
    )
    made.set_title({"name_font": {"size": 11, "color": LIGHT.ink}})
    made.set_y_axis({"reverse": True, "major_tick_mark": "none", **_QUIET})
    made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    made.set_legend({"none": True})
    made.set_size({"width": 640, "height": max(240, 60 + 26 * len(place.table.rows))})
    return made


def _course(book: Any, place: _Place, every: int | None, drawn: Sequence[tuple[int, str, str]]) -> Any:
    lines = book.add_chart({"type": "line"})
    for column, colour, dash in drawn:
        line = {"color": colour, "width": 2.25, "dash_type": _DASHES.get(dash, "solid")}
        lines.add_series(place.series(column) | {"line": line})
    made = lines
    if every is not None:
        made = book.add_chart({"type": "column"})
        made.add_series(place.series(every) | {"fill": {"color": LIGHT.bars}, "gap": 20})
        made.combine(lines)
    made.set_x_axis({"date_axis": True, "num_format": "d mmm yyyy", "major_tick_mark": "outside", **_QUIET})
    shares = all(not isinstance(row[column], int) for row in place.table.rows for column, *_ in drawn)
    grid = {"visible": True, "line": {"color": LIGHT.line}}
    made.set_y_axis({"min": 0, "major_gridlines": grid, "num_format": _PERCENT if shares else "#,##0", **_QUIET})
    made.set_legend({"position": "top"})
    lines.show_blanks_as("gap")
    made.set_size({"width": 760, "height": 360})
    return made


_DASHES = {"dash": "dash", "dot": "round_dot", "dashdot": "dash_dot", "longdash": "long_dash", "solid": "solid"}
"""From the names of Plotly to those of the office formats."""
