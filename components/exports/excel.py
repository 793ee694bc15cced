"""Excel: an overview, a sheet a finding with its figures and a chart made from them, the method, and the sources.

All text is written as text: nothing from outside becomes a formula or a link, but for the addresses of cited articles
that begin with http or https. Numbers keep all their digits; a format only shows fewer.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from components.exports import cells, excel_charts
from components.theme import LIGHT
from components.wording import day

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from components.content import Content
    from components.exports import Options, Step
    from components.report.document import Document, Slide

OVERVIEW, METHOD, SOURCES = "Overview", "Method", "Sources"
LONGEST_NAME, LONGEST_CELL, LONGEST_LINK = 31, 32_767, 2_000
"""What Excel takes: of a sheet's name and a cell, in UTF-16 units; of a link in characters, with some to spare."""
WIDEST, LOOKED_AT = 60, 200
"""Characters of a column, and rows that decide how wide it is."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_TOP: dict[str, Any] = {"valign": "top", "align": "left"}
_RIGHT: dict[str, Any] = {"valign": "top", "align": "right", "indent": 1}
_HEAD = {"bold": True, "font_color": LIGHT.ink, "bg_color": LIGHT.empty, "bottom": 1, "bottom_color": LIGHT.quiet}
_FORMATS: Mapping[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": LIGHT.ink},
    "subtitle": {"font_size": 11, "font_color": LIGHT.quiet},
    "head": _HEAD | {"align": "left"},
    "head of numbers": _HEAD | {"align": "right", "indent": 1},
    "text": _TOP,
    "wrapped": _TOP | {"text_wrap": True},
    "label": _TOP | {"bold": True},
    "count": _RIGHT | {"num_format": "#,##0"},
    "share": _RIGHT | {"num_format": "0.0 %"},
    "number": _RIGHT | {"num_format": "#,##0.0##"},
    "tiny": _RIGHT | {"num_format": "0.0E+00"},
    "day": _TOP | {"num_format": "d mmm yyyy"},
    "link": _TOP | {"font_color": LIGHT.accent, "underline": 1},
}


@dataclass(frozen=True, slots=True)
class _Book:
    """The workbook that is being written, with its formats by name."""

    book: Any
    formats: Mapping[str, Any]

    def sheet(self, name: str, widths: Sequence[float], colour: str = "") -> Any:
        """A new sheet with columns of these widths (in characters), printed on pages one sheet wide."""
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&A  &P / &N")
        if colour:
            sheet.set_tab_color(colour)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: cells.Value, look: str = "text") -> None:
        """One cell; text never becomes anything else."""
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.formats[look])
        elif isinstance(value, int | float):
            sheet.write_number(row, column, cells.Exact(value), self.formats[look])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.formats["day"])
        elif value is not None:
            sheet.write_string(row, column, cut(value, LONGEST_CELL), self.formats[look])

    def head(self, sheet: Any, row: int, names: Sequence[str], filtered: int = 0, numbers: Container[int] = ()) -> None:
        """A row of headings that stays in sight, to filter the `filtered` rows below it; `numbers`: columns of them."""
        for column, name in enumerate(names):
            self.put(sheet, row, column, name, "head of numbers" if column in numbers else "head")
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)
        if filtered and names:
            sheet.autofilter(row, 0, row + filtered, len(names) - 1)

    def link(self, sheet: Any, row: int, column: int, target: str, words: str) -> None:
        """A link within the book or, for addresses of the web, out of it."""
        words = cut(words, 255 if target.startswith("internal:") else LONGEST_CELL)
        sheet.write_url(row, column, target, self.formats["link"], words, "")


def write(document: Document, _options: Options, step: Step) -> bytes:
    """The workbook."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    whole = _Book(book, {name: book.add_format(look) for name, look in _FORMATS.items()})
    book.set_properties({"title": cells.line(document.title)[:255], "created": document.made.replace(tzinfo=None)})
    sheets, cards = sheet_names(document), _method_rows(document)
    starts = {number: row for row, (number, *_) in reversed([*enumerate(cards, 2)])}
    _overview(whole, document, sheets)
    for place, name in enumerate(sheets):
        step(place / len(sheets), f"Writing sheet {place + 1} of {len(sheets)}")
        _finding(whole, document.slides[place], name, starts[place + 1])
    _method(whole, cards)
    _sources(whole, document)
    book.close()
    step(1.0, "Written")
    return made.getvalue()


def sheet_names(document: Document) -> list[str]:
    """A name for the sheet of each finding that Excel takes: its number makes it the only one."""
    titles = [" ".join(cells.line(slide.content.title).translate(_FORBIDDEN).split()) for slide in document.slides]
    return [cut(f"{place} {title}".strip(), LONGEST_NAME, "") for place, title in enumerate(titles, 1)]


def cut(text: str, longest: int, end: str = "…") -> str:
    """The text with at most `longest` UTF-16 units; `end` says that some is left out."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - len(end))].decode("utf-16-le", "ignore").rstrip() + end


def _overview(whole: _Book, document: Document, sheets: Sequence[str]) -> None:
    sheet = whole.sheet(OVERVIEW, (6, 70, 26, 40, 60), LIGHT.accent)
    whole.put(sheet, 0, 0, cells.line(document.title) or "Report", "title")
    said = (document.subtitle, f"Made {day(document.made.date())} {document.made:%H:%M} UTC", document.method.data)
    for row, words in enumerate(said, 1):
        whole.put(sheet, row, 0, cells.line(words), "subtitle")
    whole.head(sheet, 5, ("No.", "Finding", "Panel", "Changed since it was pinned", "Note"), 0, (0,))
    for row, (slide, name) in enumerate(zip(document.slides, sheets, strict=True), 6):
        whole.put(sheet, row, 0, row - 5, "count")
        whole.link(sheet, row, 1, f"internal:'{name}'!A1", cells.line(slide.sentence) or name)
        for column, words in enumerate((slide.content.title, slide.moved, slide.note), 2):
            whole.put(sheet, row, column, cells.line(words), "wrapped")
    last = 7 + len(document.slides)
    whole.link(sheet, last, 1, f"internal:'{METHOD}'!A1", "How everything was counted")
    whole.link(sheet, last + 1, 1, f"internal:'{SOURCES}'!A1", "Cited articles")


def _finding(whole: _Book, slide: Slide, name: str, card: int) -> None:
    """The sheet of a finding; its method card begins on row `card` of the method's."""
    found = cells.table(slide.content)
    widths = [width(found, column) for column in range(len(found.columns))]
    sheet = whole.sheet(name, widths)
    whole.put(sheet, 0, 0, cells.line(slide.sentence) or name, "title")
    method = slide.content.method
    lines = [slide.content.caption, f"{method.selection} {method.numbers}.", slide.moved and f"Changed: {slide.moved}"]
    row = 1
    for row, words in enumerate((cells.line(words) for words in lines if words), 1):
        whole.put(sheet, row, 0, words, "subtitle")
    whole.link(sheet, row + 1, 0, f"internal:'{METHOD}'!A{card}", "How this was counted")
    _figures(whole, sheet, found, row + 3)
    if not found.rows:
        whole.put(sheet, row + 4, 0, cells.line(slide.content.empty) or "Nothing to show.")
    else:
        _chart(whole, sheet, name, found, slide.content, row + 3, sum(widths) < 4 * WIDEST)


def _figures(whole: _Book, sheet: Any, found: cells.Table, head: int) -> None:
    """The table, from the row `head` on."""
    numbers = [place for place in range(len(found.columns)) if _is_number(found, place)]
    whole.head(sheet, head, found.columns, len(found.rows), numbers)
    shares = [cells.is_share(name) for name in found.columns]
    for row, values in enumerate(found.rows, head + 1):
        for column, value in enumerate(values):
            whole.put(sheet, row, column, value, look(value, share=shares[column]))


def _is_number(found: cells.Table, column: int) -> bool:
    """Whether the column holds numbers and nothing else."""
    values = [row[column] for row in found.rows if row[column] is not None]
    return bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def look(value: cells.Value, *, share: bool) -> str:
    """Which format shows a value."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "text"
    if share:
        return "share"
    if isinstance(value, int):
        return "count"
    return "tiny" if 0 < abs(value) < 0.0005 else "number"


def width(found: cells.Table, column: int) -> float:
    """How wide a column is shown, in characters: as its name and its first values need it, within reason."""
    values = [row[column] for row in found.rows[:LOOKED_AT]]
    longest = max((len(v) if isinstance(v, str) else 12 if isinstance(v, date) else 9 for v in values), default=9)
    return float(min(max(longest, len(found.columns[column]) + 3, 9) + 1, WIDEST))


def _chart(whole: _Book, sheet: Any, name: str, found: cells.Table, content: Content, head: int, beside: bool) -> None:
    chart = excel_charts.chart(whole.book, name, found, content, head)
    if chart is None:
        return
    at = (head, len(found.columns) + 1) if beside else (head + len(found.rows) + 2, 0)
    sheet.insert_chart(*at, chart, {"description": cut(cells.line(content.alt), 2_000), "object_position": 2})


def _method_rows(document: Document) -> list[tuple[int | None, str, str, str]]:
    """(number of the finding, its sentence, label, words) for all method cards, that of the whole last."""
    rows: list[tuple[int | None, str, str, str]] = []
    for place, slide in enumerate(document.slides):
        said = (*cells.remarks(document, place), *cells.card(slide.content))
        rows += [(place + 1, cells.line(slide.sentence), label, words) for label, words in said]
    whole = (*document.method.rows(), ("Sources", document.cited_of))
    return [*rows, *((None, "The whole", label, cells.line(words)) for label, words in whole)]


def _method(whole: _Book, rows: Sequence[tuple[int | None, str, str, str]]) -> None:
    sheet = whole.sheet(METHOD, (6, 60, 20, 100), LIGHT.accent)
    whole.head(sheet, 0, ("No.", "Finding", "What", "Words"), len(rows), (0,))
    looks = ("count", "wrapped", "label", "wrapped")
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            whole.put(sheet, row, column, value, looks[column])


def _sources(whole: _Book, document: Document) -> None:
    sheet = whole.sheet(SOURCES, (30, 14, 90, 60, 10), LIGHT.accent)
    whole.put(sheet, 0, 0, cells.line(document.cited_of), "subtitle")
    found = cells.sources(document.cited)
    whole.head(sheet, 1, cells.SOURCES, len(found))
    for row, values in enumerate(found, 2):
        for column, value in enumerate(values):
            if column == cells.SOURCES.index("Link") and isinstance(value, str) and 0 < len(value) <= LONGEST_LINK:
                whole.link(sheet, row, column, value, value)
            else:
                whole.put(sheet, row, column, value, "wrapped" if column == cells.SOURCES.index("Title") else "text")
