"""An engine that remembers its answers, so that a rerun of the page asks again only for what changed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from data.engines import Engine, Order, Totals, Unit
    from data.selection import Selection


class CachedEngine:
    """Wraps an engine; shared by all sessions. Answers are shared too: treat every frame as read-only."""

    def __init__(self, engine: Engine, size: int = 256) -> None:
        """Keeps up to `size` answers to each question."""
        self.version = engine.version
        self._engine = engine
        self._totals = lru_cache(maxsize=size)(engine.totals)
        self._counts = lru_cache(maxsize=size)(engine.counts)
        self._articles = lru_cache(maxsize=size)(engine.articles)

    def totals(self, selection: Selection, unit: Unit = "articles") -> Totals:
        """See :class:`data.engines.Engine`."""
        return self._totals(selection, unit)

    def counts(
        self, selection: Selection, by: Sequence[str], unit: Unit = "articles", limit: int | None = None
    ) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        return self._counts(selection, tuple(by), unit, limit)

    def articles(
        self, selection: Selection, order: Order = "newest", offset: int = 0, limit: int = 50, copies: bool = True
    ) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        return self._articles(selection, order, offset, limit, copies)

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        return self._engine.texts(ids)
