"""Native charts: their common look, and those of bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from components.exports.powerpoint.boxes import POINT, Box
from components.exports.powerpoint.sheets import COUNT, PERCENT, Column, attach, column
from components.exports.powerpoint.text import describe, ink, rgb, shown, width
from components.wording import percent
from data.facets import NONE
from data.frames import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.content import Bars
    from components.theme import Palette

LONGEST = 38
"""Characters of a label on an axis."""
PART = "– "
"""Before the label of a part of the bar above."""


def bars(shapes: Any, box: Box, marks: Bars, palette: Palette, alt: str) -> None:
    """A bar a row, each with its number and share; the sheet holds both, and the interval of the share."""
    frame, counted = marks.frame, marks.numbers == "counts"
    if frame.empty:
        return
    names = [PART * bool(row.level) + shown(row.label, LONGEST) for row in rows(frame)]
    value = column("Number" if counted else "Share", frame["n" if counted else "share"].tolist())
    chart = bar_chart(shapes, box, names, (value,), "Bars", alt)
    size = size_of(box, len(frame))
    plot: Any = chart.plots[0]
    plot.gap_width = 38
    said = [label(int(row.n), float(row.share), counted) for row in rows(frame)]
    _labels(plot.series[0], said, size)
    for place, row in enumerate(rows(frame)):
        paint(plot.series[0].points[place].format.fill, row.colour, palette, hatched=row.value == NONE)
    room = max(width(words, size) for words in said) / (box.width / POINT)
    spread(chart, names, box, size, max(value.values, default=0), room)
    rest = (("Number", "n"), ("Of", "of"), ("Share", "share"), ("Lowest", "low"), ("Highest", "high"))
    more = [column(name, frame[key].tolist()) for name, key in rest if name != value.name]
    attach(chart, (Column("", tuple(names)), value, *more))


def label(n: int, share: float, counted: bool) -> str:
    """ "458 · 38 %", what the bar is as long as first."""
    return f"{n:,} · {percent(share)}" if counted else f"{percent(share)} · {n:,}"


def size_of(box: Box, n: int) -> float:
    """Points of the labels of `n` rows in the height of a box: readable from afar where there are few."""
    return float(min(max(box.height / POINT / max(n, 1) * 0.55, 7.0), 16.0))


def bar_chart(shapes: Any, box: Box, names: Sequence[str], series: Sequence[Column], name: str, alt: str) -> Any:
    """A chart of lying bars from the top, without axes of numbers: the numbers stand beside the bars."""
    chart = new_chart(shapes, XL_CHART_TYPE.BAR_CLUSTERED, box, names, series, name, alt)
    look(chart, size_of(box, len(names)))
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    axis = chart.category_axis
    axis.reverse_order = True
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.fill.background()
    every_label(chart)
    return chart


def new_chart(
    shapes: Any, kind: XL_CHART_TYPE, box: Box, names: Sequence[Any], series: Sequence[Column], name: str, alt: str
) -> Any:
    """A chart of these series over categories, or days; its sheet is still to be attached."""
    maker: Any = CategoryChartData
    data = maker(number_format=series[0].form)
    data.categories = names
    for one in series:
        data.add_series(one.name, one.values)
    frame = shapes.add_chart(kind, *box.place, data)
    frame.name = name
    describe(frame, alt)
    root = frame.chart.element
    for axis in root.xpath(".//c:axId | .//c:crossAx"):
        axis.set("val", str(abs(int(axis.get("val")))))
    return frame.chart


def look(chart: Any, size: float) -> None:
    """No title, no legend, the ink of the theme, square corners."""
    chart.has_title = False
    chart.has_legend = False
    chart.font.size = Pt(round(size, 1))
    ink(chart.font.fill)
    root = chart.element
    if not root.xpath("c:roundedCorners"):
        root.xpath("c:date1904")[0].addnext(parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))


def every_label(chart: Any) -> None:
    """Has every category named; PowerPoint would leave some out where they are close."""
    axis = chart.element.xpath(".//c:catAx")[0]
    for old in axis.xpath("c:tickLblSkip"):
        axis.remove(old)
    axis.xpath("c:lblOffset")[0].addnext(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))


def spread(chart: Any, names: Sequence[str], box: Box, size: float, highest: float, labels: float) -> None:
    """Room for the names at the left, and for `labels` (a share of the width) right of the longest bar."""
    left = min(max(width(name, size) for name in names) * POINT / box.width + 0.015, 0.45)
    inner(chart, left, 0.0, 1 - left, 1.0)
    free = max(1 - (labels + 0.02) / (1 - left), 0.3)
    chart.value_axis.maximum_scale = (highest or 1) / free


def inner(chart: Any, x: float, y: float, wide: float, high: float) -> None:
    """Where the marks are drawn, as shares of the chart, so that charts and tables can stand in line."""
    area = chart.element.xpath("c:chart/c:plotArea")[0]
    for old in area.xpath("c:layout"):
        area.remove(old)
    names = (("x", x), ("y", y), ("w", wide), ("h", high))
    values = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in names)
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{values}</c:manualLayout></c:layout>"))


def paint(fill: Any, colour: str, palette: Palette, *, hatched: bool = False) -> None:
    """Fills a mark; those of unsure articles with lines, as on the page."""
    shade = rgb(colour)
    if not hatched:
        fill.solid()
        fill.fore_color.rgb = shade
        return
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb = shade
    fill.back_color.rgb = rgb(palette.page)


def _labels(series: Any, said: Sequence[str], size: float) -> None:
    """Words beside each bar."""
    for place, words in enumerate(said):
        label = series.points[place].data_label
        label.text_frame.word_wrap = False
        run = label.text_frame.paragraphs[0].add_run()
        run.text = words
        run.font.size = Pt(round(size, 1))
        ink(run.font.fill, quiet=True)
        label.position = XL_LABEL_POSITION.OUTSIDE_END


def values(series: Any, size: float, *, counted: bool) -> None:
    """The value beside each bar, which follows the sheet."""
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = COUNT if counted else PERCENT
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(round(size, 1))
    ink(labels.font.fill, quiet=True)
