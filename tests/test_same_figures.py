"""The same figures to the digit in every format: what each file says is read back by a program that is not ours."""

from __future__ import annotations

import csv
import io
import json
import math
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pypdfium2
import pytest
from lxml import html
from pptx import Presentation

from components import panels
from components.asking import Ask
from components.content import Apart, Bars, Content, Course, Grid, Paired, Places, Ranked, Sentences, Words
from components.exports import cells, write
from components.exports.names import parts
from components.opening import Opened, Opening, source
from components.report.building import build
from components.report.findings import Finding, Report
from components.view import View
from components.wording import day, percent, plain
from data.frames import records, rows
from data.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from components.report.document import Document

EUROPE = (("region", ("Europe",)),)
COMPARED = (("region", ("Europe",)), ("b.region", ("Asia",)), ("mode", ("compare",)))
FINDINGS = (
    *(Finding(panel, EUROPE, "") for panel in panels.USUAL),
    *(Finding(panel, (*EUROPE, ("numbers", ("shares",))), "") for panel in ("topics", "timeline", "map")),
    Finding("topics", (*EUROPE, ("unit", ("stories",))), ""),
    *(Finding(panel, COMPARED, "") for panel in panels.COMPARED),
)


@pytest.fixture(scope="module")
def document() -> Document:
    """Most panels over the built-in set, one of them without anything to show."""
    opening = Opening((), None)
    opening.run()
    opened = opening.result
    assert isinstance(opened, Opened)
    nothing = Finding("cloud", (("region", ("Antarctica",)),), "")
    ask = Ask(opened.engine, Selection(), View(), source(opened))
    return build(Report((*FINDINGS, nothing), "All"), ask)


def same(value: cells.Value) -> object:
    """A value as it can be compared: the same number is the same whether it is written with a point or without."""
    return float(value) if isinstance(value, int) else value.isoformat() if isinstance(value, date) else value


def expected(document: Document) -> list[list[list[object]]]:
    """The figures of every finding, a row a list."""
    return [[[same(value) for value in row] for row in cells.table(slide.content).rows] for slide in document.slides]


def as_read(text: str, like: object) -> object:
    """A cell of a text file, read as what it ought to be: the digits must be all there."""
    if text == "":
        return None
    return text == "true" if isinstance(like, bool) else float(text) if isinstance(like, float) else text.lstrip("'")


def from_csv(content: bytes, document: Document) -> list[list[list[object]]]:
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        for stem, like in zip(parts(document), expected(document), strict=True):
            text = files.read(f"{stem}.csv").decode("utf-8-sig")
            lines = list(csv.reader(io.StringIO(text, newline="")))[1:]
            pairs = zip(lines, like, strict=True)
            found.append([[as_read(*pair) for pair in zip(line, row, strict=True)] for line, row in pairs])
    return found


def from_excel(content: bytes, document: Document) -> list[list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = []
    for sheet, slide in zip(book.worksheets[1:], document.slides, strict=False):
        lines = list(sheet.iter_rows(values_only=True))
        columns = cells.table(slide.content).columns
        head = next(n for n, line in enumerate(lines) if line[: len(columns)] == columns)
        body = lines[head + 1 : head + 1 + len(slide.content.table)]
        found.append([[_of_excel(value) for value in line[: len(columns)]] for line in body])
    return found


def _of_excel(value: Any) -> object:
    if isinstance(value, bool):
        return value
    return value.date().isoformat() if isinstance(value, datetime) else same(value)


def from_json(content: bytes, document: Document) -> list[list[list[object]]]:
    slides = json.loads(content)["document"]["slides"]
    return [[[same(value) for value in row.values()] for row in slide["figures"]] for slide in slides]


READ: dict[str, Callable[[bytes, Document], list[list[list[object]]]]] = {
    "csv": from_csv,
    "xlsx": from_excel,
    "json": from_json,
}


@pytest.mark.parametrize("key", READ)
def test_tables_are_the_same(document: Document, key: str) -> None:
    assert READ[key](write(document, key), document) == expected(document)


def test_the_page_has_every_number_with_all_its_digits(document: Document) -> None:
    page = html.fromstring(write(document, "html").decode())
    tables = page.xpath("//table[ancestor::div[contains(@class, 'table')]]")
    wanted = [slide.content for slide in document.slides if slide.content.marks is not None]
    assert len(tables) == len(wanted)
    for table, content in zip(tables, wanted, strict=True):
        numbers = [[float(each.get("value")) for each in row.iter("data")] for row in table.xpath(".//tbody/tr")]
        assert numbers == [
            [float(v) for v in row[1:] if isinstance(v, int | float) and not isinstance(v, bool)]
            for row in cells.table(content).rows
        ]
        names = [row.xpath("normalize-space(th)") for row in table.xpath(".//tbody/tr")]
        assert names == [row[0] if isinstance(row[0], str) else _shown(row[0]) for row in cells.table(content).rows]


def _shown(value: cells.Value) -> str:
    return day(value) if isinstance(value, date) else str(value)


# PDF


def test_the_pdf_has_every_count_to_the_digit_and_every_share_in_the_words_of_the_page(document: Document) -> None:
    text, place = _figures(write(document, "pdf")), 0
    for slide in document.slides:
        found = cells.table(slide.content)
        for row in found.rows:
            for said in "".join(_printed(*cell) or "|" for cell in zip(found.columns, row, strict=True)).split("|"):
                at = text.find(said, place)
                assert at >= 0, (slide.content.panel, said, row)
                place = at + len(said)


def _printed(column: str, value: cells.Value) -> str:
    """A count, or a share in per cent, as it is printed but for the spaces; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if cells.is_share(column):
        return ("−" * (value < 0) + percent(abs(value))).replace(" ", "")
    return f"{value:,}" if isinstance(value, int) else ""


def _figures(content: bytes) -> str:
    """The text of the pages whose heading says that they hold the figures, without spaces."""
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [pdf[n].get_textpage().get_text_range() for n in range(len(pdf))]
    return "".join("".join(page.split()) for page in pages if page.startswith("Figures"))


# PowerPoint


def charts(slide: Any) -> list[pd.DataFrame]:
    """The data sheets behind the charts of a slide, the first column as index."""
    found = []
    for shape in slide.shapes:
        if shape.has_chart:
            book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
            head, *lines = book.active.iter_rows(values_only=True)
            found.append(pd.DataFrame(lines, columns=head))
    return found


def plotted(slide: Any) -> list[dict[str, list[float | None]]]:
    """What the charts themselves hold, by the names of their series."""
    drawn = [shape.chart for shape in slide.shapes if shape.has_chart]
    return [{series.name: list(series.values) for plot in chart.plots for series in plot.series} for chart in drawn]


def texts(shapes: Iterable[Any]) -> list[str]:
    """All text of the shapes, tables and groups included, and the names of those in groups."""
    found = []
    for shape in shapes:
        if shape.shape_type == 6:  # a group
            found += [shape.name, *texts(shape.shapes), *(each.name for each in shape.shapes)]
        elif shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif getattr(shape, "has_table", False):
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return found


def numbers(values: Iterable[Any]) -> list[float | None]:
    """The values with None where there is no number."""
    return [None if value is None or pd.isna(value) else float(value) for value in values]


def check_bars(slide: Any, marks: Bars) -> None:
    sheet, frame = charts(slide)[0], marks.frame
    for name, column in (("Number", "n"), ("Of", "of"), ("Share", "share"), ("Lowest", "low"), ("Highest", "high")):
        assert numbers(sheet[name]) == numbers(frame[column]), name
    (drawn,) = plotted(slide)[0].values()
    assert numbers(drawn) == numbers(frame["n" if marks.numbers == "counts" else "share"])


def check_course(slide: Any, marks: Course) -> None:
    sheet, frame = charts(slide)[0], marks.frame
    gaps = frame["gap"].tolist()
    for series in marks.series:
        values = [None if gap else value for value, gap in zip(frame[series.column], gaps, strict=True)]
        assert numbers(sheet[series.label]) == numbers(values)
        assert numbers(plotted(slide)[0][series.label]) == numbers(values)
    assert numbers(sheet["Publishers"]) == numbers(frame["publishers"])
    if "all" in frame:
        assert numbers(sheet["All"]) == numbers(frame["all"])


def check_grid(slide: Any, marks: Grid) -> None:
    said = texts(slide.shapes)
    for row in rows(marks.frame):
        assert any(f"{percent(row.share)} · {row.n:,}" in text for text in said)
        assert any(text.endswith(f"({row.of:,})") for text in said)


def check_places(slide: Any, marks: Places) -> None:
    said = texts(slide.shapes)
    for row in rows(marks.frame):
        assert any(text.startswith(f"{row.name}: {row.said}") for text in said), row.name


def check_words(slide: Any, marks: Words) -> None:
    said = texts(slide.shapes)
    for row in rows(marks.frame.head(10)):
        assert f"{row.n:,}" in said


def check_ranked(slide: Any, marks: Ranked) -> None:
    said = "\n".join(texts(slide.shapes)) + slide.notes_slide.notes_text_frame.text
    for _, entries in marks.parts:
        assert all(entry.number in said for entry in entries)


def check_sentences(slide: Any, marks: Sentences) -> None:
    said = "\n".join(texts(slide.shapes)) + slide.notes_slide.notes_text_frame.text
    assert all(plain(sentence)[:60] in said for sentence, _ in marks.said)


def check_paired(slide: Any, marks: Paired) -> None:
    sheet, frame = charts(slide)[0], marks.frame
    names = dict(zip("ab", marks.names, strict=True))
    for side, name in names.items():
        assert numbers(sheet[name]) == numbers(frame[f"{side}_share"])
        assert numbers(sheet[f"{name}: number"]) == numbers(frame[f"{side}_n"])
        assert numbers(sheet[f"{name}: of"]) == numbers(frame[f"{side}_of"])
    assert numbers(sheet["Difference"]) == numbers(frame["difference"])


def check_apart(slide: Any, marks: Apart) -> None:
    said = "\n".join(texts(slide.shapes)) + slide.notes_slide.notes_text_frame.text
    for row in rows(marks.frame.head(5)):
        assert row.word in said


CHECKS: dict[type, Callable[[Any, Any], None]] = {
    Bars: check_bars,
    Course: check_course,
    Grid: check_grid,
    Places: check_places,
    Words: check_words,
    Ranked: check_ranked,
    Sentences: check_sentences,
    Paired: check_paired,
    Apart: check_apart,
}


def test_slides_hold_the_figures(document: Document) -> None:
    deck = Presentation(io.BytesIO(write(document, "pptx")))
    by_title = [slide for slide in deck.slides if slide.has_notes_slide]
    shown = _in_order(by_title, document)
    for slide, finding in zip(shown, document.slides, strict=True):
        if finding.content.marks is not None:
            CHECKS[type(finding.content.marks)](slide, finding.content.marks)


def _in_order(slides: list[Any], document: Document) -> list[Any]:
    """The slides of the findings: those after the first whose notes hold the caption of their finding."""
    found, left = [], list(slides)
    for finding in document.slides:
        place = next(n for n, slide in enumerate(left) if _is_of(slide, finding.content))
        found.append(left[place])
        left = left[place + 1 :]
    return found


def _is_of(slide: Any, content: Content) -> bool:
    return content.caption in slide.notes_slide.notes_text_frame.text


# The marks, from which slides and drawings are made, and the tables, from which the others are


def test_marks_and_tables_hold_the_same(document: Document) -> None:
    for slide in document.slides:
        marks = slide.content.marks
        if isinstance(marks, Bars | Places | Grid | Words | Paired):
            column = "a_n" if isinstance(marks, Paired) else "n"
            frame = marks.frame[marks.frame[column] > 0]
            told = {value for row in records(slide.content.table) for value in row.values() if _is_count(value)}
            assert {int(n) for n in frame[column]} <= {int(n) for n in told}, slide.content.panel


def _is_count(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value) and value.is_integer())
