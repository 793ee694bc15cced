"""Static drawings: all kinds of marks, SVG that any reader takes, pictures, and text that fits."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from components.content import Bars
from components.exports import fonts, write
from components.exports.drawing import TWICE, png_of, svg_of
from components.exports.drawing.axes import days, ticks
from components.exports.drawing.figures import KINDS as DRAWN
from components.exports.drawing.figures import figure
from components.exports.drawing.panel import WIDTH
from components.exports.drawing.primitives import Circle, Line, Polygon, Rect, Text, mixed, on_scale
from components.exports.drawing.text import fitted, from_right, width, wrapped
from data.errors import StoppedError
from data.statistics import shares
from tests.documents import CITED, KINDS, content, document, nothing, places, sentences
from tests.hostile_texts import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Ministers of nine states agreed on Friday to dredge two rivers " * 80


def bars(rows: int, label: str = "Topic", n: int = 1_234_567, numbers: str = "counts") -> Bars:
    """Many bars with labels of any length."""
    frame = pd.DataFrame(
        {"value": [str(r) for r in range(rows)], "label": f"{label} ", "n": [n - r for r in range(rows)]}
    )
    frame = shares(frame.assign(colour="#1e63d1", level=0), 2 * n).assign(of=2 * n)
    return Bars(frame, "topic", numbers)  # type: ignore[arg-type]


def words_of(svg: str) -> str:
    """All text of an SVG file."""
    return "\n".join("".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text"))


def box(mark: object) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a mark."""
    if isinstance(mark, Text):
        wide = width(mark.text, mark.size, mark.bold)
        if mark.turned:
            return mark.x - mark.size, mark.y - wide, mark.x, mark.y
        left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.at]
        return left, mark.y - 0.8 * mark.size, left + wide, mark.y + 0.25 * mark.size
    if isinstance(mark, Rect):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Circle):
        return mark.x, mark.y, mark.x, mark.y
    points = [p for ring in mark.rings for p in ring] if isinstance(mark, Polygon) else list(mark.points)  # type: ignore[attr-defined]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_every_kind_of_marks_is_drawn() -> None:
    assert {type(marks) for _, marks in KINDS.values()} == set(DRAWN)


@pytest.mark.parametrize("panel", KINDS)
@pytest.mark.parametrize(("room", "most"), [(904.0, 500.0), (754.0, 300.0), (400.0, 200.0)])
def test_figures_stay_within_their_room(panel: str, room: float, most: float) -> None:
    drawn = figure(content(panel), room, most)
    assert drawn.height <= most + 0.1
    for mark in drawn.marks:
        if not hasattr(mark, "url"):
            left, top, right, bottom = box(mark)
            assert left >= -4, mark
            assert right <= room + 4, mark
            assert top >= -4, mark
            assert bottom <= most + 4, mark


@pytest.mark.parametrize("panel", [*KINDS])
def test_texts_do_not_overlap(panel: str) -> None:
    texts = [m for m in figure(content(panel), 754, 360).marks if isinstance(m, Text) and m.text.strip()]
    boxes = [(box(text), text.text) for text in texts]
    for n, ((left, top, right, bottom), one) in enumerate(boxes):
        for (l2, t2, r2, b2), other in boxes[:n]:
            apart = right <= l2 + 1 or r2 <= left + 1 or bottom <= t2 + 3 or b2 <= top + 3
            assert apart, (one, other)


@pytest.mark.parametrize("numbers", ["counts", "shares"])
@pytest.mark.parametrize("label", ["T", LONG, "港口在洪水后重新开放" * 40, "المدينة تفتح الميناء " * 40])
def test_labels_are_cut_and_numbers_are_not(label: str, numbers: str) -> None:
    drawn = figure(content("topics", bars(12, label, numbers=numbers)), 700, 300)
    said = [mark.text for mark in drawn.marks if isinstance(mark, Text)]
    assert any(re.search(r"1,234,567\b", text) for text in said)
    for mark in drawn.marks:
        if isinstance(mark, Text):
            left, _, right, _ = box(mark)
            assert left >= -1
            assert right <= 701


def test_what_has_no_room_is_said() -> None:
    drawn = figure(content("topics", bars(300)), 700, 300)
    assert drawn.left_out > 0
    shown = sum(isinstance(mark, Rect) for mark in drawn.marks)
    assert shown + drawn.left_out == 300
    assert any(f"{drawn.left_out} more" in mark.text for mark in drawn.marks if isinstance(mark, Text))


@pytest.mark.parametrize("panel", KINDS)
def test_svg_is_valid_and_carries_title_figure_caption_and_method(panel: str) -> None:
    one = content(panel)
    svg = svg_of(one, "38 % & more of Europe")
    root = ET.fromstring(svg)
    assert root.findtext(f"{SVG}title") == "38 % & more of Europe"
    assert root.findtext(f"{SVG}desc") == one.alt
    said = words_of(svg)
    assert "38 % & more of Europe" in said
    assert one.caption[:60] in said
    assert "1,204 of 9,113 articles" in said
    assert sum(1 for _ in root.iter()) > 12


def test_svg_says_why_there_is_nothing() -> None:
    assert "No articles match." in words_of(svg_of(nothing()))


@pytest.mark.parametrize("kind", HOSTILE)
def test_svg_takes_any_text(kind: str) -> None:
    text = HOSTILE[kind](5_000)
    label = text.encode("utf-8", "replace").decode()  # Arrow's tables hold no lone surrogates
    told = replace(content("topics", bars(3, label)), caption=text, alt=text)
    root = ET.fromstring(svg_of(told, text, (text,)).encode("utf-8"))
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "rect", "g", "text", "tspan", "path", "polyline", "circle",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><image href="http://x.example/"/>', "=1+1", "]]>\x00"]
)
def test_svg_has_text_as_text(text: str) -> None:
    svg = svg_of(content("topics", bars(2, text)), text)
    assert "<script" not in svg
    assert "<image" not in svg
    assert text.replace("\x00", "") in words_of(svg)


def test_svg_marks_lines_that_run_from_the_right() -> None:
    root = ET.fromstring(svg_of(content("brief", sentences())))
    turned = ["".join(each.itertext()) for each in root.iter(f"{SVG}tspan")]
    assert "المدينة أعادت فتح الميناء يوم الأحد." in turned


def test_png_is_twice_as_wide_as_the_drawing_and_not_blank() -> None:
    picture = Image.open(io.BytesIO(png_of(content("timeline"))))
    assert picture.width == TWICE * WIDTH
    colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 50


@pytest.mark.parametrize(("key", "suffix", "start"), [("svg", ".svg", b"<?xml"), ("png", ".png", b"\x89PNG")])
def test_archives_hold_a_file_a_slide_and_the_method(key: str, suffix: str, start: bytes) -> None:
    told = document()
    with zipfile.ZipFile(io.BytesIO(write(told, key))) as archive:
        names = archive.namelist()
        assert names[0] == f"01-topics{suffix}"
        assert names[-2:] == ["method.txt", "sources.csv"]
        assert len(names) == len(told.slides) + 2
        assert all(archive.read(name).startswith(start) for name in names[:-2])
        method, sources = (archive.read(name).decode("utf-8") for name in names[-2:])
    for words in ("1,204 of 9,113 articles (13 %)", told.cited_of):
        assert words in method
    for words in (CITED[2].title, CITED[3].publisher):
        assert words in sources


@pytest.mark.parametrize("key", ["svg", "png"])
def test_archives_can_be_stopped(key: str) -> None:
    def step(share: float, words: str) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        write(document(), key, step=step)


def test_map_has_every_country_and_colours_those_with_articles() -> None:
    marks = places()
    drawn = figure(content("map", marks), 754, 360)
    areas = [mark for mark in drawn.marks if isinstance(mark, Polygon)]
    assert len(areas) > 200
    assert len({mark.fill for mark in areas}) >= 6
    assert all(max(x for x, _ in ring) - min(x for x, _ in ring) < 300 for a in areas for ring in a.rings)
    assert sum(isinstance(mark, Circle) for mark in drawn.marks) == int(marks.frame["small"].sum())


def test_lines_are_broken_where_nobody_published() -> None:
    drawn = figure(content("timeline"), 754, 360)
    thick = [mark for mark in drawn.marks if isinstance(mark, Line) and mark.thick > 2 and mark.points[0][1] > 30]
    assert sorted(len(mark.points) for mark in thick) == [2, 2, 5, 5]


@pytest.mark.parametrize("text", [LONG, "a" * 3000, "港口" * 900, "word " * 900, "a b", ""])
@pytest.mark.parametrize("room", [60.0, 300.0])
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = wrapped(text, 11, room, 10_000)
    assert all(width(line, 11) <= room + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(deadline=None)
@given(st.text(max_size=300), st.floats(20, 400), st.integers(1, 4))
def test_text_fits_whatever_it_is(text: str, room: float, most: int) -> None:
    assert width(fitted(text, 10, room), 10) <= room + 0.01 or fitted(text, 10, room) == "…"
    lines = wrapped(text, 10, room, most)
    assert len(lines) <= most
    assert all(width(line, 10) <= room + 0.01 for line in lines)


@given(st.floats(1e-6, 1e9), st.integers(3, 8))
def test_ticks_reach_the_highest_value_in_few_round_steps(highest: float, most: int) -> None:
    found = ticks(highest, most)
    assert found[0] == 0
    assert found[-1] >= highest * (1 - 1e-6)
    assert 2 <= len(found) <= most + 2


def test_days_are_named_with_the_year_where_it_changes() -> None:
    starts = [date(2024, 12, 16), date(2024, 12, 23), date(2024, 12, 30), date(2025, 1, 6)]
    assert days(starts, "week", 10) == ((0, "16 Dec 2024"), (1, "23 Dec"), (2, "30 Dec"), (3, "6 Jan 2025"))
    assert days(starts, "week", 2) == ((0, "16 Dec 2024"), (2, "30 Dec"))


@pytest.mark.parametrize(
    ("letter", "face"), [("a", "dejavu"), ("Ж", "dejavu"), ("م", "dejavu"), ("港", "ideographs"), ("뉴", "ideographs")]
)
def test_each_script_has_its_font(letter: str, face: str) -> None:
    assert fonts.face_of(letter).name == face


@pytest.mark.parametrize(("text", "right"), [("abc", False), ("12 ميناء", True), ("שלום", True), ("a ميناء", False)])
def test_direction_is_that_of_the_first_letter(text: str, right: bool) -> None:
    assert from_right(text) is right


def test_colours_between_colours() -> None:
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert [on_scale(("#000000", "#808080", "#ffffff"), share) for share in (-1, 0.5, 2)] == [
        "#000000", "#808080", "#ffffff",
    ]  # fmt: skip
