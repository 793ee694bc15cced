"""Opens what the command line names, or the built-in set, once for all sessions, in the background."""

from __future__ import annotations

import gc
import sys
import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from components.rehearsal import rehearse
from data import ingest, starter
from data.engines.cached import CachedEngine
from data.engines.memory import MemoryEngine
from data.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from data.engines import Engine


@dataclass(frozen=True, slots=True)
class Opened:
    """A set of articles that is ready to be explored."""

    locations: tuple[str, ...]
    built_in: bool
    rows: int
    articles: pd.DataFrame
    rejects: pd.DataFrame
    engine: Engine


@dataclass(slots=True)
class Opening:
    """The work of opening, seen from outside: how far it is, and what came of it."""

    locations: tuple[str, ...]
    done: threading.Event = field(default_factory=threading.Event)
    progress: ingest.Progress = field(default_factory=ingest.Progress)
    result: Opened | NewsError | None = None

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
    engine = CachedEngine(MemoryEngine(read.articles))
    rehearse(engine)
    return Opened(where, not where, read.rows, read.articles, read.rejects, engine)
