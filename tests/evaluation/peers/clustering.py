"""Stories with scikit-learn: average-link clustering on the cosines of TF-IDF vectors of words and pairs of words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def load(distance: float, days: float) -> Callable[[Sequence[dict[str, Any]]], list[int]]:
    """From articles to a number for each, the same for articles of one story.

    `distance`, 0 to 1, is how far apart stories are; articles more than so many `days` apart count as farthest apart.
    """
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    def groups(rows: Sequence[dict[str, Any]]) -> list[int]:
        texts = [f"{row['title']}\n{row['text']}" for row in rows]
        vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words="english").fit_transform(texts)
        apart = (1 - (vectors @ vectors.T).toarray()).clip(0)
        times = np.array([datetime.fromisoformat(row["date"]).toordinal() for row in rows])
        apart[np.abs(times[:, None] - times) > days] = 1
        clusters = AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=distance)
        found: list[int] = clusters.fit_predict(apart).tolist()
        return found

    return groups
