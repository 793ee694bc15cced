"""What it takes to take in articles: ``python -m tests.benchmarks.ingest [--articles 10000] [--quick]``.

First each stage alone, in articles a second of one core: reading with normalising, each tagger, grouping, storing. Then
`python -m data add` as a user runs it, with all tags, copies and stories: with one process and with all, by the clock,
and with half as many articles, so that memory can be seen to stay flat. Articles are real ones of the corpora, all
different, of 1,200 characters each.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from data import sources, tagging
from data.articles import Reject, to_frame
from data.grouping import Grouper
from data.normalise import normalise
from data.store import Store
from data.store.adding import Addition
from tests.benchmarks.machine import family_of, machine, resident_of
from tests.benchmarks.tagging import SOURCES, TAGGERS
from tests.benchmarks.tagging import articles as some_articles
from tests.browser import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.articles import Article


MORE = (
    "dated/wikinews_2019_2020.jsonl.gz",
    "dated/reuters21578_first6000.jsonl.gz",
    "duplicates/wikinews_edits.jsonl.gz",
    "dated/headlines_aj_bbc_lemonde_economist.jsonl.gz",
    "topics/masakhanews_eng_dev.jsonl.gz",
    "places/geovirus.jsonl.gz",
    "places/lgl.jsonl.gz",
)


def main() -> None:
    """Prints two tables."""
    parser = argparse.ArgumentParser(description="What it takes to take in articles.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="2,000 articles, once")
    chosen = parser.parse_args()
    n = 2_000 if chosen.quick else chosen.articles
    print(machine("pandas", "pyarrow", "deltalake"))
    with tempfile.TemporaryDirectory() as folder:
        real = some_articles(n, (*SOURCES, *MORE))
        n = len(real)
        file = write(Path(folder) / "news.jsonl", real)
        stages(file, Path(folder), n)
        print(f"\n{'python -m data add, all tags':36}{'articles':>10}{'a second':>10}{'most MB':>9}")
        for jobs in (1, os.cpu_count() or 1):
            whole(file, Path(folder) / f"store{jobs}", jobs, n)
        half = write(Path(folder) / "half.jsonl", real[: n // 2])
        whole(half, Path(folder) / "half", os.cpu_count() or 1, n // 2)


def write(path: Path, articles: list[Article]) -> Path:
    """The articles as JSON Lines, with a day each."""
    lines = (
        {"title": one.title, "text": one.text, "published": f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}", "language": "en"}
        for n, one in enumerate(articles)
    )
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def stages(file: Path, folder: Path, n: int) -> None:
    """A line for each stage."""
    print(f"\n{'one core':36}{'articles a second':>18}")
    articles: list[Article] = []

    def read() -> None:
        for row in sources.read(str(file)):
            article = row if isinstance(row, Reject) else normalise(row)
            if not isinstance(article, Reject):
                articles.append(article)

    _told("read and normalise", n, read)
    some = articles[: min(n, 5_000)]
    for name, tagger in TAGGERS.items():
        tagger("Warm up", "The parliament of Kenya voted on the budget in Nairobi.", "en")
        _told(name, len(some), lambda tagger=tagger: [tagger(a.title, a.text, "en") for a in some])
    tagged = tagging.tag(to_frame(some))
    _told("all tags", len(some), lambda: tagging.tag(to_frame(some)))
    _told("copies and stories", len(some), lambda: Grouper().add(tagged))
    _told("store", len(some), lambda: Addition(Store.at(folder / "stage"), "stage", grouped=False).write(tagged))


def _told(name: str, n: int, work: Callable[[], object]) -> None:
    start = time.process_time()
    work()
    print(f"{name:36}{n / (time.process_time() - start):>18,.0f}", flush=True)


def whole(file: Path, store: Path, jobs: int, n: int) -> None:
    """One line: the command as a process of its own, with the memory of all its processes together."""
    command = [sys.executable, "-m", "data", "add", str(file), "--store", str(store), "--jobs", str(jobs), "--json"]
    start = time.perf_counter()
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(running, most), daemon=True)
    watch.start()
    told, _ = running.communicate()
    took = time.perf_counter() - start
    assert json.loads(told)["rows"] == n, told
    noun = "process" if jobs == 1 else "processes"
    print(f"{f'{jobs} {noun}, start included':36}{n:>10,}{n / took:>10,.0f}{most[0]:>9,.0f}", flush=True)


def _watch(running: subprocess.Popen[bytes], most: list[float]) -> None:
    while running.poll() is None:
        most[0] = max(most[0], sum(map(resident_of, family_of(running.pid))))
        time.sleep(0.2)


if __name__ == "__main__":
    main()
