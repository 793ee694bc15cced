"""The light columns of a version, as an engine holds them, in a file that is mapped instead of read.

Opening a version works them out once and writes them; whoever opens it after that has them at once, shares their memory
with other processes, and touches only the columns that it needs. The file is derived: without it nothing is lost.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pyarrow as pa

from data.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from data.store import Store

FORMAT = 1
"""Changes with what stands in such a file; files of another one are passed over."""
MOST = 2
"""Versions whose files are kept."""


def read(store: Store, version: int) -> pa.Table | None:
    """What :func:`write` has written for this version of this very store; None if it has not, or it is damaged."""
    try:
        table = pa.ipc.open_file(pa.memory_map(str(_file(store, version)))).read_all()
    except (OSError, pa.ArrowException, StoreError):
        return None
    return table if table.num_rows == store.rows(version) else None


def write(store: Store, version: int, table: pa.Table) -> None:
    """Keeps the columns of a version; where the folder cannot be written to, or is full, nothing is kept."""
    with suppress(OSError, pa.ArrowException, StoreError):
        file = _file(store, version)
        file.parent.mkdir(exist_ok=True)
        for older in sorted(file.parent.glob("*.arrow"), key=lambda each: each.stat().st_mtime)[: -MOST + 1 or None]:
            older.unlink(missing_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        try:
            whole = table.combine_chunks()
            with pa.OSFile(str(unfinished), "wb") as sink, pa.ipc.new_file(sink, whole.schema) as writer:
                writer.write_table(whole)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)


def _file(store: Store, version: int) -> Path:
    """Named after the table too: a store that was deleted and made anew counts its versions from 0 again."""
    known = store.table(version).metadata().id
    return store.folder / "opened" / f"{version}-{known}-{FORMAT}.arrow"
