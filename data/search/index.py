"""An index of the words of a store, so that a search need not read every text: SQLite's FTS5, in one file.

It is derived: a file that is missing or damaged is made anew, one that is behind takes in what was added since. It has
every article that the store has ever had, so that older versions can be searched with it too; whoever asks about one
version leaves out what is not in it. SQLite ships with Python and answers "which articles match" in full, not only the
best ones; `python -m tests.benchmarks.search` measures it beside Tantivy.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock, Timeout

from data.errors import StoreError
from data.search.parse import All, Any, Not, Phrase
from data.search.words import FIELDS, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from data.search.parse import Query

FORMAT = 1
"""Changes with the words of :mod:`data.search.words` and the tables below; a file of another format is made anew."""
BATCH = 5_000
PATIENCE = 600.0
"""Seconds to wait for another process that is building the same index."""

_TABLES = f"""
    CREATE TABLE articles (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, run TEXT NOT NULL);
    CREATE VIRTUAL TABLE words USING fts5(
        {", ".join(FIELDS)}, content='',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' tokenchars '+#'"
    );
    PRAGMA user_version = {FORMAT};
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a query found; the smaller `score`, the better (BM25, Robertson and Zaragoza, 2009)."""

    id: str
    score: float


@dataclass(frozen=True)
class Index:
    """The index in `file`; StoreError where it can be neither read nor made."""

    file: Path

    def update(self, runs: Iterable[tuple[str, str]], texts: Iterable[Mapping[str, str]]) -> int:
        """Takes in what is missing: `runs` are (id, run) of all articles there are, `texts` all of them in full.

        `texts` is asked for only if something is missing. An article that was taken back and added again by another run
        is read anew. Gives the number of articles taken in.
        """
        self.file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.file.with_suffix(".lock"), timeout=PATIENCE), closing(self._made()) as base:
                known = dict(base.execute("SELECT id, run FROM articles"))
                missing = {article: run for article, run in runs if known.get(article) != run}
                return _take_in(base, missing, texts, known) if missing else 0
        except Timeout:
            raise StoreError(f"Another program has been writing {self.file} for long. Try again later.") from None
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"The search index {self.file} cannot be written ({error}).") from error

    def matching(self, query: Query) -> list[str]:
        """The ids of all articles that match, in no order."""
        with self._reading() as base:
            return self._ids(base, _numbers(base, query).tolist())

    def best(self, query: Query, limit: int = 50) -> list[Hit]:
        """The articles that match best; words of titles and names of publishers weigh more than those of texts."""
        with self._reading() as base:
            written = _written(query)
            if written is None:
                return [Hit(article, 0.0) for article in self._ids(base, _numbers(base, query).tolist())[:limit]]
            rows = base.execute(
                "SELECT articles.id, found.score FROM (SELECT rowid, bm25(words, 5.0, 1.0, 2.0) AS score FROM words "
                "WHERE words MATCH ? ORDER BY score LIMIT ?) AS found JOIN articles ON articles.number = found.rowid "
                "ORDER BY found.score, articles.id",
                (written, limit),
            )
            return [Hit(*row) for row in rows]

    def _ids(self, base: sqlite3.Connection, numbers: Sequence[int]) -> list[str]:
        if len(numbers) > 1_000:  # so many look-ups take longer than reading all once
            ids = _every_id(self.file, self.file.stat().st_mtime_ns)
            return [ids[number] for number in numbers if number in ids]
        places = ",".join(map(str, numbers))
        return [row[0] for row in base.execute(f"SELECT id FROM articles WHERE number IN ({places})")]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as base:
                yield base
        except sqlite3.Error as error:
            raise StoreError(f"The search index {self.file} cannot be read ({error}); delete it.") from error

    def _made(self) -> sqlite3.Connection:
        """A connection to a file that is whole and of our format."""
        base = sqlite3.connect(self.file)
        try:
            if base.execute("PRAGMA user_version").fetchone()[0] == FORMAT and _is_whole(base):
                return base
        except sqlite3.DatabaseError:
            pass
        base.close()
        for name in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.file}{name}").unlink(missing_ok=True)
        base = sqlite3.connect(self.file)
        base.executescript(_TABLES)
        return base


def _is_whole(base: sqlite3.Connection) -> bool:
    return bool(base.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _take_in(
    base: sqlite3.Connection, missing: Mapping[str, str], texts: Iterable[Mapping[str, str]], known: Mapping[str, str]
) -> int:
    """Each BATCH is one transaction: what is cut short goes on from there."""
    taken = 0
    for batch in _batches(row for row in texts if row["id"] in missing):
        with base:
            # The words of an article that is read anew stay under its old number, which then leads nowhere.
            base.executemany("DELETE FROM articles WHERE id = ?", [(row["id"],) for row in batch if row["id"] in known])
            for row in batch:
                number = base.execute("INSERT INTO articles (id, run) VALUES (?, ?)", (row["id"], missing[row["id"]]))
                fields = [" ".join(words(row[field])) for field in FIELDS]
                base.execute(
                    f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES (?, ?, ?, ?)", (number.lastrowid, *fields)
                )
        taken += len(batch)
    return taken


def _batches(rows: Iterator[Mapping[str, str]]) -> Iterator[list[Mapping[str, str]]]:
    batch: list[Mapping[str, str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _numbers(base: sqlite3.Connection, query: Query) -> npt.NDArray[np.int64]:
    """The numbers of all articles that match, ascending."""
    if (written := _written(query)) is not None:
        return _column(base, "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", written)
    match query:
        case Not(part):
            return np.setdiff1d(_numbers(base, All(())), _numbers(base, part), assume_unique=True)
        case All(parts):
            found = _column(base, "SELECT number FROM articles ORDER BY number")
            for part in parts:
                found = np.intersect1d(found, _numbers(base, part), assume_unique=True)
            return found
        case Any(parts):
            return np.unique(np.concatenate([_numbers(base, part) for part in parts]))
        case Phrase():
            raise AssertionError("a phrase can always be written")


def _column(base: sqlite3.Connection, statement: str, *values: str) -> npt.NDArray[np.int64]:
    return np.array([number for (number,) in base.execute(statement, values)], np.int64)


@lru_cache(maxsize=2)
def _every_id(file: Path, _changed: int) -> dict[int, str]:
    """The ids of all articles by their numbers, kept until the file changes."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as base:
        return dict(base.execute("SELECT number, id FROM articles"))


def _written(query: Query) -> str | None:
    """The query in the language of FTS5; None where that has no way to say it: it knows "not" only beside a part."""
    match query:
        case Phrase(terms, begins, field):
            column = f"{field} : " if field else ""
            return f'{column}"{" ".join(terms)}"{"*" if begins else ""}'
        case Any(parts):
            written = [_written(part) for part in parts]
            return None if None in written else f"({' OR '.join(filter(None, written))})"
        case All(parts):
            wanted = [_written(part) for part in parts if not isinstance(part, Not)]
            left_out = [_written(part.part) for part in parts if isinstance(part, Not)]
            if not wanted or None in wanted or None in left_out:
                return None
            without = f" NOT ({' OR '.join(filter(None, left_out))})" if left_out else ""
            return f"(({' AND '.join(filter(None, wanted))}){without})"
        case Not():
            return None
