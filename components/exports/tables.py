"""CSV: a file a finding, the method of them all and the cited articles, in one zip; or one file of a single panel.

Text that a spreadsheet would take for a formula gets an apostrophe before it (see :mod:`data.inert`); numbers stay
numbers to the last digit, shares lie between 0 and 1, days are written as 2026-01-31. The files begin with a byte order
mark, without which Excel does not take them for UTF-8.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

from components.exports import cells, names
from components.wording import day
from data.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from components.content import Content
    from components.exports import Options, Step
    from components.report.document import Document

METHOD, SOURCES = "method.txt", "sources.csv"
BEFORE = "Method: "
"""Stands before the name of every column that holds a row of the method card."""


def write(document: Document, _options: Options, step: Step) -> bytes:
    """The zip: `01-topics.csv` and so on, method.txt and sources.csv."""
    stamp = document.made.timetuple()[:6]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:

        def add(name: str, content: bytes) -> None:
            files.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)

        for place, (stem, slide) in enumerate(zip(names.parts(document), document.slides, strict=True)):
            step(place / len(document.slides), f"Writing table {place + 1} of {len(document.slides)}")
            found = cells.table(slide.content)
            add(f"{stem}.csv", lines(found.columns, found.rows))
        add(METHOD, method_text(document).encode())
        add(SOURCES, source_lines(document))
    step(1.0, "Written")
    return packed.getvalue()


def csv_of(content: Content) -> bytes:
    """One panel as one file that carries its method card: in columns to the right of the figures, the same in each row.

    So it stays a table that any program reads, however few of its rows are taken along. Without figures the one row
    says why there are none.
    """
    found, card = cells.table(content), cells.card(content)
    columns = [*found.columns, *(f"{BEFORE}{label}" for label, _ in card)]
    figures: Sequence[tuple[cells.Value, ...]] = found.rows
    if not figures:
        columns = [*columns, "Nothing to show"]
        figures, card = [(None,) * len(found.columns)], (*card, ("", cells.line(content.empty or content.caption)))
    return lines(columns, [(*row, *(words for _, words in card)) for row in figures])


def lines(columns: Iterable[str], rows: Iterable[Iterable[cells.Value]]) -> bytes:
    """A CSV file: UTF-8 with a byte order mark, lines ended as RFC 4180 says."""
    text = io.StringIO(newline="")
    written = csv.writer(text)
    written.writerow([inert(name) for name in columns])
    written.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: cells.Value) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else inert(value)


def source_lines(document: Document) -> bytes:
    """The articles that the document cites, as a CSV file."""
    return lines(cells.SOURCES, cells.sources(document.cited))


def method_text(document: Document) -> str:
    """What all findings say and how each was counted, as plain text; for formats that have no better place for it."""
    head = [cells.line(document.title), cells.line(document.subtitle)]
    head += [f"Made {day(document.made.date())} {document.made:%H:%M} UTC", f"Data: {cells.line(document.method.data)}"]
    parts = ["\n".join(said for said in head if said)]
    for place, (stem, slide) in enumerate(zip(names.parts(document), document.slides, strict=True)):
        said = [*cells.remarks(document, place), *cells.card(slide.content)]
        parts.append("\n".join([f"{stem}: {cells.line(slide.sentence)}", *(f"  {name}: {w}" for name, w in said)]))
    whole = [f"  {label}: {cells.line(words)}" for label, words in document.method.rows()]
    parts.append("\n".join(["The whole", *whole, f"  Sources: {cells.line(document.cited_of)}"]))
    return "\n\n".join(parts) + "\n"
