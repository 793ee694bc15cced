"""Opens what the command line names, or the built-in set, once for all sessions, in the background."""

from __future__ import annotations

import gc
import sys
import threading
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from components.rehearsal import rehearse
from data import ingest, starter
from data.articles import make_id
from data.corrections import Log, Read, apply
from data.engines.cached import CachedEngine
from data.engines.memory import MemoryEngine
from data.errors import NewsError, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from data.engines import Engine


SOON = 50_000
"""Below this number of articles corrections are applied while the page waits, behind it otherwise."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A set of articles that is ready to be explored."""

    locations: tuple[str, ...]
    built_in: bool
    rows: int
    articles: pd.DataFrame
    rejects: pd.DataFrame
    engine: Engine
    said: Read = field(default_factory=Read)
    """The corrections that are applied to `articles`."""
    stamp: tuple[int, int] = (0, 0)
    """That of the log when it said so."""


@dataclass(slots=True)
class Opening:
    """The work of opening, seen from outside: how far it is, and what came of it."""

    locations: tuple[str, ...]
    done: threading.Event = field(default_factory=threading.Event)
    progress: ingest.Progress = field(default_factory=ingest.Progress)
    result: Opened | NewsError | None = None
    _applying: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Reads, tags and indexes; meant for a thread of its own."""
        try:
            self.result = _open(self.locations, self.progress)
            # Streamlit collects garbage after every run of the page; what stays for good need not be looked at again.
            gc.collect()
            gc.freeze()
        except NewsError as error:
            self.result = error
        finally:
            self.done.set()

    @property
    def applying(self) -> bool:
        """Whether corrections are being applied behind the page."""
        return self._applying.locked()

    def refresh(self) -> None:
        """Applies the corrections if the log has changed; every session sees it at its next run.

        With many articles that happens behind the page, which shows the tags as they were until then.
        """
        opened = self.result
        if not isinstance(opened, Opened) or _stamp() == opened.stamp:
            return
        if len(opened.articles) < SOON:
            self._refresh(wait=True)
        else:
            threading.Thread(target=self._refresh, name="applying", daemon=True).start()

    def _refresh(self, *, wait: bool = False) -> None:
        if not self._applying.acquire(blocking=wait):
            return
        try:
            while isinstance(opened := self.result, Opened) and (stamp := _stamp()) != opened.stamp:
                said = kept()
                articles, engine = _right(opened.articles, said)
                self.result = replace(opened, articles=articles, engine=engine, said=said, stamp=stamp)
            # The engine before this one was meant to stay for good; see `run`.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        finally:
            self._applying.release()


def locations(arguments: Sequence[str]) -> tuple[str, ...]:
    """What stands behind ``streamlit run app.py --``; the built-in set if that is nothing."""
    named = tuple(argument for argument in arguments[1:] if not argument.startswith("-"))
    return named if Path(arguments[0]).name == "app.py" else ()


@cache
def opening(where: tuple[str, ...]) -> Opening:
    """The one opening of these locations in this process, started by the first call."""
    started = Opening(where)
    threading.Thread(target=started.run, name="opening", daemon=True).start()
    return started


def begin() -> Opening:
    """The opening of what this process was started with."""
    return opening(locations(sys.argv))


def _open(where: tuple[str, ...], progress: ingest.Progress) -> Opened:
    read = ingest.ingest(where or starter.FILES, progress=progress)
    stamp, said = _stamp(), kept()
    articles, engine = _right(read.articles, said)
    rehearse(engine)
    return Opened(where, not where, read.rows, articles, read.rejects, engine, said, stamp)


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
