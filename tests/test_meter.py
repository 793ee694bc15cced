"""How far reading is, as the bytes of the files tell it."""

from __future__ import annotations

import gzip
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from data import sources
from data.sources.meter import Meter, metering

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [{"title": f"Story {number} of many", "text": f"{number} " * 200, "date": "03/04/2025"} for number in range(900)]


def lines(rows: list[dict[str, str]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def json_lines(folder: Path) -> Path:
    (folder / "news.jsonl").write_text(lines(ROWS), encoding="utf-8")
    return folder / "news.jsonl"


def packed(folder: Path) -> Path:
    (folder / "news.jsonl.gz").write_bytes(gzip.compress(lines(ROWS).encode()))
    return folder / "news.jsonl.gz"


def archive(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "news.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.jsonl", lines(ROWS[:450]))
        made.writestr("b.jsonl", lines(ROWS[450:]))
    return folder / "news.zip"


def document(folder: Path) -> Path:
    (folder / "news.json").write_text(json.dumps(ROWS), encoding="utf-8")
    return folder / "news.json"


def several(folder: Path) -> Path:
    for place in range(3):
        (folder / f"{place}.jsonl").write_text(lines(ROWS[place * 300 : place * 300 + 300]), encoding="utf-8")
    return folder


@pytest.mark.parametrize("make", [json_lines, packed, archive, document, several])
def test_the_share_grows_with_the_rows(make: object, tmp_path: Path) -> None:
    location = make(tmp_path)  # type: ignore[operator]
    with metering(sources.size(location)) as meter:
        shares = [meter.share() or 0.0 for _ in sources.read(location)]
        assert len(shares) == len(ROWS)
        assert shares == sorted(shares)
        assert shares[0] < 0.6
        assert abs(shares[600] - 600 / 900) < 0.35  # files are read some 100 KB ahead
        assert meter.share() == pytest.approx(1, abs=0.05)  # archives have some bytes of their own


def test_without_a_meter_nothing_is_measured(tmp_path: Path) -> None:
    assert len(list(sources.read(json_lines(tmp_path)))) == len(ROWS)


@pytest.mark.parametrize("location", ["no/such/file.csv", "https://example.org/feed", "\0"])
def test_the_size_of_what_is_not_there_is_not_known(location: str) -> None:
    assert sources.size(location) == 0
    assert Meter(0).share() is None
