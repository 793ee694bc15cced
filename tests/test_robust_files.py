"""Files made to break their reader end in rows, rejects or a clear error, and cost no more than they may."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from data import sources
from data.articles import Reject
from data.errors import SourceError
from data.sources import Row, worker
from data.sources.worker import Limits, read_limited
from tests.hostile_files import GROUPS, outcome, parquet_files

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

QUICK = ("JSONTestSuite", "csv-spectrum", "malformed tables", "cut and damaged archives", "damaged documents")
"""The others take long: ``python -m tests.evaluation robustness`` runs all."""
HEAVY = ("Word of 300 MB", "5 MB of quotes")


@pytest.mark.parametrize("group", QUICK)
def test_every_file_ends_as_it_should(group: str, tmp_path: Path) -> None:
    path = tmp_path / "upload.bin"
    wrong = []
    for case in GROUPS[group]():
        if case.name not in HEAVY:
            path.write_bytes(case.data)
            if not case.right(outcome(path)):
                wrong.append(case.name)
    assert wrong == []
    assert [file.name for file in tmp_path.iterdir()] == ["upload.bin"]


def test_damaged_parquet_is_told(tmp_path: Path) -> None:
    path = tmp_path / "upload.bin"
    for case in parquet_files(5):
        path.write_bytes(case.data)
        assert case.right(outcome(path)), case.name


def lines(folder: Path, n: int) -> str:
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps({"title": f"Story {i}", "text": "word " * 40}) + "\n" for i in range(n)))
    return str(path)


def _started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """A list to which every process is added that starts to read."""
    started: list[subprocess.Popen[bytes]] = []
    start = worker._process

    def noted(*args: Any) -> subprocess.Popen[bytes]:
        started.append(start(*args))
        return started[-1]

    monkeypatch.setattr(worker, "_process", noted)
    return started


def test_a_process_of_its_own_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    odd = ['{"title": "x\\ud800", "text": 123456789012345678901234567890}', "{", "[1]", '{"title": "b", "given": NaN}']
    path.write_text("\n".join(['{"title": "a", "date": "2025-01-02"}'] * 5 + odd), encoding="utf-8")
    here, there = list(sources.read(path)), list(read_limited(str(path)))
    assert [type(item) for item in there] == [type(item) for item in here]
    assert [item for item in there if isinstance(item, Reject)] == [item for item in here if isinstance(item, Reject)]
    assert there[0] == here[0]
    assert there[5].values["title"] == "x\ufffd"  # type: ignore[union-attr]


def test_what_cannot_be_read_is_said_as_always(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file or folder"):
        list(read_limited(str(tmp_path / "nothing")))


def test_a_process_that_ends_too_early_leaves_what_it_delivered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = _started(monkeypatch)
    items = read_limited(lines(tmp_path, 50_000))
    found = [next(items)]
    started[0].kill()
    found += items
    assert isinstance(found[0], Row)
    assert isinstance(found[-1], Reject)
    assert "within the limits" in found[-1].reason
    assert 100 < len(found) < 50_000


def test_processor_time_is_limited(tmp_path: Path) -> None:
    items = []
    try:
        items = list(read_limited(lines(tmp_path, 400_000), Limits(processor=1, processor_per_megabyte=0)))
        said = items[-1].reason if isinstance(items[-1], Reject) else ""
    except SourceError as error:
        said = str(error)
    assert sys.platform == "win32" or "within the limits" in said
    assert len(items) < 400_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to the limit of memory")
def test_a_process_out_of_memory_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_text("[" + ",".join(['{"title": "x"}'] * 3_000_000) + "]")
    with pytest.raises(SourceError, match="within the limits"):
        list(read_limited(str(path), Limits(memory=500 << 20)))


def test_a_process_that_says_nothing_is_ended(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no answer for 0\.2 seconds"):
        list(read_limited(lines(tmp_path, 5), Limits(silence=0.2)))


def test_who_stops_early_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = _started(monkeypatch)
    items = read_limited(lines(tmp_path, 50_000))
    next(items)
    items.close()  # type: ignore[attr-defined]  # a generator
    assert [process.poll() is not None for process in started] == [True]
