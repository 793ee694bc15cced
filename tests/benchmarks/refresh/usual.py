"""pandas as it is usually written: columns of lists, explode, isin, value_counts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.facets import NONE
from tests.benchmarks.refresh.asked import LATEST, OWN, TOP, Answer
from tests.benchmarks.refresh.made import FIRST

if TYPE_CHECKING:
    from data.selection import Selection
    from tests.benchmarks.refresh.made import Lists, Made

_COLUMN = {"topic": "topics", "region": "regions"}


class Usual:
    """One frame, filtered anew for every panel."""

    name = "pandas"

    def __init__(self, made: Made) -> None:
        self.made = made
        self.frame = pd.DataFrame(
            {
                "title": "A title of about seventy characters, as most titles of the news have",
                "day": made.days,
                "week": made.weeks,
                "publisher": pd.Series(made.publisher).map("Publisher {:08}".format),
                **{name: _lists(getattr(made, name)) for name in ("topics", "countries", "regions", "keywords")},
            }
        )

    def refresh(self, selection: Selection) -> tuple[pd.Series | pd.DataFrame, ...]:
        """All panels."""
        rows = {name: self._rows(selection.without(*own)) for name, own in OWN.items()}
        here = self._rows(selection)
        days = here["day"].agg(["min", "max"])
        totals = pd.Series(
            [
                len(here),
                (here["countries"].str.len() == 0).sum(),
                (here["topics"].str.len() == 0).sum(),
                here["publisher"].nunique(),
                here["countries"].explode().nunique(),
                *days.fillna(-1),
            ]
        )
        return (
            totals,
            rows["topics"]["topics"].explode().value_counts(dropna=False),
            rows["countries"]["countries"].explode().value_counts(dropna=False),
            rows["grid"][["regions", "topics"]].explode("regions").explode("topics").value_counts(dropna=False),
            rows["weeks"][["topics", "week"]].explode("topics").value_counts(dropna=False),
            rows["keywords"]["keywords"].explode().value_counts(),
            here.tail(LATEST)[::-1],
        )

    def answer(self, found: tuple[pd.Series | pd.DataFrame, ...]) -> Answer:
        """The same as arrays; the tie at the end of the most frequent words is the frame's own."""
        totals, topics, countries, grid, weeks, words, latest = found
        made = self.made
        by_topic, by_region = ((*lists.words, NONE) for lists in (made.topics, made.regions))
        panels = {
            "topics": _array(topics, by_topic),
            "countries": _array(countries, (*made.countries.words, NONE)),
            "grid": _array(grid, by_region, by_topic),
            "weeks": _array(weeks, by_topic, range(105)),
        }
        frame = words.rename("n").reset_index().sort_values(["n", "keywords"], ascending=[False, True]).head(TOP)
        codes = frame["keywords"].map({word: code for code, word in enumerate(made.keywords.words)})
        most = np.array([frame["n"], codes], np.int64)
        return Answer(tuple(int(each) for each in totals), panels, most, latest.index.to_numpy())

    def _rows(self, selection: Selection) -> pd.DataFrame:
        frame = self.frame
        if selection.first and selection.last:
            first, last = ((np.datetime64(day) - FIRST).astype(int) for day in (selection.first, selection.last))
            frame = frame[frame["day"].between(first, last)]
        for name, values in selection.values:
            if name == "publisher":
                frame = frame[frame["publisher"].isin(values)]
            else:
                flat = frame[_COLUMN[name]].explode()
                frame = frame[frame.index.isin(flat.index[flat.isin(values)])]
        return frame


def _lists(lists: Lists) -> list[list[str]]:
    flat = np.array(lists.words, dtype=object)[lists.codes].tolist()
    starts = lists.starts.tolist()
    return [flat[a:b] for a, b in pairwise(starts)]


def _array(counts: pd.Series, *axes: object) -> np.ndarray:
    found = np.zeros([len(words) for words in axes], np.int64)  # type: ignore[arg-type]
    frame = counts.rename("n").reset_index()
    words = [frame[name].where(frame[name].notna(), NONE) for name in frame.columns[:-1]]
    found[tuple(pd.Index(axis).get_indexer(each) for axis, each in zip(axes, words, strict=True))] = frame["n"]
    return found
