"""Stories: F1 of the pairs of articles on one event, over dated Wikinews and the built-in briefs together.

The halves are halves of the events. What happens long after is of the same event; *within* leaves such pairs out.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import pandas as pd

from data import ingest, starter
from data.grouping import WINDOW_DAYS
from tests.corpora import corpus, for_looking
from tests.evaluation import stories
from tests.evaluation.metrics import Pairs
from tests.evaluation.peers import clustering
from tests.evaluation.table import OURS, Measure, Tool, Trial
from tests.evaluation.trials.grouped import documents, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.evaluation.table import Row

DISTANCE, DAYS = 0.98, 2
"""Those of the peer: the best of .70 to .99 and 2 to 14 days on the half that may be looked at."""


def articles() -> list[Row]:
    corpus(stories.WIKINEWS)
    both = (stories.corpus(stories.WIKINEWS), ingest.ingest(starter.FILES).articles)
    found = documents(stories.labelled(pd.concat(both, ignore_index=True)))
    return [row | {"date": f"{row['published']:%Y-%m-%d}"} for row in found]


def ours(found: Sequence[Row]) -> list[str]:
    return [row["story"] for row in grouped(found)]


def pairs(true: str, found: Sequence[Row], answers: Sequence[str | int]) -> Pairs:
    """`true` names the column that is equal for articles on one event."""
    return Pairs(answers, [row[true] for row in found])


TRIALS = (
    Trial(
        "Wikinews and the built-in briefs",
        cache(articles),
        (
            Tool(OURS, lambda: ours, together=True),
            Tool("clustering of TF-IDF", lambda: clustering.load(DISTANCE, DAYS), ("sklearn",), together=True),
        ),
        (
            Measure("stories, F1 of pairs", partial(pairs, "event"), 0.90),
            Measure(f"the same within {WINDOW_DAYS:g} days", partial(pairs, "within")),
        ),
        looking=lambda row: for_looking(row["event"]),
    ),
)
