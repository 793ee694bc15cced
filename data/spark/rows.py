"""What a worker does with a task: its files read, normalised and tagged, as rows of STAGED.

File --sources--> Row* --normalise--> Article* --tagging.tag, PORTION of them at a time--> rows, rejects between them
"""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd
import pyarrow as pa

from data import sources, tagging
from data.articles import ARTICLE_COLUMNS, Article, Reject, to_frame
from data.errors import SourceError
from data.normalise import normalise
from data.sources.cleaning import characters
from data.sources.files import read_one
from data.store.schema import ARTICLES, empty
from data.storing import CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.sources.rows import Row
    from data.spark.plan import File, Task

PORTION = 200
"""Rows of a file that are tagged at once, and that slices of it are cut by."""
DONE = -1
"""Number of a file that stands for the end of a task."""
VERSIONS = ", ".join(f"{name} {version}" for name, version in tagging.VERSIONS.items())
TAGGED = tuple(dict.fromkeys((*ARTICLE_COLUMNS, *tagging.TAG_COLUMNS)))
STAGED: pa.Schema = pa.schema(
    [("file", pa.int64()), ("portion", pa.int64()), ("reject", pa.string()), ("fault", pa.string())]
    + [ARTICLES.field(name) for name in TAGGED]
)
"""A row is an article with its tags, a `reject` (as JSON), the `fault` that ended a file, or the end of a task; `file`
is its number in the wave, `portion` that of its rows in the file."""


def versions(_given: object, _number: int) -> Iterator[pd.DataFrame]:
    """Who tags here, to be compared."""
    yield pd.DataFrame({"said": [VERSIONS]})


def rows(tasks: Sequence[Task], place: int) -> Iterator[pd.DataFrame]:
    """The rows of STAGED of one of the tasks, in the order in which they are read."""
    task = tasks[place]
    for number, file in task.files:
        try:
            for portion, items in _portions(file, task):
                for part in _shorter(items):
                    yield from _tables(number, portion, part)
        except (SourceError, OSError) as error:
            yield _row(number, fault=characters(str(error)))
    yield _row(DONE)


def _portions(file: File, task: Task) -> Iterator[tuple[int, Iterator[Article | Reject]]]:
    """The portions of the file that are this task's; rows of others are read, but not even cleaned."""
    read = read_one(Path(file.path), file.name) if file.name else sources.read(file.path)
    for portion, numbered in groupby(enumerate(read), lambda pair: pair[0] // PORTION):
        if portion % task.slices == task.slice:
            yield portion, (_normalised(row) for _, row in numbered)


def _normalised(row: Row | Reject) -> Article | Reject:
    return row if isinstance(row, Reject) else normalise(row)


def _shorter(items: Iterable[Article | Reject]) -> Iterator[list[Article | Reject]]:
    """The items in parts of at most CHARACTERS, but for a single one that is longer."""
    part: list[Article | Reject] = []
    size = 0
    for item in items:
        part.append(item)
        size += len(item.text) if isinstance(item, Article) else len(item.raw)
        if size >= CHARACTERS:
            yield part
            part, size = [], 0
    if part:
        yield part


def _tables(number: int, portion: int, items: list[Article | Reject]) -> Iterator[pd.DataFrame]:
    articles = [item for item in items if isinstance(item, Article)]
    if articles:
        tagged = tagging.tag(to_frame(articles))
        tags = [orjson.dumps(record).decode() for record in tagged["tags"]]
        yield tagged.assign(file=number, portion=portion, reject=None, fault=None, tags=tags)[STAGED.names]
    for item in items:
        if isinstance(item, Reject):
            yield _row(number, portion, reject=json.dumps(asdict(item)))


def _row(number: int, portion: int = 0, **said: str) -> pd.DataFrame:
    """A row without an article."""
    values: dict[str, Any] = {field.name: [empty(field.type)] for field in STAGED}
    values |= {"file": [number], "portion": [portion], "reject": [said.get("reject")], "fault": [said.get("fault")]}
    return pd.DataFrame(values).astype({"published": "datetime64[us, UTC]"})
