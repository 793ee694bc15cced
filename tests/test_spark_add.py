"""Adding on Spark: what is planned, done by workers, read back, noted; and that it comes to the same as without."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data import storing
from data.__main__ import main
from data.articles import Reject
from data.engines.sql.reaching import addresses_of, reach
from data.errors import StoreError
from data.spark import opened, plan
from data.spark.journal import FILE, Journal
from data.spark.plan import File, Task, Wave
from data.spark.rows import DONE, PORTION, STAGED, rows
from data.store import Store
from data.store.schema import ARTICLES
from data.storing import Outcome
from tests.benchmarks.synthetic import articles
from tests.browser import ROOT
from tests.spark_cluster import THERE, WHY_NOT, cluster

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.engines.sql.spark import Spark

NEEDS_SPARK = pytest.mark.skipif(not THERE, reason=WHY_NOT)
DOTTED = "läden {a} b"


def folder_of(path: Path, count: int = 400, files: int = 4) -> Path:
    """Articles in the order of time in several files, and files with rows that are none and that cannot be read."""
    path.mkdir(parents=True)
    found = sorted(articles(count), key=lambda row: str(row["published"]))
    size = -(-count // files)
    for start in range(0, count, size):
        lines = "".join(json.dumps(row) + "\n" for row in found[start : start + size])
        (path / f"{start:06}.jsonl").write_text(lines, encoding="utf-8")
    (path / "sub").mkdir()
    (path / "sub" / "empty.jsonl").write_text('{"title": "", "text": ""}\n{"title": "Nul \\u0000 vote in Japan"}\n')
    (path / "sub" / "unknown.bin").write_bytes(b"\0\1\2\3" * 99)
    return path


def what(store: Store, without: tuple[str, ...] = ()) -> tuple[pd.DataFrame, list[str]]:
    """All that is stored, but for when and by what addition."""
    columns = [name for name in ARTICLES.names if name not in ("added", "run", *without)]
    found = store.read(columns).to_pandas().sort_values("id", ignore_index=True)
    return found, sorted(store.rejects()["id"])


def same(one: Store, other: Store, *without: str) -> None:
    (mine, my_rejects), (others, their_rejects) = what(one, without), what(other, without)
    pd.testing.assert_frame_equal(mine, others)
    assert my_rejects == their_rejects


def plainly(locations: list[str], folder: Path) -> Store:
    target = Store.at(folder)
    storing.store(storing.parts_of(locations), target)
    return target


def test_files_are_listed_as_they_are_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", 20, 2)
    files = plan.files_of([str(folder), "https://a.example/feed", str(folder / "000000.jsonl"), "no\0where"])
    names = ["000000.jsonl", "000010.jsonl", "sub/empty.jsonl", "sub/unknown.bin"]
    assert [(file.place, file.name) for file in files] == [(0, name) for name in names] + [(1, ""), (2, ""), (3, "")]
    assert all((file.size > 0) == (file.changed > 0) == (file.place in (0, 2)) for file in files)


SIZES = (
    ([], 4, []),
    ([1, 1, 1], 4, [[3]]),
    ([plan.LEAST] * 4, 2, [[2, 2]]),
    ([plan.LEAST, 1, plan.LEAST], 9, [[1, 1, 1]]),
    ([3 * plan.LEAST, 1], 9, [[1, 1, 1, 1]]),
    ([plan.MOST, plan.MOST, plan.MOST, 5 * plan.MOST, 1], 2, [[1, 1], [1, 1, 1, 1, 1, 1], [1]]),
    ([99 * plan.MOST], 1, [[1] * plan.SLICES]),
)


@pytest.mark.parametrize(("sizes", "tasks", "expected"), SIZES)
def test_files_are_cut_into_tasks(sizes: list[int], tasks: int, expected: list[list[int]]) -> None:
    files = [File(0, str(number), size=size) for number, size in enumerate(sizes)]
    waves = list(plan.waves(files, tasks))
    assert [[len(task.files) for task in wave.tasks] for wave in waves] == expected
    assert [file for wave in waves for file in wave.files] == files
    for wave in waves:
        named = [number for group in wave.groups for number, _ in group[0].files]
        assert named == list(range(len(wave.files)))
        for group in wave.groups:
            assert [(task.slice, task.slices) for task in group] == [(at, len(group)) for at in range(len(group))]


def test_slices_of_a_file_are_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = [json.dumps({"id": f"a{number}", "title": f"Vote {number}"}) for number in range(3 * PORTION + 7)]
    lines[PORTION + 3] = "no JSON"
    path.write_text("\n".join(lines))
    file = File(0, str(path), path.name)
    whole = pd.concat(list(rows([Task(((4, file),))], 0)), ignore_index=True)
    slices = [pd.concat(list(rows([Task(((4, file),), number, 3)], 0))) for number in range(3)]
    together = pd.concat(slices, ignore_index=True)
    assert len(whole) == len(lines) + 1
    assert whole["file"].tolist() == [4] * len(lines) + [DONE]
    assert (together["file"] == DONE).sum() == 3
    assert whole["portion"][:-1].tolist() == [number // PORTION for number in range(len(lines))]
    for name in ("id", "reject", "tags", "portion"):
        mine, others = (frame.loc[frame["file"] != DONE, name].dropna().map(str) for frame in (whole, together))
        assert sorted(mine) == sorted(others), name
    assert whole.columns.tolist() == STAGED.names


@pytest.mark.parametrize(("name", "why"), [("gone.csv", ""), ("", "no file")])
def test_a_file_that_is_gone_is_said(tmp_path: Path, name: str, why: str) -> None:
    """In a folder it is a reject; named by itself, the fault of its location."""
    found = pd.concat(list(rows([Task(((0, File(0, str(tmp_path / "gone.csv"), name)),))], 0)))
    assert found["file"].tolist() == [0, DONE]
    if why:
        assert why in found["fault"].iloc[0]
    else:
        assert json.loads(found["reject"].iloc[0])["file"] == "gone.csv"


def outcome(rows: int, rejected: int = 0, fault: str = "") -> Outcome:
    return Outcome("", rows, rows - rejected, 0, 0, rejected, fault)


def test_a_journal_knows_what_is_stored(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    one, two, feed = File(0, "/a", "a", 10, 5), File(0, "/b", "b", 10, 5), File(1, "https://feed")
    journal = Journal(store)
    run = journal.begin("added a", ["/x"])
    journal.stored(run, [(one, outcome(3, 1)), (two, outcome(2, fault="ended")), (feed, outcome(9))])
    again = Journal(store)
    kept = again.kept(one)
    assert kept is not None
    assert asdict(kept) == {"rows": 3, "rejected": 1}
    changed = (File(0, "/a", "a", 11, 5), File(0, "/a", "a", 10, 6))
    assert [again.kept(file) for file in (two, feed, *changed)] == [None] * 4
    assert again.begin("added a", ["/x"]) == run
    assert Journal(store).begin("added a", ["/y"]) != run
    again.end(run)
    assert Journal(store).begin("added a", ["/x"]) != run
    assert Journal(store).kept(one)


def test_a_journal_that_was_cut_short_goes_on(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    run = Journal(store).begin("added a", ["/x"])
    with (tmp_path / FILE).open("ab") as out:
        out.write(b'{"run": "' + run.encode() + b'", "files": [["/a", 1')
    journal = Journal(store)
    assert journal.begin("added a", ["/x"]) == run
    journal.end(run)
    assert Journal(store).begin("added a", ["/x"]) != run


def staged(tmp_path: Path, wave: Wave, left_out: tuple[int, ...] = ()) -> Any:
    """A wave as workers leave it behind, without the files of some tasks."""
    from data.spark.cluster import Done

    folder = tmp_path / "0"
    folder.mkdir()
    for number in range(len(wave.tasks)):
        if number not in left_out:
            table = pa.Table.from_pandas(pd.concat(list(rows(wave.tasks, number))), STAGED, preserve_index=False)
            pq.write_table(table, folder / f"part-{number:05}-x-c000.snappy.parquet")
    return Done(wave, (folder,))


@NEEDS_SPARK
def test_rows_come_back_in_the_order_in_which_they_are_read(tmp_path: Path) -> None:
    from data.spark.staged import tables

    files = []
    for name, count in (("a", 2), ("b", 5 * PORTION), ("c", 1)):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps({"id": f"{name}{n}", "title": "Vote"}) + "\n" for n in range(count)))
        files.append(File(0, str(path), path.name))
    first, last = Task(((0, files[0]),)), Task(((2, files[2]),))
    wave = Wave(tuple(files), ((first,), tuple(Task(((1, files[1]),), at, 3) for at in range(3)), (last,)))
    outcomes = [Outcome(file.path) for file in files]
    found = [name for table in tables(staged(tmp_path, wave), outcomes) for name in table.articles["id"]]
    assert found == ["a0", "a1", *(f"b{n}" for n in range(5 * PORTION)), "c0"]


@NEEDS_SPARK
def test_rows_that_are_missing_are_said(tmp_path: Path) -> None:
    from data.spark.staged import tables

    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "Vote"}\n')
    file = File(0, str(path), path.name)
    wave = Wave((file, file), ((Task(((0, file),)),), (Task(((1, file),)),)))
    with pytest.raises(StoreError, match=r"Of 2 tasks the rows of 1 are there.*share"):
        list(tables(staged(tmp_path, wave, (1,)), [Outcome("a"), Outcome("b")]))


class Fake:
    """Spark that fails where a task is a bad one, or is lost."""

    def __init__(self, lost: bool = False) -> None:
        self.epoch, self._lost = 0, lost

    def run(self, act: Callable[[Any], Any]) -> Any:
        try:
            return act(None)
        except StoreError:
            self.epoch += self._lost
            raise


def poisoned(bad: set[int]) -> Callable[..., None]:
    def write(_session: Any, tasks: Any, _folder: Any) -> None:
        if any(number in bad for task in tasks for number, _ in task.files):
            raise StoreError("a worker ended")

    return write


@NEEDS_SPARK
def test_a_task_that_no_worker_survives_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.spark import cluster as module

    files = tuple(File(0, str(number), str(number)) for number in range(5))
    wave = Wave(files, tuple((Task(((number, file),)),) for number, file in enumerate(files)))
    monkeypatch.setattr(module, "_write", poisoned({3}))
    done = module._wave(Fake(), wave, tmp_path / "0")  # type: ignore[arg-type]
    assert done.lost == wave.groups[3]
    assert [folder.name for folder in done.folders] == ["0a", "0ba", "0bbb"]
    monkeypatch.setattr(module, "_write", poisoned(set(range(5))))
    with pytest.raises(StoreError, match="a worker ended"):
        module._wave(Fake(), wave, tmp_path / "0")  # type: ignore[arg-type]
    monkeypatch.setattr(module, "_write", poisoned({3}))
    with pytest.raises(StoreError, match="a worker ended"):
        module._wave(Fake(lost=True), wave, tmp_path / "0")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("local[2]", []),
        ("duckdb", []),
        ("spark://a:1,b", [("a", 1), ("b", 7077)]),
        ("sc://h.example/;token=x", [("h.example", 15002)]),
        ("sc://[::1]:3", [("::1", 3)]),
    ],
)
def test_addresses_of_spark(where: str, expected: list[tuple[str, int]]) -> None:
    assert addresses_of(where) == expected


def test_nobody_there_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreError, match="no address"):
        reach("spark://a:port")
    with pytest.raises(StoreError, match="Nobody answers"):
        reach("spark://127.0.0.1:1,127.0.0.1:2")
    with pytest.raises(StoreError, match="choose local"), opened("duckdb"):
        pass
    if THERE:
        arguments = ["add", "--engine", "spark://127.0.0.1:1", "--store", str(tmp_path / "s"), str(tmp_path)]
        (tmp_path / "a.jsonl").write_text('{"title": "Vote"}\n')
        assert main(arguments) == 1
        assert "Nobody answers at spark://127.0.0.1:1" in capsys.readouterr().err


@pytest.fixture(scope="module")
def spark() -> Spark:
    """One on this machine; its session is left to other tests."""
    from data.engines.sql.spark import Spark

    return Spark("local[2]")


@NEEDS_SPARK
def test_it_comes_to_the_same_as_without(spark: Spark, tmp_path: Path) -> None:
    from data.spark.adding import store

    folder = folder_of(tmp_path / DOTTED)
    locations = [str(folder), str(tmp_path / "gone.csv")]
    target = Store.at(tmp_path / f"store {DOTTED}")
    summary = store(locations, target, spark)
    plain = plainly(locations, tmp_path / "plain")
    same(target, plain)
    assert [(each.rows, each.stored, each.rejected) for each in summary.outcomes] == [(403, 401, 2), (0, 0, 0)]
    assert ["no file" in each.fault for each in summary.outcomes] == [False, True]
    assert [(run.cause, run.rows, run.stored) for run in target.runs()] == [("added läden {a} b and 1 more", 403, 401)]
    assert not list((target.folder / "staging").iterdir())

    again = store(locations[:1], target, spark)
    assert (again.total("rows"), again.total("known"), again.total("rejected"), again.version) == (403, 401, 2, -1)
    with (folder / "000000.jsonl").open("a") as out:
        out.write('{"title": "A new vote in Kenya"}\n')
    progress = storing.Progress()
    more = store(locations[:1], target, spark, progress=progress)
    assert (more.total("rows"), more.total("stored"), more.total("known")) == (404, 1, 401)
    assert (progress.read, progress.share) == (404, 1.0)
    target.undo()
    target.undo()
    assert target.rows() == 0
    assert store(locations[:1], target, spark).total("stored") == 402


@NEEDS_SPARK
def test_what_was_cut_short_goes_on(spark: Spark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.spark import adding

    folder = folder_of(tmp_path / "in", 400, 4)
    target = Store.at(tmp_path / "store")
    keep, kept = adding._keep, []

    def broken(done: Any, state: Any) -> None:
        if len(kept) == 1:
            raise StoreError("the disk is full")
        kept.append(done)
        keep(done, state)

    monkeypatch.setattr(plan, "LEAST", 1)
    monkeypatch.setattr(adding, "TASKS", 0)
    monkeypatch.setattr(adding, "FEWEST", 2)
    monkeypatch.setattr(plan, "MOST", 50_000)
    monkeypatch.setattr(plan, "SLICES", 1)
    monkeypatch.setattr(adding, "_keep", broken)
    with pytest.raises(StoreError, match="disk is full"):
        adding.store([str(folder)], target, spark)
    before = target.rows()
    assert 0 < before < 400
    monkeypatch.setattr(adding, "_keep", keep)
    read: list[Wave] = []
    monkeypatch.setattr(adding, "_keep", lambda done, state: (read.append(done.wave), keep(done, state)))
    summary = adding.store([str(folder)], target, spark)
    assert not {file for wave in read for file in wave.files} & {file for done in kept for file in done.wave.files}
    assert (summary.total("rows"), summary.total("known"), summary.total("stored")) == (403, before, 401 - before)
    assert [run.stored for run in target.runs()] == [401]
    same(target, plainly([str(folder)], tmp_path / "plain"), "centrality")  # that at the end of a batch


@NEEDS_SPARK
def test_a_killed_worker_costs_time_and_no_data(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", 1600, 8)
    target = Store.at(tmp_path / "store")
    with cluster(tmp_path, 2) as (master, workers):
        command = [sys.executable, "-m", "data", "add", "--engine", master, "--store", str(target.folder), "--json"]
        with subprocess.Popen([*command, str(folder)], cwd=ROOT, stdout=-1, stderr=subprocess.DEVNULL) as adding:
            until = time.monotonic() + 240
            while not list(target.folder.glob("staging/*/*/**/part-*")) and adding.poll() is None:
                assert time.monotonic() < until
                time.sleep(0.05)
            running = adding.poll() is None
            workers[0].kill()
            said, _ = adding.communicate(timeout=240)
    assert running
    assert adding.returncode == 0
    assert json.loads(said)["stored"] == 1601
    same(target, plainly([str(folder)], tmp_path / "plain"))


def test_an_addition_without_spark_does_not_load_it() -> None:
    code = "import sys, data.commands, data.spark; print(sorted({'ibis', 'pyspark', 'py4j'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).strip() == "[]"


def test_rejects_travel_whole() -> None:
    odd = Reject("\udcff.csv", 3, "no title", "\ud800 \0 raw")
    assert Reject(**json.loads(json.dumps(asdict(odd)))) == odd
