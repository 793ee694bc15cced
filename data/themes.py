"""Themes that a set of articles falls into by itself, found from the keywords that go together.

They stand beside the fixed topics and never replace them: they depend on the set, and have no names but their words.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST = 300
"""Articles needed: with fewer, themes are chance."""
MOST = 20_000
"""Articles looked at, which keeps the work within a second."""
WORDS = 4
_SEED = 7


@dataclass(frozen=True, slots=True)
class Theme:
    """Keywords that go together, and the number of articles that are more about them than about any other theme."""

    words: tuple[str, ...]
    n: int


def how_many(articles: int) -> int:
    """Themes to look for: about the square root of a tenth of the articles, from 4 to 20."""
    return min(max(round(math.sqrt(articles / 10)), 4), 20)


def discover(keywords: Sequence[Sequence[str]]) -> tuple[Theme, ...]:
    """The themes in the keywords of each article, largest first; none where there are too few articles or keywords.

    Non-negative matrix factorisation of the TF-IDF of the keywords; start (nndsvd) and seed are fixed, so the same
    articles give the same themes. Source: D. D. Lee, H. S. Seung, Nature 401 (1999).
    """
    if len(keywords) < FEWEST:
        return ()
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer
    from threadpoolctl import threadpool_limits

    vectors = TfidfVectorizer(analyzer=list, min_df=5, max_df=0.3, dtype=np.float32)
    try:
        table = vectors.fit_transform(keywords)
    except ValueError:  # no keyword is frequent enough
        return ()
    k = min(how_many(len(keywords)), table.shape[1])
    model = NMF(k, init="nndsvd", random_state=_SEED, tol=1e-3, max_iter=50)
    # Tables this small are done sooner by one thread than by several that wait for each other.
    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore", ConvergenceWarning)
        parts = model.fit_transform(table)
    belongs = np.where(parts.max(axis=1) > 0, parts.argmax(axis=1), -1)
    names = vectors.get_feature_names_out()
    found = [
        Theme(tuple(str(names[i]) for i in np.argsort(-row, kind="stable")[:WORDS] if row[i] > 0), int(size))
        for row, size in zip(model.components_, np.bincount(belongs[belongs >= 0], minlength=k), strict=True)
    ]
    return tuple(
        sorted((theme for theme in found if theme.n and theme.words), key=lambda theme: (-theme.n, theme.words))
    )
