"""Tags that came with an article from its source: a GDELT theme, a subject code of a press archive, a feed's category.

They travel with the article as JSON (:attr:`data.articles.Article.given`) and are kept as they came; tagging shows them
as evidence of their own, beside what it finds in the words.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

GDELT_THEME, GDELT_PLACE, GDELT_TONE = "GDELT theme", "GDELT location", "GDELT tone"
GDELT_BATCH = "GDELT batch"
"""Schemes of GDELT's tags; the code of its batch is when it saw the article, YYYYMMDDHHMMSS in UTC, or YYYYMMDD."""

COUNTED = frozenset({GDELT_PLACE})
"""Schemes that count every mention, found by a program: one alone may be a slip. In others an editor chose."""


@dataclass(frozen=True, slots=True)
class Given:
    """One tag as the source gave it, and what it means in our schemes, if anything."""

    scheme: str
    """Whose tag it is, in a few words that are shown: "GDELT theme", "Factiva region"."""
    code: str
    """As in the source."""
    label: str = ""
    topic: str = ""
    """Key of a Media Topic, see :data:`data.taxonomy.TOPICS`; empty where it is none."""
    country: str = ""
    """ISO 3166-1 alpha-2 of a country that the article names; empty where it is none."""
    weight: float = 1.0
    """How often, or how surely, the source gave it."""


_DEFAULTS = tuple((field.name, field.default) for field in fields(Given) if field.default is not MISSING)


def dump(tags: Iterable[Given]) -> str:
    """The tags as JSON, empty where there are none; fields that have their default are left out."""
    rows = [
        {"scheme": tag.scheme, "code": tag.code}
        | {name: value for name, usual in _DEFAULTS if (value := getattr(tag, name)) != usual}
        for tag in tags
    ]
    try:
        return orjson.dumps(rows).decode() if rows else ""
    except orjson.JSONEncodeError:  # lone surrogates
        return orjson.dumps([{name: _encodable(value) for name, value in row.items()} for row in rows]).decode()


def _encodable(value: str | float) -> str | float:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def load(text: str) -> tuple[Given, ...]:
    """The tags that :func:`dump` wrote; nothing where `text` is empty or not such a list."""
    try:
        rows = orjson.loads(text) if text else []
        return tuple(Given(**row) for row in rows)
    except (orjson.JSONDecodeError, TypeError):
        return ()
