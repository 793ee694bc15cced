"""Shingles: hashed runs of words, by which texts are compared; short articles get one for all their words.

words of titles and texts --runs of four inside a text--> hashes --each once an article--> sorted keys
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.grouping import runs
from data.grouping.tokens import mix

if TYPE_CHECKING:
    from data.grouping.tokens import Flags, Hashes, Numbers, Words

RUN = 4
"""Words of a shingle; twice as many signs in scripts without spaces."""
SHORT = 9
"""A text with fewer shingles is compared as a whole, with its title."""
LEAST = 4
"""Words (twice as many signs) that a short article needs to be told apart at all."""
TITLE = 128
"""Bits for the words of a title; as many follow for its numbers."""
SLOT_BITS, HASH_BITS = 24, 40
SHIFT, SLOT = np.uint64(SLOT_BITS), np.uint64((1 << SLOT_BITS) - 1)
"""A key has 40 bits of hash and below them 24 bits for the number of its article."""
_WHOLE = np.uint64(0x5851F42D4C957F2D)
"""Sets whole short articles apart from shingles."""


@dataclass(frozen=True, slots=True)
class Shingles:
    """The distinct shingles of the articles of a batch."""

    keys: Hashes
    """Hash, and the number of the article in the batch, ascending."""
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
    hashes = np.concatenate((found[kept], whole)) >> np.uint64(64 - HASH_BITS)
    owner = np.concatenate((article[at][kept], owners)).astype(np.uint64)
    keys = np.sort((hashes << SHIFT) | owner)
    keys = keys[runs.starts(keys)]
    sizes = np.bincount((keys & SLOT).astype(np.int64), minlength=count)
    return Shingles(keys, sizes, short.astype(np.int64), _titles(words, article, ~in_text, count))


def _titles(words: Words, article: Numbers, in_title: Flags, count: int) -> list[int]:
    """The words of each title as a set of 128 bits, one a word; those of numbers stand TITLE bits higher."""
    masks = [0] * count
    bits = ((words.stem[in_title] >> np.uint64(57)).astype(np.int64) + TITLE * words.digit[in_title]).tolist()
    for owner, bit in zip(article[in_title].tolist(), bits, strict=True):
        masks[owner] |= 1 << bit
    return masks


def _runs(words: Words, in_text: Flags) -> tuple[Hashes, Numbers]:
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


def _wholes(words: Words, article: Numbers, short: Flags) -> tuple[Hashes, Numbers]:
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
