"""A plain keyword list for topics: the words of each topic's name and of the names of those below it. English only."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from data.taxonomy import BELOW, SUBTOPICS, TOPICS
from tests.evaluation.peers import whole

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = re.compile(r"[a-z]{3,}")


def load() -> Callable[[dict[str, Any]], dict[str, float]]:
    """From an article to the number of the words of each topic in it; "election" also counts for "elections"."""
    lists = {
        key: {
            form
            for word in WORD.findall(" ".join([topic.label, *(SUBTOPICS[b].label for b in BELOW[key])]).lower())
            for form in (word, f"{word}s", word.removesuffix("s"))
        }
        - {"and", "the"}
        for key, topic in TOPICS.items()
    }

    def scores(row: dict[str, Any]) -> dict[str, float]:
        counts = Counter(WORD.findall(whole(row).lower()))
        return {topic: float(sum(counts[word] for word in words)) for topic, words in lists.items()}

    return scores
