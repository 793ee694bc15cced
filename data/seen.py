"""Which articles have come by already, kept outside the memory: a set of any size costs the same few megabytes."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from data.errors import NewsError

if TYPE_CHECKING:
    from types import TracebackType


class Known(NamedTuple):
    """The first article with an id."""

    content: str
    """A digest of what it says."""
    origin: str
    """Where it was read."""


class Seen:
    """Ids with the article that had each first, in a temporary SQLite database that vanishes with the object.

    SQLite keeps a few pages in memory and moves the others to a nameless temporary file; NewsError if it cannot.
    """

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE seen (id BLOB PRIMARY KEY, content TEXT, origin TEXT) WITHOUT ROWID",
        ):
            self._rows.execute(statement)

    def __enter__(self) -> Seen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()

    def first(self, number: str, content: str, origin: str) -> Known | None:
        """Notes an article; the one that had its id before, or None if there was none."""
        key = number.encode("utf-8", "surrogatepass")
        try:
            added = self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (key, content, origin))
            if added.rowcount:
                return None
            row = self._rows.execute("SELECT content, origin FROM seen WHERE id = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise NewsError(f"The list of articles read cannot be kept in a temporary file ({error}).") from error
        return Known(*row)
