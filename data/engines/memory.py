"""The default engine: facets as sparse matrices, so that a count of every value is one product with a mask.

Rows are articles sorted by time (undated ones last), so that days are a range of rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data import search
from data.articles import make_id
from data.engines import ORDERS, TIME_BINS, UNITS, Order, Totals, Unit
from data.engines.table import FacetTable, Ints, Mask
from data.errors import SelectionError
from data.facets import FACETS, NONE
from data.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
_HIDDEN = ["text", "tags"]


class MemoryEngine:
    """Answers counts over a tagged table held in memory. Safe to share between threads: what it holds never changes."""

    def __init__(self, tagged: pd.DataFrame, version: str = "") -> None:
        """Takes the table that :mod:`data.ingest` makes; a copy of it is put in order of time."""
        self._frame = tagged.sort_values(["published", "id"], na_position="last", ignore_index=True)
        self.version = version or make_id(*self._frame["id"])
        self._dated = int(self._frame["published"].notna().sum())
        self._days = self._frame["published"].iloc[: self._dated].dt.tz_localize(None).to_numpy("datetime64[D]")
        self._rows = pd.Series(range(len(self._frame)), index=self._frame["id"])
        self._table = lru_cache(maxsize=64)(self._make_table)
        self._mask = lru_cache(maxsize=64)(self._make_mask)

    def totals(self, selection: Selection, unit: Unit = "articles") -> Totals:
        """See :class:`data.engines.Engine`."""
        mask = self._mask(selection)
        days = self._days[mask[: self._dated]]
        return Totals(
            n=self._units(mask, unit),
            of=self._units(self._mask(Selection()), unit),
            undated=self._units(mask & self._undated(), unit),
            no_country=self._units(mask & self._table("country").rows_with([NONE]), unit),
            unsure=self._units(mask & self._table("topic").rows_with([NONE]), unit),
            publishers=self._distinct("publisher", mask),
            countries=self._distinct("country", mask),
            first=days[0].item() if len(days) else None,
            last=days[-1].item() if len(days) else None,
        )

    def counts(self, selection: Selection, by: Sequence[str], unit: Unit = "articles") -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        table = self._table(*by)
        counts = table.count(self._mask(selection), self._groups(unit))
        codes = np.flatnonzero(counts)
        columns = dict(zip(by, table.labels(codes), strict=True))
        frame = pd.DataFrame({**columns, "n": counts[codes].astype(np.int64)})
        return frame.sort_values("n", ascending=False, kind="stable", ignore_index=True)

    def articles(self, selection: Selection, order: Order = "newest", offset: int = 0, limit: int = 50) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        if order not in ORDERS:
            raise SelectionError(f"No order {order!r}; choose one of {', '.join(ORDERS)}.")
        rows = np.flatnonzero(self._mask(selection))
        if order == "newest":
            dated = rows[rows < self._dated]
            rows = np.concatenate([dated[::-1], rows[len(dated) :]])
        return self._frame.iloc[rows[offset : offset + limit]].drop(columns=_HIDDEN).reset_index(drop=True)

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        known = [self._rows[article] for article in ids if article in self._rows.index]
        return self._frame.iloc[known].reset_index(drop=True)

    def _make_table(self, *by: str) -> FacetTable:
        if len(by) == 2:
            return self._table(by[0]).times(self._table(by[1]))
        name = by[0]
        if name in TIME_BINS:
            periods = pd.Series(self._days).dt.to_period(_PERIODS[name])
            starts = periods.dt.start_time.dt.strftime("%Y-%m-%d")
            return FacetTable.of_values([*starts, *[NONE] * (len(self._frame) - self._dated)])
        if name not in FACETS:
            known = dict.fromkeys([*FACETS, *TIME_BINS])
            raise SelectionError(f"Cannot count by {name!r}; choose one or two of {', '.join(known)}.")
        column = self._frame[FACETS[name].column]
        return FacetTable.of_lists(column.tolist()) if FACETS[name].many else FacetTable.of_values(column)

    def _groups(self, unit: Unit) -> Ints | None:
        """For each row the unit it belongs to, -1 where it belongs to none; None where each row is a unit."""
        if unit not in UNITS:
            raise SelectionError(f"No unit {unit!r}; choose one of {', '.join(UNITS)}.")
        if unit == "articles":
            return None
        table = self._table("publisher")
        return np.where(table.values[0][table.codes] == NONE, -1, table.codes)

    def _units(self, mask: Mask, unit: Unit) -> int:
        groups = self._groups(unit)
        if groups is None:
            return int(mask.sum())
        found = np.unique(groups[mask])
        return int((found >= 0).sum())

    def _distinct(self, name: str, mask: Mask) -> int:
        table = self._table(name)
        found = table.count(mask) > 0
        return int((found & (table.values[0] != NONE)).sum())

    def _undated(self) -> Mask:
        return np.arange(len(self._frame)) >= self._dated

    def _make_mask(self, selection: Selection) -> Mask:
        mask = np.ones(len(self._frame), np.bool_)
        for name, values in selection.values:
            mask &= self._undated() if name == "day" else self._table(name).rows_with(values)
        if selection.first or selection.last:
            mask &= self._between(selection.first, selection.last)
        if selection.text.strip():
            mask &= self._matching(selection.text)
        mask.flags.writeable = False
        return mask

    def _between(self, first: date | None, last: date | None) -> Mask:
        start = np.searchsorted(self._days, np.datetime64(first, "D")) if first else 0
        stop = np.searchsorted(self._days, np.datetime64(last, "D"), side="right") if last else self._dated
        rows = np.arange(len(self._frame))
        return (rows >= start) & (rows < stop)

    def _matching(self, text: str) -> Mask:
        query = search.parse(text)
        whole = self._frame["title"] + "\n" + self._frame["text"]
        mask = np.ones(len(whole), np.bool_)
        for pattern in query.must:
            mask &= whole.str.contains(pattern, case=False, regex=True).to_numpy(np.bool_)
        for pattern in query.must_not:
            mask &= ~whole.str.contains(pattern, case=False, regex=True).to_numpy(np.bool_)
        return mask
