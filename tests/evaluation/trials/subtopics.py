"""Topics of the second level on English briefs of the built-in set, against one reader's list of what is acceptable."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from tests.evaluation import subtopics
from tests.evaluation.metrics import ratio, share
from tests.evaluation.table import OURS, Measure, Tool, Trial
from tests.evaluation.trials.starter import rows as briefs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.evaluation.bootstrap import Counts
    from tests.evaluation.table import Row

Answer = tuple[str, ...]
"""Subtopics, best first."""


def rows() -> list[Row]:
    with subtopics.LABELS.open(encoding="utf-8", newline="") as file:
        labels = {row["id"]: tuple(row["label"].split()) for row in csv.DictReader(file)}
    return [brief | {"accepted": labels[brief["id"]]} for brief in briefs() if brief["id"] in labels]


def ours(found: Sequence[Row]) -> list[Answer]:
    return [subtopics.outcome(row, row["accepted"]).given for row in found]


def right(found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    """Of the subtopics given, the share that is accepted."""
    pairs = list(zip(found, answers, strict=True))
    return ratio([(len({*given} & {*row["accepted"]}), len(given)) for row, given in pairs])


def met(found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    """Of the briefs that have an acceptable subtopic, the share that gets one."""
    pairs = zip(found, answers, strict=True)
    return share([bool({*given} & {*row["accepted"]}) for row, given in pairs if row["accepted"]])


TRIALS = (
    Trial(
        "the built-in briefs, second level",
        cache(rows),
        (Tool(OURS, lambda: ours),),
        (Measure("subtopics given, precision", right), Measure("briefs with a right one", met)),
    ),
)
