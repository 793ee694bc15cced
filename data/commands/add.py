"""``python -m data add``: news into the store."""

from __future__ import annotations

import argparse
import sys
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING

from data.commands import stored, tag
from data.commands.progress import Progress
from data.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.storing import Part, Summary
    from data.storing import Progress as Reading

OFTEN = 0.2
"""Seconds between two looks at how far it is."""
EXAMPLES = """\
  python -m data add export.csv                  one file
  python -m data add exports/ archive.zip        a folder and an archive
  python -m data add --store /srv/news new.csv   into a store of its own
  python -m data add --engine spark://master:7077 --store /shared/news /shared/gdelt/"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("location", nargs="+", help="file, folder, zip archive or address of news")
    parser.add_argument(
        "--engine",
        metavar="SPARK",
        default="",
        help="read and tag on Apache Spark: spark://HOST:7077, sc://HOST of Spark Connect, local[2] for this machine. "
        "Its workers must find locations and store under the same names, and have this program installed with the same "
        "version of Python (PYSPARK_PYTHON names it). Cut short, the same command goes on where it was",
    )
    common(parser)


def common(parser: argparse.ArgumentParser) -> None:
    """What all commands take that add to the store."""
    stored.arguments(parser)
    parser.add_argument(
        "--jobs", type=tag.number, metavar="N", default=0, help="processes that tag (default: one a processor)"
    )
    parser.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="say on standard error how far it is (default: on a terminal)",
    )


def run(chosen: argparse.Namespace) -> int:
    """Adds what the arguments name."""
    from data import storing

    if chosen.engine:
        return _on_spark(chosen)
    return add(chosen, storing.parts_of(chosen.location))


def add(chosen: argparse.Namespace, parts: Sequence[Part], cause: str = "") -> int:
    """Adds the parts to the store that the arguments name, tells the progress and says what became of each part.

    The exit code is PARTLY where some parts could not be read; SourceError where none could be read at all. Stopped
    with Ctrl+C, what was stored stays, and can be taken back with undo.
    """
    from data import storing

    target = stored.store_of(chosen)
    return _said(chosen, lambda told: storing.store(parts, target, cause=cause, progress=told, jobs=chosen.jobs))


def _on_spark(chosen: argparse.Namespace) -> int:
    """The same with Spark's workers."""
    from data.spark import opened

    with opened(chosen.engine) as spark:
        from data.spark.adding import store

        target = stored.store_of(chosen)
        return _said(chosen, lambda told: store(chosen.location, target, spark, progress=told))


def _said(chosen: argparse.Namespace, work: Callable[[Reading], Summary]) -> int:
    from data import storing

    progress, done = storing.Progress(), threading.Event()
    shown = sys.stderr.isatty() if chosen.progress is None else chosen.progress
    with Progress(shown=shown) as line:
        telling = threading.Thread(target=_tell, args=(line, progress, done), daemon=True)
        telling.start()
        try:
            summary = work(progress)
        finally:
            done.set()
            telling.join()
    if len(summary.failed) == len(summary.outcomes) and not summary.total("rows"):
        raise SourceError(" ".join(outcome.fault for outcome in summary.failed))
    stored.answer(chosen, record(summary), _lines(summary))
    return stored.PARTLY if summary.failed else 0


def record(summary: Summary) -> dict[str, object]:
    """The summary as --json writes it."""
    totals = {name: summary.total(name) for name in ("rows", "stored", "known", "copies", "rejected")}
    return {
        "run": summary.run,
        "cause": summary.cause,
        "version": summary.version,
        **totals,
        "cancelled": summary.cancelled,
        "parts": [asdict(outcome) for outcome in summary.outcomes],
    }


def _lines(summary: Summary) -> list[str]:
    lines = [f"{each.name}: {stored.counted(each)}" for each in summary.outcomes if each.rows or not each.fault]
    lines += [f"{each.name}: {each.fault}" for each in summary.failed]
    return lines


def _tell(line: Progress, progress: Reading, done: threading.Event) -> None:
    while not done.wait(OFTEN):
        line.update(progress.share, progress.read)
