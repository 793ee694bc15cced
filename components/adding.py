"""News added behind the page: one addition at a time in this process, which all its sessions see and may cancel."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
import uuid
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from data import storing
from data.errors import NewsError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from data.articles import Reject
    from data.sources.rows import Row
    from data.store import Store

STALE = 86_400.0
"""Seconds after which a folder of uploads belongs to nobody any more."""
UNEXPECTED = "An unexpected fault; the server's log says what. What was stored until then stays."


@dataclass(slots=True)
class Seen:
    """How far one part is."""

    name: str
    read: int = 0
    """Articles and rejects so far."""
    began: bool = False
    ended: bool = False


@dataclass(slots=True)
class Job:
    """One addition, under way or done; written by its thread, read by the pages."""

    words: str
    """What is added, in words: "Adding 3 files"."""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    stage: str = ""
    """What comes before the parts are read, such as asking the feeds."""
    parts: list[Seen] = field(default_factory=list)
    progress: storing.Progress = field(default_factory=storing.Progress)
    summary: storing.Summary | None = None
    fault: str = ""
    """Why nothing more could be added."""
    undone: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    """Set once it is cancelled."""
    asking: threading.Event = field(default_factory=threading.Event)
    """The same for the asking of feeds, which sets it at its end too."""
    done: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Has it end soon; what is stored stays."""
        self.stop.set()
        self.asking.set()

    def store(self, parts: Sequence[storing.Part], target: Store, cause: str = "") -> storing.Summary:
        """Reads and stores the parts, telling how far each is."""
        self.parts = [Seen(part.name) for part in parts]
        self.stage = ""
        watched = [
            replace(part, rows=partial(_watched, part, seen)) for part, seen in zip(parts, self.parts, strict=True)
        ]
        return storing.store(watched, target, cause=cause, progress=self.progress, cancelled=self.stop.is_set)

    def share(self) -> float:
        """How much is done, 0 to 1: of the bytes where they are known, else of the parts."""
        if self.progress.share is not None:
            return min(max(self.progress.share, 0.0), 1.0)
        return sum(part.ended for part in self.parts) / len(self.parts) if self.parts else 0.0


if TYPE_CHECKING:
    Work = Callable[[Job], storing.Summary]


def _watched(part: storing.Part, seen: Seen) -> Iterator[Row | Reject]:
    seen.began = True
    try:
        for row in part.rows():
            seen.read += 1
            yield row
    finally:
        seen.ended = True


@dataclass(slots=True)
class _Desk:
    """Where the one addition of this process lies."""

    job: Job | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


@cache
def _desk() -> _Desk:
    return _Desk()


def current() -> Job | None:
    """The addition that is under way, else the latest of this process."""
    return _desk().job


def under_way() -> bool:
    """Whether one is."""
    job = current()
    return job is not None and not job.done.is_set()


def start(words: str, work: Work, after: Callable[[], None] = lambda: None) -> Job | None:
    """Begins an addition in a thread of its own; None where another one is under way. `after` is called at its end."""
    desk = _desk()
    with desk.lock:
        if under_way():
            return None
        desk.job = job = Job(words)
    threading.Thread(target=_run, args=(job, work, after), name="adding", daemon=True).start()
    return job


def _run(job: Job, work: Work, after: Callable[[], None]) -> None:
    job.fault = UNEXPECTED  # until it is known better
    try:
        job.summary = work(job)
        job.fault = ""
    except NewsError as error:
        job.fault = str(error)
    finally:
        after()
        job.done.set()


def undo(target: Store, run: str) -> None:
    """Takes the addition `run` back; StoreError if it is not the latest any more."""
    from data.sources.feeds.subscriptions import Subscriptions

    standing = target.runs()
    if not standing or standing[0].run != run:
        raise StoreError("Something else was added since, or it was taken back already; look at the latest addition.")
    target.undo()
    job = current()
    if job is not None and job.summary is not None and job.summary.run == run:
        job.undone = True
    # A feed that says "nothing new since" would keep back what has just been taken out.
    list_ = Subscriptions.of_user()
    states = {address: replace(state, etag="", modified="") for address, state in list_.states().items()}
    if states:
        list_.note(states)


def folder(target: Store) -> Path:
    """A new folder for uploads; those that were forgotten for a day are removed. StoreError if there can be none."""
    place = target.folder / "incoming"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in place.iterdir():
            if old.stat().st_mtime < time.time() - STALE:
                shutil.rmtree(old, ignore_errors=True)
        return Path(tempfile.mkdtemp(dir=place))
    except OSError as error:
        raise StoreError(f"Nothing can be uploaded: {place} cannot be written to ({error.strerror}).") from error


def remove(place: Path) -> None:
    """Removes a folder of uploads, and the one around it if it was the last."""
    shutil.rmtree(place, ignore_errors=True)
    if place.parent.name == "incoming":
        try:
            place.parent.rmdir()
        except OSError:
            return  # others are still there
