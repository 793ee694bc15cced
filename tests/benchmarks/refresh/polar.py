"""Polars: all panels as lazy queries that are collected together, topics and regions as bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tests.benchmarks.refresh.asked import LATEST, OWN, TOP, Answer, Chosen
from tests.benchmarks.refresh.bits import columns, counted, totals, unfold

if TYPE_CHECKING:
    import polars as pl

    from data.selection import Selection
    from tests.benchmarks.refresh.made import Made


class Polar:
    """Lazy queries; bits are unfolded afterwards."""

    name = "Polars"

    def __init__(self, made: Made) -> None:
        import polars as pl

        self.made, self.frame = made, pl.DataFrame(pl.from_arrow(pa.table(columns(made))))
        self.names = [f"word{number}" for number in range(len(made.keywords.words))]

    def refresh(self, selection: Selection) -> Answer:
        """All panels."""
        import polars as pl

        made, rows = self.made, {name: self._rows(selection.without(*own)) for name, own in OWN.items()}
        here, shared = self._rows(selection), selection.without("country", "region") == selection
        n, none = pl.len().alias("n"), 1 << len(made.topics.words)
        words = rows["keywords"].select(pl.col("keywords").explode()).group_by("keywords").agg(n)
        queries = [
            here.select(
                n,
                (pl.col("countries").list.len() == 0).sum().alias("no country"),
                (pl.col("topics") == none).sum().alias("unsure"),
                pl.col("publisher").n_unique().alias("publishers"),
                pl.col("day").min().fill_null(-1).alias("first"),
                pl.col("day").max().fill_null(-1).alias("last"),
            ),
            rows["topics"].group_by("topics").agg(n),
            _countries(rows["countries"]),
            rows["grid"].group_by("regions", "topics").agg(n),
            rows["weeks"].group_by("week", "topics").agg(n),
            words.filter(pl.col("n") >= pl.col("n").top_k(TOP).min()),
            here.select("id", "title").tail(LATEST),
            *([] if shared else [_countries(here)]),
        ]
        said, *found = pl.collect_all(queries)
        by_topic, about, pairs, weeks, most, latest = (
            [each[name].to_numpy() for name in each.columns] for each in found[:6]
        )
        countries = self._counted(about)
        known = countries if shared else self._counted([found[6][name].to_numpy() for name in found[6].columns])
        topics, regions = len(made.topics.words) + 1, len(made.regions.words) + 1
        panels = {
            "topics": unfold(by_topic[1], (by_topic[0], topics)),
            "countries": countries,
            "grid": unfold(pairs[2], (pairs[0], regions), (pairs[1], topics)),
            "weeks": unfold(weeks[2], (weeks[1], topics), weeks=weeks[0]),
        }
        numbers = [value if value is not None else -1 for value in said.row(0)]
        order = sorted(range(len(most[0])), key=lambda at: (-int(most[1][at]), self.names[int(most[0][at])]))[:TOP]
        words = np.array([most[1][order], most[0][order]], np.int64)
        return Answer(totals(numbers, known), panels, words, latest[0][::-1])

    def answer(self, answer: Answer) -> Answer:
        """As it is."""
        return answer

    def _counted(self, about: list[np.ndarray]) -> np.ndarray:
        known = ~np.isnan(about[0].astype(float))
        none = int(about[1][~known].sum())
        return counted(about[0][known], about[1][known], none, len(self.made.countries.words))

    def _rows(self, selection: Selection) -> pl.LazyFrame:
        import polars as pl

        chosen, rows = Chosen(self.made, selection), self.frame.lazy()
        if selection.first or selection.last:
            rows = rows.filter(pl.col("day").is_between(chosen.first, chosen.last))
        if chosen.topics:
            rows = rows.filter((pl.col("topics") & chosen.topics) != 0)
        if chosen.regions:
            rows = rows.filter((pl.col("regions") & pl.lit(chosen.regions, pl.UInt64)) != 0)
        return rows.filter(pl.col("publisher").is_in(chosen.publishers)) if chosen.publishers else rows


def _countries(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows without any explode into one of null."""
    import polars as pl

    return rows.select(pl.col("countries").explode(empty_as_null=True)).group_by("countries").agg(pl.len().alias("n"))
