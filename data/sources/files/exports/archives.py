"""Tables that others made of the documents of press archives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sources.files.exports.records import Export, has
from data.sources.files.exports.values import first_text

if TYPE_CHECKING:
    from collections.abc import Mapping


def _nexis(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    return {
        **found,
        "title": first_text(record, "Headline"),
        "text": first_text(record, "Article", "Text"),
        "publisher": first_text(record, "Newspaper"),
        "published": record.get("Date"),
        "id": "",
    }


NEXIS_TABLE = Export(
    "table of Nexis articles",
    "columns Source_File, Newspaper, Date and Headline",
    has("Source_File", "Newspaper", "Date", "Headline"),
    _nexis,
)
