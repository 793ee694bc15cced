"""Splitting of text files: F1 of the boundaries between stories, on files made by joining articles."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.evaluation import splitting
from tests.evaluation.metrics import micro_f1
from tests.evaluation.table import OURS, Measure, Tool, Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.evaluation.bootstrap import Counts
    from tests.evaluation.table import Row

PEERS = ("cosine, one threshold", "Utiyama & Isahara", "TextTiling")


def rows() -> list[Row]:
    """300 files of the articles of each half; a file is a document here."""
    found = []
    for looking in (True, False):
        for document in splitting.documents(splitting.stories(splitting.WIKINEWS, looking), seed=4):
            paragraphs, starts = splitting.joined(document)
            found.append({"paragraphs": paragraphs, "starts": starts, "looking": looking})
    return found


def segmenter(name: str) -> Callable[[Sequence[Row]], list[set[int]]]:
    method = splitting.METHODS[name]
    return lambda found: [set(method(row["paragraphs"])) for row in found]


def boundaries(found: Sequence[Row], answers: Sequence[set[int]]) -> Counts:
    return micro_f1(answers, [row["starts"] for row in found])


def tool(name: str) -> Tool:
    return Tool(name, lambda: segmenter(name))


TRIALS = (
    Trial(
        "Wikinews joined to files",
        cache(rows),
        (tool(OURS), *map(tool, PEERS)),
        (Measure("boundaries, F1", boundaries),),
        looking=lambda row: bool(row["looking"]),
    ),
)
