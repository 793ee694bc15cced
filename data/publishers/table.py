"""The table of publishers, with the user's own rows before those that come with the program."""

from __future__ import annotations

import csv
import functools
import os
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data import codes, folders
from data.errors import ResourceError, StoreError
from data.sources import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VARIABLE = "NEWS_PUBLISHERS"
"""The environment variable that names a file of one's own; without it ``publishers.csv`` in the user's folder."""
NAME = "publishers.csv"
FILE = Path(__file__).with_name(NAME)

_REMARK = re.compile(r" \([^()]+\)$")


@dataclass(frozen=True, slots=True)
class Publisher:
    """One row."""

    domain: str
    country: str
    """ISO 3166-1 alpha-2; empty for a site that carries the texts of many publishers."""
    names: tuple[str, ...]
    """The first is shown. A remark in brackets parts namesakes."""


class Table:
    """Publishers by domain and by name; of rows with one domain the last counts."""

    def __init__(self, publishers: Iterable[Publisher]) -> None:
        self.domains = {publisher.domain: publisher for publisher in publishers}
        self._countries: defaultdict[str, set[str]] = defaultdict(set)
        self._bearers: defaultdict[str, set[str]] = defaultdict(set)
        for publisher in self.domains.values():
            for name in publisher.names:
                self._countries[_key(name)].add(publisher.country)
            for name in publisher.names[:1]:
                self._bearers[_key(_bare(name))].add(_key(name))

    def find(self, host: str) -> Publisher | None:
        """The publisher of `host` or of the nearest domain above it."""
        while host:
            if host in self.domains:
                return self.domains[host]
            host = host.partition(".")[2]
        return None

    def country(self, name: str) -> str:
        """The country of the publishers called `name`, empty where they sit in several or are not known."""
        found = self._countries.get(_key(name), set())
        return next(iter(found)) if len(found) == 1 else ""

    def shown(self, publisher: Publisher) -> str:
        """The name of `publisher`, without its remark where nobody else is called so; empty where it has none."""
        name = publisher.names[0] if publisher.names else ""
        return _bare(name) if len(self._bearers.get(_key(_bare(name)), ())) == 1 else name


def current() -> Table:
    """The table in force: a file that NEWS_PUBLISHERS names or that lies in the user's folder is read once.

    StoreError where that file cannot be read, ResourceError where the program's own cannot.
    """
    return _table(os.environ.get(VARIABLE, "").strip(), os.environ.get(folders.VARIABLE, ""))


@functools.lru_cache(maxsize=4)
def _table(named: str, folder: str) -> Table:
    own = Path(named) if named else _in_folder()
    return Table([*_shipped(), *(_own(own) if own else ())])


def _in_folder() -> Path | None:
    try:
        path = folders.folder() / NAME
    except StoreError:
        return None
    return path if path.is_file() else None


def _shipped() -> Iterator[Publisher]:
    try:
        with FILE.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield Publisher(row["domain"], row["country"], _names(row["name"]))
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise ResourceError(f"The table {FILE.name} cannot be read: reinstall the program.") from error


def _own(path: Path) -> Iterator[Publisher]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StoreError(f"The publishers in {path} cannot be read ({error}).") from error
    for number, row in enumerate(rows, 2):
        written = (row.get("domain") or "").strip()
        domain = addresses.domain(written if "//" in written else f"//{written}").lower()
        stated = (row.get("country") or "").strip()
        country = codes.country(stated)
        if not domain or (stated and not country):
            raise StoreError(f"{path}, line {number}: needs a web domain and a country, has {written!r}, {stated!r}.")
        yield Publisher(domain, country, _names(row.get("name") or ""))


def _names(written: str) -> tuple[str, ...]:
    return tuple(name for part in written.split("|") if (name := part.strip()))


def _bare(name: str) -> str:
    return _REMARK.sub("", name)


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()).removeprefix("the ")
