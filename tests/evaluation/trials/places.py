"""Countries: F1 of the sets of countries, and the main country where the corpus has one.

Peers count names; their main country is the one they find most often. They cannot tell what an article is about from
what it mentions and take no publisher's country. Where that is known it is the one that GDELT counts for the domain.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from data.tagging.countries import tag_countries
from tests.corpora import corpus, rows
from tests.evaluation import places
from tests.evaluation.metrics import micro_f1, share
from tests.evaluation.peers import flashgeotext, geotext, names
from tests.evaluation.table import OURS, Measure, Tool, Trial

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping, Sequence

    from tests.evaluation.bootstrap import Counts
    from tests.evaluation.table import Row

    Publishers = Callable[[list[Row]], Mapping[str, str]]
    Targets = tuple[float | None, float | None]

Answer = tuple[frozenset[str], str]
"""The set of countries and the main one."""
CORPORA: tuple[tuple[str, str, Publishers | None, Targets], ...] = (
    ("GeoVirus", "GeoVirus", None, (0.95, 0.95)),
    ("GeoWebNews", "GeoWebNews", None, (0.92, 0.89)),
    ("LGL", "LGL", None, (None, None)),
    ("LGL + publisher", "LGL, publisher's country known", lambda _: places.publishers(), (0.85, 0.83)),
    ("LGL + publisher", "LGL, publisher by our own table", places.our_publishers, (None, None)),
    ("Reuters", "Reuters-21578", None, (0.86, 0.92)),
)
"""Corpus, how it is shown, the countries of its publishers, targets for the set of countries and the main one."""


def trial(name: str, shown: str, publishers: Publishers | None, targets: Targets) -> Trial:
    file, unit, _ = places.CORPORA[name]
    what = "countries it is about" if unit == "about" else "countries named"
    measures = (
        Measure(f"{what}, micro-F1", sets_f1, targets[0]),
        Measure("main country, accuracy", mains, targets[1]),
    )
    own = Tool(OURS, lambda: ours(unit, publishers(articles(file)) if publishers else {}))
    return Trial(shown, partial(articles, file), (own,) if publishers else (own, *PEERS), measures)


@cache
def articles(file: str) -> list[Row]:
    return list(rows(corpus(f"places/{file}")))


def ours(unit: str, domains: Mapping[str, str]) -> Callable[[Sequence[Row]], list[Answer]]:
    """Our tagger, told the country of a publisher where `domains` has it."""

    def answer(row: Row) -> Answer:
        country = domains.get(row.get("source", ""), "")
        tags = tag_countries(row["title"], row["text"], language="en", publisher_country=country)
        about = tags.countries if unit == "about" else [tag.country for tag in tags.mentioned]
        return frozenset(about), tags.main_country

    return lambda found: [answer(row) for row in found]


def peer(load: Callable[[], Callable[[Row], Counter[str]]]) -> Callable[[Sequence[Row]], list[Answer]]:
    count = load()

    def answer(row: Row) -> Answer:
        counts = count(row)
        return frozenset(counts), max(counts, key=counts.__getitem__, default="")

    return lambda found: [answer(row) for row in found]


def sets_f1(found: Sequence[Row], answers: Sequence[Answer]) -> Counts:
    return micro_f1([countries for countries, _ in answers], [row["countries"] for row in found])


def mains(found: Sequence[Row], answers: Sequence[Any]) -> Counts:
    """Over the articles whose main country is known."""
    pairs = zip(found, answers, strict=True)
    return share([main == row["main"] for row, (_, main) in pairs if row["main"]])


PEERS = (
    Tool("geotext", partial(peer, geotext.load), ("geotext",)),
    Tool("flashgeotext", partial(peer, flashgeotext.load), ("flashgeotext", "loguru")),
    Tool("list of country names", partial(peer, names.load)),
)
TRIALS = tuple(trial(*corpus_of) for corpus_of in CORPORA)
