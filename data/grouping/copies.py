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
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from data.grouping import runs
from data.grouping.tokens import mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.grouping.tokens import Hashes, Numbers, Words

RUN = 4
"""Words of a shingle; twice as many signs in scripts without spaces."""
CONTAINMENT = 0.25
"""Share of the smaller text's shingles that a copy has."""
DOZEN = 12
"""But at least so many shingles, some fifteen words in a row, or nearly all of a shorter text: else a quarter of it
would be a phrase."""
BACK = 200_000
"""At least so many originals back are compared, at most twice as many."""
COMMON = 20
"""A shingle in more originals than that is left out."""
REPEATED, NEARLY_HALF, NEARLY_ALL, LONG = 3.0, 0.5, 0.8, 60
"""Within one publisher: days between an article and its update, the share that they have in common, and the share from
which a text of so many shingles is a copy whatever its title says."""
TITLE = 128
GROWTH = 16
"""The latest keys are merged into the others when they are this part of them."""
SHORT = 9
"""A text with fewer shingles is compared as a whole, with its title."""
LEAST = 4
"""Words (twice as many signs) that a short article needs to be told apart at all."""

_SLOT_BITS, _HASH_BITS = 24, 40
_SHIFT, _SLOT = np.uint64(_SLOT_BITS), np.uint64((1 << _SLOT_BITS) - 1)
_WHOLE = np.uint64(0x5851F42D4C957F2D)
"""Sets whole short articles apart from shingles."""


@dataclass(frozen=True, slots=True)
class Shingles:
    """The distinct shingles of the articles of a batch."""

    keys: Hashes
    """40 bits of hash and 24 bits of the article's number in the batch, ascending."""
    sizes: Numbers
    """How many each article has; 0 where it is too short to compare."""
    whole: Numbers
    """1 for an article compared as a whole."""
    titles: list[int]
    """The words of each title as a set of bits, its numbers as another above them."""


def shingles(words: Words, count: int) -> Shingles:
    """The shingles of `count` articles, whose titles are the even and whose texts the odd texts of `words`."""
    article, in_text = words.text >> 1, (words.text & 1).astype(bool)
    found, at = _runs(words, in_text)
    amounts = np.bincount(article[at], minlength=count)
    short = amounts < SHORT
    kept = ~short[article[at]]
    whole, owners = _wholes(words, article, short)
    hashes = np.concatenate((found[kept], whole)) >> np.uint64(64 - _HASH_BITS)
    owner = np.concatenate((article[at][kept], owners)).astype(np.uint64)
    keys = np.sort((hashes << _SHIFT) | owner)
    keys = keys[runs.starts(keys)]
    sizes = np.bincount((keys & _SLOT).astype(np.int64), minlength=count)
    return Shingles(keys, sizes, short.astype(np.int64), _titles(words, article, ~in_text, count))


def _titles(words: Words, article: Numbers, in_title: np.ndarray, count: int) -> list[int]:
    """The words of each title as a set of 128 bits, one a word; those of numbers stand TITLE bits higher."""
    masks = [0] * count
    bits = ((words.stem[in_title] >> np.uint64(57)).astype(np.int64) + TITLE * words.digit[in_title]).tolist()
    for owner, bit in zip(article[in_title].tolist(), bits, strict=True):
        masks[owner] |= 1 << bit
    return masks


def _runs(words: Words, in_text: np.ndarray) -> tuple[Hashes, Numbers]:
    """The hash of each run of words inside a text, and the word it begins with."""
    if len(words.full) < RUN:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    found, inside = _four(words.full), words.text[RUN - 1 :] == words.text[: 1 - RUN]
    signs = words.sign[: len(found)]
    if signs.any():
        reach = max(len(found) - RUN, 0)
        eight, far = np.zeros_like(found), np.zeros_like(inside)
        eight[:reach] = mix(found[:reach] * np.uint64(3) + found[RUN : RUN + reach])
        far[:reach] = words.text[:reach] == words.text[2 * RUN - 1 : 2 * RUN - 1 + reach]
        found, inside = np.where(signs, eight, found), np.where(signs, far, inside)
    at = np.flatnonzero(inside & in_text[: len(found)])
    return found[at], at


def _four(full: Hashes) -> Hashes:
    total = full[: 1 - RUN].copy()
    for place in range(1, RUN):
        total = total * np.uint64(0x9E3779B97F4A7C15) + full[place : len(full) - RUN + 1 + place]
    return mix(total)


def _wholes(words: Words, article: Numbers, short: np.ndarray) -> tuple[Hashes, Numbers]:
    """One hash for all words of each short article that has enough of them, and the articles."""
    chosen = np.flatnonzero(short[article]) if len(article) else np.zeros(0, np.int64)
    if not len(chosen):
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    owners = article[chosen]
    starts = runs.starts(owners)
    weights = mix(runs.places(owners).astype(np.uint64) + np.uint64(1)) | np.uint64(1)
    weight = np.where(words.sign[chosen], 1, 2)
    enough = np.add.reduceat(weight, starts) >= 2 * LEAST
    return mix(np.add.reduceat(words.full[chosen] * weights, starts) ^ _WHOLE)[enough], owners[starts][enough]


def is_copy(shared: int, smaller: int) -> bool:
    """Whether `shared` shingles make a copy, where the smaller of two texts has `smaller`."""
    return shared >= max(CONTAINMENT * smaller, min(DOZEN, NEARLY_ALL * smaller))


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
        hashes = keys >> _SHIFT
        again = np.zeros(len(keys), bool)
        if len(keys):
            same = hashes[1:] == hashes[:-1]
            again[1:] |= same
            again[:-1] |= same
        spans = [_span(known, hashes) for known in (self._keys, self._new)]
        chosen = np.flatnonzero(again | (spans[0][1] > 0) | (spans[1][1] > 0))
        old, new = (
            _latest(known, high[chosen], amount[chosen])
            for known, (high, amount) in zip((self._keys, self._new), spans, strict=True)
        )
        entries: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        articles, named = (keys[chosen] & _SLOT).tolist(), hashes[chosen].tolist()
        for article, key, earlier, later in zip(articles, named, old, new, strict=True):
            entries[article].append((key, earlier + later if later else earlier))
        return entries, set(hashes[again].tolist())

    def _best(
        self, entries: Sequence[tuple[int, list[int]]], in_batch: dict[int, list[int]], article: _Slot
    ) -> _Slot | None:
        """The original that shares most with an article, of equals the earliest; None where none is enough."""
        if len(entries) < NEARLY_ALL * SHORT and not article.whole:
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
            if (shared >= NEARLY_ALL * SHORT or article.whole) and _alike(shared, article, slots[slot])
        ]
        return slots[-max(alike)[1]] if alike else None

    def _store(self, keys: Hashes, stored: Sequence[int], base: int, count: int) -> None:
        """Merges the shingles of the `stored` articles of a batch of `count` into the index, at slots from `base`."""
        slots = np.full(count, -1, np.int64)
        slots[list(stored)] = np.arange(base, base + len(stored))
        slot = slots[(keys & _SLOT).astype(np.int64)]
        fresh = (keys[slot >= 0] & ~_SLOT) | slot[slot >= 0].astype(np.uint64)
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
        slot = (self._keys & _SLOT).astype(np.int64)
        stay = kept[slot]
        self._keys = (self._keys[stay] & ~_SLOT) | moved[slot[stay]].astype(np.uint64)
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


def _span(known: Hashes, hashes: Hashes) -> tuple[Numbers, Numbers]:
    """For each of `hashes`, where its keys in `known` end, and how many of them there are, at most COMMON + 1."""
    low = np.searchsorted(known, hashes << _SHIFT)
    there = np.zeros(len(hashes), bool)
    within = low < len(known)
    there[within] = known[low[within]] >> _SHIFT == hashes[within]
    high = low.copy()
    high[there] = np.searchsorted(known, (hashes[there] << _SHIFT) | _SLOT, side="right")
    return high, np.minimum(high - low, COMMON + 1)


def _latest(known: Hashes, high: Numbers, amount: Numbers) -> list[list[int]]:
    """The slots of the `amount` keys before each place `high` of `known`."""
    ends = np.cumsum(amount)
    place = np.arange(ends[-1] if len(ends) else 0) + np.repeat(high - ends, amount)
    slots, stops = (known[place] & _SLOT).tolist(), ends.tolist()
    return [slots[start:stop] for start, stop in zip([0, *stops], stops, strict=False)]


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
