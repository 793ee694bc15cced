"""The engine: asks its database, and turns what comes back into the answers that every engine gives."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from data.articles import make_id
from data.corrections import apply
from data.corrections.applying import COLUMN
from data.engines import ORDERS, TIME_BINS, UNITS, Order, Totals, Unit
from data.engines.sql import asking
from data.engines.sql.platforms import Held, written
from data.engines.sql.prepared import Prepared, prepare
from data.engines.stored import LIGHT, StoredTexts
from data.errors import SelectionError
from data.facets import FACETS
from data.store.schema import ARTICLES, filled, to_pandas
from data.tagging.corpus import keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.corrections import Correction
    from data.engines.sql.platforms import Platform, Table
    from data.selection import Selection
    from data.store import Store

_FEW = 200
"""Ids that are written into a question; more of them are put into a table of their own."""
_NOT_SHOWN = ["keyword_keys", "identity", "added", "run"]


class SqlEngine:
    """Answers counts over a version of the store. Safe to share between threads.

    A question raises StoreError where the database fails; if its connection was lost, the next one makes it anew.
    """

    def __init__(
        self, platform: Platform, store: Store, version: int, corrections: tuple[Correction, ...] = ()
    ) -> None:
        """Prepares the version at once, so that a fault shows here."""
        self.version = make_id(str(store.folder), str(version), *(each.id for each in corrections))
        self._platform = platform
        self._store, self._number, self._corrections = store, version, corrections
        self._texts = StoredTexts(store, version, corrections)
        self._lock = threading.Lock()
        self._prepared: Prepared | None = None
        self._found = lru_cache(maxsize=16)(self._find)
        self._of = lru_cache(maxsize=len(UNITS))(self._number_of_all)
        self._ready()

    def totals(self, selection: Selection, unit: Unit = "articles") -> Totals:
        """See :class:`data.engines.Engine`."""
        _check_unit(unit)
        rows, _held = self._chosen(selection)
        (told,) = self._fetch(asking.totals(rows, unit)).to_pylist()
        countries = self._fetch(asking.distinct(rows, "country"))
        said = self._fetch(asking.distinct(asking.corrected(rows), COLUMN)) if self._corrections else None
        return Totals(
            of=self._of(unit), countries=_only(countries), corrections=0 if said is None else _only(said), **told
        )

    def counts(
        self, selection: Selection, by: Sequence[str], unit: Unit = "articles", limit: int | None = None
    ) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        _check_unit(unit)
        for name in by:
            if name not in FACETS and name not in TIME_BINS:
                known = dict.fromkeys([*FACETS, *TIME_BINS])
                raise SelectionError(f"Cannot count by {name!r}; choose one or two of {', '.join(known)}.")
        rows, _held = self._chosen(selection)
        found = self._fetch(asking.counts(rows, by, unit, limit))
        columns = {name: pd.array(found.column(place).to_pylist(), dtype="str") for place, name in enumerate(by)}
        return pd.DataFrame({**columns, "n": found.column("n").to_numpy().astype(np.int64)})

    def articles(
        self, selection: Selection, order: Order = "newest", offset: int = 0, limit: int = 50, copies: bool = True
    ) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        if order not in ORDERS:
            raise SelectionError(f"No order {order!r}; choose one of {', '.join(ORDERS)}.")
        rows, _held = self._chosen(selection)
        found = self._fetch(asking.page(rows, order, offset + limit, copies)).slice(offset)
        listed = self._whole(found.column("id").to_pylist(), ARTICLES.names if self._corrections else LIGHT)
        listed = listed.assign(keywords=self._shown(listed))
        names = ["keywords", *(name for name in LIGHT if name not in ("keywords", "keyword_keys"))]
        names += [COLUMN] if self._corrections else []
        return listed[names].assign(copies=found.column("copies").to_numpy().astype(np.int64))

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        return self._whole(ids, ARTICLES.names).drop(columns=_NOT_SHOWN)

    def _ready(self) -> Prepared:
        """The tables, made anew where the connection that had them is gone."""
        with self._lock:
            if self._prepared is None or self._prepared.epoch != self._platform.epoch:
                self._prepared = prepare(self._platform, self._store, self._number, self._corrections)
            return self._prepared

    def _chosen(self, selection: Selection) -> tuple[Table, tuple[object, ...]]:
        """The rows that match, and what has to be held until they have been asked for."""
        prepared = self._ready()
        rows = asking.chosen(prepared.facets.table, selection)
        if not selection.text.strip():
            return rows, (prepared,)
        found = self._found(selection.text, prepared.epoch)
        ids = found.table["id"] if isinstance(found, Held) else found
        return rows.filter(rows["id"].isin(ids)), (prepared, found)

    def _find(self, text: str, _epoch: int) -> Held | list[str]:
        """The articles that a search text finds in the index."""
        found = self._texts.matching(text)
        if len(found) <= _FEW:
            return found
        return Held.given(self._platform, pa.table({"id": pa.array(found, pa.string())}))

    def _number_of_all(self, unit: Unit) -> int:
        prepared = self._ready()
        return _only(self._fetch(asking.number(prepared.facets.table, unit)))

    def _whole(self, ids: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
        """These columns of the articles with these ids, in that order, corrected."""
        prepared = self._ready()
        files = prepared.files.table
        wanted = files.filter(files["id"].isin(asking.storable(ids))).select(*names)
        found = to_pandas(filled(self._fetch(wanted), names))
        places = {article: place for place, article in enumerate(found["id"])}
        found = found.iloc[[places[article] for article in ids if article in places]].reset_index(drop=True)
        found = found.assign(story=found["story"].where(found["story"] != "", found["id"]))
        if not self._corrections:
            return found
        found = apply(found, self._corrections)
        return found.assign(**{COLUMN: found[COLUMN].map(list)})

    def _shown(self, listed: pd.DataFrame) -> pd.Series[Any]:
        """The keywords of articles in the forms that the whole version shows."""
        keys = [
            kept if len(kept) == len(row) and not corrected else keys_of([row], [language])[0]
            for row, kept, language, corrected in zip(
                listed["keywords"],
                listed["keyword_keys"],
                listed["language"],
                listed.get(COLUMN, [()] * len(listed)),
                strict=True,
            )
        ]
        forms = self._ready().forms.table
        asked = forms.filter(forms["key"].isin(list({key for row in keys for key in row})))
        found = self._fetch(asked)
        best = dict(zip(found.column("key").to_pylist(), found.column("keyword").to_pylist(), strict=True))
        shown = [list(dict.fromkeys(best[key] for key in row)) for row in keys]
        return pd.Series(shown, index=listed.index, dtype=object)

    def _fetch(self, question: Table) -> pa.Table:
        return self._platform.fetch(written(self._platform, question))


def _only(answer: pa.Table) -> int:
    """The one number of an answer."""
    return int(answer.column("n")[0].as_py())


def _check_unit(unit: Unit) -> None:
    if unit not in UNITS:
        raise SelectionError(f"No unit {unit!r}; choose one of {', '.join(UNITS)}.")
