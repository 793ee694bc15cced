"""What the table holds: a module for each kind of tag, and what peers there are for it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.evaluation.table import Trial

KINDS = ("places", "topics", "subtopics", "keywords", "duplicates", "stories", "splitting", "starter")


def trials() -> Iterator[Trial]:
    """All trials in the order of the table."""
    for kind in KINDS:
        yield from import_module(f"tests.evaluation.trials.{kind}").TRIALS
