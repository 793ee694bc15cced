"""The figures of a content as plain values, for formats that hold tables: each has the same names and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from components.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.content import Cited, Content
    from components.report.document import Document

Value = str | int | float | bool | date | None
"""A cell; None where there is no number."""

SOURCES = ("Publisher", "Date", "Title", "Link", "Language")
"""What is said of a cited article."""


class Exact(float):
    """A number that xlsxwriter writes with all its digits: it asks for sixteen, where some need seventeen."""

    def __format__(self, _spec: str) -> str:
        return repr(float(self))


@dataclass(frozen=True, slots=True)
class Table:
    """Figures with the names of their columns, no two of them alike."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def records(self) -> list[dict[str, Value]]:
        """Each row as a dictionary from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def table(content: Content) -> Table:
    """The table of a content: numbers to the digit, text without what could steer a terminal or a line."""
    frame = content.table
    columns = [[value(each) for each in frame.iloc[:, place].tolist()] for place in range(frame.shape[1])]
    return Table(_apart(line(str(name)) for name in frame.columns), tuple(zip(*columns, strict=True)))


def _apart(names: Iterable[str]) -> tuple[str, ...]:
    """The names, with a number behind each that was there before."""
    found: dict[str, None] = {}
    for name in names:
        number, tried = 2, name
        while tried in found:
            tried, number = f"{name} ({number})", number + 1
        found[tried] = None
    return tuple(found)


def value(cell: object) -> Value:
    """A value of a DataFrame as one of Python's own; what is missing or infinite becomes None."""
    if isinstance(cell, np.generic):
        cell = cell.item()
    if cell is None or cell is pd.NA or cell is pd.NaT or isinstance(cell, bool | int):
        return cell if isinstance(cell, bool | int) else None
    if isinstance(cell, float):
        return cell if isfinite(cell) else None
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    return line(str(cell))


def is_share(column: str) -> bool:
    """Whether a column of a content's table holds shares, 0 to 1."""
    return column in ("Lowest", "Highest") or column.casefold().endswith("share")


_NO_XML = str.maketrans("", "", "\ufffe\uffff")


def line(text: str) -> str:
    """Text from outside on one line, fit for every format; XML cannot hold two characters that `plain` leaves."""
    return " ".join(plain(text).translate(_NO_XML).split())


def link(cited: Cited) -> str:
    """The address of a cited article if it is one of the web, else ""."""
    address = "".join(plain(cited.url).split())
    return address if address.casefold().startswith(("https://", "http://")) else ""


def sources(cited: Iterable[Cited]) -> list[tuple[Value, ...]]:
    """A row a cited article, as SOURCES names its columns."""
    return [(line(each.publisher), each.published, line(each.title), link(each), line(each.language)) for each in cited]


def card(content: Content) -> tuple[tuple[str, str], ...]:
    """The method card of a content, fit to be shown."""
    return tuple((label, line(words)) for label, words in content.method.rows())


def remarks(document: Document, place: int) -> list[tuple[str, str]]:
    """What is said of the finding at `place` besides its sentence and figures, as (label, words)."""
    slide = document.slides[place]
    content = slide.content
    said = (
        ("Panel", content.title),
        ("Nothing to show", content.empty if content.marks is None else ""),
        ("Counted here", content.caption),
        ("Changed", slide.moved),
        ("Note", slide.note),
    )
    return [(label, line(words)) for label, words in said if words]
