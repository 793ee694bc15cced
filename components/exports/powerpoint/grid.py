"""The grid as a table with coloured cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.exports.powerpoint.boxes import POINT, Box
from components.exports.powerpoint.tables import Cell, row_height, said, table
from components.exports.shades import shades
from components.theme import ink_on
from components.wording import percent
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Grid
    from components.theme import Palette


def grid(shapes: Any, box: Box, marks: Grid, palette: Palette, alt: str) -> None:
    """A cell for each pair, with its share and number, darker where the share is larger; few articles: no colour."""
    frame = marks.frame
    if frame.empty:
        return
    columns = {row.column: (row.column_label, int(row.of)) for row in rows(frame)}
    lines = {row.row: row.row_label for row in rows(frame)}
    cells = {(row.row, row.column): row for row in rows(frame)}
    box = row_height(box, len(lines) + 1, 0.5)
    size = float(min(max(box.height / POINT / (len(lines) + 1) * 0.6, 6.0), 14.0, 110 / (len(columns) + 1)))
    enough = [row.share for row in rows(frame) if row.of >= marks.enough]
    scale = shades([*enough, 0.1], "share", palette)
    head = [said("", size), *(_head(name, of, size) for name, of in columns.values())]
    body = [
        [said(label, size), *(_cell(cells.get((key, column)), marks.enough, size, scale.of) for column in columns)]
        for key, label in lines.items()
    ]
    widths = [1.35 if len(columns) > 3 else 0.9, *(1.0 for _ in columns)]
    table(shapes, box, [head, *body], widths, "Grid", alt, rule=palette.page)


def _head(name: str, of: int, size: float) -> Cell:
    return said(f"{name} ({of:,})", size, bold=True, align="centre")


def _cell(row: Any, enough: int, size: float, colour: Any) -> Cell:
    if row is None:
        return said("", size)
    words = f"{percent(row.share)} · {row.n:,}"
    if row.of < enough:
        return said(words, size, quiet=True, align="centre")
    shade = colour(row.share)
    return said(words, size, colour=ink_on(shade), fill=shade, align="centre")
