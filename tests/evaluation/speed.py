"""How fast articles are tagged on one core, and in how much memory: ``python -m tests.evaluation.speed``."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data import tagging
from data.articles import Article, to_frame
from data.tagging.countries import tag_countries
from data.tagging.keywords import tag_keywords
from data.tagging.topics import tag_topics
from tests.corpora import corpus, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LENGTH = 1_200
"""Characters of an article."""
PASSES = 5


@dataclass(frozen=True)
class Cost:
    """One figure; `target` is the least for a speed, the most for a memory."""

    what: str
    value: float
    unit: str
    target: float | None = None

    @property
    def reached(self) -> bool:
        return self.target is None or (self.value <= self.target if self.unit == "MB" else self.value >= self.target)

    def __str__(self) -> str:
        verdict = "" if self.target is None else f"{self.target:>9,.0f}  {'reached' if self.reached else 'MISSED'}"
        return f"{self.what:<56}{self.value:>9,.0f} {self.unit:<9}{verdict}".rstrip()


def texts() -> list[str]:
    """English articles of web news and Wikinews, cut to LENGTH; shorter ones are left out."""
    found = [row["text"] for name in ("geowebnews", "geovirus") for row in rows(corpus(f"places/{name}.jsonl.gz"))]
    return [text[:LENGTH] for text in found if len(text) >= LENGTH]


def costs() -> Iterator[Cost]:
    """The figures, each as soon as it is known."""
    sample = texts()
    articles = to_frame([Article(id=str(n), title=text[:60], text=text) for n, text in enumerate(sample)])
    unit = "a second"
    yield Cost("whole tagging, with evidence", rate(lambda: tagging.tag(articles), len(sample)), unit, 500)
    places = rate(_each(lambda text: tag_countries("", text, language="en"), sample), len(sample))
    yield Cost("countries alone", places, unit, 5_000)
    yield Cost("topics alone", rate(_each(lambda text: tag_topics("", text, language="en"), sample), len(sample)), unit)
    words = rate(_each(lambda text: tag_keywords("", text, language="en"), sample), len(sample))
    yield Cost("keywords alone", words, unit)
    if STATUS.exists():
        before, taggers, all_ = memory()
        yield Cost(f"memory with all taggers loaded ({before:.0f} MB without any)", taggers, "MB", 300)
        yield Cost("the same after grouping the built-in set", all_, "MB")


def rate(work: Callable[[], object], documents: int) -> float:
    """Documents a second of processor time: the median of PASSES, after one that loads what is needed."""
    work()
    taken = []
    for _ in range(PASSES):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return documents / statistics.median(taken)


def _each(tag: Callable[[str], object], sample: Sequence[str]) -> Callable[[], object]:
    return lambda: [tag(text) for text in sample]


STATUS = Path("/proc/self/status")
"""Where Linux tells how much memory a process has needed."""
_LOADING = """
import re
from pathlib import Path
import pandas, pyarrow
def memory(): return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1000
before = memory()
from data import grouping, ingest, starter, tagging
from data.articles import Article, to_frame
tagged = tagging.tag(to_frame([each for each in ingest.read(starter.FILES) if isinstance(each, Article)]))
after = memory()
grouping.group(tagged)
print(before, after, memory())
"""


def memory() -> tuple[float, float, float]:
    """The most MB that a process needed: with pandas alone, after tagging the built-in set in its five languages, and
    after grouping it."""
    told = subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True, text=True).stdout
    before, taggers, grouped = map(float, told.split())
    return before, taggers, grouped


def main() -> None:
    """Prints the figures."""
    try:
        for cost in costs():
            print(cost, flush=True)
    except pytest.skip.Exception as reason:
        print(reason)


if __name__ == "__main__":
    main()
