"""What of an article says which event it is on: a sparse vector, so that the product of two is evidence for one event.

words in title and lead --stems, pairs of stems, tf-idf, unit length--> cosine
countries, main country, topics --how rare each is--> information that two articles share

Weights follow the articles that came before: a word, country or topic counts by how rare it has been so far. For words
the built-in briefs come before all others, so that the first articles find common words common. Nothing depends on how
articles are cut into batches.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from data import starter
from data.grouping import runs
from data.grouping.tokens import hashes, mix
from data.grouping.tokens import words as words_of
from data.tagging.lexicon.stopwords import stopwords

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from scipy.sparse import csr_array

    from data.grouping.tokens import Flags, Hashes, Numbers, Words

LEAD = 100
"""Words of the text that are read; twice as many signs in scripts without spaces."""
TITLE = 2.0
"""How much more a word of the title counts."""
KEPT = 64
"""The weightiest words and pairs of an article that are kept."""
COSINE, COUNTRY, MAIN, TOPIC = 26.0, 0.85, 2.0, 1.0
"""What equal words, a unit of information in a country or a topic, and the same main country are worth, as log-odds: a
logistic regression over labelled pairs, rounded."""
COLUMN_BITS, CODES = 20, 4096
"""Columns of words and pairs, as bits of their hashes, and of codes; the last one takes what is beyond."""
PRIOR_COUNTRY, PRIOR_TOPIC = 8.0, 4.0
"""One in so many articles has any country or topic, as far as is known before the first article."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The tags of the articles of a batch that are the same in every language."""

    countries: Sequence[Sequence[str]]
    main: Sequence[str]
    topics: Sequence[Sequence[str]]


@functools.cache
def reference() -> tuple[int, npt.NDArray[np.int32]]:
    """The number of the built-in briefs, and in how many of them each word or pair, by column, stands."""
    texts: list[str] = []
    languages: list[str] = []
    for file in starter.FILES:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            brief = json.loads(line)
            texts += (brief["title"], brief["text"])
            languages.append(brief["language"])
    columns = _terms(words_of(texts), languages)[1]
    return len(languages), np.bincount(columns, minlength=1 << COLUMN_BITS).astype(np.int32)


@dataclass(slots=True)
class Features:
    """Makes vectors and remembers how many articles had each feature."""

    seen: int = 0
    _counts: npt.NDArray[np.int32] = field(default_factory=lambda: reference()[1].copy())
    _numbers: dict[str, int] = field(default_factory=dict)
    """Column of each code, less the columns of words."""
    _amounts: list[int] = field(default_factory=list)
    """How many articles had each code."""

    def vectors(self, words: Words, languages: Sequence[str], codes: Codes) -> csr_array:
        """One row an article; titles are the even and leads the odd texts of `words`."""
        from scipy.sparse import csr_array  # 150 ms

        count = len(languages)
        rows, columns, weights = self._words(words, languages)
        more_rows, more_columns, more_weights = self._codes(codes)
        self.seen += count
        all_rows = np.concatenate((rows, np.array(more_rows, np.int64)))
        all_columns = np.concatenate((columns, np.array(more_columns, np.int64) + (1 << COLUMN_BITS)))
        values = np.concatenate((weights, np.array(more_weights))).astype(np.float32)
        shape = (count, (1 << COLUMN_BITS) + CODES)
        return csr_array((values, (all_rows, all_columns)), shape=shape)

    def _words(self, words: Words, languages: Sequence[str]) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
        rows, columns, amounts = _terms(words, languages)
        before = self._counts[columns] + _earlier(columns)
        np.add.at(self._counts, columns, 1)
        rarity = np.log((self.seen + rows + reference()[0] + 1) / (before + 1))
        weights = (1 + np.log(amounts)) * np.maximum(rarity, 0)
        kept = _weightiest(rows, weights)
        rows, columns, weights = rows[kept], columns[kept], weights[kept]
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=len(languages)))
        return rows, columns, np.sqrt(COSINE) * weights / np.maximum(lengths[rows], 1e-9)

    def _codes(self, codes: Codes) -> tuple[list[int], list[int], list[float]]:
        rows: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        for row, (countries, main, topics) in enumerate(zip(codes.countries, codes.main, codes.topics, strict=True)):
            worth = [(f"c{name}", COUNTRY, PRIOR_COUNTRY) for name in dict.fromkeys(countries)]
            worth += [(f"t{name}", TOPIC, PRIOR_TOPIC) for name in dict.fromkeys(topics)]
            for name, factor, prior in worth:
                column = self._column(name)
                rarity = np.log((self.seen + row + prior) / (self._amounts[column] + 1))
                self._amounts[column] += 1
                rows.append(row)
                columns.append(column)
                weights.append(float(np.sqrt(factor * max(rarity, 0.0))))
            if main:
                rows.append(row)
                columns.append(self._column(f"m{main}"))
                weights.append(float(np.sqrt(MAIN)))
        return rows, columns, weights

    def _column(self, name: str) -> int:
        column = self._numbers.setdefault(name, min(len(self._numbers), CODES - 1))
        if column == len(self._amounts):
            self._amounts.append(0)
        return column


def _terms(words: Words, languages: Sequence[str]) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
    """Article, column and weighted number of each distinct stem and pair of neighbouring stems."""
    article, title = words.text >> 1, (words.text & 1) == 0
    used = _said(words, article, languages) & _leading(words, title)
    one = np.flatnonzero(used)
    two = np.flatnonzero(used[:-1] & used[1:] & (words.text[:-1] == words.text[1:]))
    pairs = mix(words.stem[two] * np.uint64(3) + words.stem[two + 1]) if len(two) else np.zeros(0, np.uint64)
    at = np.concatenate((one, two))
    columns = (np.concatenate((words.stem[one], pairs)) >> np.uint64(64 - COLUMN_BITS)).astype(np.int64)
    keys = (article[at] << COLUMN_BITS) | columns
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begins = runs.starts(keys)
    amounts = np.add.reduceat(1 + TITLE * title[at][order], begins) if len(keys) else np.zeros(0)
    keys = keys[begins]
    return keys >> COLUMN_BITS, keys & ((1 << COLUMN_BITS) - 1), amounts


def _leading(words: Words, title: Flags) -> Flags:
    """Words of titles and of the beginnings of texts."""
    leading: Flags = title | (runs.places(words.text) < LEAD * (1 + words.sign))
    return leading


def _said(words: Words, article: Numbers, languages: Sequence[str]) -> Flags:
    """Words that are neither stopwords of their article's language nor single letters."""
    said = ~words.single
    spoken = np.array(languages, dtype=object)
    for language in dict.fromkeys(spoken.tolist()):
        stop = _stopwords(language)
        if len(stop):
            here = np.flatnonzero((spoken == language)[article])
            found = np.minimum(np.searchsorted(stop, words.full[here]), len(stop) - 1)
            said[here[stop[found] == words.full[here]]] = False
    return said


@functools.cache
def _stopwords(language: str) -> Hashes:
    listed = stopwords(language)
    return np.unique(hashes(sorted(listed.grammar | listed.news)))


def _earlier(columns: Numbers) -> Numbers:
    """How often each value of `columns` stands before its place."""
    order = np.argsort(columns, kind="stable")
    earlier = np.empty(len(columns), np.int64)
    earlier[order] = runs.places(columns[order])
    return earlier


def _weightiest(rows: Numbers, weights: npt.NDArray[np.float64]) -> Numbers:
    """Where the KEPT heaviest of each row stand; of equals the first."""
    order = np.lexsort((-weights, rows))
    kept: Numbers = np.sort(order[(runs.places(rows[order]) < KEPT) & (weights[order] > 0)])
    return kept
