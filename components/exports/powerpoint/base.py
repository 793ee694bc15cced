"""The program's own presentation, empty: 16:9, plain, with fonts for all scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Emu

from components.exports.powerpoint.boxes import Box, inches
from components.theme import LIGHT, TOPIC_COLOURS

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

WIDTH, HEIGHT = inches(13.333), inches(7.5)
_MARGIN = inches(0.6)
_KEPT = ("Title Slide", "Title and Content", "Title Only", "Blank")
_MASTER = {
    "title": Box(_MARGIN, inches(0.4), WIDTH - 2 * _MARGIN, inches(0.95)),
    "body": Box(_MARGIN, inches(1.5), WIDTH - 2 * _MARGIN, inches(5.1)),
    "dt": Box(_MARGIN, inches(7.02), inches(3), inches(0.3)),
    "ftr": Box(inches(4.2), inches(7.02), inches(5), inches(0.3)),
    "sldNum": Box(WIDTH - _MARGIN - inches(1.5), inches(7.02), inches(1.5), inches(0.3)),
}
_OPENING = {
    "ctrTitle": Box(_MARGIN, inches(2.0), inches(10.6), inches(1.9)),
    "subTitle": Box(_MARGIN, inches(4.1), inches(10.6), inches(1.9)),
}
_FONTS = {
    "Jpan": "Yu Gothic",
    "Hang": "Malgun Gothic",
    "Hans": "Microsoft YaHei",
    "Hant": "Microsoft JhengHei",
    "Arab": "Arial",
    "Hebr": "Arial",
    "Thai": "Leelawadee UI",
    "Deva": "Nirmala UI",
    "Beng": "Nirmala UI",
    "Taml": "Nirmala UI",
    "Ethi": "Ebrima",
    "Geor": "Sylfaen",
    "Armn": "Sylfaen",
}
"""Fonts that come with the systems PowerPoint runs on; where one is missing, the system puts another."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def blank() -> Deck:
    """A presentation without slides in the program's look, with its four most useful layouts."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    deck.element.xpath("p:sldSz")[0].attrib.pop("type", None)
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
    _place(deck.slide_master, _MASTER)
    _place(deck.slide_layouts[0], _OPENING)
    _style(deck.slide_master)
    _colour(deck)
    _without_leftovers(deck)
    return deck


def _place(holder: Any, boxes: dict[str, Box]) -> None:
    for shape in holder.placeholders:
        kind = shape.element.xpath(".//p:ph")[0].get("type")
        if kind in boxes:
            shape.left, shape.top, shape.width, shape.height = boxes[kind].place
        body = shape.element.xpath(".//a:bodyPr")[0]
        if kind in ("title", "ctrTitle", "subTitle", "dt", "ftr", "sldNum"):
            body.set("lIns", "0")
            body.set("rIns", "0")
            body.set("anchor", {"ctrTitle": "b", "subTitle": "t", "title": "b"}.get(kind, "ctr"))
        for colour in shape.element.xpath(".//a:schemeClr[@val='tx1'][a:tint]"):
            colour.set("val", "tx2")
            colour.remove(colour[0])
        for level in shape.element.xpath(".//a:lvl1pPr[@algn='ctr']"):
            level.set("algn", "l" if kind != "ftr" else "ctr")


def _style(master: Any) -> None:
    """Titles bold at the left; text in sizes that leave room."""
    title = master.element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr")[0]
    title.set("algn", "l")
    title.find(f"{_A}defRPr").attrib.update({"sz": "2800", "b": "1"})
    for n, size in enumerate((2000, 1800, 1600, 1400, 1400), 1):
        for style in master.element.xpath(f"p:txStyles/p:bodyStyle/a:lvl{n}pPr/a:defRPr"):
            style.set("sz", str(size))


def _colour(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RT.THEME)
    theme = etree.fromstring(part.blob)
    theme.set("name", "World News Themes")
    topics = list(TOPIC_COLOURS.values())
    colours = {"dk1": LIGHT.ink, "lt1": LIGHT.page, "dk2": LIGHT.quiet, "lt2": LIGHT.bars, "hlink": LIGHT.accent}
    accents = {"accent1": LIGHT.accent} | {f"accent{n}": topics[n] for n in range(2, 7)}
    for name, colour in (colours | accents | {"folHlink": LIGHT.quiet}).items():
        slot = theme.find(f".//{_A}clrScheme/{_A}{name}")
        for old in list(slot):
            slot.remove(old)
        etree.SubElement(slot, f"{_A}srgbClr").set("val", colour.lstrip("#").upper())
    for fonts in ("majorFont", "minorFont"):
        _fonts(theme.find(f".//{_A}{fonts}"))
    part.blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _fonts(family: Any) -> None:
    for old in list(family):
        family.remove(old)
    for kind, face in (("latin", "Arial"), ("ea", "Microsoft YaHei"), ("cs", "Arial")):
        etree.SubElement(family, f"{_A}{kind}").set("typeface", face)
    for script, face in _FONTS.items():
        etree.SubElement(family, f"{_A}font", script=script, typeface=face)


def _without_leftovers(deck: Deck) -> None:
    """Drops a picture of an empty slide, and settings of somebody's printer, that come with the library's file."""
    for holder, kind in ((deck.part.package, RT.THUMBNAIL), (deck.part, RT.PRINTER_SETTINGS)):
        rels: Any = holder._rels
        for key in [key for key, rel in rels.items() if rel.reltype == kind]:
            rels.pop(key)
