"""The section of the README on how good the tags are, as Markdown."""

from __future__ import annotations

from itertools import groupby
from platform import python_version
from typing import TYPE_CHECKING

from tests.evaluation.bootstrap import LEVEL, RESAMPLES
from tests.evaluation.render import PACKAGES, PEERS, figure, interval, versions
from tests.evaluation.table import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tests.evaluation.bootstrap import Estimate
    from tests.evaluation.speed import Cost
    from tests.evaluation.table import Line

BELOW = "**below**"
"""Marks a figure that does not reach its target."""

MEANING = (
    "*Closed* takes the best of the topics that the labels of a corpus map to, *open* the best of all 17; the "
    "confident half holds the articles whose best topic is furthest ahead. The others got the same articles in the "
    "same run. Those for countries count names, the one named most often is their main country; WordLlama takes the "
    "topic whose name is nearest; the distance at which TF-IDF is clustered is the best on the other half."
)


def section(lines: Sequence[Line], costs: Sequence[Cost], day: date) -> str:
    """The whole section, with the date and the versions it was measured with."""
    return "\n".join(
        (
            "## How good the tags are",
            "",
            opening(day),
            "",
            MEANING,
            "",
            "| corpus | what | at least | all rows | unseen half | others, all rows | a second |",
            "|---|---|---|---|---|---|---|",
            *table(lines),
            "",
            peers(lines),
            "",
            "| cost, one core, English articles of 1,200 characters | measured | target |",
            "|---|---|---|",
            *(cost_row(cost) for cost in costs),
            "",
        )
    )


def opening(day: date) -> str:
    used = ", ".join(f"{package} {number}" for package, number in versions(PACKAGES).items())
    return (
        f"Measured on {day.day} {day:%B %Y} with `python -m tests.evaluation` (Python {python_version()}, {used}) on "
        "public corpora that are not part of this project (see CONTRIBUTING) and on the built-in briefs. A hash of its "
        "id puts each article into one of two halves: errors of the one could be read while building and constants "
        f"chosen on it, the *unseen half* was only scored. Brackets hold {100 * LEVEL:.0f} % intervals from "
        f"{RESAMPLES:,} resamples of the articles; where every answer is right they have no width, which does not mean "
        f"that the next one is. A figure that falls short of its target is marked {BELOW}."
    )


def table(lines: Sequence[Line]) -> Iterator[str]:
    """One row a measure: ours, and the peers' figures in one cell."""
    for (corpus, measure), found in groupby(lines, key=lambda line: (line.corpus, line.measure)):
        ours, *others = sorted(found, key=lambda line: line.tool != OURS)
        if ours.every is None:
            yield f"| {corpus} | {measure} | {aim(ours)} | {ours.note} | | | |"
            continue
        sizes = f"{ours.every.size:,}" + (f" / {ours.unseen.size:,}" if ours.unseen else "")
        said = "; ".join(f"{line.tool} {figure(line.every.value) if line.every else '–'}" for line in others)
        cells = (cell(ours, ours.every), cell(ours, ours.unseen))
        speed = f"{ours.speed:,.0f}" if ours.speed else ""
        yield f"| {corpus}, {sizes} | {measure} | {aim(ours)} | {' | '.join(cells)} | {said} | {speed} |"


def aim(line: Line) -> str:
    return "" if line.target is None else f"{line.target:.2f}".removeprefix("0")


def cell(line: Line, found: Estimate | None) -> str:
    if found is None:
        return ""
    return f"{figure(found.value)} {interval(found)}" + ("" if line.reaches(found) else f" {BELOW}")


def peers(lines: Sequence[Line]) -> str:
    """Versions of the peers, and how fast they are on the first corpus that they were tried on."""
    used = ", ".join(f"{package} {number}" for package, number in versions(PEERS).items())
    speeds: dict[str, float] = {}
    for line in lines:
        if line.tool != OURS and line.speed:
            speeds.setdefault(line.tool, line.speed)
    told = "; ".join(f"{tool} {speed:,.0f}" for tool, speed in speeds.items())
    return f"Others: {used}; scikit-learn for TF-IDF; the rest is a few lines of code. Articles a second: {told}."


def cost_row(cost: Cost) -> str:
    target = "" if cost.target is None else f"at {'most' if cost.unit == 'MB' else 'least'} {cost.target:,.0f}"
    return f"| {cost.what} | {cost.value:,.0f} {cost.unit}{'' if cost.reached else f' {BELOW}'} | {target} |"
