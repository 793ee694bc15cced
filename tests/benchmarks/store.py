"""How fast articles get into the store and out of it again, and how much memory that takes.

``python -m tests.benchmarks.store [--articles 100000] [--grouped] [--add-only]`` prints wall time, processor time and
the peak of the memory for each step; each step is a process of its own. Articles are about 1,200 characters
long and not tagged, so that the tagger is not what is measured; --grouped looks for copies and stories too.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.synthetic import articles

LENGTH = 1200
ROOT = Path(__file__).parents[2]


def main() -> None:
    """Prints a line a step."""
    parser = argparse.ArgumentParser(description="How fast articles get into the store and out of it again.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--grouped", action="store_true", help="look for copies and stories, too")
    parser.add_argument("--add-only", action="store_true", help="do not open what was added")
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        print(json.dumps(_step(*chosen.step, chosen)))
        return
    with tempfile.TemporaryDirectory() as folder:
        size = write(Path(folder) / "news.csv", chosen.articles).stat().st_size
        print(f"{chosen.articles:,} articles, {size / 1e6:,.0f} MB of CSV")
        print(f"{'step':32}{'wall s':>9}{'CPU s':>9}{'per CPU s':>11}{'peak MB':>9}")
        for step in ("add", "add again") if chosen.add_only else ("add", "add again", *_STEPS):
            _print(step, _run(step, folder, sys.argv[1:]), chosen.articles)


def write(path: Path, n: int) -> Path:
    """A CSV file of `n` articles of about LENGTH characters."""
    texts = [str(row["text"]) for row in articles(500)]
    draw = random.Random(3)
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.DictWriter(out, ["id", "title", "text", "published", "publisher", "publisher_country", "language"])
        lines.writeheader()
        for article in articles(n):
            text = str(article["text"])
            while len(text) < LENGTH:
                text += " " + draw.choice(texts)
            lines.writerow(article | {"text": text[:LENGTH]})
    return path


def _run(step: str, folder: str, options: list[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.store", *options, "--step", step, folder]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(out.stdout)
    return found


def _print(step: str, took: dict[str, float], n: int) -> None:
    rate = f"{n / took['cpu']:>11,.0f}" if step.startswith("add") else " " * 11
    print(f"{step:32}{took['wall']:>9.2f}{took['cpu']:>9.2f}{rate}{took['peak']:>9,.0f}", flush=True)


def _step(step: str, folder: str, chosen: argparse.Namespace) -> dict[str, float]:
    import resource

    from data import storing
    from data.store import Store, upkeep
    from data.store.schema import ARTICLES, HEAVY

    store = Store.at(Path(folder) / "store")
    wall, cpu = time.perf_counter(), time.process_time()
    if step.startswith("add"):
        parts = storing.parts_of([str(Path(folder) / "news.csv")])
        summary = storing.store(parts, store, jobs=1, tagged=False, grouped=chosen.grouped)
        told = (summary.total("stored"), summary.total("known"))
        expected = (chosen.articles, 0) if step == "add" else (0, chosen.articles)
        assert told == expected, told
    elif step == "version number":
        store.version()
    elif step == "light columns":
        assert len(store.read([name for name in ARTICLES.names if name not in HEAVY])) == chosen.articles
    elif step == "one article":
        assert len(store.texts([f"s{chosen.articles // 2}"])) == 1
    elif step == "join files":
        upkeep.compact(store, at_least=2)
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


_STEPS = ("version number", "light columns", "one article", "join files", "one article")


if __name__ == "__main__":
    main()
