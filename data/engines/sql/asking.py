"""Questions as Ibis expressions over the table of facets, see :mod:`data.engines.sql.prepared`; nothing is run here."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from data.corrections.applying import COLUMN
from data.engines import TIME_BINS
from data.facets import FACETS, NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.engines import Order, Unit
    from data.engines.sql.platforms import Table
    from data.selection import Selection

_BINS = dict(zip(TIME_BINS, "DWMY", strict=True))
"""Widths of time, in the letters of Ibis."""
_UNITS: dict[Unit, str] = {"stories": "story", "publishers": "publisher"}
"""The facet that says which unit an article belongs to."""


def chosen(facets: Table, selection: Selection) -> Table:
    """The rows that match all of a selection but its text."""
    conditions = [
        facets["day"].isnull() if name == "day" else _any(facets, name, values) for name, values in selection.values
    ]
    conditions += [facets["day"] >= selection.first] if selection.first else []
    conditions += [facets["day"] <= selection.last] if selection.last else []
    return facets.filter(*conditions) if conditions else facets


def totals(rows: Table, unit: Unit) -> Table:
    """One row: what is known of the rows, in units."""
    publisher = rows["publisher"]
    return rows.aggregate(
        n=_units(rows, unit),
        undated=_units(rows, unit, rows["day"].isnull()),
        no_country=_units(rows, unit, _any(rows, "country", (NONE,))),
        unsure=_units(rows, unit, _any(rows, "topic", (NONE,))),
        publishers=publisher.nunique(where=publisher != NONE),
        first=rows["day"].min(),
        last=rows["day"].max(),
        copies=rows.count() - rows["family"].nunique(),
    )


def number(rows: Table, unit: Unit) -> Table:
    """One row: n, the units among the rows."""
    return rows.aggregate(n=_units(rows, unit))


def distinct(rows: Table, column: str) -> Table:
    """One row: n, the different values of a column of lists, NONE left out."""
    each = rows.select(value=rows[column].unnest())
    return each.aggregate(n=each["value"].nunique(where=each["value"] != NONE))


def corrected(rows: Table) -> Table:
    """The rows that corrections changed: few."""
    return rows.filter(rows[COLUMN].length() > 0)


def counts(rows: Table, by: Sequence[str], unit: Unit, limit: int | None) -> Table:
    """Columns v0 (and v1) with the values, and n; in the order of the answer."""
    values = [f"v{place}" for place in range(len(by))]
    if unit in _UNITS:
        rows = rows.filter(rows[_UNITS[unit]] != NONE)
    columns = {value: _value(rows, name) for value, name in zip(values, by, strict=True)}
    rows = rows.select(unit=rows[_UNITS.get(unit, "id")], **columns)
    for value, name in zip(values, by, strict=True):  # one after the other: all pairs are meant
        if name in FACETS and FACETS[name].many:
            rows = rows.mutate(**{value: rows[value].unnest()})
    n = rows["unit"].nunique() if unit in _UNITS else rows.count()
    answer = rows.group_by(values).agg(n=n)
    answer = answer.order_by([answer["n"].desc(), *values])
    return answer if limit is None else answer.limit(max(limit, 0))


def page(rows: Table, order: Order, limit: int, copies: bool) -> Table:
    """The first rows in this order, with the column copies.

    Without an offset: for one, Ibis would have Spark number all rows in one place.
    """
    import ibis

    rows = rows.select("id", "published", "place", "family", "copied")
    if copies:
        rows = rows.mutate(copies=ibis.literal(0, "int64"))
    else:
        within = ibis.window(group_by="family", order_by=["copied", "published", "id"])
        rows = rows.mutate(
            copies=rows.count().over(ibis.window(group_by="family")) - 1, among=ibis.row_number().over(within)
        )
        rows = rows.filter(rows["among"] == 0)
    return rows.order_by(_order(rows, order)).limit(limit)


def _order(rows: Table, order: Order) -> list[Any]:
    oldest = [rows["published"].asc(), rows["id"].asc()]
    if order == "newest":
        dated = rows["published"].notnull().ifelse(rows["id"], None)
        return [rows["published"].desc(), dated.desc(), rows["id"].asc()]
    return [rows["place"].asc(), *oldest] if order == "central" else oldest


def _any(rows: Table, name: str, values: Sequence[str]) -> Any:
    """Whether a row has any of the values."""
    import ibis

    values = storable(values)
    if not values:
        return ibis.literal(False)
    if not FACETS[name].many:
        return rows[name].isin(values)
    return reduce(or_, (rows[name].contains(value) for value in values))


def storable(values: Sequence[str]) -> list[str]:
    """Those that may be in a store: half a character, as an address may hold, is in none and cannot be written."""
    return [value for value in values if value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)]


def _units(rows: Table, unit: Unit, where: Any = None) -> Any:
    if unit not in _UNITS:
        return rows.count() if where is None else where.sum().fill_null(0)
    known = rows[_UNITS[unit]] != NONE
    return rows[_UNITS[unit]].nunique(where=known if where is None else known & where)


def _value(rows: Table, name: str) -> Any:
    """The column of a facet, or of the first days of time bins."""
    if name not in _BINS:
        return rows[name]
    first = rows["day"] if name == "day" else rows["day"].truncate(_BINS[name])
    return first.cast("string").left(10).fill_null(NONE)  # Spark makes a time of it
