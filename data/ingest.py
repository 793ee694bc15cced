"""From locations to tagged articles.

location --sources.read--> Row* --normalise--> Article* --to_frame--> --tagging.tag--> tagged table
                └── Reject*           └── Reject*

The law: rows read = articles + rejects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data import sources, tagging
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
    """Reads, normalises and tags everything at `locations`; SourceError if one of them cannot be read at all."""
    shown = progress or Progress()
    articles, rejects = _read(locations)
    tagged = _tag(articles, shown)
    return Ingested(len(articles) + len(rejects), tagged, rejects_frame(rejects))


def _read(locations: Iterable[str]) -> tuple[list[Article], list[Reject]]:
    articles: list[Article] = []
    rejects: list[Reject] = []
    for item in unique(_normalised(locations)):
        if isinstance(item, Article):
            articles.append(item)
        else:
            rejects.append(item)
    return articles, rejects


def _normalised(locations: Iterable[str]) -> Iterator[Article | Reject]:
    for location in locations:
        for row in sources.read(location):
            yield row if isinstance(row, Reject) else normalise(row)


def _tag(articles: Sequence[Article], progress: Progress) -> pd.DataFrame:
    batches = []
    for start in range(0, max(len(articles), 1), _BATCH):
        batches.append(tagging.tag(to_frame(articles[start : start + _BATCH])))
        progress.share = min((start + _BATCH) / max(len(articles), 1), 1.0)
        progress.words = f"Tagging {len(articles):,} articles"
    tagged = pd.concat(batches, ignore_index=True)
    words = same_forms(tagged["keywords"].tolist(), tagged["language"].tolist())
    return tagged.assign(keywords=pd.Series(words, index=tagged.index, dtype=object))
