"""When a server wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 7 * 86_400.0
"""Seconds; a server that says more is believed so much."""


def seconds(header: str, now: datetime | None = None) -> float | None:
    """The seconds to wait that a Retry-After header states, in numbers or as a date; None where it states none."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(float(header[:12]), LONGEST)
    try:
        then = parsedate_to_datetime(header[:100])
    except (ValueError, TypeError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max((then - (now or datetime.now(UTC))).total_seconds(), 0.0), LONGEST)
