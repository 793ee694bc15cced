"""What a source yields: rows under the names of our fields, nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.articles import Reject

if TYPE_CHECKING:
    from collections.abc import Mapping

RAW_LENGTH = 2000
"""Characters of a rejected row that are kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source."""

    values: Mapping[str, object]
    """Raw values by field: id, title, text, summary, url, published, publisher, language, publisher_country, and
    `given`: tags of the source, written by :func:`data.given.dump`. A reader that made the title itself, not from the
    text, sets `title_derived` to True; one that chose the date says in `published_raw` what it was made from."""
    file: str
    """Name of the file for display; inside an archive ``archive.zip/member.csv``."""
    row: int
    """1-based: the record's number, headers not counted; in plain text and JSON Lines the line where it starts."""
    day_first: bool | None = None
    """How the column of dates writes 01/02/2026, see :func:`data.dates.day_first`."""


def reject(file: str, row: int, reason: str, raw: object = "") -> Reject:
    """A reject whose raw text is cut to RAW_LENGTH characters."""
    return Reject(file, row, reason, (raw if isinstance(raw, str) else repr(raw))[:RAW_LENGTH])
