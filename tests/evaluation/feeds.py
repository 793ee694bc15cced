"""How much of real feeds and lists of feeds is read: ``python -m tests.evaluation feeds``."""

from __future__ import annotations

import csv
import html
import re
import tarfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from data.articles import Article, Reject
from data.errors import SourceError
from data.normalise import normalise
from data.sources.feeds import opml, parse
from tests.corpora import corpus

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class Tally:
    """What became of some feeds."""

    feeds: int = 0
    refused: int = 0
    """Said to be no feed."""
    uncaught: int = 0
    entries: int = 0
    articles: int = 0
    rejects: int = 0
    undated: int = 0
    kept: int = 0
    """Undated articles that keep a date as it was written."""

    def add(self, body: bytes) -> None:
        self.feeds += 1
        try:
            rows = list(parse(body, "https://feed.example/"))
        except SourceError:
            self.refused += 1
            return
        except Exception as error:  # the figure that is measured
            self.uncaught += 1
            print("uncaught:", type(error).__name__, error)
            return
        self.entries += len(rows)
        found = [row if isinstance(row, Reject) else normalise(row) for row in rows]
        articles = [item for item in found if isinstance(item, Article)]
        self.articles += len(articles)
        self.rejects += len(found) - len(articles)
        undated = [article for article in articles if article.published is None]
        self.undated += len(undated)
        self.kept += sum(bool(article.published_raw) for article in undated)

    def __str__(self) -> str:
        return (
            f"{self.feeds:,} documents, {self.feeds - self.refused - self.uncaught:,} read, {self.refused:,} refused, "
            f"{self.uncaught} uncaught errors; {self.entries:,} entries = {self.articles:,} articles + "
            f"{self.rejects:,} rejects; {self.undated:,} undated, {self.kept:,} of them with a date that cannot be read"
        )


def tally(bodies: Iterable[bytes]) -> Tally:
    found = Tally()
    for body in bodies:
        found.add(body)
    return found


def named(part: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(corpus(f"feeds/{part}").iterdir())]


def known_entries(part: str) -> int:
    """The entries that feedparser finds, as the manifest of the corpora counts them."""
    with corpus("feeds/manifest.csv").open(encoding="utf-8", newline="") as file:
        return sum(int(row["entries"]) for row in csv.DictReader(file) if row["file"].startswith(part))


def cases() -> list[bytes]:
    with tarfile.open(corpus("hostile/feedparser_tests.tar.gz")) as archive:
        return [file.read() for member in archive if (file := archive.extractfile(member))]


def lists() -> str:
    wanted: set[str] = set()
    found: set[str] = set()
    titled = grouped = lost = total = 0
    bodies = named("opml")
    for body in bodies:
        wanted |= {html.unescape(raw.decode()).strip() for raw in re.findall(rb'xmlUrl="([^"]*)"', body)}
        listed = opml.load(body)
        found |= {feed.address for feed in listed.feeds}
        total, lost = total + len(listed.feeds), lost + listed.lost
        titled += sum(bool(feed.title) for feed in listed.feeds)
        grouped += sum(bool(feed.group) for feed in listed.feeds)
    return (
        f"{len(bodies)} lists: {len(wanted & found)} of {len(wanted)} distinct addresses found, {lost} lost; "
        f"of {total} feeds {titled} have a title, {grouped} a group"
    )


def main() -> None:
    """Prints the figures."""
    for title, bodies in (("real feeds", named("news")), ("tricky fixtures", named("tricky"))):
        print(f"{title}: {tally(bodies)}")
    print(f"entries that feedparser finds in the real feeds: {known_entries('news/'):,}")
    begun = time.perf_counter()
    print(f"feedparser's own cases: {tally(cases())} ({time.perf_counter() - begun:.1f} s)")
    print(f"OPML, {lists()}")


if __name__ == "__main__":
    try:
        main()
    except pytest.skip.Exception as reason:
        print(reason)
