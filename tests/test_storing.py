"""From locations into the store: what becomes of every row, of faults, and of an addition that is cancelled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from data import storing
from data.errors import SourceError
from data.sources.rows import Row
from data.store import Store
from data.storing import Part, cause_of, parts_of
from tests.benchmarks.synthetic import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.articles import Reject


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.at(tmp_path / "store")


def part(name: str, *titles: str, fault: str = "") -> Part:
    """A part with these titles; an empty one is a row without anything."""

    def rows() -> Iterator[Row | Reject]:
        for number, title in enumerate(titles, 1):
            yield Row({"title": title, "published": "2025-03-01"}, name, number)
        if fault:
            raise SourceError(fault)

    return Part(name, rows)


def test_each_part_has_an_outcome(store: Store) -> None:
    parts = [part("a.csv", "A vote in Japan", "", "A cup in Kenya"), part("b.csv", "A vote in Japan", "Floods in Peru")]
    summary = storing.store(parts, store)
    found = [(each.name, each.rows, each.stored, each.known, each.rejected) for each in summary.outcomes]
    assert found == [("a.csv", 3, 2, 0, 1), ("b.csv", 2, 1, 1, 0)]
    assert (summary.total("rows"), summary.version, summary.cancelled, summary.failed) == (5, 1, False, ())
    assert store.versions()[0].cause == "added a.csv and 1 more"
    articles = store.read(["title", "countries", "regions"]).to_pylist()
    assert {article["title"]: article["countries"] for article in articles} == {
        "A vote in Japan": ["JP"],
        "A cup in Kenya": ["KE"],
        "Floods in Peru": ["PE"],
    }


def test_adding_again_stores_nothing(store: Store) -> None:
    parts = [part("a.csv", "A vote in Japan", "")]
    storing.store(parts, store)
    summary = storing.store(parts, store)
    assert (summary.total("stored"), summary.total("known"), summary.total("rejected")) == (0, 1, 1)
    assert len(store.rejects()) == 1


def test_a_fault_stops_no_other_part(store: Store) -> None:
    parts = [part("a", "One story", fault="broke off"), part("b", fault="not there"), part("c", "Another story")]
    summary = storing.store(parts, store)
    assert [outcome.fault for outcome in summary.outcomes] == ["broke off", "not there", ""]
    assert [outcome.name for outcome in summary.failed] == ["a", "b"]
    assert summary.total("stored") == 2


def test_nothing_read_leaves_nothing(store: Store) -> None:
    assert storing.store([part("b", fault="not there")], store).version == -1
    assert not store.exists()


def _after(times: int) -> Callable[[], bool]:
    left = iter(range(times))
    return lambda: next(left, None) is None


@pytest.mark.parametrize("times", [0, 30, 300, 620])
def test_what_was_stored_before_a_cancel_stays_whole(store: Store, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "BATCH", 100)
    monkeypatch.setattr(storing, "TAGGED", 50)
    many = part("many", *(f"Story number {number}" for number in range(550)))
    summary = storing.store([many], store, cancelled=_after(times), tagged=False, jobs=1)
    assert summary.cancelled == (times < 570)
    assert summary.total("rows") == summary.total("stored") == (store.table().count() if store.exists() else 0)
    assert summary.total("rows") < 550 or not summary.cancelled
    again = storing.store([many], store, tagged=False, jobs=1)
    assert again.total("known") == summary.total("stored")
    assert store.table().count() == 550


def test_many_rejects_are_not_heaped_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "BATCH", 100)
    monkeypatch.setattr(storing, "TAGGED", 50)
    summary = storing.store([part("bad", *[""] * 350, "A story")], store, tagged=False, jobs=1)
    assert (summary.total("rejected"), summary.total("stored")) == (350, 1)
    assert [version.rejected for version in store.versions()] == [50, 100, 100, 100, 0]


def test_from_files_in_several_processes(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "news.jsonl", 700)
    (tmp_path / "more.jsonl").write_text(json.dumps({"title": "", "text": ""}) + "\n")
    progress = storing.Progress()
    parts = parts_of([str(tmp_path / "news.jsonl"), str(tmp_path / "no.csv")])
    summary = storing.store(parts, store, progress=progress, jobs=2)
    assert (summary.outcomes[0].rows, summary.outcomes[0].stored) == (700, 700)
    assert "no file" in summary.outcomes[1].fault
    assert (progress.read, progress.share) == (700, 1.0)
    assert store.table().count() == 700


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "added nothing"),
        (["/home/me/export.csv"], "added export.csv"),
        (["https://a.example/feed.xml", "b"], "added feed.xml and 1 more"),
        (["folder/"], "added folder"),
    ],
)
def test_an_addition_says_what_it_was(names: list[str], said: str) -> None:
    assert cause_of([part(name) for name in names]) == said
