"""The store: nothing lost, nothing doubled, every batch whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.articles import Reject
from data.errors import StoreError
from data.grouping import GROUP_COLUMNS
from data.store import Store, upkeep, versions
from data.store.adding import Addition
from data.store.same import Known, fresh
from data.store.schema import ARTICLES, filled, to_arrow, to_pandas
from tests.samples import article, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


ROOT = Path(__file__).parents[1]
BAD = Reject("news.csv", 3, "no title and no text", "{}")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.at(tmp_path / "store")


def add(store: Store, names: Iterable[str], *rejects: Reject, cause: str = "added news.csv") -> str:
    addition = Addition(store, cause)
    addition.write(table(names), rejects)
    return addition.run


def ids(store: Store, version: int | None = None) -> list[str]:
    return sorted(store.read(["id"], version).column("id").to_pylist())


def test_an_empty_folder_is_an_empty_store(store: Store) -> None:
    assert (store.exists(), store.version(), store.versions(), store.runs()) == (False, -1, [], [])
    assert store.rejects().empty
    assert not store.folder.exists()
    with pytest.raises(StoreError, match="nothing to undo"):
        store.undo()


def test_rows_are_stored_known_and_rejected(store: Store) -> None:
    addition = Addition(store, "added news.csv")
    first = addition.write(table("abc"), [BAD])
    again = addition.write(table("cd"))
    assert (first.rows, first.stored, first.known, first.rejected) == (4, 3, 0, 1)
    assert (again.rows, again.stored, again.known, again.rejected) == (2, 1, 1, 0)
    assert again.new.tolist() == [False, True]
    assert ids(store) == ["a", "b", "c", "d"]
    run = store.runs()[0]
    assert (run.rows, run.stored, run.known, run.rejected) == (6, 4, 1, 1)
    assert store.rejects()["reason"].tolist() == [BAD.reason]


def test_adding_again_changes_nothing(store: Store) -> None:
    add(store, "abc", BAD)
    before = store.texts(list("abc"))
    again = Addition(store, "added news.csv").write(table("abc"), [BAD])
    assert (again.stored, again.known, again.rejected) == (0, 3, 1)
    assert store.texts(list("abc")).equals(before)
    assert len(store.rejects()) == 1


def test_articles_come_back_as_they_were(store: Store) -> None:
    given = table("ab").assign(keywords=[["cup"], []], countries=[["NA"], []], title=["NA", "\u202e=1+1\x00"])
    Addition(store, "added").write(given)
    back = store.texts(["b", "missing", "a"])
    assert back["id"].tolist() == ["b", "a"]
    assert back["title"].tolist() == ["\u202e=1+1\x00", "NA"]
    assert back["keywords"].tolist() == [[], ["cup"]]
    assert back["tags"].tolist() == [given["tags"][1], given["tags"][0]]
    assert back["published"].dtype == given["published"].dtype
    assert set(GROUP_COLUMNS) <= set(back)


def test_articles_of_any_file_are_found_by_id(store: Store) -> None:
    for name in "abcde":
        add(store, name)
    assert store.texts(["d", "a"])["title"].tolist() == ["Title d", "Title a"]


@pytest.mark.parametrize(
    ("stored", "given", "is_new"),
    [
        ({"text": "One."}, {"text": "One."}, False),
        ({"text": "One."}, {"text": "Two."}, True),
        (
            {"text": "One.", "url": "https://a.example/1"},
            {"text": "One, corrected.", "url": "https://a.example/1"},
            False,
        ),
        (
            {"text": "One.", "url": "https://a.example/1"},
            {"text": "One.", "url": "http://www.a.example/1/?utm_source=x"},
            False,
        ),
        ({"text": "One.", "url": "https://a.example/1"}, {"text": "One.", "url": "https://a.example/2"}, True),
    ],
)
def test_another_article_with_the_same_id_is_kept(
    store: Store, stored: dict[str, str], given: dict[str, str], is_new: bool
) -> None:
    for _ in range(2):
        Addition(store, "first").write(table([article("1", **stored)]))
        Addition(store, "second").write(table([article("1", **given)]))
    assert len(ids(store)) == 1 + is_new
    assert "1" in ids(store)


def test_one_batch_may_hold_an_id_several_times(store: Store) -> None:
    batch = table([article("1", text="One."), article("1", text="Two."), article("1", text="One.")])
    assert Addition(store, "added").write(batch).new.tolist() == [True, True, False]
    assert len(set(ids(store))) == 2


def test_an_older_store_does_not_say_what_an_id_stands_for() -> None:
    known = Known(pa.chunked_array([["1"]]), pa.chunked_array([[""]]))
    named, new = fresh(table([article("1"), article("2")]), known)
    assert (named["id"].tolist(), new.tolist()) == (["1", "2"], [False, True])


def test_copies_are_found_across_batches_and_additions(store: Store) -> None:
    wire = " ".join(f"The minister of district {number} opened bridge {number + 3} on Monday." for number in range(12))
    addition = Addition(store, "added")
    addition.write(table([article("a", text=wire, publisher="A")]))
    assert addition.write(table([article("b", text=wire, publisher="B")])).copies == 1
    assert Addition(store, "again").write(table([article("c", text=wire, publisher="C")])).copied.tolist() == [True]
    assert store.texts(["b", "c"])["copy_of"].tolist() == ["a", "a"]
    assert store.texts(["a", "b", "c"])["story"].nunique() == 1


def test_versions_say_when_and_why(store: Store) -> None:
    before = datetime.now(UTC)
    run = add(store, "ab", cause="added news.csv")
    store.undo()
    undone, added, made = store.versions()
    assert [made.kind, added.kind, undone.kind] == ["made", "added", "undone"]
    assert (added.cause, added.run, added.stored) == ("added news.csv", run, 2)
    assert undone.cause == "took back: added news.csv"
    assert abs((added.time - before).total_seconds()) < 600


def test_undo_goes_back_one_addition_at_a_time(store: Store) -> None:
    add(store, "ab")
    add(store, "c", BAD)
    assert store.undo().stored == 1
    assert (ids(store), len(store.rejects())) == (["a", "b"], 0)
    store.undo()
    assert ids(store) == []
    with pytest.raises(StoreError):
        store.undo()
    assert ids(store, 2) == ["a", "b", "c"]
    add(store, "bc", BAD)
    assert (ids(store), len(store.rejects())) == (["b", "c"], 1)


def test_undo_of_one_of_two_that_ran_at_once(store: Store) -> None:
    one, two = Addition(store, "one"), Addition(store, "two")
    one.write(table("a"))
    two.write(table("ab"), [BAD])
    one.write(table("cd"))
    assert store.undo().cause == "one"
    assert ids(store) == ["b"]
    assert len(store.rejects()) == 1
    assert one.write(table("a")).stored == 1, "an addition that goes on sees that its articles are gone"


def test_undo_after_joining_and_cleaning(store: Store) -> None:
    add(store, "ab")
    add(store, "c")
    assert upkeep.compact(store, at_least=1)
    upkeep.clean(store, hours=0)
    store.undo()
    assert ids(store) == ["a", "b"]


def test_a_version_that_is_held_stays_readable(store: Store) -> None:
    for name in "abc":
        add(store, name)
    held, unheld = 2, 1
    with upkeep.hold(store, held):
        assert upkeep.held(store) == [held]
        assert upkeep.compact(store, at_least=2)
        upkeep.clean(store, hours=0)
        assert ids(store, held) == ["a", "b"]
        assert ids(store) == ["a", "b", "c"]
    assert upkeep.held(store) == []
    add(store, "d")
    upkeep.compact(store, at_least=2)
    assert upkeep.clean(store, hours=0) > 0
    with pytest.raises(StoreError, match="status"):
        ids(store, unheld)
    assert ids(store) == ["a", "b", "c", "d"]


def test_the_mark_of_a_dead_process_holds_nothing(store: Store) -> None:
    add(store, "a")
    (store.folder / "holds").mkdir()
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    (store.folder / "holds" / f"1-{process.pid}-x").touch()
    (store.folder / "holds" / "not a mark").touch()
    assert upkeep.held(store) == []
    assert not (store.folder / "holds" / f"1-{process.pid}-x").exists()


def test_few_files_are_left_alone(store: Store) -> None:
    add(store, "a")
    assert not upkeep.compact(store)
    assert store.version() == 1


def test_a_store_with_fewer_columns_opens_and_grows(store: Store) -> None:
    old = pa.schema([field for field in ARTICLES if field.name not in ("subtopics", "given", "identity", "centrality")])
    rows = to_arrow(table("ab").assign(copy_of="", story=["a", "b"]), old, added=datetime.now(UTC), run="old")
    write_deltalake(store.path, rows)
    assert set(upkeep.health(store).older) == {"subtopics", "given", "identity", "centrality"}
    assert store.texts(["a"])["subtopics"].tolist() == [[]]
    stored = Addition(store, "added").write(table("bc"))
    assert (stored.stored, stored.known) == (1, 1)
    assert upkeep.health(store).older == ()
    assert store.texts(["a", "c"])["given"].tolist() == ["", ""]


def test_columns_of_a_newer_program_are_left_alone(store: Store) -> None:
    add(store, "a")
    newer = ARTICLES.append(pa.field("mood", pa.string()))
    rows = to_arrow(table("b").assign(mood="grim", copy_of="", story="b"), newer, added=datetime.now(UTC), run="new")
    write_deltalake(store.path, rows, mode="append", schema_mode="merge")
    add(store, "c")
    assert ids(store) == ["a", "b", "c"]
    assert sorted(DeltaTable(store.path).to_pyarrow_table()["mood"].to_pylist(), key=str) == [None, None, "grim"]


def test_health_of_a_whole_store(store: Store) -> None:
    add(store, "abc")
    health = upkeep.health(store)
    assert health.whole
    assert (health.rows, health.files, health.missing, health.lost, health.older) == (3, 1, (), (), ())
    assert 0 < health.bytes < health.bytes_on_disk


def _first_file(store: Store) -> Path:
    return next(Path(store.path).rglob("*.parquet"))


def _flip(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(b"\0" * len(content))


@pytest.mark.parametrize(
    "damage",
    [
        lambda store: _first_file(store).unlink(),
        lambda store: _first_file(store).write_bytes(_first_file(store).read_bytes()[:200]),
        lambda store: _flip(_first_file(store)),
    ],
    ids=["gone", "cut", "zeros"],
)
def test_a_damaged_file_is_said_and_no_other_version_is_lost(store: Store, damage: object) -> None:
    add(store, "ab")
    add(store, "c")
    newest = set(DeltaTable(store.path, version=2).file_uris()) - set(DeltaTable(store.path, version=1).file_uris())
    kept = Path(newest.pop()).name
    for path in Path(store.path).rglob("*.parquet"):
        if path.name == kept:
            path.rename(path.with_suffix(".kept"))
    damage(store)  # type: ignore[operator]
    Path(store.path, kept).with_suffix(".kept").rename(Path(store.path, kept))
    for question in (lambda: ids(store), lambda: store.texts(["a", "b", "c"]), lambda: list(store.batches(["id"]))):
        with pytest.raises(StoreError, match="data status"):
            question()
    with pytest.raises(StoreError):
        Addition(store, "added").write(table("d"))


def test_health_names_what_is_missing(store: Store) -> None:
    add(store, "ab")
    name = _first_file(store).name
    _first_file(store).unlink()
    health = upkeep.health(store)
    assert (health.whole, health.missing) == (False, (name,))


def test_a_damaged_log_is_an_explained_error(store: Store) -> None:
    add(store, "a")
    add(store, "b")
    log = Path(store.path) / "_delta_log" / "00000000000000000001.json"
    log.write_text("{ no json", encoding="utf-8")
    for question in (lambda: ids(store), lambda: upkeep.health(store), store.versions):
        with pytest.raises(StoreError, match="data status"):
            question()
    assert ids(store, 0) == []


def test_a_log_without_its_end_does_not_go_unnoticed(store: Store) -> None:
    add(store, "a")
    add(store, "b")
    (Path(store.path) / "_delta_log" / "00000000000000000002.json").unlink()
    health = upkeep.health(store)
    assert (health.whole, health.lost) == (False, (2,))
    add(store, "c")
    assert upkeep.health(store).lost == (2,), "what took its number is another addition"


def test_a_version_that_does_not_exist(store: Store) -> None:
    add(store, "a")
    with pytest.raises(StoreError, match="version 9"):
        ids(store, 9)


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="Cannot write to"):
        add(Store.at(tmp_path / "file" / "store"), "a")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_is_read_only(store: Store) -> None:
    add(store, "a")
    (store.folder / "lock").unlink()
    store.folder.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="Cannot write to"):
            add(store, "b")
        with upkeep.hold(store, 1):
            assert ids(store) == ["a"]
    finally:
        store.folder.chmod(0o700)


def test_two_processes_lose_and_double_nothing(store: Store) -> None:
    code = (
        "import sys; from data.store import Store; from data.store.adding import Addition\n"
        "from tests.samples import table\n"
        "addition = Addition(Store.at(sys.argv[1]), sys.argv[2])\n"
        "for n in range(6):\n"
        "    addition.write(table([f'{who}{n}-{i}' for who in (sys.argv[2], 'both') for i in range(20)]))"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(store.folder), name], cwd=ROOT) for name in ("left", "right")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    found = ids(store)
    assert len(found) == len(set(found)) == 3 * 6 * 20
    assert sum(run.stored for run in store.runs()) == len(found)
    assert {(run.rows, run.stored + run.known) for run in store.runs()} == {(240, 240)}
    assert upkeep.health(store).whole


def test_a_second_writer_is_told_to_wait(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.store.PATIENCE", 0.05)
    with store.locked(), pytest.raises(StoreError, match="Another program"):
        add(Store.at(store.folder), "a")


FULL = """
import resource, sys
from data.store import Store
from data.store.adding import Addition
from data.errors import StoreError
from tests.samples import article, table
import random
draw = random.Random(1)
addition = Addition(Store.at(sys.argv[1]), "added")
for n in range(40):
    text = " ".join(f"{draw.getrandbits(64):x}" for _ in range(300 if n % 4 else int(sys.argv[2])))
    try:
        addition.write(table([article(f"{n}-{i}", text=f"{text} {i}") for i in range(5)]))
    except StoreError as error:
        print("full", str(error).count("add the same again"))
        if sys.argv[3:]: break
        continue
    print(n, flush=True)
"""


def _is_there_whole(store: Store, said: list[str]) -> None:
    acknowledged = {int(line) for line in said if line.isdigit()}
    found = ids(store)
    assert acknowledged
    assert len(found) == len(set(found))
    assert {name.partition("-")[0] for name in found} == {str(n) for n in acknowledged}
    assert len(found) == 5 * len(acknowledged)
    assert upkeep.health(store).whole
    assert add(store, ["next"])


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_where_files_may_not_grow(store: Store) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
    out = subprocess.run(
        [sys.executable, "-c", limit + FULL, str(store.folder), "9000"], cwd=ROOT, capture_output=True, text=True
    )
    assert out.returncode == 0, out.stderr
    said = out.stdout.splitlines()
    assert "full 1" in said
    _is_there_whole(store, said)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=600k", "none", str(folder)], capture_output=True)
    if not done or done.returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    store = Store.at(small_disk / "store")
    out = subprocess.run(
        [sys.executable, "-c", FULL, str(store.folder), "300", "stop"], cwd=ROOT, capture_output=True, text=True
    )
    assert out.returncode == 0, out.stderr
    said = out.stdout.splitlines()
    assert said[-1] == "full 1"
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    _is_there_whole(store, said)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_killed_at_any_moment() -> None:
    out = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.kill", "--times", "8", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert out.returncode == 0, out.stderr
    found = json.loads(out.stdout)
    assert found["kills"] == 8
    assert (found["lost"], found["partial"], found["doubled"], found["not clean"]) == (0, 0, 0, 0)


_STEPS = st.lists(st.one_of(st.just("undo"), st.lists(st.sampled_from("abcdefgh"), max_size=4)), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
@example(steps=[[], [], "undo", "undo"])
def test_any_sequence_is_what_a_dictionary_would_hold(
    tmp_path_factory: pytest.TempPathFactory, steps: list[object]
) -> None:
    store = Store.at(tmp_path_factory.mktemp("model"))
    model: list[set[str]] = []
    for step in steps:
        if step != "undo":
            known = set().union(*model)
            stored = Addition(store, "added").write(table(step))  # type: ignore[arg-type]
            model.append(set(step) - known)  # type: ignore[call-overload]
            assert stored.stored == len(model[-1])
        elif model:
            assert store.undo().stored == len(model.pop())
    assert ids(store) == sorted(set().union(*model)) if store.exists() else not model
    assert len(store.runs()) == len(model)


def test_a_table_of_the_log() -> None:
    history = [
        {"version": 3, "timestamp": 5000, "operation": "OPTIMIZE"},
        {"version": 2, "timestamp": 4000, **versions.note("added", "b", "r", rows=2, stored=1, known=1)},
        {"version": 1, "timestamp": 3000, **versions.note("added", "b", "r", rows=3, stored=3, copies=1)},
        {"version": 0, "timestamp": 2000, "operation": "CREATE TABLE"},
    ]
    read = versions.read(history)
    assert [version.kind for version in read] == ["added", "added", "added", "made"]
    assert read[0].cause == "optimize"
    run = versions.runs(read)[0]
    assert (run.first, run.last, run.rows, run.stored, run.known, run.copies) == (1, 2, 5, 4, 1, 1)
    assert run.time == datetime.fromtimestamp(4, UTC)


def test_missing_columns_are_empty() -> None:
    rows = filled(
        pa.table({"id": ["a", None], "topics": [["sport"], None]}), ["id", "topics", "title_derived", "published"]
    )
    back = to_pandas(rows)
    assert back["id"].tolist() == ["a", ""]
    assert back["topics"].tolist() == [["sport"], []]
    assert not back["title_derived"].any()
    assert back["published"].isna().all()


@pytest.mark.parametrize("lists", [[["a", "b"], None, [], ["a"]], [[], []], []], ids=["some", "empty ones", "no rows"])
def test_lists_are_what_reading_them_gives(store: Store, lists: list[list[str] | None]) -> None:
    for part in (lists[:2], lists[2:]):  # two files, each with words of its own; no column of subtopics, as of old
        words = pa.array(part, pa.list_(pa.string()))
        write_deltalake(
            store.path, pa.table({"id": pa.array(map(str, part), pa.string()), "topics": words}), mode="append"
        )
    for name in ("topics", "subtopics"):
        assert store.lists(name).to_pylist() == store.read([name]).column(name).to_pylist()
