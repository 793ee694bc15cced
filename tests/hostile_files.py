"""Files made to break whoever reads them, with what should become of each: groups of cases, some from the corpora."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import SourceError
from data.normalise import normalise
from data.sources import Row
from data.sources.files import read
from data.sources.files.documents import Broken, parse
from data.sources.files.encoding import encoding_of
from data.sources.files.members import Member, members_at
from tests.corpora import corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from data.articles import Reject


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    rows: list[Row] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    error: str = ""

    @property
    def titles(self) -> list[object]:
        return [row.values.get("title") for row in self.rows]

    @property
    def reasons(self) -> str:
        return " | ".join([self.error, *(item.reason for item in self.rejects)])


@dataclass(frozen=True)
class Case:
    """One file; `right` says whether the outcome is as it should be."""

    name: str
    data: bytes
    right: Callable[[Outcome], bool]


def outcome(path: Path) -> Outcome:
    """Reads and normalises a file; whatever is raised but SourceError is a fault of the program and comes through."""
    rows, rejects = [], []
    try:
        for item in read(str(path)):
            if isinstance(item, Row):
                normalise(item)
                rows.append(item)
            else:
                rejects.append(item)
    except SourceError as error:
        return Outcome(rows, rejects, str(error))
    return Outcome(rows, rejects)


def titled(*titles: str, rejects: int = 0) -> Callable[[Outcome], bool]:
    """The rows have these titles and there are so many rejects."""
    return lambda found: found.titles == list(titles) and len(found.rejects) == rejects and not found.error


def told(*words: str) -> Callable[[Outcome], bool]:
    """An error or a reject says one of these words."""
    return lambda found: any(word in found.reasons for word in words)


def json_test_suite() -> Iterator[Case]:
    """All documents of JSONTestSuite: y_ are parsed, n_ are not and the line is named, i_ are either."""
    with tarfile.open(corpus("hostile/JSONTestSuite_test_parsing.tar.gz")) as archive:
        for member in archive.getmembers():
            name = Path(member.name).name
            if member.isfile() and name.endswith(".json"):
                data = (archive.extractfile(member) or io.BytesIO()).read()
                yield Case(name, data, _json_verdict(name[0], data))


def _json_verdict(kind: str, data: bytes) -> Callable[[Outcome], bool]:
    def right(found: Outcome) -> bool:
        value = parse(_decoded(data))
        broken = [item for item in _values(value) if isinstance(item, Broken)]
        if kind == "y":
            return not broken
        said = any(word in found.reasons for word in ("line", "no text", "empty", "no kind of file", "no record"))
        plain = not _decoded(data).lstrip().startswith(("{", "["))  # what does not even begin as JSON is a text
        return kind == "i" or (bool(broken) and (said or plain))

    return right


def _decoded(data: bytes) -> str:
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        member = next(members_at(Path(file.name)))
        assert isinstance(member, Member)
        return data.decode(encoding_of(member), "replace").lstrip("\ufeff")


def _values(value: object) -> Iterator[object]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        yield value
        waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())


def csv_spectrum() -> Iterator[Case]:
    """The tables of csv-spectrum, whose columns are renamed to ours; every cell must come out as its JSON says."""
    with tarfile.open(corpus("hostile/csv_spectrum.tar.gz")) as archive:
        files = {Path(member.name).name: member for member in archive.getmembers() if member.isfile()}
        for name, member in files.items():
            if name.endswith(".csv"):
                data = (archive.extractfile(member) or io.BytesIO()).read()
                answer = archive.extractfile(files[name.replace(".csv", ".json")])
                expected = json.loads(answer.read() if answer else b"[]")
                yield Case(name, _renamed(data), _cells(expected))


def _renamed(data: bytes) -> bytes:
    """The table with ``title`` and ``text`` as its first two names: ours are told by their names."""
    head, end, body = data.partition(b"\n")
    others = [b"other%d" % number for number in range(head.count(b",") - 1)]
    return b",".join([b"title", b"text", *others]) + end + body


def _cells(expected: list[dict[str, str]]) -> Callable[[Outcome], bool]:
    wanted = [tuple(list(row.values())[:2]) for row in expected]

    def right(found: Outcome) -> bool:
        cells = [(str(row.values["title"]), str(row.values["text"])) for row in found.rows]
        return cells == [tuple(cell.replace("\r\n", "\n") for cell in row) for row in wanted] and not found.rejects

    return right


HEAD = "title,text,publisher country\n"


def tables() -> Iterator[Case]:
    """Tables that are malformed in the usual ways."""
    good = "a,b,NA\nc,d,\n"
    yield Case("a row that is too long", f"{HEAD}{good}x,y,z,1,2\ne,f,\n".encode(), titled("a", "c", "e", rejects=1))
    yield Case("a row that is too short", f"{HEAD}{good}x\ne,f,\n".encode(), titled("a", "c", "e", rejects=1))
    yield Case(
        "stray quotes", f'{HEAD}{good}x 5"2,y,\n"e" f,g,\nh,i,\n'.encode(), titled("a", "c", 'x 5"2', "h", rejects=1)
    )
    yield Case("a quote never closed", f'{HEAD}{good}"x,y,\ne,f,\n'.encode(), titled("a", "c", "e", rejects=1))
    yield Case("NUL", f"{HEAD}{good}x\0,y,\ne,f,\n".encode(), titled("a", "c", "e", rejects=1))
    yield Case("nothing but NUL", bytes(5000), told("no kind of file"))
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        yield Case(encoding, f"{HEAD}{good}café,f,\n".encode(encoding), titled("a", "c", "café"))
    mixed = f"{HEAD}{good}".encode() + "naïve éé ôô,x,\n".encode() * 9 + "café,f,\n".encode("latin-1")
    yield Case("two encodings", mixed, titled("a", "c", *["naïve éé ôô"] * 9, "caf\ufffd"))
    yield Case("Namibia", f"{HEAD}{good}".encode(), lambda found: found.rows[0].values["publisher_country"] == "NA")
    yield Case("NA as a text", f"{HEAD}NA,None,NA\nnull,nan,\n".encode(), titled("NA", "null"))
    yield Case("a line of 5 MB", f"{HEAD}{good}e,{'x' * 5_000_000},\n".encode(), titled("a", "c", "e"))
    yield Case("5 MB of quotes", (HEAD + good + '"' * 5_000_000 + "\ne,f,\n").encode(), lambda found: bool(found.rows))
    yield Case(
        "5 MB of separators", f"{HEAD}{good}{',' * 5_000_000}\ne,f,\n".encode(), lambda found: len(found.rows) > 2
    )
    yield Case(
        "surrogates", f"{HEAD}{good}\ud800x,y,\n".encode("utf-8", "surrogatepass"), lambda found: len(found.rows) == 3
    )


def _lines(n: int, seed: int = 1) -> bytes:
    draw = random.Random(seed)
    return b"".join(json.dumps({"title": f"Story {i}", "x": draw.random()}).encode() + b"\n" for i in range(n))


def cut_archives() -> Iterator[Case]:
    """Archives that end too early: what stands before the cut is there, and the cut is told."""
    packed = gzip.compress(_lines(2000))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in "abc":
            archive.writestr(f"{name}.jsonl", _lines(700, ord(name)))
    for kind, data in (("gzip", packed), ("zip", file.getvalue())):
        for share in range(1, 20):
            yield Case(f"{kind}, {share * 5} % of it", data[: len(data) * share // 20], _beginning)
        for place in random.Random(5).sample(range(20, len(data) - 20), 20):
            damaged = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
            yield Case(f"{kind}, byte {place} changed", damaged, _told_or_whole)


def _beginning(found: Outcome) -> bool:
    titles = [str(title) for title in found.titles]
    return all(title.startswith("Story ") for title in titles) and told("damaged", "too early", "cannot")(found)


def _told_or_whole(found: Outcome) -> bool:
    """A byte in a header may mean nothing; one in the data must be told."""
    return len(found.rows) in (2000, 2100) or bool(found.reasons.strip(" |"))


def bombs() -> Iterator[Case]:
    """Archives that unpack to far more than they are, or to somewhere else."""
    line = b'{"title":"' + b"a" * 1000 + b'"}\n'
    yield Case("gzip of 600 MB", _gzip(line * 1000, 600), told("more than"))
    yield Case("gzip of a gzip of 600 MB", gzip.compress(_gzip(bytes(1 << 20), 600)), told("archive inside"))
    yield Case("gzip of spaces", _gzip(b" " * (1 << 20), 300), told("more than", "no text", "no kind"))
    yield Case("zip of 600 MB", _zip({"a.jsonl": line * 1000}, 600), told("more than"))
    yield Case("zip of zips", _zip({"a.zip": _zip({"b": b"c"})}), told("archive inside"))
    yield Case("zip of 12,000 files", _zip({f"{n}.txt": b"x" for n in range(12_000)}), told("12,000 files"))
    lying = bytearray(_zip({"a.jsonl": line * 1000}, 200))
    start = lying.rindex(b"PK\x01\x02")
    lying[start + 24 : start + 28] = (100).to_bytes(4, "little")
    yield Case("zip that states a wrong size", bytes(lying), lambda found: bool(found.reasons) or len(found.rows) < 2)
    for name in ("../../evil.jsonl", "/etc/evil.jsonl", "C:\\evil.jsonl", "..\\..\\evil.jsonl", "a/../../evil.jsonl"):
        yield Case(f"zip with {name}", _zip({name: _lines(3)}), lambda found: len(found.rows) == 3)
    yield Case("deep brackets, 5 MB", b"[" * 5_000_000, told("deeply"))
    yield Case("deep objects, 5 MB", b'{"a":' * 1_000_000, told("deeply"))


def _gzip(data: bytes, times: int) -> bytes:
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb") as packed:
        for _ in range(times):
            packed.write(data)
    return file.getvalue()


def _zip(files: dict[str, bytes], times: int = 1) -> bytes:
    """An archive of files that hold their data so many times."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            with archive.open(name, "w", force_zip64=True) as member:
                for _ in range(times):
                    member.write(data)
    return file.getvalue()


def parquet_files(count: int = 150) -> Iterator[Case]:
    """A Parquet file with bytes changed, cut off, zeroed or repeated, `count` of each."""
    import pyarrow as pa
    from pyarrow import parquet

    file = io.BytesIO()
    rows = [{"title": f"Story {n}", "text": "x" * n, "date": f"2025-01-{n % 28 + 1:02}"} for n in range(500)]
    parquet.write_table(pa.Table.from_pylist(rows), file, row_group_size=100, compression="snappy")
    data, draw = file.getvalue(), random.Random(7)
    yield Case("as it was", data, lambda found: len(found.rows) == 500)
    for _ in range(count):
        place = draw.randrange(4, len(data) - 4)
        yield Case(
            f"byte {place}", data[:place] + bytes([draw.randrange(256)]) + data[place + 1 :], _whole_or_told(500)
        )
        end = draw.randrange(8, len(data))
        yield Case(f"cut at {end}", data[:end], told("Parquet"))
        size = draw.randrange(4, 200)
        yield Case(f"zeros at {place}", data[:place] + bytes(size) + data[place + size :], _whole_or_told(500))
        place = draw.randrange(len(data) - 700, len(data) - 8)  # where the table of contents stands
        yield Case(f"footer byte {place}", data[:place] + draw.randbytes(4) + data[place + 4 :], _whole_or_told(500))


def _whole_or_told(count: int) -> Callable[[Outcome], bool]:
    return lambda found: len(found.rows) == count or bool(found.reasons.strip(" |"))


def documents() -> Iterator[Case]:
    """XML, RTF, HTML and Word files that are cut, nested or full of entities."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    start = f'<w:document xmlns:w="{space}">'
    laughs = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE newsItem [<!ENTITY l0 "lol">{laughs}]><newsItem><headline>&l9;</headline>'
    yield Case("a billion laughs", f"{bomb}</newsItem>".encode(), lambda found: len(found.reasons) < 5000)
    yield Case("XML cut off", b"<newsItem><headline>Storm</head", told("damaged"))
    yield Case("XML 100,000 deep", b"<newsItem>" + b"<a>" * 100_000, told("damaged"))
    yield Case("Word 100,000 deep", _zip({"word/document.xml": (start + "<w:p>" * 100_000).encode()}), told("damaged"))
    yield Case(
        "Word of 300 MB",
        _zip({"word/document.xml": start.encode() + b" " * (1 << 20)}, 300),
        told("large", "damaged", "more than"),
    )
    yield Case("HTML 200,000 deep", b"<html><body>" + b"<div>" * 200_000 + b"HD", told("web page"))
    yield Case("RTF of open groups", b"{\\rtf1 " + b"{" * 500_000, told("no text", "damaged"))
    yield Case("RTF of pictures", b"{\\rtf1 " + b"{\\pict " * 20_000, told("no text", "damaged"))
    yield Case("RTF in an unknown code page", rb"{\rtf1\ansi\ansicpg99999 caf\'e9 storm and more}", lambda found: True)
    yield Case(
        "WARC that is none",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\nHTTP/1.1 2",
        told("WARC", "web archive"),
    )


GROUPS: dict[str, Callable[[], Iterable[Case]]] = {
    "JSONTestSuite": json_test_suite,
    "csv-spectrum": csv_spectrum,
    "malformed tables": tables,
    "cut and damaged archives": cut_archives,
    "bombs and evil names": bombs,
    "damaged Parquet": parquet_files,
    "damaged documents": documents,
}
