"""``python -m data status``, ``rejects``, ``undo``, ``compact`` and ``clean``: what is in the store, and its upkeep."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from data import frames
from data.commands import stored
from data.commands.output import output
from data.errors import StoreError
from data.inert import inert

if TYPE_CHECKING:
    import argparse

    from data.store.upkeep import Health
    from data.store.versions import Version

LISTED = 20
"""Versions and rejects that are listed unless more are asked for."""
EXAMPLES = {
    "status": "  python -m data status\n  python -m data status --json | jq .health",
    "rejects": "  python -m data rejects --csv rejects.csv\n  python -m data rejects --run 7709e2bcb987",
    "undo": "  python -m data undo",
    "compact": "  python -m data compact",
    "clean": "  python -m data clean --hours 24",
}
_COLUMNS = ("file", "row", "reason", "raw", "added", "run")


def status_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``status`` takes."""
    stored.arguments(parser)
    parser.add_argument(
        "--versions", type=int, default=LISTED, metavar="N", help=f"list N versions (default: {LISTED})"
    )


def status(chosen: argparse.Namespace) -> int:
    """Says what is in the store; 1 if something of it is missing."""
    from data.store import upkeep

    store = stored.existing(chosen)
    health, versions, rejects = upkeep.health(store), store.versions(), len(store.rejects())
    record = {
        "folder": str(store.folder),
        "articles": health.rows,
        "rejects": rejects,
        "health": asdict(health) | {"whole": health.whole},
        "versions": [asdict(version) for version in versions[: chosen.versions]],
    }
    lines = [
        f"Store      {store.folder}",
        f"Articles   {health.rows:,}",
        f"Rejects    {rejects:,}",
        f"Size       {stored.size(health.bytes)} in {health.files:,} files",
        f"On disk    {stored.size(health.bytes_on_disk)} with all versions",
        *_health(health),
        "",
        f"{len(versions):,} versions, latest first:",
        *(_version(version) for version in versions[: chosen.versions]),
    ]
    stored.answer(chosen, record, lines)
    return 0 if health.whole else 1


def _health(health: Health) -> list[str]:
    lines = ["Health     whole"] if health.whole else []
    if health.missing:
        names = ", ".join(health.missing[:3])
        lines.append(
            f"Health     {len(health.missing):,} files are missing or damaged ({names}): restore them from a backup"
        )
    if health.lost:
        numbers = ", ".join(map(str, health.lost))
        lines.append(f"Health     the end of its log is lost: add again what version {numbers} had added")
    if health.older:
        lines.append(f"Columns    {', '.join(health.older)} will be there after the next addition")
    return lines


def _version(version: Version) -> str:
    counts = f" — {stored.counted(version)}" if version.kind == "added" else ""
    return f"{version.number:>6}  {version.time:%Y-%m-%d %H:%M} UTC  {version.cause}{counts}  {version.run}".rstrip()


def rejects_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``rejects`` takes."""
    stored.arguments(parser)
    parser.add_argument(
        "--run", dest="addition", default="", metavar="RUN", help="of one addition (default: all that stand)"
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write all of them to a CSV file")


def rejects(chosen: argparse.Namespace) -> None:
    """Lists what could not be read."""
    found = stored.existing(chosen).rejects(chosen.addition)
    rows = frames.records(found.sort_values("added", ascending=False, kind="stable")[list(_COLUMNS)])
    if chosen.csv:
        with output(chosen.csv) as out, io.TextIOWrapper(out, encoding="utf-8", newline="") as text:
            csv.writer(text).writerows([_COLUMNS, *([inert(row[name]) for name in _COLUMNS] for row in rows)])
        print(f"{len(rows):,} rejects written to {chosen.csv}", file=sys.stderr)
        return
    lines = [f"{row['file']} row {row['row']}: {row['reason']}" for row in rows[:LISTED]]
    more = [f"and {len(rows) - LISTED:,} more; --csv FILE writes all"] if len(rows) > LISTED else []
    stored.answer(chosen, rows, lines + more or ["Nothing was rejected."])


def undo(chosen: argparse.Namespace) -> None:
    """Takes the latest addition back."""
    run = stored.existing(chosen).undo()
    stored.answer(chosen, asdict(run), [f"Took back: {run.cause} ({run.stored:,} articles, {run.rejected:,} rejects)"])


def compact(chosen: argparse.Namespace) -> None:
    """Joins small files."""
    from data.store import upkeep

    done = upkeep.compact(stored.existing(chosen), at_least=2)
    stored.answer(chosen, {"compacted": done}, ["Small files were joined." if done else "There was nothing to join."])


def clean_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``clean`` takes."""
    stored.arguments(parser)
    parser.add_argument("--hours", type=int, metavar="N", help="keep versions of so many hours (default: 30 days)")


def clean(chosen: argparse.Namespace) -> None:
    """Deletes files that only older versions need."""
    from data.store import upkeep

    hours = upkeep.KEPT_HOURS if chosen.hours is None else chosen.hours
    if hours < 0:
        raise StoreError("The hours to keep cannot be negative.")
    gone = upkeep.clean(stored.existing(chosen), hours=hours)
    stored.answer(chosen, {"deleted": gone}, [f"{gone:,} files of older versions were deleted."])
