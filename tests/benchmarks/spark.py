"""How tagging grows with the workers of a cluster: ``python -m tests.benchmarks.spark [--workers 1,2]``.

Starts a standalone master on this machine, with so many workers of one core each, and adds the same archive of JSON
Lines to a new store with each. Prints how many articles a second the workers tag, once each has loaded its tables,
that as a multiple of the first line, and how long the whole command takes with its start; and whether all stores hold
the same articles with the same ids and tags as one that was made without Spark.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from data import storing
from data.grouping import GROUP_COLUMNS
from data.store import Store
from data.store.schema import ARTICLES
from tests.benchmarks.machine import machine
from tests.benchmarks.synthetic import articles
from tests.spark_cluster import THERE, WHY_NOT, cluster

if TYPE_CHECKING:
    import pandas as pd

    from data.engines.sql.spark import Spark

ROOT = Path(__file__).parents[2]
LENGTH = 1200
"""Characters of an article."""
FILE = 250
"""Articles of a file."""
PATIENCE = 120.0
"""Seconds in which all workers have to be there."""


def main() -> int:
    """0 if all stores hold the same."""
    parser = argparse.ArgumentParser(description="How tagging grows with the workers of a cluster.")
    parser.add_argument("--workers", type=lambda text: [int(number) for number in text.split(",")], default=[1, 2])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="2,000 articles")
    chosen = parser.parse_args()
    if not THERE:
        print(f"not measured: {WHY_NOT}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), chosen.workers, 2_000 if chosen.quick else chosen.articles)


def _measure(folder: Path, workers: list[int], n: int) -> int:
    archive = folder / "archive"
    size = write(archive, n)
    print(machine("pyspark", "pandas", "pyarrow"))
    print(f"{n:,} articles of {LENGTH:,} characters, {size / 1e6:,.0f} MB in files of {FILE}")
    plain = Store.at(folder / "plain")
    storing.store(storing.parts_of([str(archive)]), plain)
    expected, first, agree = _held(plain), 0.0, True
    print(f"{'workers':>7}{'tagging s':>11}{'a second':>10}{'times':>7}{'whole command s':>17}  same as without Spark")
    for number in workers:
        here = folder / str(number)
        here.mkdir()
        with cluster(here, number) as (master, _):
            seconds = tagging(master, number, archive, here / "staging")
            whole = command(master, archive, here / "store")
        same = _held(Store.at(here / "store")).equals(expected)
        agree, first = agree and same, first or seconds
        row = f"{number:>7}{seconds:>11.1f}{n / seconds:>10,.0f}{first / seconds:>7.2f}{whole:>17.1f}"
        print(f"{row}  {'yes' if same else 'NO'}", flush=True)
    return 0 if agree else 1


def write(folder: Path, n: int) -> int:
    """An archive of `n` articles in the order of time; how many bytes it has."""
    folder.mkdir()
    texts = [str(row["text"]) for row in articles(500)]
    draw = random.Random(3)
    made = sorted(articles(n), key=lambda row: str(row["published"]))
    for row in made:
        while len(str(row["text"])) < LENGTH:
            row["text"] = f"{row['text']} {draw.choice(texts)}"[:LENGTH]
    for start in range(0, n, FILE):
        lines = (json.dumps(row) + "\n" for row in made[start : start + FILE])
        (folder / f"{start:09}.jsonl").write_text("".join(lines), encoding="utf-8")
    return sum(file.stat().st_size for file in folder.iterdir())


def tagging(master: str, workers: int, archive: Path, staging: Path) -> float:
    """Seconds in which the workers read and tag the archive, after a first round that loads what they need."""
    from data.spark import opened

    with opened(master) as spark:
        _wait_for(spark, workers)
        _tag(spark, sorted(archive.iterdir())[: 4 * workers], staging)
        return _tag(spark, [archive], staging)


def _wait_for(spark: Spark, workers: int) -> None:
    from data.spark import cluster as workforce

    until = time.monotonic() + PATIENCE
    while workforce.cores(spark, PATIENCE) < workers and time.monotonic() < until:
        time.sleep(0.5)
    if workforce.cores(spark, PATIENCE) < workers:
        raise SystemExit(f"not all of {workers} workers came up")


def _tag(spark: Spark, locations: list[Path], staging: Path) -> float:
    from data.spark import cluster as workforce
    from data.spark import plan

    files = plan.files_of([str(location) for location in locations])
    began = time.perf_counter()
    waves = [done.wave for done in workforce.tagged(spark, plan.waves(files, 16), staging)]
    taken = time.perf_counter() - began
    assert sum(len(wave.files) for wave in waves) == len(files)
    return taken


def command(master: str, archive: Path, store: Path) -> float:
    """Seconds of the whole command."""
    began = time.perf_counter()
    arguments = ["add", "--engine", master, "--store", str(store), str(archive)]
    subprocess.run([sys.executable, "-m", "data", *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


def _held(store: Store) -> pd.DataFrame:
    """The articles with their tags; not their stories, which may depend on how many are stored at once."""
    columns = [name for name in ARTICLES.names if name not in ("added", "run", *GROUP_COLUMNS)]
    frame: pd.DataFrame = store.read(columns).to_pandas().sort_values("id", ignore_index=True)
    return frame.map(str)


if __name__ == "__main__":
    sys.exit(main())
