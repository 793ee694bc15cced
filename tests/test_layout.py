"""The file that keeps the light columns of a version: the same engine from it, and none from a damaged one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from pandas.testing import assert_frame_equal

from data.engines import UNITS, layout
from data.engines.stored import open_stored
from data.selection import Selection
from data.store import Store
from data.store.adding import Addition
from tests.samples import article, table

if TYPE_CHECKING:
    from pathlib import Path

    from data.engines.memory import MemoryEngine

ALL = Selection()
BY = (("topic",), ("country",), ("keyword",), ("region", "topic"), ("week", "topic"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.at(tmp_path)
    add(made, "a", "b", "c")
    return made


def add(store: Store, *names: str) -> None:
    Addition(store, "test").write(table([article(name) for name in names]))


def same(one: MemoryEngine, other: MemoryEngine) -> None:
    for unit in UNITS:
        assert one.totals(ALL, unit) == other.totals(ALL, unit)
    for by in BY:
        assert_frame_equal(one.counts(ALL, by), other.counts(ALL, by))
    assert_frame_equal(one.articles(ALL), other.articles(ALL))


def files(store: Store) -> list[Path]:
    return sorted((store.folder / "opened").glob("*"))


def test_a_second_opening_maps_what_the_first_one_wrote(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_stored(store)
    assert len(files(store)) == 1
    monkeypatch.setattr(layout, "write", None)  # a second opening that writes would fail
    same(first, open_stored(store))


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b[: len(b) // 2], lambda b: b"x" * len(b)])
def test_a_damaged_file_is_passed_over_and_written_anew(store: Store, damage) -> None:  # type: ignore[no-untyped-def]
    first = open_stored(store)
    (file,) = files(store)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    same(first, open_stored(store))
    assert len(file.read_bytes()) == len(whole)


def test_a_new_version_has_a_file_of_its_own_and_old_ones_go(store: Store) -> None:
    for name in "def":
        open_stored(store)
        add(store, name)
    assert open_stored(store).totals(ALL).n == 6
    assert len(files(store)) == layout.MOST


def test_a_store_made_anew_does_not_show_the_articles_of_the_old_one(store: Store) -> None:
    open_stored(store)
    shutil.rmtree(store.path)
    add(store, "x", "y", "z")
    assert set(open_stored(store).articles(ALL)["id"]) == {article(name).id for name in "xyz"}


def test_where_nothing_can_be_written_the_store_still_opens(store: Store) -> None:
    (store.folder / "opened").write_text("in the way")
    assert open_stored(store).totals(ALL).n == 3
