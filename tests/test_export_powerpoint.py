"""PowerPoint: native and editable, the same figures to the digit, inert, and nothing that PowerPoint would repair."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pptx import Presentation

from components.content import Bars, Cited, Course, Sentences
from components.exports import Options, write
from components.exports.powerpoint.boxes import Box, inches
from components.exports.powerpoint.text import cut, fitted, inert, leftward, lines, safe_link, shown
from components.report.document import Slide
from components.shapes import shapes as outlines
from data.errors import ReportError, StoppedError
from tests.documents import KINDS, content, document, nothing, places
from tests.hostile_texts import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from components.report.document import Document

FINDINGS = len(KINDS) + 1


def only(*panels: str) -> Document:
    """The document with slides of these panels alone."""
    whole = document()
    return replace(whole, slides=tuple(slide for slide in whole.slides if slide.content.panel in panels))


def opened(made: bytes) -> Any:
    return Presentation(io.BytesIO(made))


@pytest.fixture(scope="module")
def made() -> bytes:
    return write(document(), "pptx")


@pytest.fixture(scope="module")
def deck(made: bytes) -> Any:
    return opened(made)


def slide_of(deck: Any, panel: str) -> Any:
    return deck.slides[1 + list(KINDS).index(panel)]


def every_text(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        elif getattr(shape, "has_table", False):
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def sheet_of(chart: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return list(book["Sheet1"].iter_rows(values_only=True))


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


# The slides


def test_there_is_an_opening_a_slide_a_finding_method_and_sources(deck: Any) -> None:
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == ["Rivers and ports", *(s.sentence for s in document().slides), "Method", "Sources"]
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)


def test_the_opening_says_what_when_and_of_which_data(deck: Any) -> None:
    said = "\n".join(every_text(deck.slides[0].shapes))
    assert document().subtitle in said
    assert "Made 4 Mar 2026, 15:30 UTC" in said
    assert "Data: Store of tests, version 7" in said


def test_every_finding_has_caption_note_and_method(deck: Any) -> None:
    for slide, finding in zip(list(deck.slides)[1:], document().slides, strict=False):
        said, notes = "\n".join(every_text(slide.shapes)), slide.notes_slide.notes_text_frame.text
        assert finding.content.caption in said
        assert finding.note in said
        assert all(f"{label}: {words}" in notes for label, words in finding.content.method.rows())
        assert all(cited.title in notes for cited in finding.content.cited)


def test_what_moved_is_said_where_it_did(deck: Any) -> None:
    moved = [any("was 37 %" in text for text in every_text(slide.shapes)) for slide in deck.slides]
    assert [n for n, yes in enumerate(moved) if yes] == [2]


def test_an_empty_panel_says_why(deck: Any) -> None:
    assert nothing().empty in list(every_text(deck.slides[FINDINGS].shapes))


def test_method_and_sources_close_the_deck(deck: Any) -> None:
    method, sources = list(deck.slides)[-2:]
    cells = list(every_text(method.shapes))
    assert all(words in cells for pair in document().method.rows() for words in pair)
    said = list(every_text(sources.shapes))
    assert f"Cited: {document().cited_of}" in said
    assert all(cited.title in said and cited.publisher in said for cited in document().cited)


def test_many_sources_take_several_slides() -> None:
    cited = tuple(replace(document().cited[0], id=str(n), title=f"Article {n}") for n in range(40))
    made = opened(write(replace(only(), cited=cited), "pptx"))
    pages = [slide for slide in made.slides if slide.shapes.title.text.startswith("Sources")]
    assert len(pages) > 1
    said = [text for slide in pages for text in every_text(slide.shapes)]
    assert [text for text in said if text.startswith("Article ")] == [f"Article {n}" for n in range(40)]


def test_all_but_the_opening_have_their_number(deck: Any) -> None:
    for number, slide in enumerate(list(deck.slides)[1:], 2):
        fields = slide.shapes.element.xpath(".//a:fld[@type='slidenum']/a:t")
        assert [field.text for field in fields] == [str(number)]


def test_every_graphic_has_alternative_text(deck: Any) -> None:
    for slide in deck.slides:
        frames = slide.shapes.element.xpath(
            ".//p:graphicFrame/p:nvGraphicFramePr/p:cNvPr | .//p:grpSp/p:nvGrpSpPr/p:cNvPr"
        )
        assert all(frame.get("descr") for frame in frames)


def test_nothing_leaves_the_slide(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            box = Box(shape.left, shape.top, shape.width, shape.height)
            assert min(box.left, box.top) >= 0, shape.name
            assert box.right <= deck.slide_width, shape.name
            assert box.bottom <= deck.slide_height, shape.name


def test_properties_are_those_of_the_document(deck: Any) -> None:
    assert deck.core_properties.title == "Rivers and ports"
    assert deck.core_properties.author == "World News Themes"
    assert deck.core_properties.created.replace(tzinfo=None) == document().made.replace(tzinfo=None)


def test_it_is_the_same_file_every_time(made: bytes) -> None:
    first, again = (zipfile.ZipFile(io.BytesIO(each)) for each in (made, write(document(), "pptx")))
    assert first.namelist() == again.namelist()
    assert [name for name in first.namelist() if first.read(name) != again.read(name)] == []


# The figures


@pytest.mark.parametrize("numbers", ["counts", "shares"])
def test_bars_are_a_chart_with_their_sheet(numbers: Any) -> None:
    marks = replace(KINDS["topics"][1], numbers=numbers)
    assert isinstance(marks, Bars)
    slide = Slide("Said", "", content("topics", marks))
    (chart,) = charts(opened(write(replace(document(), slides=(slide,)), "pptx")).slides[1])
    (series,) = chart.plots[0].series
    column = "n" if numbers == "counts" else "share"
    assert list(series.values) == marks.frame[column].tolist()
    assert [name.removeprefix("– ") for name in chart.plots[0].categories] == marks.frame["label"].tolist()
    head, *rows = sheet_of(chart)
    read = {name: [row[n] for row in rows] for n, name in enumerate(head)}
    assert read["Number"] == marks.frame["n"].tolist()
    assert read["Share"] == pytest.approx(marks.frame["share"].tolist(), rel=1e-14)
    assert read["Lowest"] == pytest.approx(marks.frame["low"].tolist(), rel=1e-14)
    colours = [str(series.points[n].format.fill.fore_color.rgb) for n in range(len(rows))]
    assert colours == [colour.lstrip("#").upper() for colour in marks.frame["colour"]]


def test_bars_say_number_and_share(deck: Any) -> None:
    series = charts(slide_of(deck, "topics"))[0].plots[0].series[0]
    assert series.points[0].data_label.text_frame.text == "458 · 38 %"


@pytest.mark.parametrize("width", ["day", "week", "month", "year"])
def test_a_course_is_columns_and_lines_with_gaps(width: str) -> None:
    marks = replace(KINDS["timeline"][1], bin=width)
    assert isinstance(marks, Course)
    slide = Slide("Said", "", content("timeline", marks))
    lines, strip = charts(opened(write(replace(document(), slides=(slide,)), "pptx")).slides[1])
    columns, drawn = lines.plots
    assert list(columns.series[0].values) == marks.frame["all"].tolist()
    assert [series.name for series in drawn.series] == ["Conflict", "Politics"]
    assert list(drawn.series[0].values) == [40, 60, None, 75, 60, 58, 95, 70]
    assert [row[0].date() for row in sheet_of(lines)[1:]] == marks.frame["start"].tolist()
    assert list(strip.plots[0].series[0].values) == marks.frame["publishers"].tolist()
    assert list(strip.plots[0].series[1].values) == [22 if gap else None for gap in marks.frame["gap"]]


def test_a_course_of_shares_leaves_out_what_is_not_known() -> None:
    frame = KINDS["timeline"][1].frame.assign(conflict=[0.1, None, 0, 0.3, 0.2, 0.25, 1 / 3, 0.5])  # type: ignore[union-attr]
    marks = Course(frame.drop(columns="all"), KINDS["timeline"][1].series, "month", "shares")  # type: ignore[union-attr]
    slide = Slide("Said", "", content("timeline", marks))
    lines = charts(opened(write(replace(document(), slides=(slide,)), "pptx")).slides[1])[0]
    assert list(lines.plots[0].series[0].values) == [0.1, None, None, 0.3, 0.2, 0.25, 1 / 3, 0.5]
    assert lines.value_axis.tick_labels.number_format == "0 %"


def test_the_grid_is_a_table_with_filled_cells(deck: Any) -> None:
    (table,) = [shape.table for shape in slide_of(deck, "region-topic").shapes if shape.has_table]
    assert [cell.text for cell in table.rows[0].cells] == ["", "Africa (8)", "Europe (1,204)"]
    assert [cell.text for cell in table.rows[1].cells] == ["Conflict", "38 % · 3", "38 % · 458"]
    fills = [cell.fill.type for cell in table.rows[1].cells]
    assert fills[:2] == [None, None]
    assert fills[2] is not None


@pytest.mark.parametrize("panel", ["map", "compare-map"])
def test_the_map_is_a_group_of_named_countries(deck: Any, panel: str) -> None:
    (group,) = [shape for shape in slide_of(deck, panel).shapes if shape.shape_type == 6]
    names = {shape.name: shape for shape in group.shapes}
    assert group.name == "World map"
    assert {f"{row.name}: {row.said}" for row in places().frame.itertuples() if row.iso3 in outlines()} <= set(names)
    assert "Singapore: 3 articles (point)" in names
    assert "Brazil: none" in names
    assert len(names) > 200
    assert names["Ukraine: 310 articles"].fill.fore_color.rgb != names["Brazil: none"].fill.fore_color.rgb
    russia = names["Russia: 280 articles"]
    assert russia.width < group.width * 0.6


def test_the_map_lists_its_largest_countries(deck: Any) -> None:
    (table,) = [shape.table for shape in slide_of(deck, "map").shapes if shape.has_table]
    assert [cell.text for cell in table.rows[0].cells] == ["1", "Ukraine", "310 articles"]


def test_the_cloud_is_text_boxes(deck: Any) -> None:
    boxes = {shape.name: shape for shape in slide_of(deck, "cloud").shapes}
    sizes = [boxes[word].text_frame.paragraphs[0].runs[0].font.size for word in ("ceasefire", "river", "=1+1")]
    assert sizes == sorted(sizes, reverse=True)
    assert boxes["港口"].text_frame.text == "港口"


def test_turned_words_are_turned() -> None:
    marks: Any = KINDS["cloud"][1]
    turned = replace(marks, placed=tuple({**each, "turned": True, "y": 200.0} for each in marks.placed))
    made = opened(write(replace(document(), slides=(Slide("Said", "", content("cloud", turned)),)), "pptx"))
    (river,) = [shape for shape in made.slides[1].shapes if shape.name == "river"]
    assert river.rotation == 270


def test_pairs_are_a_chart_with_differences_in_line(deck: Any) -> None:
    slide = slide_of(deck, "compare-topics")
    marks: Any = KINDS["compare-topics"][1]
    (chart,) = charts(slide)
    first, second = chart.plots[0].series
    assert (first.name, second.name) == marks.names
    assert list(first.values) == marks.frame["a_share"].tolist()
    assert list(second.values) == marks.frame["b_share"].tolist()
    head, *rows = sheet_of(chart)
    assert [row[head.index("Difference")] for row in rows] == pytest.approx(marks.frame["difference"].tolist())
    assert "+16" in list(every_text(slide.shapes))


@pytest.mark.parametrize(
    ("panel", "said"),
    [
        ("top-stories", "Ministers agree on rivers & ports"),
        ("top-stories", "41\narticles"),
        ("top-stories", "15 % now"),
        ("compare-words", "ceasefire"),
        ("compare-words", "7 % · 90"),
        ("compare-words", "Both sides signed a ceasefire."),
    ],
)
def test_lists_and_words_are_tables(deck: Any, panel: str, said: str) -> None:
    assert any(said in text for text in every_text(slide_of(deck, panel).shapes))


def test_sentences_name_and_link_their_articles(deck: Any) -> None:
    quotes = [shape for shape in slide_of(deck, "brief").shapes if shape.name.startswith("Quote")]
    said, source = quotes[0].text_frame.paragraphs
    assert said.text == "Ministers of nine states agreed on Friday to dredge two rivers."
    assert source.runs[0].hyperlink.address == "https://example.org/a1"
    assert [p._p.pPr.get("rtl") for p in quotes[2].text_frame.paragraphs] == ["1", "1"]


# Templates


def packed(change: Callable[[str, bytes], bytes | None] = lambda name, blob: blob) -> bytes:
    """A small presentation of 4:3, its parts changed; None drops one."""
    plain, made = io.BytesIO(), io.BytesIO()
    Presentation().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (blob := change(name, old.read(name))) is not None:
                new.writestr(name, blob)
    return made.getvalue()


def swapped(part: str, old: bytes, new: bytes) -> bytes:
    return packed(lambda name, blob: blob.replace(old, new) if name.endswith(part) else blob)


MAIN = b"presentationml.presentation.main"
MACROS = b"ms-powerpoint.presentation.macroEnabled.main"
BOMB = packed(lambda name, blob: b" " * 260_000_000 if name.endswith("viewProps.xml") else blob)
LINKED = (
    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    b'Target="http://example.org/a.png" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"hello", "no .pptx or .potx file"),
        (packed()[:9_000], "cannot be read"),
        (packed(lambda name, blob: None if "slideMaster" in name else blob), "cannot be read"),
        (packed(lambda name, blob: blob[:200] if name.endswith("slideLayout6.xml") else blob), "cannot be read"),
        (swapped("slideMaster1.xml", b"<p:sldMaster ", b"<!DOCTYPE x []><p:sldMaster "), "cannot be read"),
        (swapped("[Content_Types].xml", MAIN, b"x.document.main"), "cannot be read"),
        (swapped("[Content_Types].xml", b"openxmlformats-officedocument." + MAIN, MACROS), "macros"),
        (swapped("slideMaster1.xml.rels", b"</Relationships>", LINKED), "from elsewhere"),
        (BOMB, "too large"),
        (b"PK\x03\x04" + bytes(60_000_000), "too large"),
    ],
    ids=["text", "cut", "no master", "broken", "doctype", "document", "macros", "linked", "bomb", "huge"],
)  # fmt: skip
def test_a_template_that_cannot_be_used_is_refused_with_advice(template: bytes, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        write(only("topics"), "pptx", Options(template=template))


@pytest.mark.parametrize("kind", [b"presentationml.presentation.main", b"presentationml.template.main"])
def test_a_template_gives_its_size_and_layouts(kind: bytes) -> None:
    some = only("topics", "timeline", "region-topic", "cloud", "brief")
    made = write(some, "pptx", Options(template=swapped("[Content_Types].xml", MAIN, kind)))
    deck = opened(made)
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    assert deck.slides[0].slide_layout.name == "Title Slide"
    assert {slide.slide_layout.name for slide in list(deck.slides)[1:]} == {"Title Only"}
    test_nothing_leaves_the_slide(deck)
    assert_sound(made)


def test_slides_of_a_template_are_gone(made: bytes) -> None:
    again = write(only("topics"), "pptx", Options(template=made))
    assert [slide.shapes.title.text for slide in opened(again).slides][1:] == [
        only("topics").slides[0].sentence,
        "Method",
        "Sources",
    ]
    names = zipfile.ZipFile(io.BytesIO(again)).namelist()
    assert len([name for name in names if name.startswith("ppt/slides/slide")]) == 4
    assert len([name for name in names if name.startswith("ppt/charts/chart")]) == 1
    assert_sound(again)


def test_a_template_without_titles_still_shows_them() -> None:
    def without(name: str, blob: bytes) -> bytes:
        if not name.startswith(("ppt/slideLayouts/slideLayout", "ppt/slideMasters/slideMaster")):
            return blob
        return re.sub(rb'<p:ph type="(ctrTitle|title|subTitle)"', b'<p:ph type="dt"', blob)

    deck = opened(write(only("topics"), "pptx", Options(template=packed(without))))
    assert "Rivers and ports" in list(every_text(deck.slides[0].shapes))
    assert only("topics").slides[0].sentence in list(every_text(deck.slides[1].shapes))


def test_a_dark_template_has_light_marks() -> None:
    template = swapped("slideMaster1.xml", b'bg1="lt1" tx1="dk1"', b'bg1="dk1" tx1="lt1"')
    deck = opened(write(only("map"), "pptx", Options(template=template)))
    (group,) = [shape for shape in deck.slides[1].shapes if shape.shape_type == 6]
    empty = next(shape for shape in group.shapes if shape.name == "Brazil: none")
    assert sum(empty.fill.fore_color.rgb) < 200


# What PowerPoint would repair


def assert_sound(made: bytes) -> None:
    """Unique parts, a type for every part, targets that exist, shapes with numbers of their own, sheets that open."""
    package = zipfile.ZipFile(io.BytesIO(made))
    names = package.namelist()
    assert len({name.lower() for name in names}) == len(names)
    types = package.read("[Content_Types].xml").decode()
    known = set(re.findall(r'Extension="([^"]+)"', types)) | set(re.findall(r'PartName="/([^"]+)"', types))
    for name in set(names) - {"[Content_Types].xml"}:
        assert name in known or name.rsplit(".", 1)[-1] in known, name
        if name.startswith("ppt/slides/slide"):
            keys = re.findall(r'<p:cNvPr id="(\d+)"', package.read(name).decode())
            assert len(keys) == len(set(keys)), name
    deck = opened(made)
    for part in deck.part.package.iter_parts():
        for rel in part.rels.values():
            assert rel.is_external or str(rel.target_part.partname)[1:] in names
            assert not rel.is_external or rel.target_ref.startswith(("http://", "https://"))
    for slide in deck.slides:
        for chart in charts(slide):
            assert len(sheet_of(chart)) > 1
        for shape in slide.shapes:
            if getattr(shape, "has_table", False):
                assert sum(column.width for column in shape.table.columns) == shape.width
                assert sum(row.height for row in shape.table.rows) == shape.height


def test_the_file_is_sound(made: bytes) -> None:
    assert_sound(made)


def test_the_file_follows_the_schemas(tmp_path: Any) -> None:
    """By a port of the validator of Microsoft's Open XML SDK; one map of few shapes would do, so there is none."""
    audit = pytest.importorskip("openxml_audit", reason="needs openxml-audit, of the extra 'test'")
    panels = [name for name in KINDS if not name.endswith("map")]
    file = tmp_path / "made.pptx"
    file.write_bytes(write(only(*panels), "pptx"))
    found = audit.OpenXmlValidator().validate(file)
    assert [(error.part_uri, error.description) for error in found.errors] == []


# Hostile texts

NAUGHTY = (
    '=HYPERLINK("http://example.org","x")',
    "<script>alert(1)</script> & <a:t>",
    "a\x00b\x0b\r\n\tc",
    "\ud800\udfff x \ufffe\uffff",
    "\u202eabc\u200f [x](javascript:alert(1))",
)


def attacked(text: str) -> Document:
    """A document where every text is `text`."""
    cited = tuple(
        Cited(str(n), text, text, date(2025, 1, 1), link)
        for n, link in enumerate((f"javascript:{text}", f"https://{text}", f"https://example.org/{text}", "file:///a"))
    )
    whole = document(note=text, sentence=text, title=text)
    whole = replace(whole, subtitle=text, cited=cited, cited_of=text, method=replace(whole.method, selection=text))
    safe = text.encode("utf-8", "replace").decode()
    slides = []
    for slide in whole.slides:
        marks: Any = slide.content.marks
        if isinstance(marks, Sentences):
            marks = Sentences(tuple((text, each) for each in cited))
        elif hasattr(marks, "frame"):
            names = [
                name for name in ("label", "column_label", "row_label", "name", "said", "effect") if name in marks.frame
            ]
            marks = replace(marks, frame=marks.frame.assign(**dict.fromkeys(names, safe)))
        told = replace(
            slide.content,
            title=text,
            caption=text,
            alt=text,
            empty=text,
            cited=cited,
            marks_of=lambda marks=marks: marks,
        )
        slides.append(replace(slide, moved=text, content=told))
    return replace(whole, slides=tuple(slides))


@pytest.mark.parametrize(
    "text", [NAUGHTY[0], " ".join(NAUGHTY), HOSTILE["mixed scripts"](5_000), HOSTILE["unseen marks"](5_000)]
)
def test_hostile_texts_come_out_inert(text: str) -> None:
    made = write(attacked(text), "pptx")
    assert_sound(made)
    for slide in opened(made).slides:
        for chart in charts(slide):
            book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
            assert all(cell.data_type != "f" and not cell.hyperlink for row in book.active.iter_rows() for cell in row)


def test_a_long_title_is_cut_on_the_slide_and_whole_in_the_notes() -> None:
    title = " ".join(f"word{n}" for n in range(260))[:2_000]
    slide = opened(
        write(replace(only("topics"), slides=(replace(document().slides[0], sentence=title),)), "pptx")
    ).slides[1]
    assert slide.shapes.title.text.endswith("…")
    assert title in slide.notes_slide.notes_text_frame.text


def test_an_export_can_be_stopped() -> None:
    told: list[float] = []

    def step(share: float, words: str) -> None:
        told.append(share)
        if len(told) == 4:
            raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        write(document(), "pptx", step=step)
    assert len(told) == 4
    assert told == sorted(told)


# Text


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://example.org:8080/ü x", "http://example.org:8080/%C3%BC%20x"),
        ("https://пример.example/п", "https://xn--e1afmkfd.example/%D0%BF"),
        ("HTTPS://Example.org/", "https://example.org/"),
        ('https://example.org/"<>\\^`{|}', "https://example.org/%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https://user:secret@example.org/", ""),
        ("https://exa mple.org", ""),
        ("https://example.org:99999/", ""),
        ("https://[::1", ""),
        ("//example.org", ""),
        ("https://example.org/" + "a" * 3_000, ""),
        ("", ""),
    ],
)
def test_links_lead_to_the_web_or_nowhere(url: str, safe: str) -> None:
    assert safe_link(url) == safe


@pytest.mark.parametrize(
    ("text", "yes"),
    [("abc", False), ("المدينة", True), ("“שלום”", True), ("1 abc المدينة", False), ("123 …", False), ("", False)],
)
def test_the_first_letter_tells_the_direction(text: str, yes: bool) -> None:
    assert leftward(text) is yes


@pytest.mark.parametrize("name", HOSTILE)
def test_cut_texts_fit(name: str) -> None:
    text = HOSTILE[name](5_000)
    for most in (1, 3):
        kept = cut(text, 14, 300, most)
        assert lines(kept, 14, 300) <= most
        assert kept == inert(kept)
    words, size = fitted(text, Box(0, 0, inches(5), inches(1)), (30, 20, 12))
    assert lines(words, size, 360) * size * 1.2 <= 72


def test_short_texts_are_left_alone() -> None:
    assert fitted("Short", Box(0, 0, inches(5), inches(1)), (30, 20)) == ("Short", 30)
    assert shown("a  b\n c") == "a b c"
    assert shown("abcdef", 4) == "abc…"
