"""Articles as sources: what a slide or a file says of an article it rests on, which is never its text."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import pandas as pd

from components.content import Cited
from components.wording import count, plain
from data.frames import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.engines import Engine
    from data.selection import Selection


def cited_as(row: Mapping[str, Any]) -> Cited:
    """One row of an engine's articles as a source; links other than http and https are left out."""
    published = None if pd.isna(row["published"]) else row["published"].date()
    url = plain(row["url"]).strip()
    link = url if url.startswith(("http://", "https://")) else ""
    title, publisher = (" ".join(plain(row[name]).split()) for name in ("title", "publisher"))
    return Cited(row["id"], title, publisher, published, link, row["language"])


def most_central(engine: Engine, selection: Selection, most: int) -> tuple[Cited, ...]:
    """The most central article of every story first, largest list `most`, copies left out."""
    listed = engine.articles(selection, "central", 0, most, copies=False)
    return tuple(map(cited_as, records(listed)))


def once(*lists: Iterable[Cited]) -> tuple[Cited, ...]:
    """All of them in order, each article once."""
    found: dict[str, Cited] = {}
    for each in chain(*lists):
        found.setdefault(each.id, each)
    return tuple(found.values())


def extent(cited: int, of: int) -> str:
    """How many of how many articles are cited, and which."""
    if cited >= of:
        return f"all {count(of, 'articles')}"
    return f"{cited:,} of {count(of, 'articles')}: those named in the findings, then the most central of every story"
