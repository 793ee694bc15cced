"""GDELT's own archive: a file every quarter of an hour in each of two streams, what is English and what was translated.

hours ─lastupdate*.txt─▶ newest file ┐
dates ──────────────────────────────▶├─▶ Quarter* ─fetch, check─▶ file ─▶ Row | Reject
dates ─masterfilelist*.txt──────────▶┘

Files are named by the time (UTC) at which they were made, so that their addresses are known without a list. The list of
all (over 100 MB) is only asked for where every file is to be checked against its MD5; without it the checksums inside
the zip archive are, and the MD5 of the newest files. Some quarters of an hour have no file; they are listed as rejects.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.articles import Reject
from data.errors import FetchError, SourceError
from data.sources import net
from data.sources.files.members import Member, members_at, why
from data.sources.gdelt import gkg
from data.sources.rows import reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from data.sources.rows import Row

BASE = "http://data.gdeltproject.org/gdeltv2"
"""Where the archive is. What comes from there is not encrypted: an MD5 tells damage, not forgery."""
QUARTER = timedelta(minutes=15)
FIRST = datetime(2015, 2, 18, 22, 30, tzinfo=UTC)
"""Version 2 begins here."""
MOST_FILES = 20_000
"""About a hundred days of both streams: more is a mistake in a date."""
LIMIT = 128 << 20
"""Bytes of one file, packed; real ones have up to 20 MB."""
LIST_LIMIT = 1 << 30
DEADLINE = 300.0
"""Seconds for one file."""
STREAMS = ("", ".translation")
"""What stands before ``.gkg.csv.zip`` in the names of the English and of the translated files."""

_LISTED = re.compile(rb"^\d+ ([0-9a-f]{32}) \S*?/(\d{14})((?:\.translation)?)\.gkg\.csv\.zip\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Quarter:
    """One file of the archive."""

    time: datetime
    stream: str = ""
    md5: str = ""
    """As the list states it; empty where no list was asked."""

    @property
    def name(self) -> str:
        """Its name, for instance ``20230702153000.translation.gkg.csv.zip``."""
        return f"{self.time:%Y%m%d%H%M%S}{self.stream}.gkg.csv.zip"


@dataclass(frozen=True, slots=True)
class Archive:
    """How to get at the archive."""

    base: str = BASE
    translated: bool = True
    """Whether what was translated into English is wanted as well: two thirds of all."""
    allow_loopback: bool | None = None
    """For tests only, see :func:`data.sources.net.fetch`."""

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams that are wanted."""
        return STREAMS if self.translated else STREAMS[:1]

    def get(self, name: str, limit: int = LIMIT) -> bytes:
        """What lies under `name`; FetchError where nothing does."""
        address = f"{self.base.rstrip('/')}/{name}"
        return net.fetch(address, limit=limit, deadline=DEADLINE, allow_loopback=self.allow_loopback).body


def latest(hours: float, archive: Archive | None = None) -> list[Quarter]:
    """The files of the last `hours` up to the newest one, oldest first; SourceError where GDELT cannot be reached."""
    if not 0 < hours <= MOST_FILES / 8:
        raise SourceError(f"{hours:g} hours of GDELT cannot be read; give more than 0 and up to {MOST_FILES // 8:,}.")
    place = archive or Archive()
    lists = [listed(place.get(f"lastupdate{_dashed(stream)}.txt", 1 << 20)) for stream in place.streams]
    found = [max(quarters, key=_order) for each in lists if (quarters := list(each))]
    if not found:
        raise SourceError("GDELT names no newest file; try again in a quarter of an hour.")
    back = [
        quarter if not steps else Quarter(quarter.time - steps * QUARTER, quarter.stream)
        for quarter in found
        for steps in range(max(1, round(hours * 4)))
    ]
    return sorted(back, key=_order)


def between(first: datetime, last: datetime, archive: Archive | None = None, *, checked: bool = False) -> list[Quarter]:
    """The files made from `first` to `last` (both included, UTC where they have no zone), oldest first.

    With `checked` they are those of the list of all files, each with its MD5. SourceError where there can be none, or
    where the list cannot be had.
    """
    place, start, end = archive or Archive(), max(_utc(first), FIRST), _utc(last)
    steps = -(-(start - FIRST) // QUARTER)
    count = (end - FIRST) // QUARTER - steps + 1
    if count < 1:
        raise SourceError(f"GDELT has no files from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}.")
    if count * len(place.streams) > MOST_FILES:
        raise SourceError(f"These are {count * len(place.streams):,} files; give at most {MOST_FILES:,} at once.")
    if not checked:
        times = (FIRST + step * QUARTER for step in range(steps, steps + count))
        return [Quarter(time, stream) for time in times for stream in place.streams]
    lists = [place.get(f"masterfilelist{_dashed(stream)}.txt", LIST_LIMIT) for stream in place.streams]
    every = [quarter for text in lists for quarter in listed(text) if start <= quarter.time <= end]
    return sorted(every, key=_order)


def listed(text: bytes) -> Iterator[Quarter]:
    """The GKG files of a list, each of whose lines has size, MD5 and address; the address's host is not followed."""
    for match in _LISTED.finditer(text):
        md5, stamp, stream = (part.decode() for part in match.groups())
        with suppress(ValueError):
            yield Quarter(datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC), stream, md5)


def rows(
    quarters: Sequence[Quarter],
    archive: Archive | None = None,
    *,
    told: Callable[[int, str], None] = lambda done, name: None,
    cancelled: Callable[[], bool] = lambda: False,
    by_seen: bool | None = None,
) -> Iterator[Row | Reject]:
    """The articles of the files, one file after the other; one that cannot be had or read is a reject with row 0.

    Before each file `told` hears how many are done and the name of this one, and `cancelled` is asked whether to stop;
    it is asked again before each article. `by_seen` as in :func:`data.sources.gdelt.gkg.record`, None as the user set
    it. SourceError where none of the files could be had.
    """
    place, unread, found = archive or Archive(), [], False
    with tempfile.TemporaryDirectory(prefix="gdelt-") as folder:
        for done, quarter in enumerate(quarters):
            if cancelled():
                return
            told(done, quarter.name)
            for item in _file(place, quarter, Path(folder), by_seen):
                if cancelled():
                    return
                if not found and isinstance(item, Reject) and item.row == 0:
                    unread.append(item)
                    continue
                if not found:
                    found = True
                    yield from unread
                yield item
    if unread and not found:
        raise SourceError(f"None of {len(unread):,} files of GDELT could be read: {unread[0].reason}")
    told(len(quarters), "")


def _file(archive: Archive, quarter: Quarter, folder: Path, by_seen: bool | None) -> Iterator[Row | Reject]:
    path = folder / quarter.name
    try:
        body = archive.get(quarter.name)
        if quarter.md5 and hashlib.md5(body, usedforsecurity=False).hexdigest() != quarter.md5:
            raise SourceError("the file was damaged on its way: it is not what GDELT's list says")
        path.write_bytes(body)
        yield from _read(members_at(path), by_seen)
    except FetchError as error:
        missing = "GDELT has no file for this quarter of an hour" if error.status == 404 else str(error)
        yield reject(quarter.name, 0, missing)
    except (SourceError, OSError) as error:
        yield reject(quarter.name, 0, why(error))
    finally:
        path.unlink(missing_ok=True)


def _read(members: Iterable[Member | Reject], by_seen: bool | None) -> Iterator[Row | Reject]:
    for member in members:
        if isinstance(member, Reject):
            yield member
            continue
        yield from gkg.read(member, by_seen=by_seen)
        if member.fault:
            yield reject(member.name, 0, member.fault)


def _order(quarter: Quarter) -> tuple[datetime, str]:
    return quarter.time, quarter.stream


def _dashed(stream: str) -> str:
    return stream.replace(".", "-")


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
