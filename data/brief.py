"""In brief: a few sentences taken word for word from the articles of a selection, each with its article.

largest stories --central articles--> sentences that can stand alone --how central, without repeats--> brief

Central are sentences near to what their story and the whole selection say: the cosine of tf-idf vectors to the mean of
each, as in D. Radev et al., Centroid-based summarization of multiple documents, Information Processing & Management 40
(2004), and near the beginning of their article. Repeats are kept out by maximal marginal relevance: J. Carbonell,
J. Goldstein, SIGIR 1998. Nothing is drawn by lot, and nothing is written.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.facets import NONE
from data.frames import records
from data.grouping.features import COLUMN_BITS, reference
from data.grouping.tokens import mix
from data.grouping.tokens import words as words_of
from data.quotable import Sentence, fitting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from scipy.sparse import csr_array

    from data.engines import Engine
    from data.selection import Selection
    from data.statistics import Floats

FEWEST, MOST = 3, 7
"""Sentences of a brief."""
STORIES = 24
"""Of so many of the largest stories, articles are read."""
READ = 120
"""Articles that are read at most."""
_OF_A_STORY, _OF_ALL, _AT_THE_BEGINNING, _LARGE = 0.35, 0.15, 0.3, 0.2
"""How much it counts to be central in the story and in the selection, to stand early, and to be of a large story; a
newspaper says first what matters most."""
_NEW = 0.6
"""How much being central counts against being new, which counts the rest."""
_SAME = 0.55
"""Sentences whose vectors have this cosine say the same."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the article that it stands in."""

    text: str
    """As in the article, but with every run of white space as one space."""
    article: Mapping[str, object]
    """The article's row."""
    story: str
    of: int
    """Articles of the selection on this story."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The sentences, those of the largest stories first."""

    said: tuple[Said, ...]
    read: int
    """Articles that were read for it."""
    sentences: int
    """Sentences that could have been chosen."""


def brief(engine: Engine, selection: Selection) -> Brief:
    """Three to seven sentences of the selection: fewer where its texts have no more that can stand alone."""
    sizes = _sizes(engine, selection)
    listed = _central(engine, selection, sizes)
    read = records(engine.texts(tuple(str(row["id"]) for row in listed)))
    found = [sentence for row in read for sentence in fitting(row["id"], row["text"], row["language"])]
    if not found:
        return Brief((), len(read), 0)
    articles = {row["id"]: row for row in listed}
    stories = [str(articles[each.article]["story"]) for each in found]
    of = np.array([sizes.get(story, 1) for story in stories], float)
    vectors = _vectors([each.text for each in found])
    worth = _worth(vectors, stories, found, of)
    quota = _quota(engine.counts(selection, ("language",)), {each.language for each in found}, _length(of, stories))
    chosen = _choose(vectors, worth, stories, [each.language for each in found], quota)
    told = [Said(found[n].text, articles[found[n].article], stories[n], int(of[n])) for n in chosen]
    return Brief(tuple(sorted(told, key=lambda said: -said.of)), len(read), len(found))


def _sizes(engine: Engine, selection: Selection) -> dict[str, int]:
    """The largest stories with their articles in the selection."""
    counts = engine.counts(selection, ("story",), limit=STORIES)
    sizes = zip(counts["story"].tolist(), counts["n"].tolist(), strict=True)
    return {story: n for story, n in sizes if n > 1 and story != NONE}


def _central(engine: Engine, selection: Selection, sizes: Mapping[str, int]) -> list[dict[str, object]]:
    """The most central articles of these stories, and where there is room, the newest others."""
    found: dict[object, dict[str, object]] = {}
    if sizes:
        chosen = [story for story in sizes if story in selection.chosen("story") or not selection.chosen("story")]
        stories = engine.articles(selection.choose("story", chosen or sizes), "central", 0, READ, copies=False)
        found |= {row["id"]: row for row in records(stories)}
    if len(sizes) < FEWEST * 2:
        newest = engine.articles(selection, "newest", 0, READ, copies=False)
        found |= {row["id"]: row for row in records(newest) if row["id"] not in found}
    return list(found.values())[:READ]


def _vectors(texts: Sequence[str]) -> csr_array:
    """One row a sentence, of length 1: tf-idf of its stems and pairs of stems, the built-in briefs counted along."""
    from scipy.sparse import csr_array  # 150 ms

    words = words_of(texts)
    used = np.flatnonzero(~words.single & ~words.digit)
    follows = used[:-1][(np.diff(used) == 1) & (words.text[used[:-1]] == words.text[used[1:]])]
    pairs = mix(words.stem[follows] * np.uint64(3) + words.stem[follows + 1])
    at = np.concatenate((words.text[used], words.text[follows]))
    columns = (np.concatenate((words.stem[used], pairs)) >> np.uint64(64 - COLUMN_BITS)).astype(np.int64)
    used_columns, place = np.unique(columns, return_inverse=True)
    table = csr_array((np.ones(len(at)), (at, place)), shape=(len(texts), len(used_columns)))
    table.sum_duplicates()
    known, before = reference()
    having = np.bincount(table.indices, minlength=len(used_columns))
    rarity = np.log((len(texts) + known + 1) / (having + before[used_columns] + 1))
    table.data = (1 + np.log(table.data)) * np.maximum(rarity, 0)[table.indices]
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    table.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(table.indptr))
    return table


def _worth(vectors: csr_array, stories: Sequence[str], found: Sequence[Sentence], of: Floats) -> Floats:
    """How central each sentence is, 0..1."""
    numbers = np.unique(stories, return_inverse=True)[1]
    near: Floats = np.zeros(len(found))
    for number in range(int(numbers.max()) + 1):
        rows = np.flatnonzero(numbers == number)
        near[rows] = _nearness(vectors[rows])
    early = 1 / np.sqrt(1 + np.array([each.place for each in found], float))
    large = np.log1p(of) / np.log1p(of.max())
    of_all = _nearness(vectors)
    worth: Floats = _OF_A_STORY * near + _OF_ALL * of_all + _AT_THE_BEGINNING * early + _LARGE * large
    return worth


def _nearness(vectors: csr_array) -> Floats:
    """Cosine of each row to the mean of all, the largest as 1."""
    mean = np.asarray(vectors.mean(axis=0)).ravel()
    cosine: Floats = np.asarray(vectors @ mean).ravel()
    return cosine / max(float(cosine.max(initial=0)), 1e-9)


def _length(of: Floats, stories: Sequence[str]) -> int:
    """One sentence for every story of several articles, within the limits."""
    several = {story for story, n in zip(stories, of.tolist(), strict=True) if n > 1}
    return min(max(len(several), FEWEST + 2), MOST)


def _quota(languages: pd.DataFrame, able: set[str], length: int) -> dict[str, int]:
    """How many sentences of each language, as the selection has them: the largest remainders get what is left over."""
    n = {k: v for k, v in zip(languages["language"].tolist(), languages["n"].tolist(), strict=True) if k in able}
    n |= {language: 1 for language in able if language not in n}
    exact = {language: length * each / sum(n.values()) for language, each in n.items()}
    quota = {language: int(share) for language, share in exact.items()}
    order = sorted(exact, key=lambda language: (quota[language] - exact[language], language))
    for language in order[: length - sum(quota.values())]:
        quota[language] += 1
    return quota


def _choose(
    vectors: csr_array, worth: Floats, stories: Sequence[str], languages: Sequence[str], quota: Mapping[str, int]
) -> list[int]:
    """The places of the sentences, the best first: one a story, and a second one only if there are too few stories."""
    length, chosen = sum(quota.values()), list[int]()
    likeness = np.zeros(len(worth))
    told: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    for most in (1, 2, MOST):
        while len(chosen) < (length if most == 1 else FEWEST):
            open_to = [
                told[story] < most and spoken[language] < quota[language]
                for story, language in zip(stories, languages, strict=True)
            ]
            value = np.where(open_to & (likeness < _SAME), _NEW * worth - (1 - _NEW) * likeness, -np.inf)
            best = int(np.argmax(value))
            if not np.isfinite(value[best]):
                break
            chosen.append(best)
            told[stories[best]] += 1
            spoken[languages[best]] += 1
            likeness = np.maximum(likeness, np.asarray((vectors @ vectors[[best]].T).todense()).ravel())
    return chosen
