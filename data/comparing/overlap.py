"""What two selections both hold, counted with the questions that an engine answers anyway."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import pandas as pd

from data.facets import FACETS
from data.selection import Selection

if TYPE_CHECKING:
    from datetime import date

    from data.engines import Engine

Signed = tuple[tuple[int, Selection], ...]
"""Selections whose counts are added or, with -1, taken away."""

_MOST = 2
"""Facets that need three selections each; more would make too many."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """The articles that are in both of two selections."""

    n: int | None
    """None where it cannot be counted: different search texts that cannot be joined, or too many facets that differ."""
    parts: Signed = ()

    def counts(self, engine: Engine, name: str) -> pd.Series[int]:
        """By the values of a facet, how many of these articles have it; empty where there are none or none known."""
        found = pd.Series(dtype="int64")
        for sign, selection in self.parts if self.n else ():
            counts = engine.counts(selection, (name,)).set_index(name)["n"]
            found = found.add(sign * counts, fill_value=0)
        return found


def overlap(engine: Engine, a: Selection, b: Selection) -> Overlap:
    """The articles in both."""
    parts = meeting(a, b)
    if parts is None:
        return Overlap(None)
    return Overlap(sum(sign * engine.totals(selection).n for sign, selection in parts), parts)


def meeting(a: Selection, b: Selection) -> Signed | None:
    """Selections whose counts add up to that of the articles in both; () where there can be none, None where unknown.

    Where a facet may have several values, "about any of these" and "about any of those" is no single selection. But
    the articles with both are those with the first, and those with the second, less those with either.
    """
    text = _both_texts(a.text, b.text)
    if text is None:
        return None
    first, last = _inner(a.first, b.first, later=True), _inner(a.last, b.last, later=False)
    undated = bool(a.chosen("day") or b.chosen("day"))
    if (first and last and first > last) or (undated and (first or last)):
        return ()
    bare = replace(Selection(), first=first, last=last, text=text)
    names = [name for name in FACETS if a.chosen(name) or b.chosen(name)]
    ways = [_both_values(name, a.chosen(name), b.chosen(name)) for name in names]
    if any(not way for way in ways):
        return ()
    if sum(len(way) > 1 for way in ways) > _MOST:
        return None
    found = []
    for terms in product(*ways):
        sign, selection = 1, bare
        for name, (factor, values) in zip(names, terms, strict=True):
            sign, selection = sign * factor, selection.choose(name, values)
        found.append((sign, selection))
    return tuple(found)


def _both_values(name: str, a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    if not a or not b or set(a) <= set(b) or set(b) <= set(a):
        return [(1, min((values for values in (a, b) if values), key=len))]
    if not FACETS[name].many:
        common = tuple(value for value in a if value in b)
        return [(1, common)] if common else []
    return [(1, a), (1, b), (-1, (*a, *b))]


def _inner(a: date | None, b: date | None, *, later: bool) -> date | None:
    days = sorted(day for day in (a, b) if day)
    return days[-1 if later else 0] if days else None


def _both_texts(a: str, b: str) -> str | None:
    a, b = a.strip(), b.strip()
    if not a or not b or a == b:
        return a or b
    closed = all(text.count('"') % 2 == 0 and "(" not in text and ")" not in text for text in (a, b))
    return f"({a}) ({b})" if closed else None
