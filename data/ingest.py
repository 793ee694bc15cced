"""From locations to tagged and grouped articles.

location --sources.read--> Row* --normalise--> Article* --to_frame--> --tagging.tag--> --grouping.group--> table
                └── Reject*           └── Reject*

The law: rows read = articles + rejects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data import grouping, sources, tagging, workers
from data.articles import Article, Reject, rejects_frame, to_frame
from data.normalise import normalise, unique
from data.tagging.corpus import same_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BATCH = 200


@dataclass(slots=True)
class Progress:
    """How far an ingest is; written by it, read by whoever shows it."""

    words: str = "Reading"
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Ingested:
    """The outcome; `rows` is the number of articles and rejects together."""

    rows: int
    articles: pd.DataFrame
    rejects: pd.DataFrame


def ingest(locations: Iterable[str], progress: Progress | None = None) -> Ingested:
    """Reads, normalises, tags and groups everything at `locations`; SourceError if one cannot be read at all."""
    shown = progress or Progress()
    articles, rejects = _read(locations)
    grouped = _group(_tag(articles, shown), shown)
    return Ingested(len(articles) + len(rejects), grouped, rejects_frame(rejects))


def read(locations: Iterable[str]) -> Iterator[Article | Reject]:
    """The articles and rejects at `locations`, one at a time and no id twice; SourceError as in :func:`ingest`."""
    return unique(_normalised(locations))


def _read(locations: Iterable[str]) -> tuple[list[Article], list[Reject]]:
    articles: list[Article] = []
    rejects: list[Reject] = []
    for item in read(locations):
        if isinstance(item, Article):
            articles.append(item)
        else:
            rejects.append(item)
    return articles, rejects


def _normalised(locations: Iterable[str]) -> Iterator[Article | Reject]:
    for location in locations:
        for row in sources.read(location):
            yield row if isinstance(row, Reject) else normalise(row)


def tagged_table(articles: Sequence[Article]) -> pd.DataFrame:
    """One batch of articles as a table with their tags."""
    return tagging.tag(to_frame(articles))


def _tag(articles: Sequence[Article], progress: Progress) -> pd.DataFrame:
    starts = range(0, max(len(articles), 1), _BATCH)
    progress.words = f"Tagging {len(articles):,} articles"
    tables = []
    for table in workers.spread(tagged_table, (articles[start : start + _BATCH] for start in starts), workers.cores()):
        tables.append(table)
        progress.share = len(tables) / len(starts)
    tagged = pd.concat(tables, ignore_index=True)
    words = same_forms(tagged["keywords"].tolist(), tagged["language"].tolist())
    return tagged.assign(keywords=pd.Series(words, index=tagged.index, dtype=object))


def _group(tagged: pd.DataFrame, progress: Progress) -> pd.DataFrame:
    """The table with the columns of data.grouping.GROUP_COLUMNS."""

    def tell(share: float) -> None:
        progress.share = share

    progress.words = "Grouping stories"
    grouped = grouping.group(tagged, tell)
    progress.share = 1.0
    return grouped
