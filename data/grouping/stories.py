"""Stories: articles on the same event, found one after the other in the order of time.

vectors --product with the live articles--> evidence for each pair --mean over the members of a story--> join or found

The evidence that two articles are on one event is a log-odds: what their words, countries and topics have in common
(see :mod:`data.grouping.features`), less for each day between them, less the logarithm of the number of live articles,
since among more articles more are alike by chance (the prior odds of Bayes' rule). An article joins the story whose
live members agree with it best, if they do on average; else it founds one. Decisions are final. Single-pass clustering
with average linkage: J. Allan (ed.), "Topic Detection and Tracking", 2002, chapter 1.
"""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from scipy.sparse import csr_array

    Floats = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.int64]

BASE = -5.3
"""Evidence for one event of two articles of one day that share nothing, but for the number of live articles."""
DAY = 0.6
"""What each day between two articles takes away."""
ACROSS = 4.0
"""What two languages add: that they share few words says little."""
APART, OFF_TOPIC = -1.5, -1.0
"""What it adds that both are about countries but none in common; that both have topics but none in common."""
CROWD = 0.6
"""How the logarithm of the number of live articles counts: less than 1, as what articles share is not independent."""
FEWEST = 10
"""So many live articles are taken to be there at least."""
LEAST, MOST = -1.5, 3.0
"""Evidence is cut to these bounds, so that no pair alone decides for a story. The constants of this module come from a
logistic regression over labelled pairs; they were rounded and moved while the figure stayed the same."""
BACK = 20_000
"""At least so many articles back are compared, at most twice as many."""
PRODUCT = 8_000_000
"""Pairs of articles that are looked at in one step."""


@dataclass(slots=True, eq=False)
class Story:
    """A story that goes on."""

    name: str
    days: list[float] = field(default_factory=list)
    """Of its articles, in order."""
    members: list[Member] = field(default_factory=list)
    total: float = 0.0
    """Sum of the cosines of all its pairs, each article with itself too."""

    def live(self, since: float) -> int:
        """How many of its articles are not older than the day `since`."""
        return len(self.days) - bisect.bisect_left(self.days, since)


@dataclass(slots=True, eq=False)
class Member:
    """An article in its story."""

    name: str
    story: Story
    near: float = 1.0
    """Sum of its cosines with the articles of its story, itself too."""

    @property
    def centrality(self) -> float:
        """Its cosine to the mean of the vectors of its story."""
        return min(self.near / math.sqrt(self.story.total), 1.0)


class Entry(NamedTuple):
    """What is read of an article beside its vector."""

    name: str
    day: float
    language: str
    """Without its region, "" where it is not known."""
    countries: frozenset[str]
    topics: frozenset[str]
    story: Story | None = None
    """Its story, where that is known already."""


class _Pair(NamedTuple):
    other: int
    evidence: float
    cosine: float


@dataclass(slots=True)
class Stories:
    """The live articles, those of the last `window` days, and their stories."""

    window: float
    distance: float = 0.0
    """Days to add between any two articles, where their days say little."""
    work: int = 0
    """Pairs compared so far, for tests of how it grows."""
    _vectors: csr_array | None = None
    _lengths: Floats = field(default_factory=lambda: np.zeros(0))
    _days: Floats = field(default_factory=lambda: np.zeros(0))
    _languages: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    _entries: list[Entry] = field(default_factory=list)
    _members: list[Member] = field(default_factory=list)
    _codes: dict[str, int] = field(default_factory=lambda: {"": 0})
    """A number for each language."""

    def add(self, vectors: csr_array, articles: Sequence[Entry]) -> list[Member]:
        """The place of each article in its story; articles come in the order of their days."""
        taken: list[Member] = []
        while len(taken) < len(articles):
            start = len(taken)
            part = articles[start : start + max(PRODUCT // (len(self._days) + 512), 16)]
            self._forget(part[0].day - self.window)
            base = len(self._members)
            self._append(vectors[start : start + len(part)], part)
            pairs = self._pairs(base)
            for number, article in enumerate(part, start=base):
                mine = sorted(pairs.get(number, ()))
                story = article.story or self._choose(mine, article.day) or Story(article.name)
                taken.append(self._join(article, story, mine))
        return taken

    @property
    def held(self) -> int:
        """The number of live articles."""
        return len(self._members)

    def _append(self, vectors: csr_array, articles: Sequence[Entry]) -> None:
        from scipy.sparse import vstack

        self._vectors = vectors if self._vectors is None else vstack([self._vectors, vectors], format="csr")
        self._lengths = np.append(self._lengths, np.sqrt(vectors.multiply(vectors).sum(axis=1)))
        self._days = np.append(self._days, [article.day for article in articles])
        spoken = [self._codes.setdefault(article.language, len(self._codes)) for article in articles]
        self._languages = np.append(self._languages, spoken)
        self._entries += articles

    def _pairs(self, base: int) -> dict[int, list[_Pair]]:
        """By article from `base` on: the earlier ones within the window with evidence above LEAST."""
        assert self._vectors is not None
        product = (self._vectors[base:] @ self._vectors.T).tocoo()
        self.work += product.nnz
        prior = CROWD * np.log(self._crowds(base)) - BASE
        enough = product.data > (prior + LEAST - ACROSS).astype(np.float32)[product.row]
        row, shared = product.row[enough], product.data[enough]
        later, earlier = row + base, product.col[enough]
        between = np.abs(self._days[later] - self._days[earlier])
        evidence = shared - DAY * (between + self.distance) - prior[row]
        strong = (evidence > LEAST - ACROSS) & (earlier < later) & (between <= self.window)
        later, earlier, evidence, shared = later[strong], earlier[strong], evidence[strong], shared[strong]
        spoken, heard = self._languages[later], self._languages[earlier]
        evidence += ACROSS * ((spoken != heard) & (spoken > 0) & (heard > 0))
        cosines = shared / np.maximum(self._lengths[later] * self._lengths[earlier], 1e-9)
        pairs: defaultdict[int, list[_Pair]] = defaultdict(list)
        found = zip(later.tolist(), earlier.tolist(), evidence.tolist(), cosines.tolist(), strict=True)
        for article, other, value, cosine in found:
            one, two = self._entries[article], self._entries[other]
            value += APART * _disjoint(one.countries, two.countries) + OFF_TOPIC * _disjoint(one.topics, two.topics)
            if value > LEAST:
                pairs[article].append(_Pair(other, min(value, MOST), cosine))
        return pairs

    def _crowds(self, base: int) -> Floats:
        """How many live articles each article from `base` on meets."""
        before, batch = np.sort(self._days[:base]), self._days[base:]
        known = np.searchsorted(before, batch + self.window, side="right") - np.searchsorted(
            before, batch - self.window
        )
        earlier = np.arange(len(batch)) - np.searchsorted(batch, batch - self.window)
        return np.maximum(known + earlier, FEWEST).astype(float)

    def _choose(self, pairs: Sequence[_Pair], day: float) -> Story | None:
        """The story whose members within the window agree best on average, None where no mean is above 0."""
        sums: dict[Story, float] = {}
        for pair in pairs:
            story = self._members[pair.other].story
            sums[story] = sums.get(story, 0.0) + pair.evidence - LEAST
        best, chosen = 0.0, None
        for story, total in sums.items():
            mean = total / story.live(day - self.window) + LEAST
            if mean > best:
                best, chosen = mean, story
        return chosen

    def _join(self, article: Entry, story: Story, pairs: Sequence[_Pair]) -> Member:
        member = Member(article.name, story)
        for pair in pairs:
            other = self._members[pair.other]
            if other.story is story:
                member.near += pair.cosine
                other.near += pair.cosine
                story.total += 2 * pair.cosine
        story.total += 1
        bisect.insort(story.days, article.day)
        story.members.append(member)
        self._members.append(member)
        return member

    def _forget(self, limit: float) -> None:
        """Drops what is older than the day `limit`, once that is a quarter of all, and what is too far back."""
        kept = self._days >= limit
        if len(kept) > 2 * BACK:
            kept[:-BACK] = False
        if self._vectors is None or not len(kept) or kept.mean() > 0.75:
            return
        self._vectors, self._lengths = self._vectors[kept], self._lengths[kept]
        self._days, self._languages = self._days[kept], self._languages[kept]
        self._entries = list(compress(self._entries, kept.tolist()))
        self._members = list(compress(self._members, kept.tolist()))


def _disjoint(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one and two and one.isdisjoint(two))
