"""Engines answer four questions about a selection of articles; every engine gives the same answers.

Every answer is a small labelled DataFrame (or Totals). A panel asks with ``selection.without(its own facet)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from data.selection import Selection

Unit = Literal["articles", "stories", "publishers"]
UNITS: tuple[Unit, ...] = ("articles", "stories", "publishers")

Order = Literal["newest", "oldest", "central"]
ORDERS: tuple[Order, ...] = ("newest", "oldest", "central")
"""By time, or the most central article of every story first, then the second of every story, and so on."""

TIME_BINS = ("day", "week", "month", "year")
"""Widths of time that `counts` groups by besides the facets; a value is the first day of its bin, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a selection holds, in units; the base of every share. A story matches if any of its articles does."""

    n: int
    of: int
    """All there are, without any selection."""
    undated: int
    no_country: int
    unsure: int
    """Without a topic."""
    publishers: int
    countries: int
    """Countries that the articles are about."""
    first: date | None
    last: date | None
    copies: int = 0
    """Articles that say nearly the same as another one that matches too."""
    corrections: int = 0
    """Corrections made by hand that change a tag of any article that matches; a rule counts once."""


class Engine(Protocol):
    """What answers counts over a set of tagged articles."""

    version: str
    """Changes whenever an answer could change; part of every cache key."""

    def totals(self, selection: Selection, unit: Unit = "articles") -> Totals:
        """How many units match, and what is known about them."""
        ...

    def counts(
        self, selection: Selection, by: Sequence[str], unit: Unit = "articles", limit: int | None = None
    ) -> pd.DataFrame:
        """Units that match, for every value of a facet or time bin, or every pair of two; with `limit` the largest.

        Columns: one named after each entry of `by` (text; NONE for no value), and `n` (> 0), largest first, ties in the
        order of the values. A unit with several values counts once under each.
        """
        ...

    def articles(
        self, selection: Selection, order: Order = "newest", offset: int = 0, limit: int = 50, copies: bool = True
    ) -> pd.DataFrame:
        """One page of the matching articles with their facets but without texts; undated articles come last.

        Without `copies`, of articles that say nearly the same only the original is listed, or the oldest copy if the
        original does not match; the column `copies` is the number of those left out for it (0 with `copies`).
        """
        ...

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """The articles with these ids in that order, with `text` and evidence in `tags`; unknown ids are left out."""
        ...
