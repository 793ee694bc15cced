"""TF-IDF with scikit-learn, which sees the whole collection at once where our taggers see one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def keywords(rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    """The ten single words of each article that weigh most in it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(stop_words="english", token_pattern=r"(?u)\b[^\W\d_]{3,}\b")
    weights = vectorizer.fit_transform([row["text"] for row in rows])
    words = vectorizer.get_feature_names_out()
    found = []
    for start, end in zip(weights.indptr[:-1], weights.indptr[1:], strict=True):
        best = np.argsort(-weights.data[start:end], kind="stable")[:10]
        found.append(words[weights.indices[start:end][best]].tolist())
    return found
