"""How fast tables are read and normalised, and in how much memory.

python -m tests.benchmarks.reading                     100,000 articles of about 1,200 characters
python -m tests.benchmarks.reading --megabytes 1000    a table of that size
python -m tests.benchmarks.reading --limited           through the process with limits, too
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from data import sources
from data.articles import Article, Reject
from data.normalise import normalise, unique
from data.sources.worker import read_limited
from tests.benchmarks.synthetic import articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHARACTERS = 1200
_DIFFERENT = 5000
"""Articles made anew; the others repeat them with ids, addresses and first words of their own."""


def write(path: Path, count: int | None, megabytes: int) -> int:
    """Writes a table of `count` articles, or of as many as fill so many megabytes; their number."""
    made = list(articles(_DIFFERENT))
    names = [*made[0], "url"]
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names)
        table.writeheader()
        while written < count if count else file.tell() < megabytes << 20:
            article = made[written % len(made)]
            text = f"{written}. {article['text']} " + str(made[(written * 7 + 1) % len(made)]["text"])
            url = f"https://www.site{written % 300}.example/news/{written}"
            table.writerow({**article, "id": f"s{written}", "text": (text * 3)[:CHARACTERS], "url": url})
            written += 1
    return written


def normalised(path: Path) -> Iterator[Article | Reject]:
    return unique(item if isinstance(item, Reject) else normalise(item) for item in sources.read(path))


def timed(name: str, count: int, items: Callable[[], Iterator[object]]) -> None:
    """Prints articles a second by the clock and by processor time; the latter is that of this process alone."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = sum(1 for _ in items())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert found == count, f"{found} of {count}"
    print(f"{name:36} {count / cpu:10,.0f} /s of processor   {count / wall:10,.0f} /s by the clock   {_peak():6.0f} MB")


def _peak() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 if sys.platform != "darwin" else 1 << 20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--megabytes", type=int, default=0, help="size of the table, instead of its articles")
    parser.add_argument("--limited", action="store_true", help="through the process with limits, too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "news.csv")
        count = write(path, None if chosen.megabytes else chosen.articles, chosen.megabytes)
        print(f"{count:,} articles, {path.stat().st_size >> 20:,} MB; memory before reading {_peak():.0f} MB")
        list(islice(normalised(path), 10))  # loads the tables
        timed("read, normalised, no id twice", count, lambda: normalised(path))
        if chosen.limited:
            timed("read in a process with limits", count, lambda: read_limited(str(path)))


if __name__ == "__main__":
    main()
