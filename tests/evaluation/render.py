"""The table as plain text and as data; :mod:`tests.evaluation.readme` makes the README's section of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import TYPE_CHECKING, Any

from tests.evaluation.bootstrap import LEVEL, RESAMPLES, SEED
from tests.evaluation.table import DIGITS, OURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.evaluation.bootstrap import Estimate
    from tests.evaluation.speed import Cost
    from tests.evaluation.table import Line

COLUMNS = "{:<34}{:<34}{:>7}  {:<28}{:<27}{:>9}  {}"
HEADING = COLUMNS.format("corpus", "what", "target", "all rows", "unseen half", "a second", "").rstrip()
PACKAGES = ("numpy", "scipy", "pandas", "ahocorasick-rs", "snowballstemmer", "py3langid", "model2vec", "scikit-learn")
PEERS = ("flashgeotext", "geotext", "wordllama", "yake", "datasketch")


def text_line(line: Line) -> str:
    """One line of the plain table; peers stand under ours, indented."""
    ours = line.tool == OURS
    return COLUMNS.format(
        line.corpus if ours else f"  {line.tool}",
        line.measure if ours else "",
        "" if line.target is None else figure(line.target),
        estimated(line.every),
        estimated(line.unseen),
        "" if line.speed is None else f"{line.speed:,.0f}",
        line.note or verdict(line),
    ).rstrip()


def verdict(line: Line) -> str:
    """Whether the target was reached; nothing where there is none."""
    if line.missed:
        return f"MISSED: {' and '.join(line.missed)}"
    return "" if line.target is None else "reached"


def figure(value: float) -> str:
    """``.912``, but ``1.000`` in full."""
    return f"{value:.{DIGITS}f}".removeprefix("0")


def estimated(found: Estimate | None) -> str:
    """Figure, interval and number of documents."""
    return "" if found is None else f"{figure(found.value)} {interval(found)} of {found.size:,}"


def interval(found: Estimate) -> str:
    return f"[{figure(found.low)}–{figure(found.high)}]"


def versions(packages: Sequence[str]) -> dict[str, str]:
    """The installed ones of `packages` with their versions."""
    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def data(lines: Sequence[Line], costs: Sequence[Cost]) -> dict[str, Any]:
    """All that was measured, fit for JSON."""
    return {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {"python": python_version()} | versions(PACKAGES + PEERS),
        "bootstrap": {"resamples": RESAMPLES, "level": LEVEL, "seed": SEED},
        "figures": [asdict(line) | {"missed": line.missed} for line in lines],
        "costs": [asdict(cost) | {"reached": cost.reached} for cost in costs],
    }
