"""The store: articles at rest, in a Delta table of the user's folder. It loses nothing and doubles nothing.

```
folder/articles       Delta table, a row an article, merged by id    folder/rejects   Delta table of what was not read
folder/ledger.jsonl   what was stored, noted once more               folder/holds/    versions that somebody has open
folder/lock           held while a batch is written
```

Every batch is one commit of the table's log (Armbrust et al., "Delta Lake", VLDB 2020): it is there whole or not at
all, readers go on with the version they opened, and every version stays readable until :meth:`Store.clean` is called.
A batch's rejects are written before its articles, and both are known by their ids, so that an addition that was cut
short can simply be made again.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError
from filelock import FileLock, Timeout
from pyarrow.dataset import ParquetReadOptions

from data import folders
from data.errors import StoreError
from data.store import versions
from data.store.schema import ARTICLES, REJECTS, WRITING, filled, to_pandas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from data.store.versions import Run, Version

PATIENCE = 120.0
"""Seconds that a writer waits for another one."""
_KEPT = {"delta.logRetentionDuration": "interval 36500 days", "delta.deletedFileRetentionDuration": "interval 30 days"}
FAULTS = (DeltaError, OSError, pa.ArrowException)
"""What reading and writing a table may raise."""


@dataclass(frozen=True)
class Store:
    """A store in `folder`; nothing is made on disk before something is written."""

    folder: Path

    @classmethod
    def at(cls, folder: str | Path = "") -> Store:
        """The store in `folder`, by default the user's, see :func:`data.folders.folder`.

        StoreError for a name that tables cannot lie under.
        """
        found = Path(folder).absolute() if folder else folders.folder()
        if sign := unusable(found.as_posix()):
            raise StoreError(
                f"A store cannot lie in {str(found)!a}, because of {sign} in its name. Choose another folder."
            )
        return cls(found)

    @property
    def path(self) -> str:
        """Where the Delta table of the articles lies, for other programs that read such tables."""
        return str(self.folder / "articles")

    @property
    def rejects_path(self) -> str:
        """The same for the rejects."""
        return str(self.folder / "rejects")

    @cached_property
    def lock(self) -> FileLock:
        """Held while a batch is written, by one process at a time."""
        return FileLock(self.folder / "lock", timeout=PATIENCE)

    def exists(self) -> bool:
        """Whether there is a table of articles."""
        return self._is_table(self.path)

    def version(self) -> int:
        """Number of the latest version, -1 where there is no store yet. Cheap: asked before every run of the page.

        Told by the names of the log's files (Delta protocol, "Delta Log Entries"): to read them takes longer with each.
        """
        log = Path(self.path) / "_delta_log"
        return max((int(file.stem) for file in log.glob("*.json") if file.stem.isdecimal()), default=-1)

    def rows(self, version: int | None = None) -> int:
        """How many articles there are, 0 where there is no store; told by its log, without reading a file."""
        return int(self.table(version).count()) if self.exists() else 0

    def table(self, version: int | None = None) -> DeltaTable:
        """The table of articles; StoreError where it cannot be read or has no such version."""
        try:
            return DeltaTable(self.path, version=version)
        except FAULTS as error:
            known = f"version {version} of " if version is not None else ""
            raise StoreError(
                f"Cannot read {known}the store in {self.folder} ({first_line(error)}). `python -m data status` says "
                "which versions are whole."
            ) from error

    def read(self, columns: Sequence[str], version: int | None = None, where: Any = None) -> pa.Table:
        """These columns of the articles; `where` is an expression of pyarrow.dataset."""
        try:
            dataset = self.table(version).to_pyarrow_dataset()
            there = [name for name in columns if name in dataset.schema.names]
            return filled(dataset.to_table(columns=there, filter=where), columns)
        except FAULTS as error:
            raise self._unreadable(error) from error

    def lists(self, name: str, version: int | None = None) -> pa.ChunkedArray:
        """A column of lists of texts, each different text held once, as the files hold them."""
        kind = pa.list_(pa.dictionary(pa.int32(), pa.string()))
        inside = ParquetReadOptions(dictionary_columns=[f"{name}.list.{each}" for each in ("element", "item")])
        try:
            table = self.table(version)
            if name in table.to_pyarrow_dataset().schema.names:
                dataset = table.to_pyarrow_dataset(parquet_read_options=inside, schema=pa.schema([(name, kind)]))
                whole = dataset.to_table(batch_readahead=2, fragment_readahead=1).unify_dictionaries()
            else:
                whole = pa.table({name: pa.array([[]] * self.rows(version), kind)})
            return (
                pc.fill_null(whole.column(name), pa.scalar([], kind))
                if whole.column(name).null_count
                else whole.column(name)
            )
        except FAULTS as error:
            raise self._unreadable(error) from error

    def batches(self, columns: Sequence[str], version: int | None = None, rows: int = 20_000) -> Iterator[pa.Table]:
        """These columns of all articles, some rows at a time: for what is too long to be held at once."""
        try:
            dataset = self.table(version).to_pyarrow_dataset()
            there = [name for name in columns if name in dataset.schema.names]
            for batch in dataset.to_batches(columns=there, batch_size=rows, batch_readahead=2, fragment_readahead=1):
                yield filled(pa.Table.from_batches([batch]), columns)
        except FAULTS as error:
            raise self._unreadable(error) from error

    def texts(self, ids: Sequence[str], version: int | None = None) -> pd.DataFrame:
        """The whole articles with these ids, in that order, tags included; unknown ids are left out."""
        wanted = pa.array(list(ids), pa.string())
        try:
            parts = [filled(part, ARTICLES.names) for part in self._with_ids(wanted, version)]
        except FAULTS as error:
            raise self._unreadable(error) from error
        found = to_pandas(pa.concat_tables(parts or [ARTICLES.empty_table()]))
        places = {article: place for place, article in enumerate(found["id"])}
        return found.iloc[[places[article] for article in ids if article in places]].reset_index(drop=True)

    def rejects(self, run: str = "") -> pd.DataFrame:
        """What could not be read, in all additions that stand or in one `run`; columns as in REJECTS."""
        if not self._is_table(self.rejects_path):
            return to_pandas(REJECTS.empty_table())
        try:
            rows = to_pandas(DeltaTable(self.rejects_path).to_pyarrow_dataset().to_table())
        except FAULTS as error:
            raise self._unreadable(error) from error
        standing = {found.run for found in self.runs()}
        return rows[rows["run"].isin([run] if run else standing)].reset_index(drop=True)

    def versions(self) -> list[Version]:
        """Every version, latest first."""
        if not self.exists():
            return []
        table = self.table()
        try:
            return versions.read(table.history())
        except FAULTS as error:
            raise self._unreadable(error) from error

    def runs(self) -> list[Run]:
        """The additions that still stand, latest first."""
        history = self.versions()
        undone = {version.run for version in history if version.kind == "undone"}
        return [run for run in versions.runs(history) if run.run not in undone]

    def undo(self) -> Run:
        """Takes the latest addition back, as one more version; StoreError where there is none."""
        with self.locked():
            standing = self.runs()
            if not standing:
                raise StoreError("There is nothing to undo: no addition is left in the store.")
            commit = CommitProperties(
                versions.note("undone", f"took back: {standing[0].cause}", standing[0].run, removed=standing[0].stored)
            )
            try:
                self._take_back(standing[0], commit)
            except FAULTS as error:
                raise StoreError(
                    f"Could not write to {self.folder} ({first_line(error)}). Nothing was taken back; make room there "
                    "and try again."
                ) from error
        return standing[0]

    def _take_back(self, run: Run, commit: CommitProperties) -> None:
        """Goes back to the version before, or removes the rows where others came between or that version is gone."""
        after = [version for version in self.versions() if version.number >= run.first]
        if all(version.run == run.run or version.kind == "compacted" for version in after):
            with suppress(DeltaError):  # its files were cleaned away
                self.table().restore(run.first - 1, commit_properties=commit)
                return
        table = self.table()
        before = table.version()
        table.delete(f"run = '{run.run}'", commit_properties=commit, writer_properties=WRITING)
        if table.version() == before:  # it had stored nothing, so there was nothing to delete
            write_deltalake(table, ARTICLES.empty_table(), mode="append", commit_properties=commit)

    def _with_ids(self, wanted: pa.Array, version: int | None) -> Iterator[pa.Table]:
        """The rows with these ids; of all groups of rows but those that hold one, only the ids are read."""
        dataset = self.table(version).to_pyarrow_dataset()
        columns = [name for name in ARTICLES.names if name in dataset.schema.names]
        for file in dataset.get_fragments():
            for group in file.split_by_row_group():
                found = pc.is_in(group.to_table(columns=["id"], schema=dataset.schema).column("id"), wanted)
                if pc.any(found).as_py():
                    yield group.to_table(columns=columns, schema=dataset.schema).filter(found)

    def _unreadable(self, error: BaseException) -> StoreError:
        return StoreError(
            f"A file of the store in {self.folder} cannot be read ({first_line(error)}). `python -m data status` says "
            "what is missing, and which earlier version to open instead."
        )

    def locked(self) -> _Locked:
        """A context in which no other process writes to the store; StoreError if one does not let go."""
        return _Locked(self)

    def make(self) -> None:
        """Makes the tables if they are not there; the caller holds the lock."""
        for path, schema in ((self.rejects_path, REJECTS), (self.path, ARTICLES)):
            if not self._is_table(path):
                commit = CommitProperties(versions.note("made", "made the store"))
                DeltaTable.create(path, schema, configuration=_KEPT, commit_properties=commit)

    @staticmethod
    def _is_table(path: str) -> bool:
        return (Path(path) / "_delta_log").is_dir() and DeltaTable.is_deltatable(path)


class _Locked:
    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> None:
        try:
            self._store.folder.mkdir(parents=True, exist_ok=True)
            self._store.lock.acquire()
        except Timeout:
            raise StoreError(
                f"Another program has been writing to the store in {self._store.folder} for {PATIENCE:.0f} seconds. "
                "Wait until it is done and try again."
            ) from None
        except OSError as error:
            raise StoreError(f"Cannot write to {self._store.folder} ({first_line(error)}).") from error

    def __exit__(self, *_: object) -> None:
        self._store.lock.release()


_UNUSABLE = re.compile(r"[\[\]|\\?#*\x00-\x1f\x7f\ud800-\udfff]|%[0-9A-Fa-f]{2}")
"""What the library of the table takes for something else in a path: at worst, it ends the process."""


def unusable(path: str) -> str:
    """What in a path keeps a table from lying there, as a person reads it; "" where nothing does."""
    found = _UNUSABLE.search(path)
    return ascii(found[0]) if found else ""


def first_line(error: BaseException) -> str:
    """What went wrong, short enough for a message."""
    return str(error).partition("\n")[0][:200] or type(error).__name__
