"""The map: every country a shape of its own, named and filled by its value, all in one group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from components.exports.powerpoint.boxes import POINT, Box, inches
from components.exports.powerpoint.deck import next_id
from components.exports.powerpoint.tables import Cell, row_height, said, table
from components.exports.powerpoint.text import Run, box_of_text, cut, rgb, shown
from components.exports.shades import Shades, shades
from components.shapes.outlines import height, outlines, project
from components.wording import percent
from data import geography
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Places
    from components.theme import Palette

_GRAIN = 100_000
"""Steps of the grid on which outlines are drawn, in the width of the map."""
_DOT = inches(0.11)
_LISTED = 10
_UNSURE = 0.45
"""How strong colours are that may be chance."""
_TICKS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)


def world(shapes: Any, box: Box, marks: Places, palette: Palette, alt: str) -> None:
    """The map with its legend at the left, and its ten largest countries at the right."""
    drawn, beside = box.across(0.68, inches(0.3))
    wide = min(drawn.width, round((drawn.height - inches(0.55)) / height()))
    place = Box(drawn.left + (drawn.width - wide) // 2, drawn.top, wide, round(wide * height()))
    scale = shades(marks.frame["value"].astype(float).tolist(), marks.scale, palette)
    _group(shapes, place, marks, scale, palette, alt)
    if len(marks.frame):
        legend = Box(drawn.left, drawn.bottom - inches(0.5), drawn.width, inches(0.5))
        _legend(shapes, legend, marks, scale)
        _largest(shapes, beside, marks, palette)


@dataclass(frozen=True, slots=True)
class _Outline:
    """A country on the grid: where it is, and its rings as the paths of a shape."""

    left: int
    top: int
    width: int
    height: int
    paths: str


@cache
def _outlines() -> dict[str, _Outline]:
    """All countries by their ISO 3166-1 alpha-3 code; holes are left open, as PowerPoint fills by the even-odd rule."""
    found = {}
    for code, rings in outlines().items():
        points = [[(round(x * _GRAIN), round(y * _GRAIN)) for x, y in ring.tolist()] for ring in rings]
        flat = [point for ring in points for point in ring]
        left, top = min(x for x, _ in flat), min(y for _, y in flat)
        wide, high = max(max(x for x, _ in flat) - left, 1), max(max(y for _, y in flat) - top, 1)
        paths = "".join(_ring([(x - left, y - top) for x, y in ring]) for ring in points)
        path = f'<a:path w="{wide}" h="{high}">{paths}</a:path>'
        found[code] = _Outline(left, top, wide, high, path)
    return found


def _ring(points: list[tuple[int, int]]) -> str:
    first, *rest = (f'<a:pt x="{x}" y="{y}"/>' for x, y in points)
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in rest)
    return f"<a:moveTo>{first}</a:moveTo>{lines}<a:close/>"


def _group(shapes: Any, box: Box, marks: Places, scale: Shades, palette: Palette, alt: str) -> None:
    """One group with all shapes; those of countries with articles last, so that their edges are not covered."""
    told = {row.iso3: row for row in rows(marks.frame)}
    names = {country.iso3: country.name for country in geography.COUNTRIES.values()}
    first = next_id(shapes.element) + 1
    drawn: list[str] = []
    for code, outline in sorted(_outlines().items(), key=lambda item: item[0] in told):
        row = told.get(code)
        name = f"{row.name}: {row.said}" if row else f"{names[code]}: none" if code in names else "Disputed area"
        colour = _colour(row, scale, palette) if row else palette.empty
        drawn.append(_country(outline, box, first + len(drawn), name, colour, palette))
    for row in rows(marks.frame):
        if row.small or row.iso3 not in _outlines():
            colour = _colour(row, scale, palette)
            drawn.append(_dot(row, box, first + len(drawn), colour, palette))
    frame = f'<a:off x="{box.left}" y="{box.top}"/><a:ext cx="{box.width}" cy="{box.height}"/>'
    inside = frame.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    shapes.element.append(
        parse_xml(
            f"<p:grpSp {nsdecls('p', 'a')}><p:nvGrpSpPr>"
            f'<p:cNvPr id="{first - 1}" name="World map" descr={quoteattr(shown(alt, 2_000))}/><p:cNvGrpSpPr/><p:nvPr/>'
            f"</p:nvGrpSpPr><p:grpSpPr><a:xfrm>{frame}{inside}</a:xfrm></p:grpSpPr>{''.join(drawn)}</p:grpSp>"
        )
    )


def _colour(row: Any, scale: Shades, palette: Palette) -> str:
    """That of its value, paler where it may be chance, as far as the row tells."""
    colour = scale.of(float(row.value))
    return colour if getattr(row, "clear", True) else Shades((palette.page, colour), 0.0, 1.0).of(_UNSURE)


def _country(outline: _Outline, box: Box, key: int, name: str, colour: str, palette: Palette) -> str:
    unit = box.width / _GRAIN
    left, top = box.left + round(outline.left * unit), box.top + round(outline.top * unit)
    size = (max(round(outline.width * unit), 1), max(round(outline.height * unit), 1))
    shape = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f"<a:pathLst>{outline.paths}</a:pathLst></a:custGeom>"
    )
    return _shape(key, name, Box(left, top, *size), shape, colour, palette.page)


def _dot(row: Any, box: Box, key: int, colour: str, palette: Palette) -> str:
    """A small state as a point, which can be seen."""
    x, y = project([row.longitude], [row.latitude])[0] * box.width
    place = Box(box.left + round(x) - _DOT // 2, box.top + round(y) - _DOT // 2, _DOT, _DOT)
    shape = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
    return _shape(key, f"{row.name}: {row.said} (point)", place, shape, colour, palette.page)


def _shape(key: int, name: str, box: Box, geometry: str, colour: str, edge: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{key}" name={quoteattr(shown(name, 120))}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{box.left}" y="{box.top}"/><a:ext cx="{box.width}" cy="{box.height}"/></a:xfrm>'
        f'{geometry}{_solid(colour)}<a:ln w="6350">{_solid(edge)}<a:round/></a:ln></p:spPr></p:sp>'
    )


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'


def _legend(shapes: Any, box: Box, marks: Places, scale: Shades) -> None:
    """What the colours mean: a strip from the lowest to the highest value, with numbers below it."""
    title, rest = box.down(inches(0.2))
    strip, ticks = replace(rest, width=min(rest.width, inches(3.2))).down(inches(0.1), inches(0.02))
    words = cut(marks.legend, 11, title.width / POINT)
    box_of_text(shapes, title, "Legend", [[Run(words, 11, quiet=True)]])
    _strip(shapes, strip, scale)
    for share, words in _marked(marks, scale):
        tick = inches(0.9)
        left = min(max(round(strip.width * share - tick / 2), 0), strip.width - tick)
        align = "" if share < 0.1 else "right" if share > 0.9 else "centre"
        place = Box(strip.left + left, ticks.top, tick, inches(0.18))
        box_of_text(shapes, place, f"Scale: {words}", [[Run(words, 10, quiet=True)]], align=align)


def _strip(shapes: Any, box: Box, scale: Shades) -> None:
    """A rectangle from each colour of the scale to the next, as not every program draws more than two in one."""
    for n, place in enumerate(box.columns(len(scale.stops) - 1, 0)):
        bar = shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.place)
        bar.name = f"Scale, part {n + 1}"
        bar.line.fill.background()
        bar.shadow.inherit = False
        bar.fill.gradient()
        bar.fill.gradient_angle = 0
        for stop, colour, at in zip(bar.fill.gradient_stops, scale.stops[n : n + 2], (0.0, 1.0), strict=True):
            stop.position = at
            stop.color.rgb = rgb(colour)


def _marked(marks: Places, scale: Shades) -> list[tuple[float, str]]:
    """Where on the strip which number stands."""
    if marks.scale == "log":
        ticks = [n for n in _TICKS if len(str(n)) - 1 <= scale.high]
        return [((len(str(n)) - 1) / scale.high, f"{n:,}") for n in ticks]
    if marks.scale == "share":
        return [(0.0, "0 %"), (1.0, percent(scale.high))]
    words = f"{100 * scale.high:.1f} points"
    return [(0.0, f"−{words}"), (0.5, "0"), (1.0, f"+{words}")]


def _largest(shapes: Any, box: Box, marks: Places, palette: Palette) -> None:
    """The largest countries, or those that differ most, with their numbers in words."""
    order = marks.frame["value"].abs() if marks.scale == "difference" else marks.frame["value"]
    first = marks.frame.loc[order.sort_values(ascending=False, kind="stable").index].head(_LISTED)
    lines = [_listed(n, row, marks.scale == "difference") for n, row in enumerate(rows(first), 1)]
    place = row_height(box, len(lines), 0.44)
    widths = (0.11, 0.89) if marks.scale == "difference" else (0.11, 0.44, 0.45)
    table(shapes, place, lines, widths, "Largest", "The countries with the largest numbers", rule=palette.line)


def _listed(place: int, row: Any, below: bool) -> list[Cell]:
    """A row of the list; what is said of differences is long, and stands below the name."""
    number = said(str(place), 12, quiet=True)
    if not below:
        return [number, said(row.name, 12, bold=True), said(row.said, 12, align="right")]
    return [number, Cell(((Run(shown(row.name), 12, bold=True),), (Run(shown(row.said), 10, quiet=True),)))]
