"""An addition on Spark from its beginning to its end, see :mod:`data.spark`."""

from __future__ import annotations

import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from data.errors import StoreError
from data.sources.files import accepts
from data.spark import cluster, plan, staged
from data.spark.journal import Journal
from data.store.adding import Addition
from data.storing import Heap, Outcome, Progress, Summary, cause_of, parts_of, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.engines.sql.spark import Spark
    from data.spark.plan import File
    from data.store import Store

BATCH, LONGEST = 40_000, 64_000_000
"""Articles and characters that are stored at once: few versions of some 50 MB each, every one a stretch of time where
the files are."""
TASKS, FEWEST = 4, 16
"""Tasks of a wave for each core, and at least: enough to share them out evenly."""
STAGING = "staging"


@dataclass(slots=True)
class _State:
    """What an addition is at."""

    addition: Addition
    journal: Journal
    progress: Progress
    total: int
    """Bytes of all files."""
    read: int = 0
    """Bytes of those that are stored."""
    version: int = -1


def store(
    locations: Sequence[str], target: Store, spark: Spark, *, cause: str = "", progress: Progress | None = None
) -> Summary:
    """Reads and tags the locations on Spark and stores them; what of them is stored already is not read again.

    StoreError where Spark is lost or the store cannot be written to: what was stored stays, and doing the same again
    goes on from there, as the same addition.
    """
    shown = progress or Progress()
    shown.outcomes = [Outcome(location) for location in locations]
    files = plan.files_of(locations)
    journal = Journal(target)
    addition = Addition(target, cause or cause_of(parts_of(locations)))
    addition.run = journal.begin(addition.cause, [_absolute(location) for location in locations])
    state = _State(addition, journal, shown, sum(file.size for file in files) or 1)
    left = [file for file in files if not _is_kept(file, state)]
    with _staging(target, addition.run) as folder:
        if left:
            waves = plan.waves(left, max(TASKS * cluster.cores(spark), FEWEST))
            with closing(cluster.tagged(spark, waves, folder)) as tagged:
                for done in tagged:
                    _keep(done, state)
                    for place in done.folders:
                        shutil.rmtree(place, ignore_errors=True)
    journal.end(addition.run)
    return Summary(addition.run, addition.cause, tuple(shown.outcomes), False, state.version)


def _is_kept(file: File, state: _State) -> bool:
    """Whether a file is stored as it is; then its articles count as known."""
    found = state.journal.kept(file)
    if found is None:
        return False
    _count(file, Outcome("", found.rows, 0, found.rows - found.rejected, 0, found.rejected), state)
    state.progress.read += found.rows
    return True


def _keep(done: cluster.Done, state: _State) -> None:
    """Stores a wave and notes it."""
    files = done.wave.files
    outcomes = [Outcome(file.path) for file in files]
    heap = Heap(BATCH, LONGEST)
    for table in staged.tables(done, outcomes):
        heap.add(table)
        state.progress.read += len(table.articles) + len(table.portion.rejects)
        if heap.is_full():
            state.version = write(state.addition, heap, outcomes)
    if heap.rows():
        state.version = write(state.addition, heap, outcomes)
    state.journal.stored(state.addition.run, zip(files, outcomes, strict=True))
    for file, outcome in zip(files, outcomes, strict=True):
        _count(file, outcome, state)


def _count(file: File, found: Outcome, state: _State) -> None:
    """Adds what became of a file to the outcome of its location."""
    whole = state.progress.outcomes[file.place]
    for name in ("rows", "stored", "known", "copies", "rejected"):
        setattr(whole, name, getattr(whole, name) + getattr(found, name))
    if found.fault:
        more = found.fault if not file.name else f"{file.name}: {found.fault}"
        whole.fault = f"{whole.fault}; {more}" if whole.fault else more
    state.read += file.size
    state.progress.share = state.read / state.total


def _absolute(location: str) -> str:
    return str(Path(location).expanduser().absolute()) if accepts(location) else location


@contextmanager
def _staging(target: Store, run: str) -> Iterator[Path]:
    """A folder for rows that are not stored yet, gone afterwards together with those that others have left.

    StoreError where another program is at the same addition.
    """
    base = target.folder / STAGING
    try:
        base.mkdir(parents=True, exist_ok=True)
        with FileLock(base / f"{run}.lock", timeout=0):
            for lock in base.glob("*.lock"):
                _swept(lock, own=lock.stem == run)
            yield base / run
            shutil.rmtree(base / run, ignore_errors=True)
        (base / f"{run}.lock").unlink(missing_ok=True)
    except Timeout:
        raise StoreError(f"Another program is adding the same to {target.folder}. Wait until it is done.") from None
    except OSError as error:
        raise StoreError(f"Cannot write to {base} ({error.strerror or error}).") from error


def _swept(lock: Path, *, own: bool) -> None:
    """Deletes the rows of an addition that nobody is at."""
    if own:
        shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
        return
    try:
        with FileLock(lock, timeout=0):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)
    except Timeout:
        return
