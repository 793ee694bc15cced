"""How well countries are found: prints one table over four corpora.

    python -m tests.evaluation.places            # NEWS_CORPORA names the folder of the corpora

F1 is micro-averaged over the sets of countries: `mentioned` for the corpora that mark every place, `countries` (what
the article is about) for Reuters, whose labels say that. "main" is the accuracy of the main country where the corpus
has one. The "look" half is the one whose errors may be read; the "figure" half is only scored.
"""

from __future__ import annotations

import csv
import gzip
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.publishers import country_of
from data.tagging.countries import tag_countries
from tests.corpora import FOLDER, for_looking, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HALVES: dict[str, Callable[[str], bool]] = {
    "look": for_looking,
    "figure": lambda row_id: not for_looking(row_id),
    "all": lambda row_id: True,
}
CORPORA = {
    "GeoVirus": ("geovirus.jsonl.gz", "mentioned", False),
    "GeoWebNews": ("geowebnews.jsonl.gz", "mentioned", False),
    "LGL": ("lgl.jsonl.gz", "mentioned", False),
    "LGL + publisher": ("lgl.jsonl.gz", "mentioned", True),
    "Reuters": ("reuters_train.jsonl.gz", "about", False),
}
ARTICLE = 1_200
"""Characters of an article for the measurement of speed."""


@dataclass
class Score:
    """Counts over articles; F1 and accuracy follow from them."""

    rows: int = 0
    right: int = 0
    found: int = 0
    gold: int = 0
    mains: int = 0
    mains_right: int = 0

    def add(self, found: set[str], main: str, gold: set[str], gold_main: str | None) -> None:
        self.rows += 1
        self.right += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)
        if gold_main:
            self.mains += 1
            self.mains_right += main == gold_main

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.gold)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.found + self.gold)

    @property
    def main(self) -> float:
        return self.mains_right / max(1, self.mains)


FIPS = {"AS": "AU", "BG": "BD", "CE": "LK", "CH": "CN", "EI": "IE", "GM": "DE", "IS": "IL", "JA": "JP", "NI": "NG"}
FIPS |= {"RP": "PH", "RS": "RU", "SF": "ZA", "SN": "SG", "TD": "TT", "TU": "TR", "UK": "GB", "ZA": "ZM", "ZI": "ZW"}
"""FIPS 10-4 codes under which English-language publishers stand, where ISO 3166-1 has another one."""


def publishers() -> dict[str, str]:
    """Country by web domain: for nearly every paper the one it writes most about, as GDELT counts it.

    For this evaluation only, as the table carries no licence. It stands for a user who knows where each publisher sits.
    """
    path = FOLDER / "gdelt" / "domain_top_country_fips.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["domain"]: FIPS.get(row["fips"], row["fips"]) for row in csv.DictReader(lines)}


def our_publishers(articles: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Country by web domain as the program knows it: from its own table, or by the ending of the domain."""
    found = {row["source"]: country_of(row["source"], "") for row in articles}
    return {domain: country for domain, country in found.items() if country}


def evaluate(articles: Iterable[dict[str, Any]], unit: str, countries: dict[str, str]) -> dict[str, Score]:
    """Scores of each half."""
    scores = {half: Score() for half in HALVES}
    for row in articles:
        tags = tag_countries(
            row["title"], row["text"], language="en", publisher_country=countries.get(row.get("source", ""), "")
        )
        found = set(tags.countries) if unit == "about" else {tag.country for tag in tags.mentioned}
        for half, holds in HALVES.items():
            if holds(row["id"]):
                scores[half].add(found, tags.main_country, set(row["countries"]), row["main"])
    return scores


def speed(texts: list[str], runs: int = 5) -> float:
    """Articles a second on one core, the median of some runs over `texts`."""
    return statistics.median(_speed(texts) for _ in range(runs))


def _speed(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        tag_countries("", text, language="en")
    return len(texts) / (time.process_time() - start)


_LOADING = """
import time
from pathlib import Path
def memory(): return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
from data.tagging.countries import tag_countries
before, start = memory(), time.perf_counter()
tag_countries("", "Talks in Paris", language="en")
print(f"gazetteer: {time.perf_counter() - start:.2f} s to load, {memory() - before:.0f} MB")
"""


def show(name: str, scores: dict[str, Score]) -> None:
    for half, score in scores.items():
        print(
            f"{name:<16} {half:<7} {score.rows:>5} {score.precision:>9.3f} {score.recall:>7.3f} "
            f"{score.f1:>6.3f} {score.main:>6.3f}"
        )


def main() -> None:
    domains = publishers()
    print(f"{'corpus':<16} {'half':<7} {'rows':>5} {'precision':>9} {'recall':>7} {'F1':>6} {'main':>6}")
    for name, (file, unit, with_publisher) in CORPORA.items():
        path = FOLDER / "places" / file
        if not path.exists():
            print(f"{name:<16} not there: set NEWS_CORPORA to the folder of the corpora")
            continue
        show(name, evaluate(rows(path), unit, domains if with_publisher else {}))
        if with_publisher:
            own = our_publishers(rows(path))
            show("LGL + our table", evaluate(rows(path), unit, own))
            known, listed = (sum(row["source"] in table for row in rows(path)) for table in (domains, own))
            print(f"{'':<16} publisher's country known: {known} articles, by our own table and endings {listed}")
    texts = [row["text"][:ARTICLE] for row in rows(FOLDER / "places" / "geowebnews.jsonl.gz")]
    texts += [row["text"][:ARTICLE] for row in rows(FOLDER / "places" / "geovirus.jsonl.gz")]
    print(f"{speed([text for text in texts if len(text) == ARTICLE]):,.0f} articles of {ARTICLE:,} characters a second")
    subprocess.run([sys.executable, "-c", _LOADING], check=True)


if __name__ == "__main__":
    main()
