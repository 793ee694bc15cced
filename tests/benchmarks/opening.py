"""How long it takes from a store on the disk to the figures of the first page, and how much memory.

``python -m tests.benchmarks.opening [--articles 1000000]`` writes a store of made-up articles (12 keywords of 100,000
each, 1 or 2 topics, up to 3 countries, two years; texts of a few words, as opening does not read them), then opens it
in a process of its own and prints wall time, processor time and peak memory up to each step.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
from deltalake import write_deltalake

from data import geography
from data.store import Store
from data.store.schema import ARTICLES, WRITING, filled
from data.taxonomy import SUBTOPICS, TOPICS
from tests.benchmarks.machine import peak_of

ROOT = Path(__file__).parents[2]
WORDS, PUBLISHERS, DAYS, PART = 100_000, 2_000, 730, 100_000


def main() -> None:
    """Prints a line a step."""
    parser = argparse.ArgumentParser(description="From a store on the disk to the figures of the first page.")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--open", metavar="DIR", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.open:
        _open(Store.at(chosen.open))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Store.at(folder)
        make(store, chosen.articles)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet"))
        print(f"{chosen.articles:,} articles, {size / 1e6:,.0f} MB on disk", flush=True)
        print(f"{'up to':36}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}", flush=True)
        for time_of in ("the first opening of a version", "every later one"):
            print(f"{time_of}:", flush=True)
            subprocess.run([sys.executable, "-m", "tests.benchmarks.opening", "--open", folder], cwd=ROOT, check=True)


def make(store: Store, n: int) -> None:
    """Writes `n` made-up articles, a file for every PART of them."""
    draw = np.random.default_rng(7)
    for first in range(0, n, PART):
        write_deltalake(
            store.path, _articles(draw, first, min(PART, n - first)), mode="append", writer_properties=WRITING
        )


def _articles(draw: np.random.Generator, first: int, n: int) -> pa.Table:
    days = np.datetime64("2024-01-01", "us") + draw.integers(0, DAYS * 86_400, n).astype("timedelta64[s]")
    numbers = [f"{first + row:016x}" for row in range(n)]
    stories = [f"{number:016x}" for number in first + draw.integers(0, max(n // 4, 1), n)]
    publishers = draw.zipf(1.3, n) % PUBLISHERS
    places = sorted(geography.COUNTRIES)
    about = _lists(draw, places, n, 0, 3)
    keywords = _lists(draw, [f"word{number}" for number in range(WORDS)], n, 10, 12)
    columns = {
        "id": numbers,
        "title": [f"Title of about seventy characters, as most titles of news have, no. {row}" for row in range(n)],
        "text": ["A text of a few words."] * n,
        "published": pa.array(days, pa.timestamp("us", "UTC")),
        "precision": ["second"] * n,
        "publisher": [f"Publisher {number}" for number in publishers],
        "publisher_country": [places[number % len(places)] for number in publishers],
        "language": draw.choice(["en", "es", "fr", "ar", "zh"], n, p=[0.6, 0.1, 0.1, 0.1, 0.1]),
        "url": [f"https://publisher{number % 100}.example/2026/article-{number}" for number in range(first, first + n)],
        "countries": about,
        "regions": [list(geography.regions_of(row)) for row in about],
        "main_country": [row[0] if row else "" for row in about],
        "topics": _lists(draw, [*TOPICS], n, 0, 2),
        "subtopics": _lists(draw, [*SUBTOPICS], n, 0, 2),
        "keywords": keywords,
        "keyword_keys": keywords,
        "tags": ["{}"] * n,
        "story": stories,
        "centrality": draw.random(n).astype(np.float32),
        "added": pa.array([datetime.now(UTC)] * n, pa.timestamp("us", "UTC")),
        "run": ["made-up"] * n,
    }
    return filled(pa.table({name: pa.array(column) for name, column in columns.items()}), ARTICLES.names)


def _lists(draw: np.random.Generator, values: list[str], n: int, least: int, most: int) -> list[list[str]]:
    """Some different values a row, the first ones of `values` most often."""
    sizes = draw.integers(least, most + 1, n).tolist()
    ranks = np.minimum((len(values) * draw.random((n, most)) ** 3).astype(int), len(values) - 1).tolist()
    return [list(dict.fromkeys(values[rank] for rank in row[:size])) for row, size in zip(ranks, sizes, strict=True)]


def _open(store: Store) -> None:
    from data.engines.cached import CachedEngine
    from data.engines.stored import open_stored
    from data.selection import Selection

    wall, cpu = time.perf_counter(), time.process_time()

    def tell(step: str) -> None:
        peak = peak_of()
        print(f"{step:36}{time.perf_counter() - wall:>9.2f}{time.process_time() - cpu:>9.2f}{peak:>9,.0f}", flush=True)

    tell("modules loaded")
    engine = CachedEngine(open_stored(store))
    tell("opened")
    everything = Selection()
    totals = engine.totals(everything)
    for by in (("topic",), ("country",), ("keyword",), ("day",), ("region", "topic"), ("region",), ("week", "topic")):
        engine.counts(everything, by)
    listed = engine.articles(everything, limit=50)
    tell("first page of figures")
    engine.texts(listed["id"].tolist()[:1])
    tell("one article opened")
    for unit in ("stories", "publishers"):
        engine.totals(everything, unit)  # type: ignore[arg-type]
    tell("in stories and publishers")
    print(f"{totals.n:,} articles, {totals.countries:,} countries, {totals.publishers:,} publishers")


if __name__ == "__main__":
    main()
