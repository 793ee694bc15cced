"""What is asked: the panels of the page, and the selections that they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from data.selection import Selection
from tests.benchmarks.refresh.made import DAYS, FIRST, PUBLISHERS

if TYPE_CHECKING:
    import numpy.typing as npt

    from tests.benchmarks.refresh.made import Made

OWN = {
    "topics": ("topic", "subtopic"),
    "countries": ("country", "region"),
    "grid": ("region", "topic"),
    "weeks": ("day",),
    "keywords": ("keyword",),
}
"""The panels that count, and the facets that each leaves out; `totals` and `latest` leave out none."""
TOP, LATEST = 60, 50


@dataclass(frozen=True, slots=True)
class Answer:
    """All panels of one selection, as arrays, so that the engines can be compared."""

    totals: tuple[int, ...]
    """Articles, without country, without topic, publishers, countries, first and last day."""
    panels: dict[str, npt.NDArray[np.int64]]
    """By topic, country, region and topic, week and topic; the last place is that of no value at all."""
    words: npt.NDArray[np.int64]
    """How often the most frequent keywords occur, and which they are; ties in the order of their names."""
    latest: npt.NDArray[np.int64]
    """Rows, the newest first."""

    def differing(self, other: Answer) -> list[str]:
        """The panels that are not the same to the digit."""
        mine, theirs = (each.panels | {"words": each.words, "latest": each.latest} for each in (self, other))
        unlike = [name for name in mine if not np.array_equal(mine[name], theirs[name])]
        return unlike if self.totals == other.totals else ["totals", *unlike]


class Chosen:
    """A selection in numbers, for those who look at bits."""

    def __init__(self, made: Made, selection: Selection) -> None:
        def bits(name: str, words: tuple[str, ...]) -> int:
            return sum(1 << words.index(value) for value in selection.chosen(name))

        self.topics, self.regions = bits("topic", made.topics.words), bits("region", made.regions.words)
        self.publishers = [int(name.split()[1]) for name in selection.chosen("publisher")]
        self.first = _days(selection.first) if selection.first else 0
        self.last = _days(selection.last) if selection.last else DAYS - 1


def _days(day: object) -> int:
    return int((np.datetime64(day, "D") - FIRST).astype(int))


class Selections:
    """Draws selections that match about a wanted share of the articles."""

    def __init__(self, made: Made, seed: int = 11) -> None:
        self.made, self.draw = made, np.random.default_rng(seed)
        self.bits = {"topic": made.topics.bits(), "region": made.regions.bits()}

    @cached_property
    def publishers(self) -> npt.NDArray[np.float64]:
        """The share of the articles that each has."""
        return np.bincount(self.made.publisher, minlength=PUBLISHERS) / len(self.made)

    def mixed(self) -> dict[str, list[Selection]]:
        """Ten selections for each of four shares, most of them by two or three facets."""
        ways = (("day",), ("topic",), ("region",), ("publisher",), ("topic", "region"))
        shares = {"100 %": 1.0, "30 %": 0.3, "5 %": 0.05, "0.5 %": 0.005}
        return {name: [self.of(ways[i % 5], share, dates=True) for i in range(10)] for name, share in shares.items()}

    def one_facet(self) -> list[Selection]:
        """Three selections by each of four facets, about 30 % of the articles each."""
        return [self.of((name,), 0.3) for name in ("topic", "region", "day", "publisher") for _ in range(3)]

    def four_facets(self) -> list[Selection]:
        """Ten selections by topic, region, publisher and days, each facet with about half of the articles."""
        found = []
        for _ in range(10):
            parts = [self.of((name,), 0.5) for name in ("topic", "region", "publisher", "day")]
            values = {name: chosen for part in parts for name, chosen in part.values}
            found.append(_choose(Selection(), values).between(parts[-1].first, parts[-1].last))
        return found

    def of(self, names: tuple[str, ...], share: float, *, dates: bool = False) -> Selection:
        """Values of these facets; with `dates`, or if days are named, days that bring them down to the share."""
        if share == 1:
            return Selection()
        wanted = min(share * 3, 1.0) if dates else share
        values = {name: self._values(name, wanted ** (1 / len(names))) for name in names if name != "day"}
        rows = np.ones(len(self.made), np.bool_)
        for name, chosen in values.items():
            rows &= self._rows(name, chosen)
        selection = _choose(Selection(), values)
        return (
            self._between(selection, min(share / max(rows.mean(), 1e-9), 1)) if dates or "day" in names else selection
        )

    def _values(self, name: str, share: float) -> tuple[str, ...]:
        """Values in an order of chance until they have the share, each left out that would lead far beyond it."""
        words = {"topic": self.made.topics.words, "region": self.made.regions.words}.get(name)
        known = words or tuple(f"Publisher {number:08}" for number in range(PUBLISHERS))
        chosen: tuple[str, ...] = ()
        for place in self.draw.choice(len(known), len(known), replace=False, p=self._chances(name)):
            more = (*chosen, known[place])
            mean = self._rows(name, more).mean()
            if mean < share * 1.25 or (place == 0 and not chosen):
                chosen = more
            if mean >= share * 0.85 and chosen == more:
                break
        return chosen or (known[-1],)

    def _chances(self, name: str) -> npt.NDArray[np.float64] | None:
        """Publishers are drawn as often as they publish; otherwise it would take hundreds of them."""
        return (self.publishers + 1e-9) / (self.publishers + 1e-9).sum() if name == "publisher" else None

    def _rows(self, name: str, chosen: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        if name == "publisher":
            wanted = np.zeros(PUBLISHERS, np.bool_)
            wanted[[int(each.split()[1]) for each in chosen]] = True
            return wanted[self.made.publisher]
        words = (self.made.topics if name == "topic" else self.made.regions).words
        return (self.bits[name] & np.uint64(sum(1 << words.index(each) for each in chosen))) != 0

    def _between(self, selection: Selection, share: float) -> Selection:
        length = max(round(share * DAYS), 1)
        first = FIRST.item() + timedelta(int(self.draw.integers(0, DAYS - length + 1)))
        return selection.between(first, first + timedelta(length - 1))


def _choose(selection: Selection, values: dict[str, tuple[str, ...]]) -> Selection:
    for name, chosen in values.items():
        selection = selection.choose(name, chosen)
    return selection
