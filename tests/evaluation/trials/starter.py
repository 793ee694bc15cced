"""The built-in set, five languages, against its authors' labels, which were written before any tagger ran on it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from data import starter
from data.tagging.countries import tag_countries
from data.tagging.topics import tag_topics
from tests.evaluation.metrics import micro_f1, share
from tests.evaluation.table import OURS, Measure, Tool, Trial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.evaluation.bootstrap import Counts
    from tests.evaluation.table import Row

Answer = tuple[tuple[str, ...], str, str]
"""Countries that a brief is about, the main one, the first topic."""


def rows() -> list[Row]:
    return [json.loads(line) for file in starter.FILES for line in Path(file).read_text(encoding="utf-8").splitlines()]


def ours(row: Row) -> Answer:
    title, text, language = row["title"], row["text"], row["language"]
    places = tag_countries(title, text, language=language, publisher_country=row["publisher_country"])
    themes = tag_topics(title, text, language=language)
    return places.countries, places.main_country, themes[0].topic if themes else ""


def about(found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    return micro_f1([countries for countries, _, _ in answers], [row["about"] for row in found])


def mains(found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    pairs = zip(found, answers, strict=True)
    return share([main == row["about"][0] for row, (_, main, _) in pairs if row["about"]])


def topic(found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    """Unsure counts as wrong."""
    return share([first in row["topics"] for row, (_, _, first) in zip(found, answers, strict=True)])


TRIALS = (
    Trial(
        "the built-in briefs",
        cache(rows),
        (Tool(OURS, lambda: lambda found: [ours(row) for row in found]),),
        (
            Measure("countries it is about, micro-F1", about),
            Measure("main country, accuracy", mains),
            Measure("first topic, accuracy", topic),
        ),
        looking=None,
    ),
)
