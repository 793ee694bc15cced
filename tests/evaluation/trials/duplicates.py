"""Copies: planted edits of Wikinews articles, found among the originals.

A link joins two texts that a tool takes for copies of each other. It is right if they share a source: that of a heavy
edit is also the article whose beginning was put into it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, partial
from typing import TYPE_CHECKING

from data import tagging
from data.articles import to_frame
from tests.corpora import corpus, rows
from tests.evaluation import duplicates
from tests.evaluation.metrics import ratio, share
from tests.evaluation.peers import minhash
from tests.evaluation.table import OURS, Measure, Tool, Trial
from tests.evaluation.trials.grouped import documents, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.evaluation.bootstrap import Counts
    from tests.evaluation.table import Row

Answer = frozenset[str]
"""The ids of the other texts that a text is taken for a copy of, or they for copies of it."""
RECALL = {"light": 1.00, "medium": 0.99, "heavy": 0.95}


def texts() -> list[Row]:
    found = related(list(rows(corpus(duplicates.CORPUS))))
    tagged = documents(tagging.tag(to_frame([duplicates.article(row) for row in found])))
    return [row | {"tagged": one["tagged"]} for row, one in zip(found, tagged, strict=True)]


def related(found: Sequence[Row]) -> list[Row]:
    """The texts with the ids of their sources, and of all others that they share one with."""
    sources = {row["id"]: duplicates.sources(row) for row in found}
    relatives = {name: frozenset(other for other in sources if sources[other] & own) for name, own in sources.items()}
    return [row | {"relatives": relatives[row["id"]] - {row["id"]}, "sources": sources[row["id"]]} for row in found]


def ours(found: Sequence[Row]) -> list[Answer]:
    """All others of the same original."""
    originals = {row["id"]: row["copy_of"] or row["id"] for row in grouped(found)}
    groups = defaultdict(set)
    for name, original in originals.items():
        groups[original].add(name)
    return [frozenset(groups[originals[row["id"]]] - {row["id"]}) for row in found]


def precision(found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    """Of all links, the share that is right; a text without links counts nothing."""
    return ratio([(len(links & row["relatives"]), len(links)) for row, links in zip(found, answers, strict=True)])


def recall(level: str, found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    """Of the copies edited so much, the share that is linked with a source."""
    pairs = zip(found, answers, strict=True)
    return share([bool(links & row["sources"]) for row, links in pairs if row["level"] == level])


def lsh(threshold: float) -> Tool:
    return Tool(f"MinHash, Jaccard {threshold}", lambda: minhash.load(threshold), ("datasketch",), together=True)


TRIALS = (
    Trial(
        "Wikinews with planted copies",
        cache(texts),
        (Tool(OURS, lambda: ours, together=True), lsh(0.2), lsh(0.5)),
        (
            Measure("copies, precision of links", precision, 1.00),
            *(
                Measure(f"copies, recall of {level} edits", partial(recall, level), aim)
                for level, aim in RECALL.items()
            ),
        ),
    ),
)
