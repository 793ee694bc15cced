"""Copies: articles whose text is (nearly) that of an earlier one.

words --runs of four--> shingles --index of earlier originals--> shared shingles --containment--> copy of the earliest

Two texts are compared by the share of the smaller one's shingles that the other has (A. Broder, "On the resemblance
and containment of documents", 1997), so that a short item inside a long article is found. Only originals are in the
index: a text printed a hundred times costs one entry a shingle. A shingle that COMMON originals have had within the
window is a stock phrase or a publisher's footer and says nothing. What an article is a copy of depends on the articles
before it alone, never on how they were cut into batches.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from data.grouping.shingles import SHIFT, SLOT, SLOT_BITS, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.grouping.shingles import Shingles
    from data.grouping.tokens import Hashes, Numbers

CONTAINMENT = 0.25
"""Share of the smaller text's shingles that a copy has."""
AT_LEAST = 24
"""But at least so many shingles, 27 words in a row, or nearly all of a shorter text: a quarter of it would be a phrase,
or the words about rights that an agency puts under each of its reports."""
BACK = 200_000
"""At least so many originals back are compared, at most twice as many."""
COMMON = 20
"""A shingle in more originals than that is left out."""
REPEATED, NEARLY_HALF, NEARLY_ALL, LONG = 3.0, 0.5, 0.8, 60
"""Within one publisher: days between an article and its update, the share that they have in common, and the share from
which a text of so many shingles is a copy whatever its title says."""
GROWTH = 16
"""The latest keys are merged into the others when they are this part of them."""
FEW = 5
"""With fewer shared shingles no text is a copy, but of a short article as a whole."""

_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


def is_copy(shared: int, smaller: int) -> bool:
    """Whether `shared` shingles make a copy, where the smaller of two texts has `smaller`."""
    return shared >= max(CONTAINMENT * smaller, min(AT_LEAST, NEARLY_ALL * smaller))


def is_repeat(shared: int, smaller: int, days: float, one: int, other: int) -> bool:
    """The same for two articles of one publisher, whose form letters and footers stand in its own articles again.

    The titles (as sets of bits) have to be alike, with the same numbers, and the articles close in time, or the texts
    long and nearly equal.
    """
    if smaller >= LONG and shared >= NEARLY_ALL * smaller:
        return True
    together, either = (one & other).bit_count(), (one | other).bit_count()
    if days > REPEATED or 2 * together < either or one >> TITLE != other >> TITLE:
        return False
    return shared >= NEARLY_HALF * smaller or (one == other and is_copy(shared, smaller))


@dataclass(slots=True)
class Copies:
    """The index of the originals of the last `window` days."""

    window: float
    work: int = 0
    """Comparisons made so far, for tests of how it grows."""
    _keys: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))
    """Hash and slot, ascending."""
    _new: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))
    """The same for the latest slots: a small array, as every batch is merged into it."""
    _slots: list[_Slot] = field(default_factory=list)
    _oldest: float = math.inf
    """No slot is older than that day."""

    def add(self, found: Shingles, ids: Sequence[str], days: Sequence[float], publishers: Sequence[str]) -> list[str]:
        """The id of the original of each article, "" for an original; articles come in the order of their days."""
        if not ids:
            return []
        self._forget(min(days) - self.window)
        self._oldest = min(self._oldest, *days)
        base, originals, stored = len(self._slots), [""] * len(ids), []
        entries, repeated = self._matches(found)
        in_batch: defaultdict[int, list[int]] = defaultdict(list)
        for number, slot in enumerate(_slots(found, ids, days, publishers)):
            mine = entries.get(number, [])
            best = self._best(mine, in_batch, slot)
            if best is not None:
                originals[number] = best.name
                continue
            for key, _ in mine:
                if key in repeated:
                    in_batch[key].append(len(self._slots))
            self._slots.append(slot)
            stored.append(number)
        self._store(found.keys, stored, base, len(ids))
        return originals

    def find(self, found: Shingles, ids: Sequence[str], days: Sequence[float], publishers: Sequence[str]) -> list[str]:
        """The same as :meth:`add` for articles that shall not be looked up themselves."""
        entries, _ = self._matches(found)
        best = [
            self._best(entries.get(number, []), {}, slot)
            for number, slot in enumerate(_slots(found, ids, days, publishers))
        ]
        return [slot.name if slot else "" for slot in best]

    def names(self) -> list[str]:
        """The ids of the originals that are remembered."""
        return [slot.name for slot in self._slots]

    def restore(self, found: Shingles, ids: Sequence[str], days: Sequence[float], publishers: Sequence[str]) -> None:
        """Takes in articles that are known to be originals."""
        base = len(self._slots)
        self._oldest = min(self._oldest, *days) if ids else self._oldest
        self._slots += _slots(found, ids, days, publishers)
        self._store(found.keys, range(len(ids)), base, len(ids))

    def _matches(self, found: Shingles) -> tuple[dict[int, list[tuple[int, list[int]]]], set[int]]:
        """By article: its shingles that stand anywhere else, each with the latest slots that have it; and which of
        them the batch itself repeats."""
        keys = found.keys
        hashes = keys >> SHIFT
        again = np.zeros(len(keys), bool)
        if len(keys):
            same = hashes[1:] == hashes[:-1]
            again[1:] |= same
            again[:-1] |= same
        at, slots = self._known(hashes)
        articles = (keys & SLOT).astype(np.int64)
        pairs, shared = np.unique((articles[at] << SLOT_BITS) | slots, return_counts=True)
        promising = (found.whole > 0) | (np.bincount(articles[again], minlength=len(found.sizes)) >= FEW)
        promising[pairs[shared >= FEW] >> SLOT_BITS] = True
        known = np.zeros(len(keys), bool)
        known[at] = True
        wanted = promising[articles] & known | again
        chosen = np.flatnonzero(wanted)
        starts, ends = (np.searchsorted(at, chosen, side).tolist() for side in _SIDES)
        listed = slots.tolist()
        entries: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        named = zip(articles[chosen].tolist(), hashes[chosen].tolist(), starts, ends, strict=True)
        for article, key, start, end in named:
            entries[article].append((key, listed[start:end]))
        return entries, set(hashes[again].tolist())

    def _known(self, hashes: Hashes) -> tuple[Numbers, Numbers]:
        """For the latest slots that have each of `hashes`: the place of the hash, ascending, and the slot."""
        found = [_latest(known, hashes) for known in (self._keys, self._new)]
        at, slots = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.argsort(at, kind="stable")
        return at[order], slots[order]

    def _best(
        self, entries: Sequence[tuple[int, list[int]]], in_batch: dict[int, list[int]], article: _Slot
    ) -> _Slot | None:
        """The original that shares most with an article, of equals the earliest; None where none is enough."""
        if len(entries) < FEW and not article.whole:
            return None
        slots, limit = self._slots, article.day - self.window
        aged = self._oldest < limit
        counts: dict[int, int] = {}
        for key, known in entries:
            earlier = known + in_batch[key][-COMMON - 1 :] if key in in_batch else known
            live = [slot for slot in earlier if slots[slot].day >= limit] if aged else earlier
            if len(live) <= COMMON:
                self.work += len(live)
                for slot in live:
                    counts[slot] = counts.get(slot, 0) + 1
        alike = [
            (shared, -slot)
            for slot, shared in counts.items()
            if (shared >= FEW or article.whole) and _alike(shared, article, slots[slot])
        ]
        return slots[-max(alike)[1]] if alike else None

    def _store(self, keys: Hashes, stored: Sequence[int], base: int, count: int) -> None:
        """Merges the shingles of the `stored` articles of a batch of `count` into the index, at slots from `base`."""
        slots = np.full(count, -1, np.int64)
        slots[list(stored)] = np.arange(base, base + len(stored))
        slot = slots[(keys & SLOT).astype(np.int64)]
        fresh = (keys[slot >= 0] & ~SLOT) | slot[slot >= 0].astype(np.uint64)
        self._new = _merged(self._new, fresh)
        if GROWTH * len(self._new) > len(self._keys):
            self._keys, self._new = _merged(self._keys, self._new), self._new[:0]

    def _forget(self, limit: float) -> None:
        """Drops what is older than the day `limit`, once that is a quarter of all, and what is too far back."""
        far = len(self._slots) - BACK if len(self._slots) > 2 * BACK else 0
        if not self._slots or (not far and self._slots[len(self._slots) // 4].day >= limit):
            return
        self._keys, self._new = _merged(self._keys, self._new), self._new[:0]
        kept = np.array([slot.day >= limit for slot in self._slots])
        kept[:far] = False
        moved = np.cumsum(kept) - 1
        slot = (self._keys & SLOT).astype(np.int64)
        stay = kept[slot]
        self._keys = (self._keys[stay] & ~SLOT) | moved[slot[stay]].astype(np.uint64)
        self._slots = list(compress(self._slots, kept.tolist()))
        self._oldest = min((slot.day for slot in self._slots), default=math.inf)


class _Slot(NamedTuple):
    """What is known of an original in the index."""

    name: str
    day: float
    size: int
    whole: int
    title: int
    publisher: str


def _latest(known: Hashes, hashes: Hashes) -> tuple[Numbers, Numbers]:
    """The latest slots, at most COMMON + 1, that `known` has for each of `hashes`, with the place of the hash."""
    low = np.searchsorted(known, hashes << SHIFT)
    there = np.zeros(len(hashes), bool)
    within = low < len(known)
    there[within] = known[low[within]] >> SHIFT == hashes[within]
    at = np.flatnonzero(there)
    high = np.searchsorted(known, (hashes[at] << SHIFT) | SLOT, side="right")
    amount = np.minimum(high - low[at], COMMON + 1)
    ends = np.cumsum(amount)
    place = np.arange(amount.sum()) + np.repeat(high - ends, amount)
    return np.repeat(at, amount), (known[place] & SLOT).astype(np.int64)


def _merged(one: Hashes, two: Hashes) -> Hashes:
    """Two ascending arrays as one."""
    if not len(one) or not len(two):
        return one if len(one) else two
    return np.insert(one, np.searchsorted(one, two), two)


def _slots(found: Shingles, ids: Sequence[str], days: Sequence[float], publishers: Sequence[str]) -> list[_Slot]:
    parts = (ids, days, found.sizes.tolist(), found.whole.tolist(), found.titles, publishers)
    return list(map(_Slot._make, zip(*parts, strict=True)))


def _alike(shared: int, one: _Slot, other: _Slot) -> bool:
    if one.whole or other.whole:
        return one.whole == other.whole
    smaller = min(one.size, other.size)
    if one.publisher and one.publisher == other.publisher:
        return is_repeat(shared, smaller, abs(one.day - other.day), one.title, other.title)
    return is_copy(shared, smaller)
