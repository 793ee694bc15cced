"""``python -m data gdelt``: GDELT's newest files, a stretch of its archive, or files of it that are here."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from data.commands import add

if TYPE_CHECKING:
    import argparse

EXAMPLES = """\
  python -m data gdelt --hours 24                        the last day, translated news included
  python -m data gdelt --from 2024-07-01 --to 2024-07-02T12:00
  python -m data gdelt 20230702153000.gkg.csv.zip        files that are here"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", nargs="*", help="files of GKG 2.1 or 1.0, zipped or not")
    parser.add_argument("--hours", type=float, default=None, help="so many hours up to the newest file (default: 1)")
    parser.add_argument("--from", dest="first", metavar="TIME", type=_time, help="from this time on (ISO 8601, UTC)")
    parser.add_argument("--to", dest="last", metavar="TIME", type=_time, help="up to this time (default: now)")
    parser.add_argument("--english", action="store_true", help="leave out what was translated into English")
    parser.add_argument("--seen", action="store_true", help="take the day GDELT saw an article for one without a date")
    parser.add_argument("--server", default="", help="address of a copy of GDELT's files")
    add.common(parser)


def run(chosen: argparse.Namespace) -> int:
    """Adds what is asked for."""
    from data import storing
    from data.sources.gdelt import archive

    if chosen.file:
        return add.add(chosen, storing.parts_of(chosen.file))
    place = archive.Archive(chosen.server or archive.BASE, translated=not chosen.english)
    if chosen.first:
        last = chosen.last or datetime.now(UTC)
        quarters = archive.between(chosen.first, last, place)
        said = f"GDELT from {chosen.first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}"
    else:
        hours = 1.0 if chosen.hours is None else chosen.hours
        quarters, said = archive.latest(hours, place), f"GDELT of {hours:g} hours"
    rows = partial(archive.rows, quarters, place, by_seen=True if chosen.seen else None)
    return add.add(chosen, [storing.Part(said, rows)], f"added {said}")


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
