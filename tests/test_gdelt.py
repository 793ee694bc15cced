"""GDELT: what a record becomes, what is refused, and the archive as GDELT lays it out."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as having
from hypothesis import strategies as some

from data import codes, geography, sources
from data.articles import Article, Reject
from data.errors import SourceError
from data.given import GDELT_BATCH, GDELT_PLACE, GDELT_THEME, GDELT_TONE, Given, load
from data.normalise import normalise, unique
from data.sources.gdelt import archive, blocks, gkg, slugs, themes
from data.sources.gdelt.archive import Archive, Quarter, between, latest
from data.sources.rows import Row
from data.taxonomy import TOPICS
from tests.corpora import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEEN = "20230702153000"
GRAIN = "https://news.example/world/grain-talks-resume-in-the-capital-319004"


def record(**changed: str) -> bytes:
    """A record of GKG 2.1 with the named columns changed."""
    columns = [""] * gkg.COLUMNS
    usual = {"ID": f"{SEEN}-5", "DATE": SEEN, "COLLECTION": "1", "PUBLISHER": "news.example", "ADDRESS": GRAIN}
    for name, value in (usual | changed).items():
        columns[getattr(gkg, name)] = value
    return "\t".join(columns).encode("utf-8", "surrogatepass")


def titled(title: str, rest: str = "") -> str:
    return f"<PAGE_LINKS>https://a.example</PAGE_LINKS><PAGE_TITLE>{title}</PAGE_TITLE>{rest}"


def read(folder: Path, *records: bytes, name: str = "some.gkg.csv") -> list[Article | Reject]:
    path = folder / name
    path.write_bytes(b"\n".join(records) + b"\n")
    return [item if isinstance(item, Reject) else normalise(item) for item in sources.read(path)]


def article(folder: Path, **changed: str) -> Article:
    (found,) = read(folder, record(**changed))
    assert isinstance(found, Article), found
    return found


def tags(found: Article, scheme: str) -> list[Given]:
    return [tag for tag in load(found.given) if tag.scheme == scheme]


def test_a_record(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        THEMES="ELECTION,10;ELECTION,90;TAX_FNCACT_MINISTER,20;SOMETHING_NEW,30;LEADER,40;",
        PLACES="1#China#CH#CH##35#105#CH#55;1#China#CH#CH##35#105#CH#99;4#Vienna, Wien, Austria#AU#AU09##48#16#-1#7",
        TONE="-1.55038759689922,1.5,3.1,4.6,28.2,2.1,583",
        EXTRAS=titled(
            'Grain &amp; "talks" resume &#x2013; again',
            "<PAGE_PRECISEPUBTIMESTAMP>20230702090500</PAGE_PRECISEPUBTIMESTAMP>",
        ),
    )
    assert (found.title, found.title_derived, found.text) == ('Grain & "talks" resume – again', False, "")
    assert (found.url, found.publisher, found.language) == (GRAIN, "news.example", "en")
    assert (found.published, found.precision) == (datetime(2023, 7, 2, 9, 5, tzinfo=UTC), "second")
    assert tags(found, GDELT_THEME) == [
        Given(GDELT_THEME, "ELECTION", topic="politics", weight=2.0),
        Given(GDELT_THEME, "SOMETHING_NEW"),
        Given(GDELT_THEME, "LEADER", topic="politics", weight=0.5),
    ]
    assert tags(found, GDELT_PLACE) == [
        Given(GDELT_PLACE, "CH", "China", country="CN", weight=2.0),
        Given(GDELT_PLACE, "AU", "Vienna, Wien, Austria", country="AT"),
    ]
    assert tags(found, GDELT_TONE) == [Given(GDELT_TONE, "tone", weight=-1.55)]
    assert tags(found, GDELT_BATCH) == [Given(GDELT_BATCH, SEEN)]


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Grain talks resume | The Example Times", "exampletimes.com", "Grain talks resume"),
        ("Grain talks resume - BBC News", "bbc.co.uk", "Grain talks resume"),
        ("Press Example: grain talks resume", "pressexample.org", "grain talks resume"),
        ("Grain talks resume - minister", "exampletimes.com", "Grain talks resume - minister"),
        ("The Example Times", "exampletimes.com", "The Example Times"),
        ("", "exampletimes.com", ""),
        ("Oil - prices - fall", "", "Oil - prices - fall"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(title: str, site: str, expected: str) -> None:
    assert gkg.without_site(title, site) == expected


@pytest.mark.parametrize(
    ("address", "title"),
    [
        (GRAIN, "Grain talks resume in the capital"),
        ("https://n.example/2017/06/29/la-farmers-get-help/103294/", "La farmers get help"),
        ("http://n.example/a/caf%C3%A9-owners-win-case.html?x=1", "Café owners win case"),
        ("http://n.example/news_in_brief_and_more_20150218.php", "News in brief and more"),
        ("http://n.example/one-two", ""),
        ("http://n.example/", ""),
        ("http://n.example/?p=an-address-with-words", ""),
        ("http://n.example/123-456-789-000", ""),
        ("http://[broken", ""),
        ("as listed in Russian /BBC Monitoring/(c) BBC", "As listed in Russian"),
        ("\ud800\0-a-b-c-d", "� a b c d"),
        ("", ""),
    ],
)
def test_a_title_from_an_address(address: str, title: str) -> None:
    assert slugs.title(address).casefold() == title.casefold()


def test_a_title_from_an_address_says_so(tmp_path: Path) -> None:
    found = article(tmp_path, EXTRAS="")
    assert (found.title, found.title_derived, found.text) == ("Grain talks resume in the capital", True, "")


def test_without_a_stated_time_an_article_is_undated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = article(tmp_path, EXTRAS=titled("Grain talks"))
    assert (found.published, found.precision, found.published_raw) == (None, "unknown", "")
    monkeypatch.setenv("NEWS_GDELT_DATES", "seen")
    found = article(tmp_path, EXTRAS=titled("Grain talks"))
    assert (found.published, found.precision) == (datetime(2023, 7, 2, tzinfo=UTC), "day")
    assert found.published_raw == f"seen {SEEN}"


@pytest.mark.parametrize(
    ("translation", "title", "language"),
    [
        ("srclc:fra;eng:Moses 2.1.1 / MosesCore", "Les discussions reprennent", "fr"),
        ("srclc:zho;eng:GT-ZHO 1.0", "谈判", "zh"),
        ("", "Grain talks resume", "en"),
        ("", "दिल्ली में वार्ता", ""),
        ("no such thing", "Grain", "en"),
    ],
)
def test_language(translation: str, title: str, language: str, tmp_path: Path) -> None:
    assert article(tmp_path, TRANSLATION=translation, EXTRAS=titled(title)).language == language


REFUSED = [
    (record(ID="5"), "record number"),
    (record(DATE="yesterday"), "record number"),
    (record()[:80], "27 columns, this one 5"),
    (record() + b"\tmore", "this one 28"),
    (record(ADDRESS="https://news.example/1234", EXTRAS=""), "address tells none"),
    (record(COLLECTION="2", ADDRESS="as listed in Russian /Monitoring/(c)", EXTRAS=""), "neither a title nor"),
    (record(EXTRAS=titled("...")), "no title"),
]


@pytest.mark.parametrize(("line", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_a_bad_record_costs_that_record(line: bytes, words: str, tmp_path: Path) -> None:
    good = record(EXTRAS=titled("Grain talks"))
    before, bad, after = read(tmp_path, good, line, good)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(bad, Reject)
    assert bad.row == 2
    assert words in bad.reason


def test_a_citation_is_never_a_link(tmp_path: Path) -> None:
    found = article(
        tmp_path, COLLECTION="2", ADDRESS="https://looks.example/like-a-link-but-is-none", EXTRAS=titled("A")
    )
    assert (found.url, found.id) == ("", f"{SEEN}-5")


def test_quotation_marks_are_letters(tmp_path: Path) -> None:
    titles = ['"Grain', 'talks" resume', "it's 6\" deep"]
    found = read(tmp_path, *(record(EXTRAS=titled(title)) for title in titles))
    assert [item.title for item in found if isinstance(item, Article)] == titles


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_ends_of_lines_and_headers(end: bytes, tmp_path: Path) -> None:
    header = b"GKGRECORDID\tDATE" + b"\tX" * 25
    path = tmp_path / "g.csv"
    path.write_bytes(
        b"\xef\xbb\xbf" + header + b"\n" + record(EXTRAS=titled("A")) + b"\n\n" + record(EXTRAS=titled("B")) + end
    )
    found = list(sources.read(path))
    assert [item.values["title"] for item in found if isinstance(item, Row)] == ["A", "B"]
    assert [item.row for item in found] == [2, 4]


@pytest.mark.parametrize(
    ("field", "names", "skipped"),
    [
        ("1#Japan#JA#JA##36#138#JA#690;", ["Japan"], 0),
        ("1#Japan#JA#JA#36#138#JA", ["Japan"], 0),
        ("4#Town#RS#RS1#2#42#.5#9#1#7;1#Serbia#RB#RB##44#21#RB#9", ["Serbia"], 1),
        ("1#Japan#JA;;x;#", [], 3),
        ("1#Japan#JA#JA##36#138#JA#1;1#Serbia#RB#RB##44#21#RB#9;1#Serbia#RB#RB##44#21#RB#5", ["Serbia", "Japan"], 0),
        ("1#Japan#JA#JA##36#138#JA#690;1#Japan#JA#JA##36#138#JA#690", ["Japan"], 0),
        ("", [], 0),
    ],
)
def test_places(field: str, names: list[str], skipped: int) -> None:
    assert sorted(place.label for place in blocks.places_given(field)) == sorted(names)
    assert blocks.skipped_places(field) == skipped


@pytest.mark.parametrize(
    ("field", "tones"),
    [("-2.5,1,2", [-2.5]), ("", []), ("nan", []), ("inf,1", []), ("x", []), ("1e300", []), ("0,1", [0.0])],
)
def test_tone(field: str, tones: list[float]) -> None:
    assert [tag.weight for tag in blocks.tone_given(field)] == tones


@pytest.mark.parametrize(
    ("fips", "iso"),
    [
        ("CH", "CN"), ("GM", "DE"), ("AS", "AU"), ("AU", "AT"), ("RS", "RU"), ("SP", "ES"), ("SZ", "CH"), ("UP", "UA"),
        ("NI", "NG"), ("NG", "NE"), ("IS", "IL"), ("JA", "JP"), ("WA", "NA"), ("UK", "GB"), ("KV", "XK"), ("OD", "SS"),
        ("RB", "RS"), ("RI", "RS"), ("YI", "RS"), ("GZ", "PS"), ("WE", "PS"), ("OS", ""), ("PF", ""), ("??", ""),
        ("", ""), ("CHN", ""), ("ch", "CN"),
    ],
)  # fmt: skip
def test_countries_of_fips(fips: str, iso: str) -> None:
    assert codes.from_fips(fips) == iso


def test_the_table_of_fips_leads_to_countries_that_there_are() -> None:
    every = {codes.from_fips(f"{a}{b}") for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    assert every - {""} <= geography.COUNTRIES.keys()
    assert len(every) > 240


def test_the_table_of_themes() -> None:
    table = themes._table()
    assert {meant.topic for meant in table.values()} <= {*TOPICS, ""}
    assert all(bool(meant.topic) == bool(meant.share) for meant in table.values())


@pytest.mark.parametrize(
    ("theme", "topic"),
    [
        ("NATURAL_DISASTER_EARTHQUAKE", "disaster"),
        ("NATURAL_DISASTER_HURRICANES", "weather"),
        ("TAX_DISEASE_MALARIA", "health"),
        ("TAX_FNCACT_MINISTER", ""),
        ("ECON_UNIONS", "labour"),
        ("ECON_STOCKMARKET", "economy"),
        ("UNGP_CLIMATE_CHANGE_ACTION", "environment"),
        ("UNGP_NEW_THING", ""),
        ("EPU_POLICY_WHITE_HOUSE", "politics"),
        ("WB_2467_TERRORISM", "conflict"),
    ],
)
def test_the_most_exact_entry_counts(theme: str, topic: str) -> None:
    found = themes.meaning(theme)
    assert found is not None
    assert found.topic == topic
    assert themes.meaning("NO_SUCH_THEME") is None


def test_version_1(tmp_path: Path) -> None:
    columns = [""] * gkg.OLD_COLUMNS
    columns[gkg.OLD_DATE], columns[1] = "20200705", "3"
    columns[gkg.OLD_THEMES], columns[gkg.OLD_PLACES] = "ELECTION;TAX_FNCACT;", "1#Malaysia#MY#MY#2.5#112.5#MY"
    columns[gkg.OLD_ADDRESSES] = f"{GRAIN}<UDIV>https://b.example/grain-talks-are-over<UDIV>https://c.example/"
    names = (
        b"DATE\tNUMARTS\tCOUNTS\tTHEMES\tLOCATIONS\tPERSONS\tORGANIZATIONS\tTONE\tCAMEOEVENTIDS\tSOURCES\tSOURCEURLS"
    )
    found = read(tmp_path, names, "\t".join(columns).encode(), b"20200705\t1\tshort")
    assert [item.title for item in found if isinstance(item, Article)] == [
        "Grain talks resume in the capital",
        "Grain talks are over",
    ]
    assert [item.row for item in found if isinstance(item, Reject)] == [2, 3]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.title_derived, first.published, first.publisher) == (True, None, "news.example")
    assert [tag.country for tag in tags(first, GDELT_PLACE)] == ["MY"]


@pytest.mark.parametrize(
    "line",
    [
        b"931463043\t20130702\t201307\t2013\t2013.5\tGOV",
        b"1410330000\t20260702153000\t20260702153000\t1\tnews.example\thttps://a.example",
    ],
)
def test_tables_of_events_are_refused_with_a_word_on_what_to_give(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(line + b"\t" * 20 + b"\n")
    with pytest.raises(SourceError, match="GKG files"):
        list(sources.read(path))


HOSTILE = [
    "\0\x01\u202e\ud800 <b>bold</b> talks",
    "<PAGE_TITLE>" * 20_000,
    "</PAGE_TITLE><PAGE_TITLE>",
    "&#99999999999999;&#0;&amp;amp; talks",
    "x" * 5_000_000,
    "<script>alert(1)</script> talks",
    " - " * 100_000,
]


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_titles(title: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, record(EXTRAS=titled(title), THEMES=title + ";", PLACES=f"1#{title}#CH", TONE=title[:99]))
    if isinstance(found, Article):
        found.title.encode()
        found.given.encode()
        assert not [part for part in ("\0", "\u202e", "<b>", "<script") if part in found.title]


def test_a_record_without_an_end_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gkg, "LONGEST", 3000)
    good = record(EXTRAS=titled("Grain talks"))
    _, long, after = read(tmp_path, good, record(EXTRAS="x" * 10_000), good)
    assert isinstance(long, Reject)
    assert "more than 3,000 bytes" in long.reason
    assert isinstance(after, Article)


@having(some.lists(some.binary(max_size=60).map(lambda part: part.replace(b"\n", b"")), min_size=25, max_size=29))
def test_any_columns_are_an_article_or_a_reject(columns: list[bytes]) -> None:
    for found in (gkg.record("f", 1, columns), *gkg.old_record("f", 1, columns[:11])):
        item = normalise(found) if isinstance(found, Row) else found
        assert isinstance(item, (Article, Reject))


def whole(name: str) -> tuple[list[Row | Reject], list[Article | Reject]]:
    raw = list(sources.read(corpus(f"gdelt/{name}")))
    return raw, list(unique(item if isinstance(item, Reject) else normalise(item) for item in raw))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("20230702153000.gkg.csv.zip", 951),
        ("20150218_gkg21.csv", 100),
        ("20150218_gkg21_translated.csv", 100),
        ("20170701234500_gkg21.csv", 50),
        ("20170701234500_gkg21_translated.csv", 50),
    ],
)
def test_real_files_lose_nothing(name: str, rows: int) -> None:
    raw, items = whole(name)
    assert len(raw) == len(items) == rows
    assert {item.row for item in raw} == set(range(1, rows + 1))
    assert sum(1 for item in items if isinstance(item, Article)) > rows / 2
    if "translated" in name:
        assert "en" not in {item.language for item in items if isinstance(item, Article)}


def test_the_real_file_of_version_1() -> None:
    raw, items = whole("gkg10_sample.csv")
    assert {item.row for item in raw} == set(range(1, 96))
    assert sum(1 for item in items if isinstance(item, Article)) > 90


def test_every_place_of_a_real_file_has_its_country() -> None:
    path = corpus("gdelt/20230702153000.gkg.csv.zip")
    with zipfile.ZipFile(path) as zipped:
        lines = zipped.read(zipped.infolist()[0]).decode().splitlines()
    fields = [line.split("\t")[gkg.PLACES] for line in lines]
    found = Counter(block.split("#")[2] for field in fields for block in field.split(";") if block.count("#") == 8)
    assert {code for code in found if not codes.from_fips(code)} == {"OS"}
    assert found["OS"] == 4
    assert sum(found.values()) == 8954
    assert sum(map(blocks.skipped_places, fields)) == 1


def test_the_themes_of_a_real_file_are_nearly_all_known() -> None:
    articles = [item for item in whole("20230702153000.gkg.csv.zip")[1] if isinstance(item, Article)]
    given = [tag for found in articles for tag in tags(found, GDELT_THEME)]
    known = sum(tag.weight for tag in given if tag.topic)
    assert known >= 0.95 * sum(tag.weight for tag in given)


# ---- the archive


FILES = {
    "20230702150000.gkg.csv.zip": ["Grain talks resume", "Oil prices fall"],
    "20230702151500.gkg.csv.zip": ["A storm is coming"],
    "20230702151500.translation.gkg.csv.zip": ["Les discussions reprennent"],
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder laid out as GDELT's archive."""
    folder = tmp_path / "gdeltv2"
    folder.mkdir()
    for number, (name, titles) in enumerate(FILES.items()):
        lines = [
            record(ID=f"{name[:14]}-{place}", ADDRESS=f"https://n{number}.example/{place}", EXTRAS=titled(title))
            for place, title in enumerate(titles)
        ]
        with zipfile.ZipFile(folder / name, "w") as zipped:
            zipped.writestr(name.removesuffix(".zip"), b"\n".join(lines) + b"\n")
    for stream in ("", "-translation"):
        mine = [name for name in FILES if ("translation" in name) == bool(stream)]
        lists = [
            f"150383 {'0' * 32} http://d.example/gdeltv2/{name[:14]}.export.CSV.zip\n{line(folder / name)}\n"
            for name in mine
        ]
        (folder / f"masterfilelist{stream}.txt").write_text("".join(lists))
        (folder / f"lastupdate{stream}.txt").write_text(lists[-1])
    return folder


def line(path: Path) -> str:
    body = path.read_bytes()
    return f"{len(body)} {hashlib.md5(body).hexdigest()} http://elsewhere.example/gdeltv2/{path.name}"


@pytest.fixture
def served(place: Path) -> Iterator[Archive]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(place.parent)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Archive(f"http://127.0.0.1:{server.server_port}/gdeltv2", allow_loopback=True)
    server.shutdown()
    server.server_close()
    thread.join()


def titles(items: list[Row | Reject]) -> list[object]:
    return [item.values["title"] for item in items if isinstance(item, Row)]


def reasons(items: list[Row | Reject]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Reject)]


def test_the_latest_hour(served: Archive) -> None:
    quarters = latest(0.5, served)
    assert [quarter.name for quarter in quarters] == [
        "20230702150000.gkg.csv.zip",
        "20230702150000.translation.gkg.csv.zip",
        "20230702151500.gkg.csv.zip",
        "20230702151500.translation.gkg.csv.zip",
    ]
    assert [bool(quarter.md5) for quarter in quarters] == [False, False, True, True]
    told: list[tuple[int, str]] = []
    items = list(archive.rows(quarters, served, told=lambda done, name: told.append((done, name))))
    assert titles(items) == [title for titles in FILES.values() for title in titles]
    assert reasons(items) == ["GDELT has no file for this quarter of an hour"]
    assert items[0].file == "20230702150000.gkg.csv.zip/20230702150000.gkg.csv"
    assert told == [*((number, quarter.name) for number, quarter in enumerate(quarters)), (4, "")]


def test_english_alone(served: Archive) -> None:
    alone = Archive(served.base, translated=False, allow_loopback=True)
    assert [quarter.stream for quarter in latest(0.25, alone)] == [""]
    assert {quarter.stream for quarter in between(at(15), at(16), alone)} == {""}


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 7, 2, hour, minute)


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (at(15), at(15, 14), ["150000"]),
        (at(15, 1), at(15, 15), ["151500"]),
        (at(14, 50), at(15, 15), ["150000", "151500"]),
        (datetime.fromisoformat("2023-07-02T17:00:00+02:00"), at(15), ["150000"]),
    ],
)
def test_a_range(first: datetime, last: datetime, names: list[str]) -> None:
    english = Archive(translated=False)
    assert [quarter.name[8:14] for quarter in between(first, last, english)] == names


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (at(16), at(15), "no files"),
        (datetime(2014, 1, 1), datetime(2014, 2, 1), "no files"),
        (datetime(2016, 1, 1), datetime(2026, 1, 1), "at most"),
    ],
)
def test_ranges_that_cannot_be(first: datetime, last: datetime, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        between(first, last)


@pytest.mark.parametrize("hours", [0, -1, float("nan"), 1e9])
def test_hours_that_cannot_be(hours: float) -> None:
    with pytest.raises(SourceError, match="hours"):
        latest(hours)


def test_a_range_that_is_checked_has_what_the_list_has(served: Archive, place: Path) -> None:
    quarters = between(at(0), at(23), served, checked=True)
    assert sorted(quarter.name for quarter in quarters) == sorted(FILES)
    assert all(len(quarter.md5) == 32 for quarter in quarters)
    assert len(titles(list(archive.rows(quarters, served)))) == 4
    (place / "20230702150000.gkg.csv.zip").write_bytes((place / "20230702151500.gkg.csv.zip").read_bytes())
    items = list(archive.rows(quarters, served))
    assert len(titles(items)) == 2
    assert "damaged on its way" in reasons(items)[0]


def test_nothing_to_be_had_is_an_error(served: Archive) -> None:
    with pytest.raises(SourceError, match="None of 2 files"):
        list(
            archive.rows([Quarter(datetime(2020, 1, 1, tzinfo=UTC)), Quarter(datetime(2020, 1, 2, tzinfo=UTC))], served)
        )


def test_a_damaged_zip_costs_that_file(served: Archive, place: Path) -> None:
    path = place / "20230702150000.gkg.csv.zip"
    path.write_bytes(path.read_bytes()[:60])
    items = list(archive.rows(between(at(15), at(15, 15), served), served))
    assert titles(items) == ["A storm is coming", "Les discussions reprennent"]
    assert any("damaged" in reason for reason in reasons(items))


@pytest.mark.parametrize("after", [0, 1, 3])
def test_it_stops_when_it_is_told_to(after: int, served: Archive) -> None:
    got: list[Row | Reject] = []
    for item in archive.rows(latest(0.5, served), served, cancelled=lambda: len(got) >= after):
        got.append(item)
    assert len(got) == after


@pytest.mark.parametrize(
    "text", [b"", b"1 2 3", b"x" * 1_000_000, b"1 " + b"0" * 32 + b" /" + b"/" * 200_000, b"\xff" * 1000]
)
def test_lists_that_are_none(text: bytes) -> None:
    assert not list(archive.listed(text))


def test_an_impossible_time_in_a_list_is_passed_over() -> None:
    assert not list(archive.listed(b"1 " + b"0" * 32 + b" http://d.example/20239902153000.gkg.csv.zip\n"))


def test_the_real_file_through_the_archive(served: Archive, place: Path) -> None:
    path = corpus("gdelt/20230702153000.gkg.csv.zip")
    (place / path.name).write_bytes(path.read_bytes())
    (place / "lastupdate.txt").write_text(line(place / path.name) + "\n")
    english = Archive(served.base, translated=False, allow_loopback=True)
    assert len(list(archive.rows(latest(0.25, english), english))) == 951
