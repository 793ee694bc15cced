"""THE contract: what an article is, and the table that every later step works on.

raw row --normalise--> Article | Reject        Article* --to_frame--> DataFrame with the columns of ARTICLE_COLUMNS
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

UNDATED = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text.

    Texts that are not known are empty strings; `published` is None for an undated article. `text` may be empty where a
    format has headlines only, `title` never is: one that had to be made from the text says so in `title_derived`.
    """

    id: str
    title: str
    text: str
    title_derived: bool = False
    published: datetime | None = None
    """Time of publication in UTC."""
    precision: str = UNDATED
    """How exactly `published` is known: second, minute, hour, day, month, year or unknown."""
    published_raw: str = ""
    """The date as the source wrote it, kept also where it could not be read."""
    publisher: str = ""
    publisher_country: str = ""
    """ISO 3166-1 alpha-2 code of where the publisher sits; never what the article is about."""
    language: str = ""
    """ISO 639-1 code as stated by the source; the language tagger fills it where it is empty."""
    url: str = ""
    given: str = ""
    """Tags that came with it from its source, as JSON, see :mod:`data.given`."""
    origin: str = ""
    """File (and row) the article was read from, to find it again."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that did not become an article: where it stood, why, and what it held (cut to 2,000 characters)."""

    file: str
    row: int
    """1-based; 0 where the whole file is meant."""
    reason: str
    raw: str = ""


ARTICLE_COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Article))


def make_id(*parts: str) -> str:
    """A stable id of 16 hexadecimal digits made from `parts` (64 bits of SHA-256)."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_frame(articles: Iterable[Article]) -> pd.DataFrame:
    """One row an article, in the given order, columns as in ARTICLE_COLUMNS; `published` is datetime64[us, UTC]."""
    frame = pd.DataFrame([asdict(article) for article in articles], columns=list(ARTICLE_COLUMNS))
    frame["published"] = pd.to_datetime(frame["published"], utc=True).astype("datetime64[us, UTC]")
    frame["title_derived"] = frame["title_derived"].astype(bool)
    texts = [name for name in ARTICLE_COLUMNS if name not in ("published", "title_derived")]
    return frame.astype(dict.fromkeys(texts, "str"))


def rejects_frame(rejects: Iterable[Reject]) -> pd.DataFrame:
    """One row a reject: file, row, reason, raw."""
    return pd.DataFrame([asdict(reject) for reject in rejects], columns=[field.name for field in fields(Reject)])
