"""Upkeep of a store: joins small files, deletes those that nobody needs any more, and says whether it is whole."""

from __future__ import annotations

import os
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deltalake import CommitProperties, DeltaTable

from data.errors import StoreError
from data.store import FAULTS, first_line, ledger, versions
from data.store.schema import ARTICLES, WRITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.store import Store

MANY_FILES = 40
"""A store with so many small files is compacted after an addition."""
SMALL = 32 << 20
TARGET = 256 << 20
"""Bytes of a file below which it is small, and that a compacted one should have."""
KEPT_HOURS = 24 * 30
"""Files that only older versions need are kept for so long after they were replaced."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the latest version is whole."""

    rows: int
    files: int
    bytes: int
    """Of the latest version; all versions together take `bytes_on_disk`."""
    bytes_on_disk: int
    missing: tuple[str, ...]
    """Files that the latest version needs and that are gone or have another size."""
    lost: tuple[int, ...]
    """Versions that were stored, as the ledger says, and that the table's log does not have any more."""
    older: tuple[str, ...]
    """Columns that the store does not have yet, because an older program wrote it."""

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing and not self.lost


def health(store: Store) -> Health:
    """Looks at every file that the latest version names; StoreError if there is no store or its log is damaged."""
    table = store.table()
    files = table.get_add_actions(flatten=True)
    names = [str(name) for name in files.column("path").to_pylist()]
    sizes = [int(size) for size in files.column("size_bytes").to_pylist()]
    folder = Path(store.path)
    there = {name: (folder / name).stat().st_size for name in names if (folder / name).is_file()}
    return Health(
        rows=table.count(),
        files=len(names),
        bytes=sum(sizes),
        bytes_on_disk=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        missing=tuple(name for name, size in zip(names, sizes, strict=True) if there.get(name) != size),
        lost=ledger.lost(store.folder, store.versions()),
        older=tuple(name for name in ARTICLES.names if name not in table.to_pyarrow_dataset().schema.names),
    )


def compact(store: Store, *, at_least: int = MANY_FILES) -> bool:
    """Joins small files if there are `at_least` so many; the rows stay the same, and so do all older versions."""
    sizes = store.table().get_add_actions(flatten=True).column("size_bytes").to_pylist()
    small = sum(int(size) < SMALL for size in sizes)
    if small < at_least:
        return False
    with store.locked(), _writing(store):
        for table in (store.table(), DeltaTable(store.rejects_path)):
            table.optimize.compact(
                target_size=TARGET,
                writer_properties=WRITING,
                commit_properties=CommitProperties(versions.note("compacted", f"joined {small} small files")),
            )
    return True


def clean(store: Store, *, hours: int = KEPT_HOURS) -> int:
    """Deletes files that no version of the last `hours` needs and no version that somebody holds; how many.

    Versions older than that can no longer be opened. One that is held, see :func:`hold`, always can.
    """
    with store.locked(), _writing(store):
        gone = store.table().vacuum(
            hours, dry_run=False, enforce_retention_duration=False, keep_versions=held(store) or None
        )
        gone += DeltaTable(store.rejects_path).vacuum(hours, dry_run=False, enforce_retention_duration=False)
    return len(gone)


@contextmanager
def _writing(store: Store) -> Iterator[None]:
    try:
        yield
    except FAULTS as error:
        raise StoreError(
            f"Could not write to {store.folder} ({first_line(error)}). The articles are whole; make room there and try "
            "again."
        ) from error


@contextmanager
def hold(store: Store, version: int) -> Iterator[None]:
    """While this lasts, the files of `version` are not deleted, whatever happens to the table.

    In a folder that cannot be written to nobody deletes anything, and so nothing is done.
    """
    folder = store.folder / "holds"
    mark = folder / f"{version}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    with suppress(StoreError, OSError), store.locked():  # so that no cleaning is under way that has not seen the mark
        folder.mkdir(exist_ok=True)
        mark.touch()
    try:
        yield
    finally:
        with suppress(OSError):
            mark.unlink(missing_ok=True)


def held(store: Store) -> list[int]:
    """The versions that a living process holds; marks that a dead one has left are taken away."""
    found = set()
    for mark in (store.folder / "holds").glob("*-*-*"):
        version, process, _ = mark.name.split("-")
        if _lives(int(process)):
            found.add(int(version))
        else:
            mark.unlink(missing_ok=True)
    return sorted(found)


def _lives(process: int) -> bool:
    if os.name == "nt":  # where asking would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
