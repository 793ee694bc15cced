"""Opens locations and yields raw rows; one module per kind of source.

location ─SOURCES─▶ the first kind that accepts it ─read─▶ Row* with Reject* between them
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import SourceError
from data.sources import feeds, files
from data.sources.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.articles import Reject

__all__ = ["SOURCES", "Row", "Source", "read", "size"]


def _unknown(_location: str) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of source; a new one is one module and one line in SOURCES."""

    label: str
    """What it reads, fit to stand in a sentence."""
    accepts: Callable[[str], bool]
    """Whether the location is of this kind, decided by its form alone: nothing is opened."""
    read: Callable[[str], Iterator[Row | Reject]]
    size: Callable[[str], int] = _unknown
    """The number of bytes to be read at a location, 0 where that cannot be told beforehand."""


SOURCES: dict[str, Source] = {
    "files": Source("files, folders and zip archives on this computer", files.accepts, files.read, files.size),
    "feeds": Source("addresses of RSS, Atom and JSON feeds on the web", feeds.accepts, feeds.read),
}


def read(location: str | Path) -> Iterator[Row | Reject]:
    """The rows at `location`, one at a time, with a Reject in the place of each that could not be read.

    Raises SourceError, at once or with the first row, where the location as a whole cannot be read.
    """
    place = str(location)
    if source := _source(place):
        return source.read(place)
    known = "; ".join(source.label for source in SOURCES.values())
    raise SourceError(f"{place!r} is no location that can be read. Give one of: {known}.")


def size(location: str | Path) -> int:
    """The number of bytes that reading `location` will read, as far as that can be told."""
    source = _source(str(location))
    return source.size(str(location)) if source else 0


def _source(place: str) -> Source | None:
    return next((source for source in SOURCES.values() if source.accepts(place)), None)
