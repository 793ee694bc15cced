"""Exports that hold tables and sources: CSV, Excel, JSON, BibTeX and RIS, read back by programs that are not ours."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import bibtexparser
import numpy as np
import openpyxl
import pandas as pd
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from components.content import Cited, Content
from components.exports import FORMATS, Options, bibtex, cells, excel, figures, names, ris, tables, write
from components.report.document import Document, Slide
from components.report.findings import from_json
from data.errors import ReportError, StoppedError
from tests import documents
from tests.corpora import corpus
from tests.hostile_texts import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STEM = "01-topics"
NAUGHTY = (
    "=1+1",
    "+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\ufeff=1+1",
    ' =HYPERLINK("http://evil.example")',
    "<script>alert(1)</script>",
    "a\x00b\x1b[31m\u202ec",
    "half \ud800 pair",
    "\\input{x} $&%#_{}~^ } @article{",
    "http://evil.example/",
    "mailto:x@evil.example",
    "_x0041_\ufffe",
    "two\r\nER  - \r\nTY  - JOUR",
    "x" * 40_000,
    *(make(300) for make in HOSTILE.values()),
)


def cited(texts: Sequence[str]) -> tuple[Cited, ...]:
    """An article for each text, which is all that it says, and one whose link is a script."""
    days = [date(2025, 1, 1 + n % 28) for n in range(len(texts))]
    found = [Cited(f"id {n} \ud800", text, text, days[n], text, text[:9]) for n, text in enumerate(texts)]
    return (*found, Cited("j", "A link that is a script", "P", None, "javascript:alert(1)"))


def hostile(texts: Sequence[str] = NAUGHTY) -> Document:
    """A document with a finding for each text, which is all that it says."""
    whole, usual = documents.document(title=texts[0]), documents.content("topics")
    slides = []
    for text in texts:
        names = pd.Index([text, "n"], dtype=object)  # pandas' own text cannot hold all of it
        frame = pd.DataFrame([[text, 1], [text[::-1], -2]], columns=names, dtype=object)
        content = replace(
            usual,
            panel=text,
            title=text,
            table_of=lambda frame=frame: frame,
            caption=text,
            alt=text,
            sentence_of=lambda text=text: text,
        )
        slides.append(Slide(text, text, content, text))
    return replace(whole, subtitle=texts[0], slides=tuple(slides), cited=cited(texts), cited_of=texts[-1])


@pytest.fixture(scope="module", params=["made up", "listed"])
def odd(request: pytest.FixtureRequest) -> Document:
    """Both sets of texts: our own, and the Big List of Naughty Strings."""
    if request.param == "made up":
        return hostile()
    return hostile(json.loads(corpus("hostile/blns.json").read_text(encoding="utf-8")))


def made(key: str, document: Document | None = None) -> bytes:
    """The bytes of a format."""
    return write(document or documents.document(), key)


def unzipped(content: bytes) -> dict[str, str]:
    """The texts of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert files.testzip() is None
        return {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}


def lines(text: str) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(made("xlsx")))


@pytest.fixture(scope="module")
def odd_book(odd: Document) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made("xlsx", odd)))


def every(book: Any) -> Iterator[Any]:
    """All cells that hold anything."""
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


# All formats


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_writes_something_and_says_how_far_it_is(key: str) -> None:
    told: list[float] = []
    content = write(documents.document(), key, step=lambda share, words: told.append(share))
    assert len(content) > 500
    assert told
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_can_be_stopped(key: str) -> None:
    def stop(share: float, words: str) -> None:
        raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        write(documents.document(), key, Options(), stop)


def test_a_format_that_does_not_exist() -> None:
    with pytest.raises(ReportError, match="choose one of pptx, html"):
        write(documents.document(), "docx")


# Values


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (np.int64(7), 7),
        (np.float64(0.1), 0.1),
        (float("nan"), None),
        (float("inf"), None),
        (pd.NaT, None),
        (None, None),
        (np.bool_(True), True),
        (pd.Timestamp("2025-05-03"), date(2025, 5, 3)),
        (date(2025, 5, 3), date(2025, 5, 3)),
        ("a\n b\x00 \ud800", "a b ?"),
        (pd.NA, None),
    ],
)
def test_values(cell: object, expected: object) -> None:
    found = cells.value(cell)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("Share", True),
        ("Lowest", True),
        ("Share of A", False),
        ("A share", True),
        ("a_share", True),
        ("Articles", False),
    ],
)
def test_shares(column: str, expected: bool) -> None:
    assert cells.is_share(column) is expected


def test_columns_of_the_same_name_are_kept_apart() -> None:
    frame = pd.DataFrame([[1, 2, 3, 4]], columns=["a", "a", "a (2)", "a"])
    content = replace(documents.content("topics"), table_of=lambda: frame)
    assert cells.table(content).columns == ("a", "a (2)", "a (2) (2)", "a (3)")
    assert cells.table(content).rows == ((1, 2, 3, 4),)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://a.example", ""),
        ("", ""),
        ("https://a.example/a\nb", "https://a.example/ab"),
    ],
)
def test_links(url: str, expected: str) -> None:
    assert cells.link(Cited("a", "t", "p", None, url)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Rivers & ports", "rivers-ports"),
        ("../../etc/passwd", "etc-passwd"),
        ("  ", "report"),
        ("CON", "report"),
        ("Реки и порты", "реки-и-порты"),
        ("港口重新开放", "港口重新开放"),
        (".hidden", "hidden"),
        ("a\x00b\u202e.exe", "ab-exe"),
    ],
)
def test_names_of_files(words: str, expected: str) -> None:
    assert names.stem(words) == expected


@given(st.text())
def test_names_of_files_are_always_safe(words: str) -> None:
    name = names.stem(words)
    assert 0 < len(name.encode()) <= names.LONGEST
    assert not set(name) & set('/\\:*?"<>| .\n\0')


# CSV


def test_the_zip_holds_a_file_a_finding() -> None:
    files = unzipped(made("csv"))
    panels = [slide.content.panel for slide in documents.document().slides]
    assert list(files) == [*(f"{n:02}-{panel}.csv" for n, panel in enumerate(panels, 1)), "method.txt", "sources.csv"]


def test_csv_has_a_mark_for_excel_and_lines_as_the_rfc_says() -> None:
    content = tables.csv_of(documents.content("topics"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 8


def test_numbers_stay_numbers_and_text_that_begins_like_a_formula_does_not() -> None:
    frame = pd.DataFrame(
        {"=Name": ["=1+1", "-2"], "n": [-3, 4], "x": [-0.5, float("nan")], "on": [date(2025, 5, 3)] * 2}
    )
    content = replace(documents.content("topics"), table_of=lambda: frame)
    found = lines(tables.lines(*_table(content)).decode("utf-8-sig"))
    assert found == [["'=Name", "n", "x", "on"], ["'=1+1", "-3", "-0.5", "2025-05-03"], ["'-2", "4", "", "2025-05-03"]]


def _table(content: Content) -> tuple[Any, Any]:
    found = cells.table(content)
    return found.columns, found.rows


def test_no_cell_of_a_hostile_document_is_a_formula(odd: Document) -> None:
    for name, text in unzipped(made("csv", odd)).items():
        rows = lines(text) if name.endswith(".csv") else []
        assert len({len(row) for row in rows}) <= 1, name
        assert "\0" not in text
        assert not [cell for row in rows for cell in row if cell != "-2" and cell.lstrip()[:1] in ("=", "+", "-", "@")]
        assert not [cell for row in rows for cell in row if cell[:1] in ("\t", "\r")]


def test_method_text_says_everything() -> None:
    text, document = unzipped(made("csv"))["method.txt"], documents.document()
    for slide in document.slides:
        assert slide.sentence in text
    for _, words in document.method.rows():
        assert words in text
    for said in (document.title, "was 37 %", "Said in the meeting.", "No articles match.", document.cited_of):
        assert said in text


def test_sources() -> None:
    rows = lines(unzipped(made("csv"))["sources.csv"])
    assert rows[0] == list(cells.SOURCES)
    assert rows[1] == [
        "The Harbour Post",
        "2025-05-02",
        "Ministers agree on rivers & ports",
        "https://example.org/a1",
        "en",
    ]
    assert rows[3][1] == ""
    assert len(rows) == 6


def test_one_panel_carries_its_method_in_every_row() -> None:
    content = documents.content("topics")
    rows = list(csv.DictReader(io.StringIO(tables.csv_of(content).decode("utf-8-sig"), newline="")))
    assert [int(row["Articles"]) for row in rows] == content.table["Articles"].tolist()
    assert [float(row["Share"]) for row in rows] == content.table["Share"].tolist()
    for row in rows:
        assert {name.removeprefix("Method: "): w for name, w in row.items() if name.startswith("Method: ")} == dict(
            content.method.rows()
        )


def test_one_panel_without_figures_says_why() -> None:
    rows = list(csv.DictReader(io.StringIO(tables.csv_of(documents.nothing()).decode("utf-8-sig"), newline="")))
    assert [row["Nothing to show"] for row in rows] == ["No articles match."]
    assert rows[0]["Method: Counted"] == "1,204 of 9,113 articles (13 %)"


# Excel


def test_sheets(book: Any) -> None:
    assert book.sheetnames[:3] == ["Overview", "1 Topics", "2 Over time"]
    assert book.sheetnames[-2:] == ["Method", "Sources"]
    assert book.properties.title == "Rivers and ports"


def test_a_sheet_has_its_sentence_its_figures_and_their_formats(book: Any) -> None:
    sheet = book["1 Topics"]
    assert sheet["A1"].value == "Topics of Europe: 38 % of 1,204 articles"
    head = next(row for row in sheet.iter_rows() if row[0].value == "Label")
    assert sheet.freeze_panes == f"A{head[0].row + 1}"
    first = {name.value: cell for name, cell in zip(head, sheet[head[0].row + 1], strict=True)}
    assert first["Articles"].value == 458
    assert first["Articles"].number_format == "#,##0"
    assert first["Share"].value == 458 / 1204
    assert first["Share"].number_format == "0.0 %"
    assert sheet.auto_filter.ref


def test_charts_beside_the_figures(book: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(made("xlsx"))) as files:
        drawn = [files.read(name).decode() for name in files.namelist() if name.startswith("xl/charts/chart")]
        described = [files.read(name).decode() for name in files.namelist() if name.startswith("xl/drawings/drawing")]
    assert ["barChart" in each for each in drawn] == [True, True]
    assert ["lineChart" in each for each in drawn] == [False, True]
    assert "'1 Topics'!$B$" in drawn[0]
    assert all('descr="' in each for each in described)


def test_days_are_days(book: Any) -> None:
    days = [row[0].value.date() for row in book["2 Over time"].iter_rows(min_row=8, max_row=15)]
    assert days == documents.course().frame["start"].tolist()


def test_overview_leads_to_the_sheets(book: Any) -> None:
    sheet = book["Overview"]
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links[0] == "'1 Topics'!A1"
    assert links[-2:] == ["'Method'!A1", "'Sources'!A1"]
    assert "was 37 %" in [cell.value for cell in sheet["D"]]


def test_method_sheet_holds_every_card_and_each_sheet_leads_to_its_own(book: Any) -> None:
    method = book["Method"]
    for place, slide in enumerate(documents.document().slides, 1):
        said = {row[2]: row[3] for row in method.iter_rows(values_only=True) if row[0] == place}
        assert dict(slide.content.method.rows()).items() <= said.items()
        sheet = book.worksheets[place]
        target = next(c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink)
        row = int(target.removeprefix("'Method'!A"))
        assert method.cell(row, 1).value == place
        assert method.cell(row - 1, 1).value != place


def test_an_empty_finding_says_why(book: Any) -> None:
    assert "No articles match." in [cell.value for cell in book["11 Keywords"]["A"]]


def test_sources_sheet_links_to_the_web_only(book: Any, odd_book: Any) -> None:
    def links(book: Any) -> list[str]:
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        return [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]

    assert links(book) == [each.url for each in documents.CITED if each.url]
    assert links(odd_book)
    assert all(link.casefold().startswith(("http://", "https://")) for link in links(odd_book))


def test_no_cell_of_a_hostile_book_is_a_formula(odd_book: Any, odd: Document) -> None:
    found = list(every(odd_book))
    assert {cell.data_type for cell in found} <= {"s", "n", "b", "d"}
    formulas = {cells.line(slide.sentence) for slide in odd.slides if slide.sentence.startswith(("=", "-", "@"))}
    assert formulas
    assert formulas <= {cell.value for cell in found}


def test_what_is_too_long_for_a_cell_is_cut() -> None:
    found = openpyxl.load_workbook(io.BytesIO(made("xlsx", hostile(["x" * 40_000]))))
    longest = max((cell.value for cell in every(found) if isinstance(cell.value, str)), key=len)
    assert len(longest) == excel.LONGEST_CELL
    assert longest.endswith("…")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Topics", "1 Topics"),
        ("a/b\\c[d]e:f*g?h'i", "1 a b c d e f g h i"),
        ("", "1"),
        ("x" * 50, "1 " + "x" * 29),
        ("😀" * 30, "1 " + "😀" * 14),
    ],
)
def test_names_of_sheets(title: str, expected: str) -> None:
    whole = documents.document()
    slide = replace(whole.slides[0], content=replace(whole.slides[0].content, title=title))
    assert excel.sheet_names(replace(whole, slides=(slide,))) == [expected]


@given(st.text(), st.integers(1, 40))
def test_cut_text_fits(text: str, longest: int) -> None:
    found = excel.cut(text, longest)
    assert len(found.encode("utf-16-le")) <= 2 * longest
    assert found == text or found.endswith("…")


# JSON


def test_json_opens_as_the_report_that_it_was() -> None:
    document = documents.document()
    assert from_json(made("json")) == document.report


def test_json_has_every_figure_and_card() -> None:
    whole, document = json.loads(made("json")), documents.document()
    told = whole["document"]
    assert told["made"] == "2026-03-04T15:30:00+00:00"
    for slide, found in zip(document.slides, told["slides"], strict=True):
        assert found["sentence"] == slide.sentence
        assert found["method"] == dict(slide.content.method.rows())
        assert len(found["figures"]) == len(slide.content.table)
    assert told["slides"][0]["figures"][0]["Share"] == 458 / 1204
    assert told["slides"][1]["figures"][0]["start"] == "2025-05-05"
    assert told["cited"][2] == {
        "id": "a3",
        "publisher": "صحيفة الميناء",
        "date": None,
        "title": "المدينة تفتح الميناء من جديد",
        "link": "https://example.org/a3",
        "language": "ar",
    }


def test_json_is_valid_whatever_it_holds(odd: Document) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    frame = pd.DataFrame({"Share": [float("nan"), float("inf"), 0.5]})
    slides = (*odd.slides, replace(odd.slides[0], content=replace(odd.slides[0].content, table_of=lambda: frame)))
    text = figures.write(replace(odd, slides=slides), Options(), lambda share, words: None).decode("utf-8")
    whole = json.loads(text, parse_constant=refuse)
    assert [row["Share"] for row in whole["document"]["slides"][-1]["figures"]] == [None, None, 0.5]
    assert not {"\u202e", "\0", "\ud800"} & set(json.dumps(whole["document"], ensure_ascii=False))


# BibTeX and RIS


def test_bibtex_is_read_back() -> None:
    found = bibtexparser.parse_string(made("bib").decode())
    assert not found.failed_blocks
    assert [entry.entry_type for entry in found.entries] == ["online", "online", "online", "article", "online"]
    first = {field.key: field.value.strip("{}") for field in found.entries[0].fields}
    assert first == {
        "title": r"Ministers agree on rivers \& ports",
        "organization": "The Harbour Post",
        "date": "2025-05-02",
        "url": "https://example.org/a1",
        "urldate": "2026-03-04",
        "language": "English",
    }
    assert "date" not in found.entries[2].fields_dict
    assert found.entries[3].fields_dict["journaltitle"].value == "{海港日报}"
    assert "% Counted: 1,204 of 9,113 articles (13 %)" in made("bib").decode()


def test_bibtex_of_a_hostile_document_has_as_many_entries_as_articles(odd: Document) -> None:
    text = made("bib", odd).decode()
    found = bibtexparser.parse_string(text)
    assert not found.failed_blocks
    assert len(found.entries) == len(odd.cited)
    assert len({entry.key for entry in found.entries}) == len(odd.cited)
    addresses = [field.value for entry in found.entries for field in entry.fields if field.key == "url"]
    assert addresses
    assert all(address.isascii() and address.casefold().startswith("http") for address in addresses)
    body = text[text.index("\n\n@") :]
    assert body.count("{") == body.count("}")


@given(st.lists(st.text(), max_size=4))
def test_bibtex_always_parses(texts: list[str]) -> None:
    articles = [Cited(str(n), text, text, None, "https://a.example/" + text, "en") for n, text in enumerate(texts)]
    text = "\n\n".join(
        bibtex.entry(key, a, date(2026, 1, 1)) for key, a in zip(bibtex.keys(articles), articles, strict=True)
    )
    found = bibtexparser.parse_string(text)
    assert not found.failed_blocks
    assert len(found.entries) == len(articles)


def test_keys_depend_on_the_article_alone() -> None:
    first, second, *_ = documents.CITED
    assert bibtex.keys([first, second]) == bibtex.keys([second, first])[::-1]
    assert bibtex.keys([first])[0].startswith("theharbourpost2025-")
    assert len(set(bibtex.keys([first, first, first]))) == 3


def test_ris_is_read_back() -> None:
    text = made("ris").decode()
    assert text.count("\r\n") == text.count("\n")
    found = rispy.loads(text)
    assert len(found) == 5
    note = found[0].pop("notes")[0]
    assert found[0] == {
        "type_of_reference": "NEWS",
        "id": "a1",
        "title": "Ministers agree on rivers & ports",
        "secondary_title": "The Harbour Post",
        "year": "2025",
        "date": "2025/05/02/",
        "urls": ["https://example.org/a1"],
        "access_date": "2026/03/04/",
        "language": "en",
    }
    assert "Counted: 1,204 of 9,113 articles (13 %)" in note
    assert "urls" not in found[3]


def test_ris_of_a_hostile_document_has_as_many_records_as_articles(odd: Document) -> None:
    found = rispy.loads(made("ris", odd).decode())
    assert [each["type_of_reference"] for each in found] == ["NEWS"] * len(odd.cited)
    addresses = [address for each in found for address in each.get("urls", ())]
    assert addresses
    assert all(address.casefold().startswith("http") for address in addresses)
    assert ris.record(odd.cited[-1], "", "") == (
        "TY  - NEWS\r\nID  - j\r\nTI  - A link that is a script\r\nT2  - P\r\nER  - "
    )
