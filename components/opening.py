"""Opens what the command line names, else the user's store, else the built-in set: once for all sessions, in the
background. What has changed since, corrections or a newer version of the store, is taken in when a page is next drawn.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from components.content import Source
from components.rehearsal import rehearse
from components.wording import count
from data import grouping, ingest, starter
from data.articles import make_id, to_frame
from data.corrections import Log, Read, apply, reach
from data.engines.cached import CachedEngine
from data.engines.memory import MemoryEngine
from data.engines.shared import SharedEngine
from data.errors import NewsError, StoreError
from data.folders import VARIABLE
from data.selection import Selection
from data.store import Store
from data.store.upkeep import hold
from data.tagging import VERSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import pandas as pd

    from data.corrections import Rule
    from data.engines import Engine


AGAIN = 5.0
"""Seconds after which what could not be opened is tried again when a page is drawn."""
SOON = 50_000
"""Below this number of articles corrections are applied while the page waits, behind it otherwise."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A set of articles that is ready to be explored."""

    locations: tuple[str, ...]
    built_in: bool
    rows: int
    articles: pd.DataFrame
    """The whole articles; without rows where they lie in a store."""
    rejects: pd.DataFrame
    engine: Engine
    said: Read = field(default_factory=Read)
    """The corrections that are applied to the articles."""
    stamp: tuple[int, int] = (0, 0)
    """That of the log when it said so."""
    store: Store | None = None
    version: int = -1
    """That of the store; of the built-in set, that of the user's store which holds nothing."""
    stored: datetime | None = None
    """When that version of the store was made, in UTC."""

    @property
    def count(self) -> int:
        """How many articles there are."""
        return self.rows - len(self.rejects) if self.store else len(self.articles)

    def reach(self, rule: Rule) -> int:
        """In how many articles a rule would change something."""
        if self.store is None:
            return reach(self.articles, rule)
        from data.store.schema import to_pandas

        columns = ("id", "publisher", "language", "tags")
        return sum(reach(to_pandas(table), rule) for table in self.store.batches(columns, self.version))


@dataclass(slots=True)
class Opening:
    """The work of opening, seen from outside: how far it is, and what came of it."""

    locations: tuple[str, ...]
    store: Store | None = None
    """Opened instead of locations once it holds anything; until then, the built-in set is."""
    pinned: int | None = None
    """The version of it that is shown whatever is added; None for the latest."""
    engine: str = ""
    """What answers for the store, see :data:`data.engines.sql.NAMES`; memory does where it is empty."""
    refused: StoreError | None = None
    """Why there can be no store where one was named."""
    done: threading.Event = field(default_factory=threading.Event)
    progress: ingest.Progress = field(default_factory=ingest.Progress)
    result: Opened | NewsError | None = None
    _ended: float = 0.0
    _applying: threading.Lock = field(default_factory=threading.Lock)
    _held: ExitStack = field(default_factory=ExitStack)
    """Keeps the files of the version that is open from being deleted."""

    def run(self) -> None:
        """Reads, tags and indexes; meant for a thread of its own."""
        try:
            self.result = self._open()
            # What stays for good need not be looked at again by any collection.
            gc.collect()
            gc.freeze()
        except NewsError as error:
            self.result = error
        finally:
            self._ended = time.monotonic()
            self.done.set()

    def adopt(self, latest: Opening) -> bool:
        """Takes over what another has open, if it is the version to be pinned: nothing is read twice."""
        opened = latest.result
        if self.store is None or not isinstance(opened, Opened) or not opened.store or opened.version != self.pinned:
            return False
        self._held.enter_context(hold(self.store, opened.version))
        self.result = opened
        self.done.set()
        return True

    def again(self, after: float = 0.0) -> None:
        """Starts anew if it failed, and that at least `after` seconds ago."""
        with self._applying:
            failed = self.done.is_set() and not isinstance(self.result, Opened)
            if not failed or time.monotonic() - self._ended < after:
                return
            self.done.clear()
        threading.Thread(target=self.run, name="opening", daemon=True).start()

    @property
    def applying(self) -> bool:
        """Whether corrections are being applied behind the page."""
        return self._applying.locked()

    def refresh(self) -> None:
        """Takes in corrections and additions since; every session sees them at its next run.

        With many articles that happens behind the page, which shows what it did until then.
        """
        opened = self.result
        if not isinstance(opened, Opened) or not self._behind(opened):
            return
        if max(opened.count, self.store.rows() if self.store else 0) < SOON:
            self._refresh(wait=True)
        else:
            threading.Thread(target=self._refresh, name="applying", daemon=True).start()

    def _behind(self, opened: Opened) -> bool:
        return self._is_older(opened) or _stamp() != opened.stamp

    def _is_older(self, opened: Opened) -> bool:
        """Whether the store has changed since."""
        return bool(self.store and self.pinned is None and self.store.version() != opened.version)

    def _open(self) -> Opened:
        if self.refused:
            raise self.refused
        if self.store is None:
            return _open(self.locations, self.progress)
        version = self.store.version()
        if version >= 0 and (self.pinned is not None or self.store.rows(version)):
            version = version if self.pinned is None else self.pinned
            before, self._held = self._held, ExitStack()
            self._held.enter_context(hold(self.store, version))
            with before:
                return _stored(self.store, version, self.engine)
        return replace(_open((), self.progress), version=version)

    def _refresh(self, *, wait: bool = False) -> None:
        if not self._applying.acquire(blocking=wait):
            return
        try:
            while isinstance(opened := self.result, Opened) and self._behind(opened):
                whole = opened.store or self._is_older(opened)
                self.result = self._open() if whole else _corrected(opened)
            # The engine before this one was meant to stay for good; see `run`.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        finally:
            self._applying.release()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    locations: tuple[str, ...] = ()
    store: str = ""
    """A folder; empty for the user's own."""
    engine: str = ""
    """What answers for the store; empty for memory."""


def asked(arguments: Sequence[str]) -> Asked:
    """What stands behind ``streamlit run app.py --``: locations, or ``--store FOLDER`` and ``--engine NAME``."""
    if Path(arguments[0]).name != "app.py":
        return Asked()
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("locations", nargs="*")
    parser.add_argument("--store", default="")
    parser.add_argument("--engine", default="")
    named, _ = parser.parse_known_args(arguments[1:])
    return Asked(tuple(named.locations), named.store, named.engine)


@lru_cache(maxsize=4)
def opening(what: Asked, pinned: int | None = None) -> Opening:
    """The one opening of this in this process, started by the first call."""
    store, refused = (None, None) if what.locations else _place(what)
    started = Opening(what.locations, store, pinned, what.engine, refused)
    if pinned is None or not started.adopt(opening(what, None)):
        threading.Thread(target=started.run, name="opening", daemon=True).start()
    return started


def begin(pinned: int | None = None) -> Opening:
    """The opening of what this process was started with; of a store the version `pinned`, or the latest."""
    what = asked(sys.argv)
    if what.locations:
        pinned = None  # only stores have versions
    begun = opening(what, pinned)
    begun.again(after=AGAIN)
    return begun


def home(what: Asked) -> Store | None:
    """The store that what is added goes to; None where the user has no folder."""
    return _place(what)[0]


def _place(what: Asked) -> tuple[Store | None, StoreError | None]:
    """The store, or why there can be none where one was named; neither where nothing was and there is no folder."""
    try:
        return Store.at(what.store), None
    except StoreError as error:
        named = what.store or os.environ.get(VARIABLE, "").strip()
        return None, error if named else None


def source(opened: Opened) -> Source:
    """What method cards say of where the articles come from."""
    taggers = tuple((VERSIONS | {"grouping": grouping.VERSION}).items())
    if opened.built_in:
        name = "Built-in set"
    else:
        names = ", ".join(opened.locations)
        name = names if len(names) < 200 else count(len(opened.locations), "locations")
    version = opened.version if opened.store else None
    return Source(name, taggers, version, opened.stored, len(opened.rejects))


def _stored(store: Store, version: int, asked_of: str = "") -> Opened:
    from data.engines.sql import open_sql
    from data.engines.stored import open_stored

    stamp, said = _stamp(), kept()
    held = said.in_force
    engine: Engine
    if asked_of:
        engine = SharedEngine(open_sql(asked_of, store, version, held))  # counts while the page is there already
    else:
        engine = CachedEngine(open_stored(store, version, held))
        rehearse(engine)
    rejects = store.rejects()[["file", "row", "reason", "raw"]]
    rows = engine.totals(Selection()).of + len(rejects)
    where = (f"Store of {store.folder.name}",)
    made = {each.number: each.time for each in store.versions()}.get(version)
    return Opened(where, False, rows, to_frame(()), rejects, engine, said, stamp, store, version, made)


def _open(where: tuple[str, ...], progress: ingest.Progress) -> Opened:
    read = ingest.ingest(where or starter.FILES, progress=progress)
    stamp, said = _stamp(), kept()
    articles, engine = _right(read.articles, said)
    rehearse(engine)
    return Opened(where, not where, read.rows, articles, read.rejects, engine, said, stamp)


def _corrected(opened: Opened) -> Opened:
    stamp, said = _stamp(), kept()
    articles, engine = _right(opened.articles, said)
    return replace(opened, articles=articles, engine=engine, said=said, stamp=stamp)


def _right(articles: pd.DataFrame, said: Read) -> tuple[pd.DataFrame, Engine]:
    """The articles with the corrections applied, and an engine over them."""
    held = said.in_force
    corrected = apply(articles, held)
    version = make_id(*articles["id"], *(each.id for each in held)) if held else ""
    return corrected, CachedEngine(MemoryEngine(corrected, version))


def _stamp() -> tuple[int, int]:
    try:
        return Log.of_user().stamp()
    except StoreError:  # without a folder there are no corrections; whoever makes one is told why it is not kept
        return (0, 0)


def kept() -> Read:
    """What the user's log says now."""
    try:
        return Log.of_user().read()
    except StoreError:
        return Read()
