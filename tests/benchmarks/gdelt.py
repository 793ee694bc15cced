"""Reading and tagging GDELT: ``python -m tests.benchmarks.gdelt [--rows 150000] [--file 20230702153000.gkg.csv.zip]``.

Prints rows in, articles and rejects, the seconds of one core and of the clock for one file, then the same and the most
memory for many: the file repeated under other addresses, titles and numbers until there are ``--rows`` (about a day),
in quarters of an hour that are read and tagged one batch after the other and then forgotten.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
import zipfile
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from data import sources, tagging
from data.articles import Article, Reject, to_frame
from data.normalise import normalise, unique
from tests.corpora import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = FOLDER / "gdelt" / "20230702153000.gkg.csv.zip"
_BATCH = 200


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=150_000)
    parser.add_argument("--file", type=Path, default=_FILE)
    arguments = parser.parse_args()
    _measured("one file, with loading the taggers", [arguments.file], batch=100_000)
    _measured("one file", [arguments.file], batch=100_000)
    with tempfile.TemporaryDirectory() as folder:
        _measured(f"about {arguments.rows:,} rows", _many(arguments.file, arguments.rows, Path(folder)), batch=_BATCH)


def _measured(what: str, files: Iterator[Path] | list[Path], batch: int) -> None:
    """Times the reading and tagging of `files`, not the making of them."""
    started, used, spent = time.monotonic(), time.process_time(), [0.0, 0.0]
    found = rejected = 0
    items = (item for file in _untimed(files, spent) for item in sources.read(file))
    every = unique(item if isinstance(item, Reject) else normalise(item) for item in items)
    while group := list(islice(every, batch)):
        articles = [item for item in group if isinstance(item, Article)]
        found, rejected = found + len(tagging.tag(to_frame(articles))), rejected + len(group) - len(articles)
    clock, core = time.monotonic() - started - spent[0], time.process_time() - used - spent[1]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {found + rejected:,} rows in = {found:,} articles + {rejected:,} rejects;", end=" ")
    speed = (found + rejected) / core
    print(f"{core:.2f} s of one core, {clock:.2f} s by the clock, {speed:,.0f} rows/s; {most} MB most")


def _untimed(files: Iterator[Path] | list[Path], spent: list[float]) -> Iterator[Path]:
    """The files, with the seconds (clock, core) that making them takes added to `spent`."""
    left = iter(files)
    while True:
        started, used = time.monotonic(), time.process_time()
        file = next(left, None)
        spent[0] += time.monotonic() - started
        spent[1] += time.process_time() - used
        if file is None:
            return
        yield file


def _many(file: Path, rows: int, folder: Path) -> Iterator[Path]:
    """Files like `file` until they hold `rows`, one at a time."""
    with zipfile.ZipFile(file) as archive:
        lines = archive.read(archive.infolist()[0]).rstrip(b"\n").split(b"\n")
    written = 0
    for number in count():
        if written >= rows:
            return
        path = folder / "quarter.gkg.csv.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("quarter.gkg.csv", b"\n".join(_changed(line, number) for line in lines[: rows - written]))
        written += len(lines)
        yield path


def _changed(line: bytes, number: int) -> bytes:
    """A record with another address and another title."""
    mark = str(number).encode()
    columns = line.split(b"\t")
    columns[0] += mark
    columns[4] += b"?copy=" + mark
    columns[-1] = columns[-1].replace(b"</PAGE_TITLE>", b" (%s)</PAGE_TITLE>" % mark)
    return b"\t".join(columns)


if __name__ == "__main__":
    main()
