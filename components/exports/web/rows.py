"""Tables as the page prints them: every cell in words, with the exact number behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from components.exports import cells
from components.wording import day, percent, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.content import Content

Kind = Literal["number", "share", "difference"]
NOTHING = "–"
"""What stands in a cell without a value."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, and its number if it has one, with all digits."""

    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Names of the columns, whether each holds numbers, and the rows."""

    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(content: Content) -> Table:
    """The table of a content in words."""
    figures = cells.table(content)
    kinds = kinds_of(figures.columns)
    rows = tuple(tuple(map(cell, row, kinds)) for row in figures.rows)
    numeric = [any(row[place].number for row in rows) for place in range(len(kinds))]
    return Table(tuple(zip(figures.columns, numeric, strict=True)), rows)


def kinds_of(columns: Sequence[str]) -> list[Kind]:
    """What the numbers of each column are; the ends of an interval belong to the difference, where there is one."""
    different = any(map(_is_difference, columns))
    return [
        "number"
        if not cells.is_share(name)
        else "difference"
        if _is_difference(name) or (different and name in ("Lowest", "Highest"))
        else "share"
        for name in columns
    ]


def _is_difference(column: str) -> bool:
    return column.startswith("Difference") and cells.is_share(column)


def cell(value: cells.Value, kind: Kind = "number") -> Cell:
    """One value in words; a share is 0 to 1, a difference of shares -1 to 1."""
    if value is None:
        return Cell(NOTHING)
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, date):
        return Cell(day(value))
    if isinstance(value, str):
        return Cell(value)
    if kind != "number":
        return Cell(percent(value) if kind == "share" else points(value), repr(value))
    whole = isinstance(value, int) or value.is_integer()
    return Cell(f"{value:,.0f}" if whole else f"{value:,.2f}", repr(value))
