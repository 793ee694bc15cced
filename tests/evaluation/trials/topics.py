"""Topics: *closed* takes the best of the topics that the labels of the corpus map to, *open* the best of all 17.

An article for which no topic has any score counts as wrong. The peers know English only.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from data.tagging.topics import topic_scores
from tests.corpora import corpus
from tests.evaluation import topics
from tests.evaluation.metrics import Confident, macro_f1, share
from tests.evaluation.peers import labels, wordllama
from tests.evaluation.table import OURS, Measure, Tool, Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tests.evaluation.bootstrap import Counts, Sample
    from tests.evaluation.table import Row

Answer = dict[str, float]
"""Topic -> score."""
Labels = topics.Labels
CLOSED, CLOSED_F1, OPEN, CONFIDENT = "closed, accuracy", "closed, macro-F1", "open, accuracy", "closed, confident half"

CORPORA: tuple[tuple[str, str, str, dict[str, float | None]], ...] = (
    ("bbc5", "bbc5", "BBC", {CLOSED: 0.91, CLOSED_F1: 0.90, OPEN: 0.84, CONFIDENT: 0.97}),
    ("ag_news", "ag_news", "AG News", {CLOSED: 0.76}),
    ("kpcrowd", "kpcrowd", "500N-KPCrowd", {OPEN: 0.67}),
    ("masakhanews_eng_dev", "masakhanews_eng_dev", "MasakhaNEWS, English", {CLOSED: 0.80}),
    ("masakhanews_fra_dev", "masakhanews_fra_dev", "MasakhaNEWS, French", {CLOSED: 0.72}),
    ("sib200_dev", "sib200_dev en", "SIB-200, English", {CLOSED: 0.75}),
    ("sib200_dev", "sib200_dev es", "SIB-200, Spanish", {CLOSED: 0.65}),
    ("sib200_dev", "sib200_dev fr", "SIB-200, French", {CLOSED: 0.65}),
    ("sib200_dev", "sib200_dev de", "SIB-200, German", {CLOSED: 0.65}),
    ("sib200_dev", "sib200_dev ar", "SIB-200, Arabic", {CLOSED: 0.55}),
    ("sib200_dev", "sib200_dev zh", "SIB-200, Chinese", {CLOSED: 0.55}),
)
"""Corpus, its part, how it is shown, measures with what they should reach."""
PEERS = (
    Tool("WordLlama", lambda: each(wordllama.load()), ("wordllama",)),
    Tool("words of topic names", lambda: each(labels.load())),
)


def trial(name: str, part: str, shown: str, targets: dict[str, float | None]) -> Trial:
    right = topics.CORPORA[name]
    samples: dict[str, Callable[[Sequence[Row], Sequence[Answer]], Sample]] = {
        CLOSED: partial(closed, right),
        CLOSED_F1: partial(closed_f1, right),
        OPEN: partial(opened, right),
        CONFIDENT: partial(confident, right),
    }
    measures = tuple(Measure(measure, samples[measure], target) for measure, target in targets.items())
    peers = PEERS if part.endswith((" en", "eng_dev")) or name in ("bbc5", "ag_news", "kpcrowd") else ()
    return Trial(shown, cache(lambda: rows(name, part)), (Tool(OURS, lambda: each(ours)), *peers), measures)


def rows(name: str, part: str) -> list[Row]:
    corpus(f"topics/{name}.jsonl.gz")
    return next(found for known, found in topics.parts(name) if known == part)


def each(score: Callable[[Row], Answer]) -> Callable[[Sequence[Row]], list[Answer]]:
    return lambda found: [score(row) for row in found]


def ours(row: Row) -> Answer:
    return topic_scores(row.get("title") or "", row["text"], language=row["lang"])


def best(scores: Answer, choice: AbstractSet[str]) -> str:
    """The topic of `choice` with the highest score; none where no topic has any score."""
    return max((topic for topic in scores if topic in choice), key=scores.__getitem__) if any(scores.values()) else ""


def mapped(right: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*right.values())


def closed(right: Labels, found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    choice = mapped(right)
    return share([best(scores, choice) in right[row["label"]] for row, scores in zip(found, answers, strict=True)])


def closed_f1(right: Labels, found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    choice = mapped(right)
    return macro_f1([row["label"] for row in found], [best(scores, choice) for scores in answers], right)


def opened(right: Labels, found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    pairs = zip(found, answers, strict=True)
    return share([best(scores, frozenset(scores)) in right[row["label"]] for row, scores in pairs])


def confident(right: Labels, found: Sequence[Row], answers: Sequence[Answer]) -> Sample:
    """Confidence is the distance of the best topic of the choice to the next."""
    choice = mapped(right)
    order = [sorted((score for topic, score in scores.items() if topic in choice), reverse=True) for scores in answers]
    distance = np.array([first - second for first, second, *_ in order])
    correct = [best(scores, choice) in right[row["label"]] for row, scores in zip(found, answers, strict=True)]
    return Confident(np.array(correct, dtype=float), distance)


TRIALS = tuple(trial(*row) for row in CORPORA)
