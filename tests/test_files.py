"""Files: every format is recognised by its content, and no row is ever lost without a word."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import tarfile
import textwrap
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import sources
from data.articles import Article, Reject
from data.errors import SourceError
from data.normalise import normalise
from data.sources import SOURCES, Row, read
from data.sources.files import FORMATS, members, streams, tables
from data.sources.files.dialect import Dialect, sniff
from data.sources.files.encoding import Line
from data.sources.files.layout import Mode, mode_of
from tests.corpora import corpus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

STORIES = [
    {
        "id": "a1",
        "title": "Minister opens bridge, at last",
        "text": 'She said "finally" and left.\nRain fell.',
        "source": "NA",
    },
    {
        "id": "a2",
        "title": "Ölpreis fällt; Börse freut sich",
        "text": "Ein Tab\tund ein Strich | im Text.",
        "source": "Ostblick",
    },
    {"id": "007", "title": "Null island", "text": "None", "source": "Küstenbote"},
]
EXPECTED = [(story["id"], story["title"], story["text"], story["source"]) for story in STORIES]


def table(separator: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(STORIES[0]), delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(STORIES)
    return file.getvalue().encode(encoding)


def json_lines(stories: Iterable[dict[str, Any]] = STORIES) -> bytes:
    return "\n".join(json.dumps(story, ensure_ascii=False) for story in stories).encode()


def document(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(STORIES), file, row_group_size=2)
    return file.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def rows_and_rejects(location: Path) -> tuple[list[Row], list[Reject]]:
    items = list(read(location))
    return [item for item in items if isinstance(item, Row)], [item for item in items if isinstance(item, Reject)]


def stored(folder: Path, data: bytes, name: str = "upload.bin") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


SAMPLES = {
    "table": table(","),
    "table with semicolons": table(";"),
    "table with tabs": table("\t"),
    "table with bars": table("|"),
    "table of Unix": table(",", end="\n"),
    "table in UTF-8 with mark": table(",", "utf-8-sig"),
    "table in UTF-16": table(";", "utf-16"),
    "table in UTF-16 without mark": table(",", "utf-16-le"),
    "table of Western Europe": table(";", "cp1252"),
    "table with declared separator": b"sep=;\r\n" + table(";"),
    "json": document(STORIES),
    "json of newsapi": document({"status": "ok", "totalResults": 3, "articles": STORIES}),
    "json with data": document({"data": STORIES}),
    "json of a search": document({"response": {"docs": STORIES}}),
    "json of Event Registry": document({"articles": {"page": 1, "results": STORIES}}),
    "json of a search engine": document({"hits": {"total": 3, "hits": [{"_source": story} for story in STORIES]}}),
    "json in one line": json.dumps(STORIES).encode(),
    "json in UTF-16": json.dumps(STORIES, ensure_ascii=False).encode("utf-16"),
    "json lines": json_lines(),
    "json lines with mark": b"\xef\xbb\xbf" + json_lines() + b"\n\n",
    "json objects one after the other": b"\n".join(document(story) for story in STORIES),
    "json with nested source": document(
        [{**story, "source": {"id": None, "name": story["source"]}} for story in STORIES]
    ),
    "parquet": parquet(),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(
    "wrap", [bytes, gzip.compress, lambda data: zipped({"inside": data})], ids=["bare", "gzip", "zip"]
)
def test_every_format_gives_the_same_rows(name: str, wrap: Any, tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(stored(tmp_path, wrap(SAMPLES[name])))
    found = [tuple(row.values[field] for field in ("id", "title", "text", "publisher")) for row in rows]
    assert found == EXPECTED
    assert rejects == []


def test_every_format_with_columns_has_a_sample() -> None:
    assert [name for name, form in FORMATS.items() if form.records and name not in SAMPLES] == []


def test_rows_know_where_they_stood(tmp_path: Path) -> None:
    rows, _ = rows_and_rejects(stored(tmp_path, zipped({"a/b.csv": SAMPLES["table"]}), "news.zip"))
    assert [(row.file, row.row) for row in rows] == [
        ("news.zip/a/b.csv", 1),
        ("news.zip/a/b.csv", 2),
        ("news.zip/a/b.csv", 3),
    ]


def test_a_lone_object_is_one_row(tmp_path: Path) -> None:
    rows, _ = rows_and_rejects(stored(tmp_path, document(STORIES[0])))
    assert [row.values["title"] for row in rows] == [STORIES[0]["title"]]


def test_a_table_without_header_is_read_by_its_values(tmp_path: Path) -> None:
    lines = [f'https://news.example/{n},2025-01-{n:02},"Storm number {n}, the worst so far"' for n in range(1, 6)]
    rows, _ = rows_and_rejects(stored(tmp_path, "\n".join(lines).encode()))
    assert [row.values["url"] for row in rows] == [f"https://news.example/{n}" for n in range(1, 6)]
    assert rows[0].values["title"] == "Storm number 1, the worst so far"
    assert rows[0].values["published"] == "2025-01-01"


def test_the_order_of_dates_is_settled_by_the_whole_column(tmp_path: Path) -> None:
    lines = ["title,date", *(f"Story {n},01/02/2025" for n in range(500)), "Last story,31/12/2025"]
    rows, _ = rows_and_rejects(stored(tmp_path, "\n".join(lines).encode()))
    assert {row.day_first for row in rows} == {True}
    rows, _ = rows_and_rejects(stored(tmp_path, "\n".join([*lines, "No this one,12/31/2025"]).encode()))
    assert {row.day_first for row in rows} == {None}


BROKEN_TABLES = [
    ("too many fields", "title,text\na,b\nc,d,e\nf,g\n", ["a", "f"], [2]),
    ("too few fields", "title,text\na,b\nc\nf,g\n", ["a", "f"], [2]),
    ("empty columns at the end are no fault", "title,text\na,b,,\nc,d\n", ["a", "c"], []),
    ("NUL", "title,text\na,b\nc,d\0\nf,g\n", ["a", "f"], [2]),
    ("text after a closing quote", 'title,text\na,b\n"c" x,d\nf,g\n', ["a", "f"], [2]),
    ("a quote within a field is a letter", 'title,text\na,b\nc 5"2,d\nf,g\n', ["a", 'c 5"2', "f"], []),
    ("a quote never closed", 'title,text\na,b\n"c,d\nf,g\nh,i\n', ["a", "f", "h"], [2]),
    ("a quote never closed, and quotes after it", 'title,text\na,b\nc,"d\n"f","g"\nh,"i, j"\n', ["a", "f", "h"], [2]),
    (
        "a quote that swallows whole rows",
        'title,text,url\na,b,c\nd,"e\nf,g,h\ni,j,k"\nl,m,n\n',
        ["a", "f", "i", "l"],
        [2],
    ),
    ("blank lines do not count", "title,text\n\na,b\n\n\nc,d\n\n", ["a", "c"], []),
    ("a break within quotes", 'title,text\n"a\n\nb",c\nd,e\n', ["a\n\nb", "d"], []),
    ("a row of several lines with a field too many", 'title,text\na,"b\nc",d\ne,f\n', ["e"], [1]),
]


@pytest.mark.parametrize(
    ("text", "titles", "rejected"), [case[1:] for case in BROKEN_TABLES], ids=[c[0] for c in BROKEN_TABLES]
)
def test_a_broken_row_costs_itself_alone(text: str, titles: list[str], rejected: list[int], tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(stored(tmp_path, text.encode()))
    assert [row.values["title"] for row in rows] == titles
    assert [item.row for item in rejects] == rejected
    assert all(item.reason.startswith("line ") and item.raw for item in rejects)


def test_an_open_quote_before_many_rows(tmp_path: Path) -> None:
    lines = ["title,text", '"open,quote', *(f"title {n},text {n}" for n in range(30_000))]
    rows, rejects = rows_and_rejects(stored(tmp_path, "\n".join(lines).encode()))
    assert (len(rows), [item.row for item in rejects]) == (30_000, [1])


def test_bare_quotes_of_a_tab_table_are_letters(tmp_path: Path) -> None:
    lines = ["title\ttext", *(f'"Quoted" word {n}\tbody "{n}' for n in range(20))]
    rows, rejects = rows_and_rejects(stored(tmp_path, "\n".join(lines).encode()))
    assert (len(rows), rejects) == (20, [])
    assert rows[0].values["title"] == '"Quoted" word 0'


def test_a_table_without_title_and_text_names_its_columns(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"'date', 'count', 'ratio'"):
        list(read(stored(tmp_path, b"date,count,ratio\n2025-01-01,5,0.1\n2025-01-02,6,0.2\n")))


BROKEN_JSON = [
    ("lines", b'{"title":"a"}\n{"title":\n{"title":"b"}\n[1]\n{"title":"c"}', ["a", "b", "c"], [2, 4]),
    ("NaN in a line", b'{"title":"a"}\n{"title":"b","x":NaN}\n{"title":"c"}', ["a", "c"], [2]),
    ("Infinity in a list", b'[{"title":"a"},{"title":"b","x":[-Infinity]},{"title":"c"}]', ["a", "c"], [2]),
    ("deep line", b'{"title":"a"}\n{"x":' + b"[" * 60_000 + b'\n{"title":"c"}', ["a", "c"], [2]),
    ("no objects", b'[{"title":"a"},5,"b",null,{"title":"c"}]', ["a", "c"], [2, 3, 4]),
    ("cut list", b'[{"title":"a"},{"title":"b"},{"titl', ["a", "b"], [3]),
    ("cut list of a service", b'{"status":"ok","n":[1],"articles":[{"title":"a"},{"title":"b"},{"ti', ["a", "b"], [3]),
    ("list with rubbish after it", b'[{"title":"a"},{"title":"b"}] rubbish', ["a", "b"], [3]),
    ("huge number", b'{"title":"a"}\n{"title":"b","x":' + b"9" * 5000 + b'}\n{"title":"c"}', ["a", "c"], [2]),
    (
        "unusual line ends within text",
        '{"title":"a\u2028b"}\n{"title":"c\u0085d"}'.encode(),
        ["a\u2028b", "c\u0085d"],
        [],
    ),
]


@pytest.mark.parametrize(
    ("data", "titles", "rejected"), [case[1:] for case in BROKEN_JSON], ids=[c[0] for c in BROKEN_JSON]
)
def test_broken_json_costs_the_broken_record(
    data: bytes, titles: list[str], rejected: list[int], tmp_path: Path
) -> None:
    rows, rejects = rows_and_rejects(stored(tmp_path, data))
    assert [row.values["title"] for row in rows] == titles
    assert [item.row for item in rejects] == rejected


UNREADABLE = [
    (b"", "empty"),
    (b" \n\n ", "no text"),
    (b"%PDF-1.7 ...", "PDF"),
    (b"{\\rtf1}", "no text"),
    (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
    (bytes(random.Random(1).randbytes(5000)), "cannot be read"),
    (b"<?xml version='1.0'?><rss></rss>", "holds no rows"),
    (b"<!DOCTYPE html><html></html>", "web page"),
    (b"931463043\t20130702\t201307\t2013\t2013.5\tGOV\n", "GDELT"),
    (b'{"a": tru', "JSON"),
    (b"[" * 100_000, "JSON"),
    (b"42.5e", "never"),
    (document({"status": "error", "message": "key missing"}), "key missing"),
    (document({"a": 1}), "'a'"),
    (b"title,text\n", "no rows"),
    (gzip.compress(gzip.compress(b"text")), "archive inside an archive"),
    (zipped({}), "empty zip"),
    (zipped({"word/document.xml": b"<w:document xmlns:w='wordprocessingml'/>"}), "Word"),
    (zipped({"xl/workbook.xml": b"<w/>"}), "Excel"),
    (zipped({"inner.zip": zipped({"a": b"b"})}), "archive inside an archive"),
    (b"PAR1 no such thing PAR1", "Parquet"),
    (gzip.compress(b"x" * 1000)[:8], "damaged or ends too early"),
]


@pytest.mark.parametrize(
    ("data", "words"), [case for case in UNREADABLE if case[1] != "never"], ids=lambda value: str(value)[:20]
)
def test_what_cannot_be_read_is_said(data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=words):
        list(read(stored(tmp_path, data)))


@pytest.mark.parametrize("location", ["", "no/such/file", "no\0file", "gopher://news.example/feed", "x" * 5000])
def test_no_such_location(location: str) -> None:
    with pytest.raises(SourceError, match=r"no file or folder|no location"):
        list(sources.read(location))


def test_sources_say_what_they_read() -> None:
    assert all(source.label for source in SOURCES.values())
    assert [name for name, source in SOURCES.items() if source.accepts("some/file.csv")] == ["files"]


def test_a_folder_is_read_whole_and_its_faults_are_listed(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    stored(tmp_path / ".hidden", SAMPLES["json"])
    stored(tmp_path, SAMPLES["json"], ".secret.json")
    stored(tmp_path, SAMPLES["json lines"], "a.txt")
    stored(tmp_path / "deep" / "er", SAMPLES["table"], "b.json")
    stored(tmp_path / "deep", zipped({"c": SAMPLES["parquet"], "__MACOSX/c": b"\0\0\0\0"}), "c.zip")
    stored(tmp_path, b"%PDF-1.7", "d.pdf")
    os.mkfifo(tmp_path / "pipe")
    rows, rejects = rows_and_rejects(tmp_path)
    assert sorted({row.file for row in rows}) == ["a.txt", "deep/c.zip/c", "deep/er/b.json"]
    assert len(rows) == 9
    assert [(item.file, item.row) for item in rejects] == [("d.pdf", 0), ("pipe", 0)]


def test_an_empty_folder_and_one_of_pictures(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no files"):
        list(read(tmp_path))
    stored(tmp_path, b"\x89PNG" + bytes(50), "a.png")
    with pytest.raises(SourceError, match=r"a\.png: a picture"):
        list(read(tmp_path))


def test_cut_gzip_gives_what_was_read_and_a_reject(tmp_path: Path) -> None:
    data = json_lines({"title": f"Story {n} {random.Random(n).random()}"} for n in range(3000))
    rows, rejects = rows_and_rejects(stored(tmp_path, gzip.compress(data)[:-9000]))
    assert 500 < len(rows) < 3000
    assert rejects[-1].row == 0
    assert "ends too early" in rejects[-1].reason
    assert len(rejects) <= 2


def test_gzip_of_several_parts_and_rubbish_after_it(tmp_path: Path) -> None:
    parts = [gzip.compress(json_lines([story]) + b"\n") for story in STORIES]
    rows, rejects = rows_and_rejects(stored(tmp_path, b"".join(parts) + bytes(10)))
    assert (len(rows), rejects) == (3, [])
    rows, rejects = rows_and_rejects(stored(tmp_path, b"".join(parts) + b"rubbish"))
    assert (len(rows), len(rejects)) == (3, 1)


@pytest.mark.parametrize(
    ("method", "stream"), [(zipfile.ZIP_DEFLATED, True), (zipfile.ZIP_DEFLATED, False), (zipfile.ZIP_STORED, False)]
)
def test_cut_zip_gives_what_was_read_and_a_reject(method: int, stream: bool, tmp_path: Path) -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    file = Unseekable() if stream else io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name in ("one", "two", "three"):
            archive.writestr(
                f"{name}.jsonl", json_lines({"title": f"{name} {random.Random(n).random()}"} for n in range(300))
            )
    data = file.getvalue()
    rows, rejects = rows_and_rejects(stored(tmp_path, data[: int(len(data) * 0.8)]))
    assert 600 < len(rows) < 900
    assert "damaged or ends too early" in rejects[-1].reason
    assert all(item.row == 0 or "JSON" in item.reason for item in rejects)


def test_a_damaged_member_spares_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.jsonl": SAMPLES["json lines"], "b.jsonl": SAMPLES["json lines"]}))
    data[60:64] = b"\xff\xff\xff\xff"
    rows, rejects = rows_and_rejects(stored(tmp_path, bytes(data)))
    assert [row.file for row in rows if row.file.endswith("b.jsonl")] == ["upload.bin/b.jsonl"] * 3
    assert any("a.jsonl" in item.file for item in rejects)


def test_a_locked_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.jsonl": SAMPLES["json lines"], "b.jsonl": SAMPLES["json lines"]}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    rows, rejects = rows_and_rejects(stored(tmp_path, bytes(data)))
    assert len(rows) == 3
    assert "password" in rejects[0].reason


def test_names_in_archives_are_for_display_only(tmp_path: Path) -> None:
    rows, _ = rows_and_rejects(stored(tmp_path, zipped({"../../evil\u202e\n.csv": SAMPLES["table"]}), "n.zip"))
    assert rows[0].file == "n.zip/../../evil\ufffd\ufffd.csv"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["n.zip"]


def test_bombs_are_defused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 100_000)
    line = b'{"title":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}\n'
    rows, rejects = rows_and_rejects(stored(tmp_path, gzip.compress(line * 100_000)))
    assert 0 < len(rows) < 100_000
    assert "more than" in rejects[-1].reason
    monkeypatch.setattr(members, "MAX_MEMBERS", 2)
    with pytest.raises(SourceError, match="3 files, more than 2"):
        list(read(stored(tmp_path, zipped(dict.fromkeys("abc", b"text")))))


def test_a_stream_ends_at_its_limit() -> None:
    stream = streams.Capped(io.BytesIO(bytes(10_000)), limit=5000)
    reader = io.BufferedReader(stream, buffer_size=1000)
    assert len(reader.read()) == 5000
    assert "more than 5,000 bytes" in stream.fault


def test_tar_archives_are_refused_in_words(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.add(__file__, arcname="x")
    with pytest.raises(SourceError, match="archive"):
        list(read(tmp_path / "a.tar.gz"))


def test_reading_is_lazy(tmp_path: Path) -> None:
    data = b"\n".join(json_lines([{"title": f"Story {n}"}]) for n in range(5000)) + b"\n" + bytes(100)
    items = read(stored(tmp_path, data))
    assert isinstance(next(items), Row)


TEXTS = [
    ("one paragraph", "A single paragraph about one thing. It ends here.", [1], Mode.WORDS),
    ("rules", "First story.\nMore of it.\n---\nSecond story.\n\n* * *\n\nThird story.", [1, 4, 8], Mode.RULES),
    ("headings", "# One\nBody.\n## Part\nMore.\n# Two\nBody.", [1, 5], Mode.HEADINGS),
    ("lower headings", "## One\nBody.\n\n## Two\nBody.", [1, 4], Mode.HEADINGS),
    ("underlined", "Title one\n=========\nBody.\n\nTitle two\n---------\nBody.\n", [1, 5], Mode.HEADINGS),
    ("blocks", "Title one\nBody one.\n\nTitle two\nBody two.\nMore.\n", [1, 4], Mode.BLOCKS),
    ("headlines", "Storm hits coast\nBank cuts rate\nTeam wins cup\nShip lost at sea", [1, 2, 3, 4], Mode.WORDS),
    ("a rule at the start alone", "---\nA story of one line that goes on.\n", [1], Mode.WORDS),
]


@pytest.mark.parametrize(("text", "starts", "mode"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_plain_text(text: str, starts: list[int], mode: Mode, tmp_path: Path) -> None:
    assert mode_of(text.split("\n")) is mode
    rows, rejects = rows_and_rejects(stored(tmp_path, text.encode()))
    assert ([row.row for row in rows], rejects) == (starts, [])


def test_titles_and_bodies_of_plain_text(tmp_path: Path) -> None:
    body = "The storm reached the coast in the early morning and took the roof off the harbour office, the mayor said."
    rows, _ = rows_and_rejects(stored(tmp_path, f"Storm hits coast\n{body}\nNobody was hurt.\n".encode()))
    assert rows[0].values == {"title": "Storm hits coast", "text": f"{body}\n\nNobody was hurt."}


def test_wrapped_paragraphs_are_joined(tmp_path: Path) -> None:
    storm = "The storm reached the coast in the early morning and took the roof off the harbour office. " * 3
    mayor = "The mayor had slept under a table in the harbour office since the evening before the storm. " * 3
    text = "\n\n".join(textwrap.fill(part, 72) for part in (storm, mayor))
    rows, _ = rows_and_rejects(stored(tmp_path, text.encode()))
    assert [row.values["text"] for row in rows] == [f"{storm.strip()}\n\n{mayor.strip()}"]


def test_prose_with_commas_is_no_table() -> None:
    assert sniff("On Monday, the minister left.\nOn Tuesday, she came back.\nOn Friday, nothing happened.\n") is None


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)


@settings(deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=20), st.sampled_from(",;\t|"))
def test_law_what_csv_writes_is_read(table: list[tuple[str, str, str]], separator: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("title", "text", "url"), *table])
    found = list(tables.records("f", numbered(file.getvalue()), Dialect(separator)))
    assert [tuple(record.values.values()) for record in found if not isinstance(record, Reject)] == table
    assert [getattr(record, "row", None) or record.number for record in found] == list(range(1, len(table) + 1))  # type: ignore[union-attr]


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from('ab,"\0\r '), max_size=12), max_size=20))
def test_law_no_line_is_lost(lines: list[str]) -> None:
    """Whatever the damage, every line that is not blank is in one record or one reject, in order."""
    found = list(tables.records("f", numbered("\n".join(["title,text", *lines])), Dialect(",")))
    numbers = [item.row if isinstance(item, Reject) else item.number for item in found]
    assert numbers == list(range(1, len(found) + 1))
    if not any('"' in line or "\r" in line for line in lines):
        assert len(found) == sum(1 for line in lines if line)


def numbered(text: str) -> Any:
    return (Line(number, line) for number, line in enumerate(text.removesuffix("\n").split("\n"), 1))


@settings(deadline=None, max_examples=60)
@given(
    lines=st.lists(
        st.one_of(
            st.builds(lambda title: json.dumps({"title": title}), st.text(max_size=20)),
            st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=20),
            st.sampled_from(["[1]", "null", '{"title":', '{"title": NaN}', "{}"]),
        ),
        min_size=4,
        max_size=20,
    )
)
def test_law_json_lines_in_are_rows_and_rejects(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = ['{"title": "first"}'] * 20 + lines
    rows, rejects = rows_and_rejects(stored(tmp_path_factory.mktemp("f"), "\n".join(lines).encode()))
    filled = [number for number, line in enumerate(lines, 1) if line.strip("\ufeff \t\r")]
    assert sorted([row.row for row in rows] + [item.row for item in rejects]) == filled


@settings(deadline=None, max_examples=150)
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_law_any_bytes_are_rows_rejects_or_a_clear_error(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    with suppress(SourceError):
        for item in read(stored(tmp_path_factory.mktemp("f"), data)):
            assert isinstance(item if isinstance(item, Reject) else normalise(item), (Article, Reject))


def test_json_test_suite(tmp_path: Path) -> None:
    """Each document of one line as a line: all are accounted for, none that must fail becomes a row."""
    lines = [b'{"title": "x"}'] * 400
    names = [""] * 400
    with tarfile.open(corpus("hostile/JSONTestSuite_test_parsing.tar.gz")) as archive:
        for member in archive.getmembers():
            data = (archive.extractfile(member) or io.BytesIO()).read() if member.isfile() else b""
            if member.name.endswith(".json") and data.strip(b" \t\r\n\0") and b"\n" not in data and b"\0" not in data:
                lines.append(data)
                names.append(member.name.rpartition("/")[2])
    rows, rejects = rows_and_rejects(stored(tmp_path, b"\n".join(lines)))
    assert len(rows) + len(rejects) == len(lines) > 600
    assert [names[row.row - 1] for row in rows if names[row.row - 1].startswith("n_")] == []


def test_csv_spectrum(tmp_path: Path) -> None:
    with tarfile.open(corpus("hostile/csv_spectrum.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    tried = 0
    for path in sorted(tmp_path.rglob("*.csv")):
        expected = json.loads(next(tmp_path.rglob(f"{path.stem}.json")).read_text(encoding="utf-8"))
        with path.open(encoding="utf-8", newline="") as file:
            found = list(tables.records(path.name, numbered(file.read().replace("\r\n", "\n")), Dialect(",")))
        assert [getattr(record, "values", None) for record in found] == [
            {name: value.replace("\r\n", "\n") for name, value in row.items()} for row in expected
        ]
        tried += 1
    assert tried == 11


def test_naughty_strings_survive_every_format(tmp_path: Path) -> None:
    texts = [
        text for text in json.loads(corpus("hostile/blns.json").read_text(encoding="utf-8")) if text.strip("\ufeff \t")
    ]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([("title", "text"), *((text, f"body {n}") for n, text in enumerate(texts))])
    for data in (file.getvalue().encode(), json_lines({"title": text, "text": "x"} for text in texts)):
        rows, rejects = rows_and_rejects(stored(tmp_path, data))
        assert [row.values["title"] for row in rows] == texts
        assert rejects == []
        assert all(isinstance(normalise(row), Article) for row in rows)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("exports/newsapi_org_top_headlines_in_2023-09.json", 140),
        ("exports/newsapi_v1_time_2017.json", 10),
        ("exports/newsapi_babel_briefings_sample.json", 195),
        ("exports/mediacloud_story_list_2016_sample.csv", 25),
        ("dated/wikinews_2019_2020.jsonl.gz", 295),
        ("dated/headlines_aj_bbc_lemonde_economist.jsonl.gz", 5993),
    ],
)
def test_real_exports(name: str, count: int) -> None:
    rows, rejects = rows_and_rejects(corpus(name))
    assert (len(rows), rejects) == (count, [])
    assert all(row.values["title"] for row in rows)
