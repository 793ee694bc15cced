"""Rows that workers have written, read back in the order of the files: tables as :mod:`data.storing` stores them."""

from __future__ import annotations

import heapq
import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.articles import Reject
from data.errors import StoreError
from data.grouping import runs
from data.spark.rows import DONE, PORTION, TAGGED
from data.store import FAULTS, first_line
from data.store.schema import filled, to_pandas
from data.storing import Portion, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.spark.cluster import Done
    from data.storing import Outcome

_PART = re.compile(r"part-(\d+)-")
"""The names of Spark's files, with the number of their partition."""
Rows = tuple[tuple[int, int], pa.Table]
"""Rows of one portion, with the number of their file in the wave and their own in the file."""


def tables(done: Done, outcomes: list[Outcome]) -> Iterator[Table]:
    """The articles and rejects of a wave; faults of its files go into their `outcomes`.

    StoreError where rows are missing.
    """
    parts = _parts(done)
    left = iter(parts)
    lost = set(done.lost)
    for group in done.wave.groups:
        found = [next(left) for task in group if task not in lost]
        for place, fault in ((at, _LOST) for task in group if task in lost for at, _ in task.files):
            outcomes[place].fault = fault
        for (place, _), rows in heapq.merge(*map(_portions, found), key=lambda pair: pair[0]):
            yield from _table(place, rows, outcomes)


_LOST = "its reading ended the process of every worker that tried; it may need more memory than they have"


def _parts(done: Done) -> list[list[Path]]:
    """The files of each task that was done, in their order."""
    tasks = len(done.wave.tasks) - len(done.lost)
    try:
        found = [parts for folder in done.folders for parts in _by_task(folder)]
        ended = sum(
            pc.sum(pc.equal(pq.read_table(part, columns=["file"])["file"], DONE)).as_py() or 0
            for parts in found
            for part in parts
        )
    except FAULTS as error:
        raise StoreError(f"What the workers have written cannot be read ({first_line(error)}).") from error
    if ended != tasks or len(found) != tasks:
        raise StoreError(
            f"Of {tasks:,} tasks the rows of {ended:,} are there. The folder of the store has to be one that all "
            "workers share; name one with --store."
        )
    return found


def _by_task(folder: Path) -> list[list[Path]]:
    files = sorted((int(match[1]), file) for file in folder.iterdir() if (match := _PART.match(file.name)))
    return [[file for _, file in found] for _, found in groupby(files, lambda pair: pair[0])]


def _portions(parts: list[Path]) -> Iterator[Rows]:
    """The rows of a task; those of one portion may come in several tables, one behind the other."""
    for part in parts:
        with pq.ParquetFile(part) as file:
            for batch in file.iter_batches(PORTION):
                table = pa.Table.from_batches([batch])
                numbers = table["file"].to_numpy() * _MANY + table["portion"].to_numpy()
                starts = runs.starts(numbers).tolist()
                for start, end in zip(starts, [*starts[1:], len(table)], strict=True):
                    rows = table.slice(start, end - start)
                    if (number := rows["file"][0].as_py()) != DONE:
                        yield (number, rows["portion"][0].as_py()), rows


_MANY = 1 << 40
"""More portions than a file has."""


def _table(place: int, rows: pa.Table, outcomes: list[Outcome]) -> Iterator[Table]:
    for fault in rows["fault"].drop_null().to_pylist():
        outcomes[place].fault = fault
    rejects = [(place, Reject(**json.loads(said))) for said in rows["reject"].drop_null().to_pylist()]
    articles = rows.filter(pc.and_(pc.is_null(rows["reject"]), pc.is_null(rows["fault"])))
    if len(articles) or rejects:
        frame: Any = to_pandas(filled(articles, TAGGED))
        yield Table(frame, Portion((), [place] * len(articles), rejects), int(frame["text"].str.len().sum()))
