"""The data sheet behind a chart, which PowerPoint opens with "Edit data"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pandas as pd

from components.exports.cells import Exact
from components.exports.powerpoint.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.chart.chart import Chart

NAME = "Sheet1"
"""Charts refer to it by this name."""
MADE = datetime(2000, 1, 1)
"""The same in every file: the date of the data is on the slides."""
PERCENT = "0 %"
COUNT = "#,##0"


@dataclass(frozen=True, slots=True)
class Column:
    """A column below its heading: whole numbers, shares 0..1, days or words; None for no value."""

    name: str
    values: tuple[Any, ...]

    @property
    def form(self) -> str:
        """The number format."""
        if any(isinstance(value, date) for value in self.values):
            return "yyyy-mm-dd"
        return PERCENT if any(isinstance(value, float) for value in self.values) else COUNT


def column(name: str, values: Sequence[Any]) -> Column:
    """A column of plain Python values: what is missing as None, texts on one line."""
    return Column(shown(name, 200), tuple(_value(value) for value in values))


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value, 400)
    if value is None or bool(pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def workbook(columns: Sequence[Column]) -> bytes:
    """A sheet of these columns; texts stay texts, also those that look like formulas or links."""
    import xlsxwriter

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet(NAME)
        for place, one in enumerate(columns):
            form = book.add_format({"num_format": one.form})
            sheet.set_column(place, place, 24 if place == 0 else 14)
            if one.name:
                sheet.write_string(0, place, one.name)
            for row, value in enumerate(one.values, 1):
                _cell(sheet, row, place, value, form)
    return made.getvalue()


def _cell(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, form)
    elif value is not None:
        sheet.write_number(row, place, Exact(value), form)


def attach(chart: Chart, columns: Sequence[Column]) -> None:
    """Puts the sheet behind the chart: categories first, then its series in order, then whatever else there is."""
    part: Any = chart.part
    part.chart_workbook.update_from_xlsx_blob(workbook(columns))
