"""Counts over time: columns for all, lines, and below them how many publishers were active."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from components.exports.powerpoint.boxes import Box, inches
from components.exports.powerpoint.charts import inner, look, new_chart, paint
from components.exports.powerpoint.sheets import COUNT, PERCENT, attach, column
from components.exports.powerpoint.text import Run, box_of_text, ink, rgb, shown
from data.frames import records

if TYPE_CHECKING:
    from components.content import Course, Series
    from components.exports.powerpoint.sheets import Column
    from components.theme import Palette

_LINES = {
    "dash": MSO_LINE.DASH,
    "dot": MSO_LINE.ROUND_DOT,
    "dashdot": MSO_LINE.DASH_DOT,
    "longdash": MSO_LINE.LONG_DASH,
    "longdashdot": MSO_LINE.LONG_DASH_DOT,
}
_LEFT, _WIDE = 0.055, 0.94
_FORMS = {"day": "d mmm yyyy", "week": "d mmm yyyy", "month": "mmm yyyy", "year": "yyyy"}
_UNITS = {"day": "days", "month": "months", "year": "years"}
_LONGEST = 40
"""Characters of a name in the legend."""
_LABELS = 9
"""Days named below the marks."""


def course(shapes: Any, box: Box, marks: Course, palette: Palette, alt: str) -> None:
    """Two charts in line, one above the other. Where nobody published, lines are broken and the strip is hatched."""
    if marks.frame.empty:
        return
    above, strip = box.down(round(box.height * 0.76), inches(0.05))
    _lines(shapes, above, marks, palette, alt)
    name, chart = strip.down(inches(0.22))
    words = f"Publishers active in each {marks.bin}; hatched: none"
    box_of_text(shapes, name, "Heading of the publishers", [[Run(words, 11, quiet=True)]], anchor="bottom")
    _publishers(shapes, chart, marks, palette)


def _lines(shapes: Any, box: Box, marks: Course, palette: Palette, alt: str) -> None:
    dates = tuple(marks.frame["start"].tolist())
    gaps = marks.frame["gap"].tolist()
    every = [column("All", marks.frame["all"].tolist())] if "all" in marks.frame else []
    lines = [_line(marks, series, gaps) for series in marks.series]
    if not every and not lines:
        return
    chart = new_chart(shapes, XL_CHART_TYPE.LINE, box, dates, [*every, *lines], "Course", alt)
    look(chart, 12)
    ordered = list(chart.plots[0].series)
    for series, line in zip(ordered[len(every) :], marks.series, strict=True):
        _draw(series, line, len(dates))
    if every:
        _as_columns(chart, palette)
    _axes(chart, marks, palette)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(14)
    ink(chart.legend.font.fill)
    inner(chart, _LEFT, 0.12, _WIDE, 0.78)
    attach(chart, [column("", dates), *every, *lines, column("Publishers", marks.frame["publishers"].tolist())])


def _line(marks: Course, series: Series, gaps: list[bool]) -> Column:
    values = marks.frame[series.column].tolist()
    name = shown(series.label, _LONGEST)
    return column(name, [None if gap else value for value, gap in zip(values, gaps, strict=True)])


def _draw(series: Any, line: Series, bins: int) -> None:
    series.smooth = False
    series.format.line.width = Pt(2.75)
    series.format.line.color.rgb = rgb(line.colour)
    if line.dash in _LINES:
        series.format.line.dash_style = _LINES[line.dash]
    if bins < 40:
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.size = 7
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(line.colour)
        series.marker.format.line.fill.background()


def _as_columns(chart: Any, palette: Palette) -> None:
    """Turns the first series into columns that stand behind the lines."""
    old = chart.element.xpath(".//c:lineChart")[0]
    series = old.xpath("c:ser")[0]
    axes = "".join(f'<c:axId val="{value}"/>' for value in old.xpath("c:axId/@val"))
    columns = parse_xml(
        f'<c:barChart {nsdecls("c")}><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:gapWidth val="14"/>{axes}</c:barChart>'
    )
    for extra in series.xpath("c:marker | c:smooth"):
        series.remove(extra)
    series.xpath("c:tx")[0].addnext(parse_xml(f'<c:invertIfNegative {nsdecls("c")} val="0"/>'))
    columns.xpath("c:gapWidth")[0].addprevious(series)
    old.addprevious(columns)
    if not old.xpath("c:ser"):
        old.getparent().remove(old)
    paint(chart.plots[0].series[0].format.fill, palette.bars, palette)


def _axes(chart: Any, marks: Course, palette: Palette) -> None:
    numbers, counted = chart.value_axis, marks.numbers == "counts"
    numbers.minimum_scale = 0
    numbers.format.line.fill.background()
    numbers.major_tick_mark = XL_TICK_MARK.NONE
    numbers.has_major_gridlines = True
    numbers.major_gridlines.format.line.color.rgb = rgb(palette.line)
    numbers.major_gridlines.format.line.width = Pt(0.75)
    numbers.tick_labels.number_format = COUNT if counted else PERCENT
    numbers.tick_labels.number_format_is_linked = False
    _days(chart, marks)


def _days(chart: Any, marks: Course) -> None:
    """The axis of days. PowerPoint has none of weeks: they are categories, whose days the sheet holds all the same."""
    old = chart.element.xpath(".//c:dateAx")[0]
    for number in old.xpath("c:numFmt"):
        number.set("formatCode", _FORMS[marks.bin])
        number.set("sourceLinked", "0")
    step = max(round(len(marks.frame) / _LABELS), 1)
    for extra in old.xpath("c:auto | c:lblAlgn | c:lblOffset | c:baseTimeUnit | c:majorUnit | c:majorTimeUnit"):
        old.remove(extra)
    unit = _UNITS.get(marks.bin)
    if unit is None:
        old.tag = old.tag.replace("dateAx", "catAx")
        tail = '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        tail += f'<c:tickLblSkip val="{step}"/><c:tickMarkSkip val="{step}"/><c:noMultiLvlLbl val="1"/>'
    else:
        tail = f'<c:auto val="0"/><c:lblOffset val="100"/><c:baseTimeUnit val="{unit}"/>'
        tail += f'<c:majorUnit val="{step}"/><c:majorTimeUnit val="{unit}"/>'
    for piece in parse_xml(f"<c:dateAx {nsdecls('c')}>{tail}</c:dateAx>"):
        old.append(piece)


def _publishers(shapes: Any, box: Box, marks: Course, palette: Palette) -> None:
    """Columns of publishers; a second series, hatched, as high as the room where there were none."""
    lines = records(marks.frame)
    active = column("Publishers", [line["publishers"] for line in lines])
    most = max(active.values, default=0) or 1
    none = column("Nobody published", [most if line["gap"] else None for line in lines])
    series = [active, none] if any(line["gap"] for line in lines) else [active]
    alt = f"Publishers active in each {marks.bin}; at most {most:,}."
    dates = tuple(line["start"] for line in lines)
    chart = new_chart(shapes, XL_CHART_TYPE.COLUMN_CLUSTERED, box, dates, series, "Publishers", alt)
    look(chart, 10)
    plot: Any = chart.plots[0]
    plot.overlap, plot.gap_width = 100, 14
    paint(plot.series[0].format.fill, palette.unsure, palette)
    for gap in list(plot.series)[1:]:
        paint(gap.format.fill, palette.unsure, palette, hatched=True)
        gap.format.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
    _days(chart, marks)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    numbers = chart.value_axis
    numbers.has_major_gridlines = False
    numbers.minimum_scale, numbers.maximum_scale, numbers.major_unit = 0, most, most
    numbers.major_tick_mark = XL_TICK_MARK.NONE
    numbers.format.line.fill.background()
    inner(chart, _LEFT, 0.06, _WIDE, 0.88)
    attach(chart, [column("", dates), *series])
