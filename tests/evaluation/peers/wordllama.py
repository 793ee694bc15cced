"""WordLlama: a static embedding of words that comes with its package; the topic whose name is nearest. English."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from data.taxonomy import TOPICS
from tests.evaluation.peers import whole

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 1_500
"""Characters of the text that are read, as many as our own tagger reads."""


def load() -> Callable[[dict[str, Any]], dict[str, float]]:
    """From an article to the cosine of its text and the name of each topic."""
    import wordllama

    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    names = model.embed([topic.label for topic in TOPICS.values()], norm=True)

    def scores(row: dict[str, Any]) -> dict[str, float]:
        text = model.embed([whole(row)[:LIMIT]], norm=True)
        return dict(zip(TOPICS, np.asarray(names @ text[0], dtype=float).tolist(), strict=True))

    return scores
