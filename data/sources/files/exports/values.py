"""Careful looks into nested values of any shape: what is not there, or is something else, is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data import codes
from data.given import Given
from data.sources.cleaning import line

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TAGS = 100
"""Tags kept of one article."""
_LONGEST = 200
_LARGE = 1e12


def at(value: object, *path: str) -> object:
    """What stands at ``value[path[0]][path[1]]…``, or None."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def text_at(value: object, *path: str) -> str:
    """The text or whole number at `path`, or empty."""
    found = at(value, *path)
    if isinstance(found, str):
        return found.strip()
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def number_at(value: object, *path: str, default: float = 1.0) -> float:
    """The number at `path`, or `default`."""
    found = at(value, *path)
    known = isinstance(found, (int, float)) and not isinstance(found, bool) and abs(found) < _LARGE
    return float(found) if known else default  # type: ignore[arg-type]  # a number by the line above


def records_at(value: object, *path: str) -> list[dict[str, Any]]:
    """The objects of the list at `path`, MOST_TAGS at most; an object alone is a list of one."""
    found = at(value, *path)
    if isinstance(found, dict):
        return [found]
    return [item for item in found if isinstance(item, dict)][:MOST_TAGS] if isinstance(found, list) else []


def first_text(record: Mapping[str, object], *names: str) -> str:
    """The first of the named values that holds text."""
    return next((found for name in names if (found := text_at(record, name))), "")


def tag(scheme: str, code: str, label: str = "", *, topic: str = "", place: str = "", weight: float = 1.0) -> Given:
    """A tag as the source gave it; `place` is the name or code of a country, or of something that is none."""
    country = codes.country(place) if place else ""
    return Given(scheme, line(code[:_LONGEST]), line(label[:_LONGEST]), topic, country, weight)


def vendor_id(vendor: str, number: str, url: str) -> str:
    """An id for an article that has no address of its own, distinct from the numbers of other services."""
    return "" if url or not number else f"{vendor}:{number}"
