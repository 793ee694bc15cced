"""The workers: whether they are there and can do it, and waves tagged by them into files that this process reads.

Tasks are handed to Spark as a range of numbers, one a partition, and turned into rows by `mapInPandas`. Spark itself
writes the rows: what a lost worker has half written is never seen.
"""

from __future__ import annotations

import pickle
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import data
from data.engines.sql.spark import columns, quiet
from data.errors import StoreError
from data.spark.rows import STAGED, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    import pandas as pd

    from data.engines.sql.spark import Spark
    from data.spark.plan import Task, Wave

PATIENCE = 60.0
"""Seconds in which a cluster has to take up work."""
AHEAD = 2
"""Waves that are under way at once, so that no worker waits for the last task of one."""


@dataclass(frozen=True, slots=True)
class Done:
    """A wave whose rows are there."""

    wave: Wave
    folders: tuple[Path, ...]
    """Where they are, in the order of the tasks."""
    lost: tuple[Task, ...] = ()
    """Tasks that ended the process of every worker that was given them."""


def cores(spark: Spark, patience: float = PATIENCE) -> int:
    """How many tasks the cluster does at once; StoreError where it does not take up any, or has another program."""
    spark.run(_prepare)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(spark.run, _partitions)
        try:
            count = int(asked.result(patience))
        except TimeoutError:
            spark.close()
            with suppress(StoreError):
                asked.result()
            raise StoreError(
                f"Spark took up no work within {patience:.0f} seconds. See that it has a worker with a free core."
            ) from None
    versions = spark.run(lambda session: _mapped(session, 1, "versions", (), "said STRING").collect()[0]["said"])
    if versions != VERSIONS:
        raise StoreError(
            f"The workers have another version of this program ({versions}; here {VERSIONS}). Install the same one."
        )
    return count


def _prepare(session: Any) -> None:
    session.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")


def _partitions(session: Any) -> int:
    """What Spark cuts a table into of itself: one part a core."""
    return len(session.sql("SELECT DISTINCT spark_partition_id() AS part FROM range(1000000)").collect())


def tagged(spark: Spark, waves: Iterable[Wave], folder: Path) -> Generator[Done]:
    """The waves, tagged by the workers, one after the other and some ahead; their rows lie below `folder`.

    StoreError where Spark is lost. What is under way when the iterator is closed is given up.
    """
    pool = ThreadPoolExecutor(AHEAD, thread_name_prefix="wave")
    waiting: deque[Any] = deque()
    try:
        for number, wave in enumerate(waves):
            waiting.append(pool.submit(_wave, spark, wave, folder / str(number)))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for each in waiting:
            each.cancel()
        if any(each.running() for each in waiting):
            spark.stop_work()
        pool.shutdown(wait=True)


def _wave(spark: Spark, wave: Wave, folder: Path) -> Done:
    """A task that cannot be done is looked for by halves, and left out."""
    tasks = wave.tasks
    done, lost, fault = _halves(spark, tasks, folder)
    if fault and not done and len(tasks) > 1:  # then it is not for one file
        raise fault
    return Done(wave, tuple(done), tuple(lost))


def _halves(spark: Spark, tasks: Sequence[Task], folder: Path) -> tuple[list[Path], list[Task], StoreError | None]:
    """Folders with the rows of the tasks, those that could not be done, and why."""
    epoch = spark.epoch
    try:
        spark.run(lambda session: _write(session, tasks, folder))
        return [folder], [], None
    except StoreError as error:
        if spark.epoch != epoch:  # Spark is lost, and not a task
            raise
        if len(tasks) == 1:
            return [], list(tasks), error
    middle = len(tasks) // 2
    halves = [
        _halves(spark, part, folder.with_name(f"{folder.name}{name}"))
        for part, name in ((tasks[:middle], "a"), (tasks[middle:], "b"))
    ]
    (one, lost, fault), (two, more, other) = halves
    return one + two, lost + more, fault or other


def _write(session: Any, tasks: Sequence[Task], folder: Path) -> None:
    rows = _mapped(session, len(tasks), "rows", tuple(tasks), columns(STAGED))
    rows.write.mode("overwrite").parquet(f"file:{folder}")


def _mapped(session: Any, count: int, name: str, given: object, schema: str) -> Any:
    """The rows that the function `name` of :mod:`data.spark.rows` makes of `given` and of every number below `count`.

    The function that Spark carries to the workers is whole in itself: only there it looks for this program, in the
    folder that it has here or where it is installed.
    """
    home, packed = str(Path(data.__file__).parents[1]), pickle.dumps(given)

    def act(batches: Any) -> Iterator[pd.DataFrame]:
        import pickle
        import sys
        from importlib import import_module
        from importlib.util import find_spec
        from pathlib import Path

        installed = find_spec("world_news_themes")
        folders = [home, *((installed and installed.submodule_search_locations) or ())]
        sys.path[:0] = [folder for folder in folders if folder not in sys.path and (Path(folder) / "data").is_dir()][:1]
        make = getattr(import_module("data.spark.rows"), name)
        for batch in batches:
            for number in batch["id"].tolist():
                yield from make(pickle.loads(packed), number)

    with quiet():
        return session.range(0, count, 1, count).mapInPandas(act, schema)
