"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from data.errors import SourceError
from data.sources.feeds.entries import Channel, Entry, category

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN = "jsonfeed.org/version/"
"""What its `version` begins with, after the scheme."""


def read(body: bytes, address: str, most: int) -> tuple[Channel, list[Entry], int]:
    """The feed in `body`, its first `most` entries, and how many more it has; SourceError where it is no feed."""
    try:
        found = json.loads(body.decode(json.detect_encoding(body), "replace"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"it is no feed but broken JSON ({str(error)[:100]})") from error
    if not isinstance(found, dict) or SIGN not in _text(found, "version") or not isinstance(found.get("items"), list):
        raise SourceError("it is JSON, but no JSON Feed")
    channel = Channel(address, _text(found, "title"), _url(found, "home_page_url", address), _text(found, "language"))
    items = found["items"]
    entries = [_entry(item, address) if isinstance(item, dict) else Entry() for item in items[:most]]
    return channel, entries, max(len(items) - most, 0)


def _entry(item: Mapping[str, Any], address: str) -> Entry:
    tags = item.get("tags")
    found = (category(tag) for tag in tags) if isinstance(tags, list) else ()
    return Entry(
        title=_text(item, "title"),
        content=_text(item, "content_html") or _text(item, "content_text"),
        summary=_text(item, "summary"),
        link=_url(item, "url", address) or _url(item, "external_url", address),
        guid=_text(item, "id"),
        dates=(_text(item, "date_published"), _text(item, "date_modified")),
        language=_text(item, "language"),
        tags=tuple(tag for tag in found if tag),
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # ids that are numbers, against the specification
    return value if isinstance(value, str) else ""


def _url(values: Mapping[str, Any], name: str, address: str) -> str:
    written = _text(values, name)
    try:
        return urljoin(address, written) if written else ""
    except ValueError:
        return ""
