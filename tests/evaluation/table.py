"""The table of all figures: our taggers and what else one could install, on the same documents, in one run.

A trial is one corpus. Each of its tools answers for all documents at once; each measure turns the answers into samples,
for all rows and for the unseen half; each tool's line says what came out, and how fast.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from tests.corpora import for_looking
from tests.evaluation.bootstrap import estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.evaluation.bootstrap import Estimate, Sample

Row = dict[str, Any]
"""A document with its true answer; `id` is unique in its corpus."""

OURS = "ours"
DIGITS = 3
"""Of a figure after the point."""
SAMPLE = 100
"""Documents on which the speed of a tool is measured that takes one by one."""
PASSES = 5
SECONDS = 0.4
"""No further pass begins after so many seconds."""


@dataclass(frozen=True)
class Tool:
    """What gives the answers, ours or a peer.

    `load` makes the function from documents to the answers for them; it may import the packages that the tool `needs`.
    """

    name: str
    load: Callable[[], Callable[[Sequence[Row]], Sequence[Any]]]
    needs: tuple[str, ...] = ()
    together: bool = False
    """Whether it has to see all documents at once."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The packages that are not installed."""
        return tuple(package for package in self.needs if find_spec(package) is None)


@dataclass(frozen=True)
class Measure:
    """One figure: `sample` makes of documents and the answers for them what can be resampled."""

    name: str
    sample: Callable[[Sequence[Row], Sequence[Any]], Sample]
    target: float | None = None


@dataclass(frozen=True)
class Trial:
    """A corpus with the tools that are tried on it and the figures that are measured."""

    corpus: str
    rows: Callable[[], Sequence[Row]]
    tools: tuple[Tool, ...]
    measures: tuple[Measure, ...]
    looking: Callable[[Row], bool] | None = lambda row: for_looking(row["id"])
    """Whether a document belongs to the half that may be looked at; None where there are no halves."""


@dataclass(frozen=True)
class Line:
    """What one tool reached in one measure of one corpus."""

    corpus: str
    measure: str
    tool: str
    target: float | None = None
    every: Estimate | None = None
    unseen: Estimate | None = None
    speed: float | None = None
    """Documents a second on one core."""
    note: str = ""
    """Why there are no figures."""

    @property
    def missed(self) -> tuple[str, ...]:
        """Where the target was not reached: "all rows", "unseen half"."""
        found = {"all rows": self.every, "unseen half": self.unseen}
        return tuple(name for name, figure in found.items() if figure and not self.reaches(figure))

    def reaches(self, figure: Estimate) -> bool:
        """Whether a figure, as it is printed, is at least the target."""
        return self.target is None or round(figure.value, DIGITS) >= self.target


def run(trial: Trial) -> Iterator[Line]:
    """The lines of a trial, by measure and tool; one line that says why if the corpus is not there."""
    try:
        rows = trial.rows()
    except (pytest.skip.Exception, FileNotFoundError) as reason:
        yield Line(trial.corpus, trial.measures[0].name, OURS, note=f"not measured: {reason}")
        return
    unseen = [] if trial.looking is None else [n for n, row in enumerate(rows) if not trial.looking(row)]
    answered = [_answer(tool, rows) for tool in trial.tools]
    for measure in trial.measures:
        for tool, (answers, speed) in zip(trial.tools, answered, strict=True):
            target = measure.target if tool.name == OURS else None
            if answers is None:
                note = f"not installed: {', '.join(tool.missing)}"
                yield Line(trial.corpus, measure.name, tool.name, target, note=note)
                continue
            half = measure.sample([rows[n] for n in unseen], [answers[n] for n in unseen]) if unseen else None
            every = measure.sample(rows, answers)
            found = estimate(half) if half else None
            yield Line(trial.corpus, measure.name, tool.name, target, estimate(every), found, speed)


def _answer(tool: Tool, rows: Sequence[Row]) -> tuple[Sequence[Any] | None, float | None]:
    if tool.missing:
        return None, None
    function = tool.load()
    answers = function(rows)
    return answers, speed(function, rows if tool.together else rows[:: max(1, len(rows) // SAMPLE)])


def speed(function: Callable[[Sequence[Row]], object], rows: Sequence[Row]) -> float:
    """Documents a second of processor time: the median of up to PASSES passes over `rows`."""
    taken: list[float] = []
    while len(taken) < PASSES and sum(taken) < SECONDS:
        started = time.process_time()
        function(rows)
        taken.append(max(time.process_time() - started, 1e-6))
    return len(rows) / statistics.median(taken)
