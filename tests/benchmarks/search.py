"""How fast the index of a store is, beside Tantivy: ``python -m tests.benchmarks.search [--articles N]``.

Prints how many articles a second each takes in, its size, and for several kinds of query the median and the 95th
percentile of (a) the best 50 with their snippets, (b) the ids of all that match, as the page needs them for a filter.
Tantivy is measured where it is installed (`pip install tantivy`).
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.search import parse, snippet
from data.search.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Row = dict[str, str]

QUERIES = {
    "rare word": ["w9000", "w12000", "w15000", "w7777"],
    "common word": ["w3", "w8", "w15", "w21"],
    "two words": ["w40 w90", "w12 w300", "w77 w5"],
    "phrase": ['"w3 w8"', '"w10 w2"', '"w1 w1"'],
    "or, not": ["(w900 OR w800) -w3", "w50 OR w60 OR w70", "w33 -w2"],
    "prefix": ["w123*", "w77*", "w1000*"],
    "field": ["title:w30", "publisher:p7", "title:(w5 w9)"],
}
TURNS = 5


def rows(n: int) -> Iterator[Row]:
    """Articles of about 1,200 characters whose words are as common as words are (Zipf)."""
    chance = random.Random(1)
    vocabulary = [f"w{rank}" for rank in range(20_000)]
    weights = [1 / (rank + 2) for rank in range(20_000)]
    for number in range(n):
        said = chance.choices(vocabulary, weights, k=270)
        yield {
            "id": f"{number:016x}",
            "title": " ".join(said[:8]),
            "text": " ".join(said),
            "publisher": f"p{chance.randrange(200)}",
        }


class Tantivy:
    """The other candidate, used as its documentation shows."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in ("title", "text", "publisher"):
            builder.add_text_field(name, stored=False)
        self.index, self.tantivy = tantivy.Index(builder.build(), str(folder)), tantivy

    def build(self, articles: list[Row]) -> None:
        writer = self.index.writer(200_000_000, 1)
        for row in articles:
            writer.add_document(self.tantivy.Document(**row))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def ids(self, query: str, limit: int) -> list[str]:
        searcher = self.index.searcher()
        asked = self.index.parse_query(query, ["title", "text", "publisher"], conjunction_by_default=True)
        return [searcher.doc(place)["id"][0] for _, place in searcher.search(asked, limit, count=False).hits]


def timed(task: Callable[[], Any]) -> list[float]:
    found = []
    for _ in range(TURNS):
        start = time.perf_counter()
        task()
        found.append((time.perf_counter() - start) * 1000)
    return found


def line(name: str, times: list[float]) -> str:
    times = sorted(times)
    return f"{name:<34}{statistics.median(times):>10.1f}{times[int(len(times) * 0.95)]:>10.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    n = parser.parse_args().articles
    folder = Path(tempfile.mkdtemp())
    articles = list(rows(n))
    texts = {row["id"]: row["text"] for row in articles}
    ours = Index(folder / "search.sqlite")
    start = time.perf_counter()
    ours.update([(row["id"], "1") for row in articles], articles)
    took = time.perf_counter() - start
    print(f"{n:,} articles: SQLite FTS5 {n / took:,.0f} a second, {ours.file.stat().st_size / 1e6:.0f} MB")
    other = None
    try:
        (folder / "tantivy").mkdir()
        other = Tantivy(folder / "tantivy")
        start = time.perf_counter()
        other.build(articles)
        took = time.perf_counter() - start
        size = sum(file.stat().st_size for file in (folder / "tantivy").iterdir()) / 1e6
        print(f"{n:,} articles: Tantivy {n / took:,.0f} a second, {size:.0f} MB")
    except ImportError:
        print("Tantivy is not installed")
    print(f"{'milliseconds':<34}{'median':>10}{'p95':>10}")
    every: dict[str, list[float]] = {}
    for kind, queries in QUERIES.items():
        for name, task in tasks(ours, other, texts, n).items():
            times = [each for query in queries for each in timed(lambda query=query, task=task: task(query))]
            every.setdefault(name, []).extend(times)
            print(line(f"{kind}: {name}", times))
    for name, times in every.items():
        print(line(f"all: {name}", times))
    shutil.rmtree(folder)


def tasks(ours: Index, other: Tantivy | None, texts: dict[str, str], n: int) -> dict[str, Callable[[str], Any]]:
    def best(query: str) -> Any:
        read = parse(query)
        return [snippet(texts[hit.id], read) for hit in ours.best(read)]

    found: dict[str, Callable[[str], Any]] = {"best 50": best, "all ids": lambda query: ours.matching(parse(query))}
    if other:
        found["Tantivy, best 50 ids"] = lambda query: other.ids(query, 50)
        found["Tantivy, all ids"] = lambda query: other.ids(query, n)
    return found


if __name__ == "__main__":
    main()
