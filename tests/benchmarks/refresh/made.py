"""Made-up articles as numbers, in order of time: what every engine of the benchmark is filled from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data import geography
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    import numpy.typing as npt

FIRST = np.datetime64("2024-01-01", "D")
DAYS, PUBLISHERS, WORDS = 731, 2_000, 100_000
_KEYWORDS = 12
_DRIFT = 3_000
"""Articles of a story lie within about so many rows of each other."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Some different values a row, as numbers in `words`; a row may have none."""

    words: tuple[str, ...]
    starts: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int32]

    def rows(self) -> npt.NDArray[np.int64]:
        """The row of every code."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def bits(self) -> npt.NDArray[np.uint64]:
        """A number a row with the bit of every value set; the bit after the last means no value at all."""
        sums = np.zeros(len(self.starts) - 1, np.uint64)
        np.bitwise_or.at(sums, self.rows(), np.uint64(1) << self.codes.astype(np.uint64))
        sums[sums == 0] = np.uint64(1) << np.uint64(len(self.words))
        return sums


@dataclass(frozen=True, slots=True)
class Made:
    """The articles of the benchmark."""

    seconds: npt.NDArray[np.int64]
    """After the beginning of FIRST, ascending."""
    publisher: npt.NDArray[np.int32]
    story: npt.NDArray[np.int32]
    topics: Lists
    countries: Lists
    regions: Lists
    """Those that hold the countries."""
    keywords: Lists

    def __len__(self) -> int:
        return len(self.seconds)

    @property
    def days(self) -> npt.NDArray[np.int64]:
        """Days after FIRST."""
        return self.seconds // 86_400

    @property
    def weeks(self) -> npt.NDArray[np.int64]:
        """Weeks after that of FIRST, which is a Monday."""
        return self.days // 7


def make(n: int, seed: int = 7) -> Made:
    """`n` articles: 12 keywords, 0 to 2 topics and 0 to 3 countries each, the first values by far the most frequent."""
    draw = np.random.default_rng(seed)
    countries = _lists(draw, n, tuple(geography.COUNTRIES), (0.1, 0.45, 0.25, 0.2))
    return Made(
        seconds=np.sort(draw.integers(0, DAYS * 86_400, n)),
        publisher=_zipf(draw, n, PUBLISHERS),
        story=_stories(draw, n),
        topics=_lists(draw, n, tuple(TOPICS), (0.08, 0.52, 0.4)),
        countries=countries,
        regions=_regions(countries),
        keywords=_lists(draw, n, tuple(f"word{number}" for number in range(WORDS)), (0.0,) * _KEYWORDS + (1.0,)),
    )


def _zipf(draw: np.random.Generator, n: int, width: int) -> npt.NDArray[np.int32]:
    """Numbers below `width`; the chance of each is that of the first divided by its rank."""
    sums = np.cumsum(1 / np.arange(1, width + 1))
    return np.searchsorted(sums, draw.random(n, np.float32) * sums[-1]).astype(np.int32).clip(max=width - 1)


def _lists(draw: np.random.Generator, n: int, words: tuple[str, ...], sizes: tuple[float, ...]) -> Lists:
    """`sizes`: the chance of having so many values. Repeats are dropped, so that some rows have one or two fewer."""
    wanted = draw.choice(len(sizes), n, p=sizes)
    rows = np.repeat(np.arange(n), wanted)
    return _once(rows, _zipf(draw, len(rows), len(words)), n, words)


def _once(rows: npt.NDArray[np.int64], codes: npt.NDArray[np.int32], n: int, words: tuple[str, ...]) -> Lists:
    pairs = np.sort(rows * len(words) + codes)
    pairs = pairs[np.r_[True, pairs[1:] != pairs[:-1]][: len(pairs)]]
    starts = np.r_[0, np.cumsum(np.bincount(pairs // len(words), minlength=n))]
    return Lists(words, starts, (pairs % len(words)).astype(np.int32))


def _regions(countries: Lists) -> Lists:
    around = [geography.regions_of([country]) for country in countries.words]
    words = tuple(sorted({region for each in around for region in each}))
    places = [np.array([words.index(region) for region in each], np.int32) for each in around]
    sizes = np.array([len(each) for each in places])
    firsts = np.cumsum(sizes) - sizes
    n = sizes[countries.codes]
    within = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    codes = np.concatenate(places)[np.repeat(firsts[countries.codes], n) + within]
    return _once(np.repeat(countries.rows(), n), codes, len(countries.starts) - 1, words)


def _stories(draw: np.random.Generator, n: int) -> npt.NDArray[np.int32]:
    """About four articles a story, near each other in time."""
    near = np.sort(draw.integers(0, max(n // 4, 1), n))
    return near[np.argsort(np.arange(n) + draw.integers(0, _DRIFT, n), kind="stable")].astype(np.int32)
