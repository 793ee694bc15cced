"""Native tables, and the panels that are tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu

from components.exports.powerpoint.boxes import POINT, Box, inches
from components.exports.powerpoint.text import Run, cut, describe, rgb, shown, write

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The built-in table style "No Style, No Grid"."""
_MARGIN = inches(0.06)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: paragraphs of runs."""

    lines: tuple[tuple[Run, ...], ...]
    fill: str = ""
    align: str = "left"
    whole: bool = False
    """Whether its lines may go on below, and are not cut."""


def said(text: str, size: float, **style: Any) -> Cell:
    """A cell with one line of text; `align` and `fill` are of the cell, the rest of the run."""
    align, fill = style.pop("align", "left"), style.pop("fill", "")
    return Cell(((Run(shown(text), size, **style),),), fill, align)


def table(
    shapes: Any,
    box: Box,
    cells: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    name: str,
    alt: str,
    rule: str = "",
    heights: Sequence[float] = (),
) -> Any:
    """A table that fills the box: columns as `widths` say, rows as `heights` do, or all of the same height.

    Lines are cut so that no row needs to grow. `rule`: the colour of a line below each row, "" for none.
    """
    frame = shapes.add_table(len(cells), len(widths), *box.place)
    frame.name = name
    describe(frame, alt)
    made = frame.table
    _plain(frame)
    lefts, tops = _edges(widths, box.width), _edges(heights or [1] * len(cells), box.height)
    for n, column in enumerate(made.columns):
        column.width = Emu(lefts[n + 1] - lefts[n])
    for n, row in enumerate(made.rows):
        row.height = Emu(tops[n + 1] - tops[n])
    for line, row in zip(cells, made.rows, strict=True):
        for n, (cell, place) in enumerate(zip(line, row.cells, strict=True)):
            _fill(place, cell, (lefts[n + 1] - lefts[n] - 2 * _MARGIN) / POINT, rule)
    return frame


def _edges(parts: Sequence[float], whole: int) -> list[int]:
    """Where the parts of a length begin, and where the last one ends."""
    return [round(sum(parts[:n]) / sum(parts) * whole) for n in range(len(parts) + 1)]


def _plain(frame: Any) -> None:
    properties = frame.element.xpath(".//a:tblPr")[0]
    properties.attrib.pop("bandRow", None)
    properties.xpath("a:tableStyleId")[0].text = _PLAIN


def _fill(place: Any, cell: Cell, room: float, rule: str) -> None:
    place.margin_left = place.margin_right = Emu(_MARGIN)
    place.margin_top = place.margin_bottom = Emu(0)
    place.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(place.text_frame, [line if cell.whole else _within(line, room) for line in cell.lines], align=cell.align)
    if rule:
        _underline(place, rule)
    if cell.fill:
        place.fill.solid()
        place.fill.fore_color.rgb = rgb(cell.fill)


def _within(line: tuple[Run, ...], room: float) -> tuple[Run, ...]:
    """A line whose text is cut where it would need a second one; its last run gives way first."""
    if len(line) == 1:
        return (replace(line[0], text=cut(line[0].text, line[0].size, room, bold=line[0].bold)),)
    return line


def _underline(place: Any, colour: str) -> None:
    properties = place._tc.get_or_add_tcPr()
    line = f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'
    properties.insert(0, parse_xml(f'<a:lnB {nsdecls("a")} w="9525">{line}</a:lnB>'))


def row_height(box: Box, rows: int, most: float) -> Box:
    """The box, made lower where `rows` would be higher than `most` inches."""
    return replace(box, height=min(box.height, rows * inches(most)))
