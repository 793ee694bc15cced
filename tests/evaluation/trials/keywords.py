"""Keywords: of the first ten, the share that readers gave too, by stems.

The readers' are mostly single words, which favours tools that give only these.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from data.tagging.keywords import tag_keywords
from tests.corpora import corpus, rows
from tests.evaluation.keywords import COUNT, key
from tests.evaluation.metrics import precision_at
from tests.evaluation.peers import tfidf, yake
from tests.evaluation.table import OURS, Measure, Tool, Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.evaluation.bootstrap import Counts
    from tests.evaluation.table import Row

Answer = list[str]
"""Keywords, best first."""


def ours(row: Row) -> Answer:
    return [tag.keyword for tag in tag_keywords("", row["text"], language="en", limit=COUNT)]


def each(keywords: Callable[[Row], Answer]) -> Callable[[Sequence[Row]], list[Answer]]:
    return lambda found: [keywords(row) for row in found]


def precision(found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    """Two forms of a word count once, as the readers' do."""
    given = [{key(keyword) for keyword in answer[:COUNT]} for answer in answers]
    true = [{key(phrase) for phrase in row["keyphrases"]} for row in found]
    return precision_at(COUNT, [len(words & gold) for words, gold in zip(given, true, strict=True)])


TOOLS = (
    Tool(OURS, lambda: each(ours)),
    Tool("YAKE, single words", lambda: each(yake.load(1)), ("yake",)),
    Tool("YAKE, up to three words", lambda: each(yake.load(3)), ("yake",)),
    Tool("TF-IDF of single words", lambda: tfidf.keywords, ("sklearn",), together=True),
)
TRIALS = (
    Trial(
        "500N-KPCrowd, keywords",
        cache(lambda: list(rows(corpus("topics/kpcrowd.jsonl.gz")))),
        TOOLS,
        (Measure("precision at 10", precision, 0.50),),
    ),
)
