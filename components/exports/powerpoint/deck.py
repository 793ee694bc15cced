"""A presentation being made: which layouts it has, how dark it is, and new slides with a title and a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from components.exports.powerpoint import base, template
from components.exports.powerpoint.boxes import Box, inches
from components.exports.powerpoint.text import Run, box_of_text, fitted, write
from components.theme import DARK, LIGHT, Palette, relative_luminance
from data.errors import ReportError

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide, SlideLayout

_TITLES = (KIND.TITLE, KIND.CENTER_TITLE, KIND.VERTICAL_TITLE)
_FURNITURE = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER)
_SIZES = (30, 28, 26, 24, 22, 20, 18)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation and how its slides are laid out."""

    presentation: Presentation
    opening: SlideLayout
    """For the first slide."""
    plain: SlideLayout
    """For all others: a title, and room."""
    palette: Palette
    """Of the theme, light or dark, that the background asks for."""
    title: Box
    room: Box
    """What is left for everything else on a plain slide."""

    def open_slide(self) -> Slide:
        """A new first slide; its title and subtitle are placeholders of the layout, where it has them."""
        return _bare_slide(self.presentation, self.opening, (*_TITLES, KIND.SUBTITLE))

    def slide(self, title: str) -> Slide:
        """A new slide with this title, which shrinks, and is cut at last, to fit; and with its number."""
        slide = _bare_slide(self.presentation, self.plain, _TITLES)
        text, size = fitted(title, self.title, _SIZES, bold=True)
        holder = slide.shapes.title
        if holder is None:
            box_of_text(slide.shapes, self.title, "Title", [[Run(text, size, bold=True)]], anchor="bottom")
        else:
            write(holder.text_frame, [[Run(text, size, own=False)]])
        _number(slide, self.plain, self.room)
        return slide


def made(given: bytes) -> Deck:
    """A deck without slides: on the user's template, if any, else on the program's own base. ReportError: see there."""
    if not given:
        return _deck(base.blank())
    presentation = template.opened(given)
    try:
        deck = _deck(presentation)
    except template.BROKEN as error:
        raise ReportError(template.DAMAGED) from error
    if deck.room.width < inches(3) or deck.room.height < inches(2):
        raise ReportError("The layouts of this template leave no room below the title: choose another one.")
    return deck


def _deck(presentation: Presentation) -> Deck:
    layouts = list(presentation.slide_layouts)
    opening, plain = _opening(layouts), _plain(layouts)
    width, height = int(presentation.slide_width or 0), int(presentation.slide_height or 0)
    title = _title(plain, width, height)
    bottom = min((top for top in _tops(plain) if top > height * 0.8), default=round(height * 0.95))
    top = title.bottom + inches(0.12)
    room = Box(title.left, top, title.width, bottom - inches(0.05) - top)
    return Deck(presentation, opening, plain, _palette(presentation), title, room)


def _holders(layout: SlideLayout) -> list[Any]:
    found: Any = layout.placeholders
    return list(found)


def _kinds(layout: SlideLayout) -> set[KIND]:
    return {shape.placeholder_format.type for shape in _holders(layout)}


def _opening(layouts: list[SlideLayout]) -> SlideLayout:
    """The layout with a centred title, else with a subtitle, else with a title, else the first."""
    for wanted in (KIND.CENTER_TITLE, KIND.SUBTITLE, KIND.TITLE):
        for layout in layouts:
            if wanted in _kinds(layout):
                return layout
    return layouts[0]


def _plain(layouts: list[SlideLayout]) -> SlideLayout:
    """The layout with a title and as little else as there is."""
    titled = [layout for layout in layouts if KIND.TITLE in _kinds(layout)] or layouts
    return min(titled, key=lambda layout: sum(s.placeholder_format.type not in _FURNITURE for s in _holders(layout)))


def _title(layout: SlideLayout, width: int, height: int) -> Box:
    """Where the title stands; a strip at the top where the layout has none, or has it somewhere else."""
    usual = Box(round(width * 0.05), round(height * 0.05), round(width * 0.9), round(height * 0.13))
    for shape in _holders(layout):
        if shape.placeholder_format.type == KIND.TITLE and shape.width and shape.height:
            box = Box(int(shape.left), int(shape.top), int(shape.width), int(shape.height))
            inside = box.left >= 0 and box.top >= 0 and box.right <= width
            return box if inside and box.bottom < height * 0.45 and box.width > width * 0.5 else usual
    return usual


def _tops(layout: SlideLayout) -> list[int]:
    footers = [shape for shape in _holders(layout) if shape.placeholder_format.type in _FURNITURE]
    return [int(shape.top) for shape in footers if shape.top]


def _bare_slide(presentation: Presentation, layout: SlideLayout, kept: tuple[KIND, ...]) -> Slide:
    slide: Slide = presentation.slides.add_slide(layout)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type not in kept:
            shape.element.getparent().remove(shape.element)
    return slide


def _number(slide: Slide, layout: SlideLayout, room: Box) -> None:
    """The number of the slide, as a field that PowerPoint keeps up to date, where the layout has it."""
    tree: Any = slide.shapes.element
    holder = next((s for s in _holders(layout) if s.placeholder_format.type == KIND.SLIDE_NUMBER), None)
    box = Box(room.right - inches(1), room.bottom + inches(0.05), inches(1), inches(0.3))
    frame = f'<a:xfrm><a:off x="{box.left}" y="{box.top}"/><a:ext cx="{box.width}" cy="{box.height}"/></a:xfrm>'
    place, kind, style, size = "", "", "", ""
    if holder is None:
        place = f'{frame}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        style, size = '<a:pPr algn="r"/>', ' sz="1100"'
    else:
        kind = f'<p:ph type="sldNum" sz="quarter" idx="{holder.placeholder_format.idx}"/>'
    number = len(slide.part.package.presentation_part.presentation.slides)
    tree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{next_id(tree)}" name="Slide number"/><p:cNvSpPr/>'
            f"<p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{style}"
            f'<a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"><a:rPr lang="en-GB"{size}/>'
            f"<a:t>{number}</a:t></a:fld></a:p></p:txBody></p:sp>"
        )
    )


def next_id(tree: Any) -> int:
    """A number that no shape of the slide has."""
    return max(map(int, tree.xpath("//p:cNvPr/@id")), default=1) + 1


def _palette(presentation: Presentation) -> Palette:
    """Dark where the first colour for backgrounds is; light where that cannot be told."""
    master: Any = presentation.slide_master
    slot = (master.element.xpath("p:clrMap/@bg1") or ["lt1"])[0]
    try:
        theme = etree.fromstring(master.part.part_related_by(RT.THEME).blob)
    except (KeyError, etree.XMLSyntaxError):
        return LIGHT
    colour = theme.find(f".//{_A}clrScheme/{_A}{slot}/*")
    value = "" if colour is None else colour.get("lastClr") or colour.get("val") or ""
    if len(value) != 6 or not all(digit in "0123456789abcdefABCDEF" for digit in value):
        return LIGHT
    return DARK if relative_luminance(f"#{value}") < 0.18 else LIGHT
