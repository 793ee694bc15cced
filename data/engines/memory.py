"""The default engine: facets as sparse matrices, so that a count of every value is one product with a mask.

Rows are articles sorted by time (undated ones last), so that days are a range of rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data import search
from data.articles import make_id
from data.engines import ORDERS, TIME_BINS, UNITS, Order, Totals, Unit
from data.engines.chosen import Chosen
from data.engines.copies import Copies
from data.engines.corrected import Corrected
from data.engines.groups import GroupedTable
from data.engines.table import FacetTable, Ints, Mask
from data.errors import SelectionError
from data.facets import FACETS, NONE
from data.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pandas.api.extensions import ExtensionArray

_PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
_GROUP = {"stories": "story", "publishers": "publisher"}
"""The facet that says which unit an article belongs to."""
_HIDDEN = ["text", "tags"]
_WIDEST = 1 << 20
"""Pairs of two facets with more codes than this are not kept: each count makes those of the selected rows anew."""

_MASKS = 32
"""Masks that are kept: a byte an article each; a refresh of the page asks for about ten."""

_ROWS = 6
"""Masks whose rows are kept as numbers too: eight bytes an article each."""


class Texts(Protocol):
    """What holds the texts of the articles where the engine does not hold them itself."""

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """As :meth:`data.engines.Engine.texts`."""
        ...

    def matching(self, text: str) -> Sequence[str]:
        """The ids of all articles that a search text finds, see :mod:`data.search`."""
        ...


class MemoryEngine:
    """Answers counts over a tagged table held in memory. Safe to share between threads: what it holds never changes."""

    def __init__(self, tagged: pd.DataFrame, version: str = "", texts: Texts | None = None) -> None:
        """Takes the table that :mod:`data.ingest` makes; a copy of it is put in order of time.

        With `texts` the table is in that order already, has no columns `text` and `tags`, and its lists may be Arrow's:
        see :mod:`data.engines.stored`.
        """
        order = ["published", "id"]
        self._texts = texts
        self._frame = _with_stories(
            tagged if texts else tagged.sort_values(order, na_position="last", ignore_index=True)
        )
        self.version = version or make_id(*self._frame["id"])
        self._dated = int(self._frame["published"].notna().sum())
        self._days = self._frame["published"].iloc[: self._dated].dt.tz_localize(None).to_numpy("datetime64[D]")
        self._rows = pd.Series(range(len(self._frame)), index=self._frame["id"])
        self._listed = self._frame.drop(columns=_HIDDEN, errors="ignore")
        self._copies = Copies.of(self._frame)
        self._corrected = Corrected.of(self._frame)
        self._table = lru_cache(maxsize=64)(self._make_table)
        self._words = lru_cache(maxsize=64)(self._make_words)
        self._places = lru_cache(maxsize=1)(self._make_places)
        self._grouped = lru_cache(maxsize=64)(self._make_grouped)
        self._groups = lru_cache(maxsize=len(UNITS))(self._make_groups)
        self._mask = lru_cache(maxsize=_MASKS)(self._make_mask)
        self._having = lru_cache(maxsize=_MASKS)(self._make_having)
        self._chosen = lru_cache(maxsize=_ROWS)(self._make_chosen)
        self._counted = lru_cache(maxsize=_MASKS)(self._make_counted)
        self._readable = lru_cache(maxsize=1)(self._make_readable)

    def totals(self, selection: Selection, unit: Unit = "articles") -> Totals:
        """See :class:`data.engines.Engine`."""
        mask = self._mask(selection)
        first, last = self._ends(self._chosen(selection).listed)
        return Totals(
            n=self._units(selection, unit),
            of=self._units(Selection(), unit),
            undated=self._units_at(mask, np.arange(self._dated, len(mask)), unit),
            no_country=self._units_at(mask, self._table("country").rows_of(NONE), unit),
            unsure=self._units_at(mask, self._table("topic").rows_of(NONE), unit),
            publishers=self._distinct("publisher", selection),
            countries=self._distinct("country", selection),
            first=first,
            last=last,
            copies=self._copies.hidden(mask),
            corrections=self._corrected.distinct(mask),
        )

    def counts(
        self, selection: Selection, by: Sequence[str], unit: Unit = "articles", limit: int | None = None
    ) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        table, codes, n = self._count(selection, tuple(by), unit, limit)
        if limit is not None and limit < len(codes):
            largest = _largest(n, limit)
            codes, n = codes[largest], n[largest]
        order = np.argsort(-n, kind="stable")
        places = zip(by, table.places(codes[order]), strict=True)
        columns = {name: self._words(name).take(place) for name, place in places}
        return pd.DataFrame({**columns, "n": n[order].astype(np.int64)})

    def articles(
        self, selection: Selection, order: Order = "newest", offset: int = 0, limit: int = 50, copies: bool = True
    ) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        if order not in ORDERS:
            raise SelectionError(f"No order {order!r}; choose one of {', '.join(ORDERS)}.")
        mask = self._mask(selection)
        rows = self._chosen(selection).listed if copies else np.flatnonzero(self._copies.without(mask))
        places = np.arange(offset, max(min(offset + limit, len(rows)), offset))
        if order == "newest":
            dated = int(np.searchsorted(rows, self._dated))
            places = np.where(places < dated, dated - 1 - places, places)
        elif order == "central":
            places = np.argsort(self._places()[rows], kind="stable")[offset : offset + limit]
        page = rows[places]
        more = np.zeros(len(page), np.int64) if copies else self._copies.behind(mask, page)
        found = self._listed.iloc[page].reset_index(drop=True)
        return found.assign(**_plain(found), copies=more)

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        if self._texts:
            return self._texts.texts(ids)
        known = [self._rows[article] for article in ids if article in self._rows.index]
        return self._frame.iloc[known].reset_index(drop=True)

    def _make_table(self, *by: str) -> FacetTable:
        if len(by) == 2:
            return self._table(by[0]).times(self._table(by[1]))
        name = by[0]
        if name in TIME_BINS:
            places, days = pd.factorize(self._days)
            periods = pd.Series(pd.DatetimeIndex(days)).dt.to_period(_PERIODS[name])
            starts = periods.dt.start_time.dt.strftime("%Y-%m-%d").to_numpy(object)
            undated = np.full(len(self._frame) - self._dated, len(starts))
            return FacetTable.of_codes(np.append(starts, NONE), np.append(places, undated))
        if name not in FACETS:
            known = dict.fromkeys([*FACETS, *TIME_BINS])
            raise SelectionError(f"Cannot count by {name!r}; choose one or two of {', '.join(known)}.")
        column = self._frame[FACETS[name].column]
        if column.dtype != object:
            return FacetTable.of_arrow(pa.array(column, from_pandas=True))
        return FacetTable.of_lists(column.tolist()) if FACETS[name].many else FacetTable.of_values(column)

    def _make_words(self, name: str) -> ExtensionArray:
        """The values of a facet as frames hold them: making those of Python's strings costs more than counting."""
        words = self._table(name).values[0]
        held: ExtensionArray = pd.Series(words, dtype=None if len(words) else "str").array
        return held

    def _count(
        self, selection: Selection, by: tuple[str, ...], unit: Unit, limit: int | None
    ) -> tuple[FacetTable, Ints, Ints]:
        """The table, the codes that occur in it, in order, and how often; with `limit` at least the largest."""
        groups = self._groups(unit)
        if len(by) == 2 and self._table(by[0]).width * self._table(by[1]).width > _WIDEST:
            rows = np.flatnonzero(self._mask(selection))
            pairs = self._table(by[0]).take(rows).times(self._table(by[1]).take(rows))
            return pairs, *pairs.occurring(None if groups is None else groups[rows])
        if limit is not None:
            table = self._table(*by) if groups is None else self._grouped(unit, *by)
            return self._table(*by), *table.most(self._chosen(selection), limit)
        counts = self._counted(selection, by, unit)
        codes = np.flatnonzero(counts)
        return self._table(*by), codes, counts[codes]

    def _make_counted(self, selection: Selection, by: tuple[str, ...], unit: Unit) -> Ints:
        """For every code of a table the units that match."""
        chosen = self._chosen(selection)
        return (self._table(*by) if unit == "articles" else self._grouped(unit, *by)).count(chosen)

    def _make_groups(self, unit: Unit) -> Ints | None:
        """For each row the unit it belongs to, -1 where it belongs to none; None where each row is a unit."""
        if unit not in UNITS:
            raise SelectionError(f"No unit {unit!r}; choose one of {', '.join(UNITS)}.")
        if unit == "articles":
            return None
        table = self._table(_GROUP[unit])
        return np.where(table.values[0][table.each] == NONE, -1, table.each)

    def _make_grouped(self, unit: Unit, *by: str) -> GroupedTable:
        groups = self._groups(unit)
        return GroupedTable.of(self._table(*by), np.arange(len(self._frame)) if groups is None else groups)

    def _units(self, selection: Selection, unit: Unit) -> int:
        if unit == "articles":
            return self._chosen(selection).n
        self._groups(unit)  # knows which units there are
        return self._distinct(_GROUP[unit], selection)

    def _units_at(self, mask: Mask, rows: Ints, unit: Unit) -> int:
        """The units among those of the rows that are masked."""
        groups, there = self._groups(unit), mask[rows]
        return int(np.count_nonzero(there)) if groups is None else _distinct(groups[rows[there]])

    def _ends(self, rows: Ints) -> tuple[date | None, date | None]:
        """The first and the last day of these rows."""
        dated = int(np.searchsorted(rows, self._dated))
        return (self._days[rows[0]].item(), self._days[rows[dated - 1]].item()) if dated else (None, None)

    def _distinct(self, name: str, selection: Selection) -> int:
        found = self._counted(selection, (name,), "articles")
        return int(np.count_nonzero(found)) - sum(int(found[code]) > 0 for code in self._table(name).codes_of([NONE]))

    def _make_places(self) -> Ints:
        """The place of each article within its story, the most central first."""
        story = self._table("story").each
        order = np.lexsort((-self._frame["centrality"].to_numpy(), story))
        first = np.r_[0, np.cumsum(np.bincount(story))]
        places = np.empty(len(story), np.int64)
        places[order] = np.arange(len(story)) - first[story[order]]
        return places

    def _undated(self) -> Mask:
        return np.arange(len(self._frame)) >= self._dated

    def _make_mask(self, selection: Selection) -> Mask:
        mask = np.ones(len(self._frame), np.bool_)
        if selection.first or selection.last:
            start, stop = self._between(selection.first, selection.last)
            mask[:start], mask[stop:] = False, False
        for name, values in selection.values:
            mask &= self._having(name, values)
        if selection.text.strip():
            mask &= self._having("", (selection.text,))
        mask.flags.writeable = False
        return mask

    def _make_having(self, name: str, values: tuple[str, ...]) -> Mask:
        """The articles with any of these values, or that match the text where no facet is named."""
        if not name:
            return self._matching(values[0])
        return self._undated() if name == "day" else self._table(name).rows_with(values)

    def _make_chosen(self, selection: Selection) -> Chosen:
        between = slice(*self._between(selection.first, selection.last)) if selection.first or selection.last else None
        return Chosen(self._mask(selection), between)

    def _between(self, first: date | None, last: date | None) -> tuple[int, int]:
        """The range of rows from one day to another."""
        start = np.searchsorted(self._days, np.datetime64(first, "D")) if first else 0
        stop = np.searchsorted(self._days, np.datetime64(last, "D"), side="right") if last else self._dated
        return int(start), int(stop)

    def _matching(self, text: str) -> Mask:
        if self._texts:
            return self._frame["id"].isin(self._texts.matching(text)).to_numpy(np.bool_)
        query = search.parse(text)
        return np.fromiter((search.matches(query, fields) for fields in self._readable()), np.bool_)

    def _make_readable(self) -> list[dict[str, str]]:
        rows = zip(*(self._frame[field] for field in search.FIELDS), strict=True)
        return [search.readable(dict(zip(search.FIELDS, row, strict=True))) for row in rows]


def _plain(page: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    """The columns of lists of Arrow as lists of Python."""
    lists = {str(name): pa.array(page[name]) for name, kind in page.dtypes.items() if isinstance(kind, pd.ArrowDtype)}
    rows = {name: pc.cast(column, pa.list_(pa.string())).to_pylist() for name, column in lists.items()}
    return {name: pd.Series([list(dict.fromkeys(row)) for row in each], dtype=object) for name, each in rows.items()}


def _with_stories(tagged: pd.DataFrame) -> pd.DataFrame:
    """The table with the columns of grouping; where it was not grouped each article is its own story, none a copy."""
    given = tagged.assign(**{name: "" for name in ("copy_of", "story") if name not in tagged})
    story = given["story"].where(given["story"] != "", given["id"])
    return given.assign(story=story, centrality=tagged.get("centrality", np.float32(0)))


def _distinct(groups: Ints) -> int:
    """How many different ones there are, -1 apart."""
    first, last = int(groups.min(initial=0)), int(groups.max(initial=-1))
    seen = np.zeros(last - first + 1, np.bool_)
    seen[groups - first] = True
    return int(np.count_nonzero(seen[max(-first, 0) :]))


def _largest(n: Ints, limit: int) -> Ints:
    """Places of the `limit` largest, in order of place; of equal ones the first."""
    if limit <= 0:
        return np.zeros(0, np.int64)
    least = np.partition(n, len(n) - limit)[len(n) - limit]
    over = n > least
    equal = np.flatnonzero(n == least)[: limit - int(over.sum())]
    return np.sort(np.concatenate([np.flatnonzero(over), equal]))
