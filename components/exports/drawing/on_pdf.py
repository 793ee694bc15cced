"""Groups of marks on the pages of a PDF file, by fpdf2: vectors, real text in embedded fonts, and tags for readers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from components.exports import fonts
from components.exports.cells import line
from components.exports.drawing.primitives import Circle, Line, Link, Polygon, Rect, Text
from components.exports.drawing.text import fitted, from_right, shaped, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from components.exports.drawing.primitives import Bookmark, Group, Primitive

_FAMILY = "dejavu"


class Paper:
    """A PDF file that is being drawn."""

    def __init__(self, title: str, made: datetime | None = None) -> None:
        from fpdf import FPDF, ViewerPreferences

        self._pdf = pdf = FPDF(unit="pt")
        pdf.set_margin(0)
        pdf.c_margin = 0
        pdf.set_auto_page_break(False)
        pdf.set_title(line(title))
        pdf.set_lang("en-GB")
        pdf.set_creator("World News Themes")
        pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        if made:
            pdf.set_creation_date(made)
        main = fonts.main()
        pdf.add_font(_FAMILY, "", main.path)
        pdf.add_font(_FAMILY, "B", main.bold or main.path)
        self._more: list[str] = []
        self._shaping = False
        self._marked = 0

    def page(self, size: tuple[float, float], groups: Iterable[Group], bookmarks: Iterable[Bookmark] = ()) -> None:
        """One more page of `size`, width and height in points, and its entries in the outline."""
        self._pdf.add_page(format=size)
        self._marked = 0
        for bookmark in bookmarks:
            self._bookmark(bookmark)
        for group in groups:
            with self._tagged(group):
                for mark in group.marks:
                    self._draw(mark)
            for mark in group.marks:
                if isinstance(mark, Link):
                    self._pdf.link(mark.x, mark.y, mark.width, mark.height, mark.url)

    def _bookmark(self, bookmark: Bookmark) -> None:
        """An entry of the outline. fpdf2's own `start_section` tags an empty figure with it, so it is not used."""
        from fpdf.outline import OutlineSection
        from fpdf.syntax import DestinationXYZ

        page = self._pdf.page
        place = DestinationXYZ(page, top=self._pdf.h - bookmark.y)
        words = fitted(bookmark.words, 1, 120) or "Untitled"
        self._pdf._outline.append(OutlineSection(words, bookmark.level, page, place))

    def output(self) -> bytes:
        """The file; nothing can be drawn on it any more."""
        return bytes(self._pdf.output())

    def __enter__(self) -> Paper:
        return self

    def __exit__(self, *error: object) -> None:
        """Closes the files of the fonts, also where the export was stopped."""
        for font in self._pdf.fonts.values():
            if hasattr(font, "ttfont"):
                font.ttfont.close()

    @contextmanager
    def _tagged(self, group: Group) -> Iterator[None]:
        """Marked content (ISO 32000-1, 14.7 and 14.8) in a flat tree, as deep as fpdf2's builder goes."""
        pdf = self._pdf
        if group.role == "Artifact":
            pdf._out("/Artifact BMC")
        else:
            told: dict[str, Any] = {"alt_text": line(group.alt)} if group.alt else {}
            pdf._add_marked_content(struct_type=f"/{group.role}", mcid=self._marked, **told)
            pdf._out(f"/{group.role} <</MCID {self._marked}>> BDC")
            self._marked += 1
        yield
        pdf._out("EMC")

    def _draw(self, mark: Primitive) -> None:
        match mark:
            case Rect():
                style = self._paint(mark.fill, mark.line, mark.thick)
                self._pdf.rect(mark.x, mark.y, mark.width, mark.height, style)
            case Polygon():
                self._rings(mark)
            case Line():
                self._line(mark)
            case Circle():
                self._pdf.circle(mark.x, mark.y, mark.radius, self._paint(mark.fill, mark.line, 1))
            case Text():
                self._text(mark)
            case Link():
                pass

    def _paint(self, fill: str, stroke: str, thick: float) -> str:
        if fill:
            self._pdf.set_fill_color(fill)
        if stroke:
            self._pdf.set_draw_color(stroke)
            self._pdf.set_line_width(thick)
        return f"{'D' if stroke else ''}{'F' if fill or not stroke else ''}"

    def _rings(self, mark: Polygon) -> None:
        """All rings as one path, so that holes stay open; fpdf2's `polygon` knows one ring."""
        self._paint(mark.fill, mark.line, mark.thick)
        high = self._pdf.h
        parts = []
        for ring in mark.rings:
            (x, y), *rest = ring
            parts.append(f"{x:.2f} {high - y:.2f} m " + " ".join(f"{a:.2f} {high - b:.2f} l" for a, b in rest) + " h")
        self._pdf._out(" ".join(parts) + (" B*" if mark.fill and mark.line else " f*" if mark.fill else " S"))

    def _line(self, mark: Line) -> None:
        pdf = self._pdf
        pdf.set_draw_color(mark.colour)
        pdf.set_line_width(mark.thick)
        high = pdf.h
        (x, y), *rest = mark.points
        path = f"{x:.2f} {high - y:.2f} m " + " ".join(f"{a:.2f} {high - b:.2f} l" for a, b in rest)
        dash = " ".join(f"{each:.2f}" for each in mark.dash)
        pdf._out(f"q 1 j [{dash}] 0 d {path} S Q")

    def _text(self, mark: Text) -> None:
        """The text from its start, wherever it is anchored; bidirectional and joined by HarfBuzz where it must be."""
        words = line(mark.text)
        if not words:
            return
        self._equip(words)
        pdf = self._pdf
        pdf.set_font(_FAMILY, "B" if mark.bold else "", mark.size)
        pdf.set_text_color(mark.colour)
        self._shape(words)
        wide = pdf.get_string_width(words) if shaped(words) else width(words, mark.size, mark.bold)
        left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.at]
        pdf.set_xy(left, mark.y - 0.8 * mark.size)
        if mark.turned:
            with pdf.rotation(90, mark.x, mark.y):
                pdf.cell(w=wide, h=mark.size, text=words)
        else:
            pdf.cell(w=wide, h=mark.size, text=words)

    def _shape(self, words: str) -> None:
        needed = shaped(words)
        if needed:
            self._pdf.set_text_shaping(True, direction="rtl" if from_right(words) else "ltr")
        elif self._shaping:
            self._pdf.set_text_shaping(False)
        self._shaping = needed

    def _equip(self, words: str) -> None:
        """Adds the fonts that the words need; those of other scripts are large, so not before."""
        for face in fonts.beyond(words):
            if face.name not in self._more:
                self._pdf.add_font(face.name, "", face.path)
                self._more.append(face.name)
                self._pdf.set_fallback_fonts(self._more, exact_match=False)
