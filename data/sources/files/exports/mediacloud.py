"""Media Cloud: the list of addresses of today and the story list of its former tools; its counts are no articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.given import dump
from data.sources.files.exports.records import Export, has
from data.sources.files.exports.values import tag, text_at, vendor_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_AGGREGATES: dict[frozenset[str], str] = {
    frozenset(names.split()): what
    for names, what in (
        ("date count total_count ratio", "how many stories were found a day"),
        ("date count", "how many stories were found a day"),
        ("source count ratio", "how many stories each source has"),
        ("source count", "how many stories each source has"),
        ("language count ratio", "how many stories each language has"),
        ("language count", "how many stories each language has"),
        ("term term_count term_ratio doc_count doc_ratio sample_size", "how often words were found"),
    )
}
_YES = frozenset({"1", "t", "true", "yes"})
_ID = re.compile(r"[0-9a-f]{64,}")


def aggregate(names: Sequence[str]) -> str:
    """Why a table with these columns holds no articles; empty where it is no aggregate."""
    what = _AGGREGATES.get(frozenset(name.strip().casefold() for name in names))
    if not what:
        return ""
    return f"a table of counts ({what}) as Media Cloud makes them, not of articles. Export the list of all URLs instead"


def _current(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    return {**found, "id": vendor_id("mediacloud", text_at(record, "id"), text_at(record, "url"))}


def _legacy(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    """`media_about_country` is about the publisher, not the story, and is left out."""
    themes = [name.strip() for name in text_at(record, "themes").split(",")]
    given = [tag("Media Cloud theme", name) for name in themes if name]
    if text_at(record, "ap_syndicated").casefold() in _YES:
        given.append(tag("Media Cloud", "ap_syndicated", "syndicated by Associated Press"))
    number = vendor_id("mediacloud", text_at(record, "stories_id"), text_at(record, "url"))
    return {**found, "id": number, "given": dump(given)}


def _is_current(record: Mapping[str, object]) -> bool:
    named = has("id", "indexed_date", "media_name", "media_url", "publish_date")(record)
    return named and bool(_ID.fullmatch(text_at(record, "id")))


CURRENT = Export("Media Cloud list of URLs", "columns id, indexed_date, media_name, media_url", _is_current, _current)
LEGACY = Export(
    "Media Cloud story list (former tools)",
    "columns stories_id, publish_date, media_id, media_name",
    has("stories_id", "publish_date", "media_name"),
    _legacy,
)
