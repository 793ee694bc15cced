"""Adding to a store: batches of tagged articles and rejects, each stored whole or not at all.

batch --same.fresh--> new ones --Grouper--> with copies and stories --> rejects table, then articles table, then ledger
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, write_deltalake

from data.articles import make_id, rejects_frame
from data.errors import StoreError
from data.grouping import COPY_DAYS, GROUP_COLUMNS, INPUT_COLUMNS, Grouper
from data.grouping.grouper import PER_DAY
from data.store import FAULTS, first_line, ledger, versions
from data.store.same import Known, fresh
from data.store.schema import ARTICLES, REJECTS, WRITING, to_arrow, to_pandas
from data.tagging.corpus import keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    import pyarrow as pa

    from data.articles import Reject
    from data.store import Store

_GROUPED = (*INPUT_COLUMNS, *GROUP_COLUMNS, "added")
UNDATED = int(COPY_DAYS * PER_DAY)
"""The latest undated articles, so many of them, are looked at for copies and stories."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one batch: rows = stored + known + rejected."""

    rows: int
    stored: int
    known: int
    """Articles that were there already."""
    copies: int
    """Of the stored ones, those that are copies of another article."""
    rejected: int
    version: int
    new: npt.NDArray[np.bool_] = field(repr=False, compare=False)
    """For each article of the batch whether it was stored."""
    copied: npt.NDArray[np.bool_] = field(repr=False, compare=False)
    """For each article of the batch whether it was stored as a copy."""


class Addition:
    """One addition to a store, of any number of batches; `cause` says it in words ("added export.csv")."""

    def __init__(self, store: Store, cause: str, *, grouped: bool = True) -> None:
        """Nothing is written yet. Unless `grouped`, no copies and stories are looked for."""
        self.store, self.cause, self.run = store, cause, uuid.uuid4().hex[:12]
        self._grouping = grouped
        self._version = -1

    def write(self, articles: pd.DataFrame, rejects: Sequence[Reject] = ()) -> Stored:
        """Stores the articles (a tagged table) that are not there yet, and the rejects; StoreError if it cannot.

        When it returns, the batch is safe; until then, nothing of it is seen.
        """
        with self.store.locked():
            try:
                self.store.make()
                return self._write(articles, rejects)
            except FAULTS as error:
                raise StoreError(
                    f"Could not write to {self.store.folder} ({first_line(error)}). What was stored before is whole; "
                    "make room there and add the same again."
                ) from error

    def _write(self, articles: pd.DataFrame, rejects: Sequence[Reject]) -> Stored:
        table = self.store.table()
        if table.version() != self._version:
            self._catch_up()
        self._version = -1  # until this batch is stored
        named, new = fresh(articles, self._known)
        rows = self._grouped(named[new])
        copied = new.copy()
        copied[new] = (rows["copy_of"] != "").to_numpy()
        counts = {
            "rows": len(articles) + len(rejects),
            "stored": int(new.sum()),
            "known": int((~new).sum()),
            "copies": int(copied.sum()),
            "rejected": len(rejects),
        }
        self._write_rejects(rejects)
        rows["keyword_keys"] = keys_of(rows["keywords"].tolist(), rows["language"].tolist())
        written = to_arrow(rows, ARTICLES, added=datetime.now(UTC), run=self.run)
        _append(table, written, versions.note("added", self.cause, self.run, **counts))
        ledger.note(self.store.folder, table.version(), self.run, counts["stored"])
        self._known.add(written.column("id"), written.column("identity"))
        self._version = table.version()
        return Stored(**counts, version=self._version, new=new, copied=copied)

    def _catch_up(self) -> None:
        """Learns what is in the store by now: at the start, and when another process has written in between.

        Of the articles only those are read as a whole that another one may still be a copy of.
        """
        light = self.store.read(("id", "identity", "published", "added"))
        self._known = Known(light.column("id"), light.column("identity"))
        self._rejected = set(self.store.rejects()["id"])
        if self._grouping:
            recent = to_pandas(self.store.read(_GROUPED, where=_recent(light)))
            self._grouper = Grouper.of(recent.sort_values("added", kind="stable", ignore_index=True))

    def _grouped(self, articles: pd.DataFrame) -> pd.DataFrame:
        """The articles with their copies and stories. Centralities of earlier articles stay as they were stored."""
        if self._grouping:
            groups = self._grouper.add(articles)
            return articles.assign(**{name: groups[name] for name in GROUP_COLUMNS})
        return articles.assign(copy_of="", story="", centrality=0.0)

    def _write_rejects(self, rejects: Sequence[Reject]) -> None:
        if not rejects:
            return
        frame = rejects_frame(rejects)
        frame["id"] = [make_id(reject.file, str(reject.row), reject.reason, reject.raw) for reject in rejects]
        new = frame[~frame["id"].isin(self._rejected)].drop_duplicates("id")
        if len(new):
            rows = to_arrow(new, REJECTS, added=datetime.now(UTC), run=self.run)
            _append(DeltaTable(self.store.rejects_path), rows, {})
            self._rejected.update(new["id"])


def _append(table: DeltaTable, rows: pa.Table, note: dict[str, str]) -> None:
    write_deltalake(
        table,
        rows,
        mode="append",
        schema_mode="merge",
        commit_properties=CommitProperties(note),
        writer_properties=WRITING,
    )


def _recent(light: pa.Table) -> ds.Expression:
    """Articles of the days before the latest one in which copies are looked for, and the last UNDATED undated ones."""
    published, added = ds.field("published"), ds.field("added")
    undated = light.filter(pc.is_null(light.column("published"))).column("added").sort(order="descending")
    chosen = published.is_null()
    if len(undated) > UNDATED:
        chosen &= added >= undated[UNDATED]
    latest = pc.max(light.column("published")).as_py()
    return chosen | (published >= latest - timedelta(days=COPY_DAYS)) if latest else chosen
