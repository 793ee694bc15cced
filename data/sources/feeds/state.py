"""What is known of a feed from asking it: when it may be asked again, and since when it fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

EVERY = timedelta(hours=1)
"""How often a feed is asked at most."""
LONGEST = timedelta(days=1)
"""The longest pause after failures, which double it from the third on."""
SLACK = timedelta(minutes=5)
"""An update that runs every hour must not find every feed asked 59 minutes ago."""


@dataclass(frozen=True, slots=True)
class State:
    """Times are UTC; None where there was none yet."""

    etag: str = ""
    modified: str = ""
    asked: datetime | None = None
    succeeded: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    """In a row."""
    reason: str = ""
    not_before: datetime | None = None
    """The server wants no request before."""


def may_ask(state: State, now: datetime, *, impatient: bool = False) -> bool:
    """Whether it is time to ask; the `impatient` pass over our own pauses, but not over what the server asked for."""
    if state.not_before is not None and now < state.not_before:
        return False
    return impatient or state.asked is None or now >= state.asked + _pause(state.failures) - SLACK


def after_success(state: State, now: datetime, etag: str, modified: str) -> State:
    """`state` after an answer with these validators."""
    return State(etag=etag[:500], modified=modified[:100], asked=now, succeeded=now)


def after_failure(state: State, now: datetime, reason: str, retry_after: float | None = None) -> State:
    """`state` after a request that gave nothing."""
    return replace(
        state,
        asked=now,
        failing_since=state.failing_since or now,
        failures=state.failures + 1,
        reason=reason[:500],
        not_before=None if retry_after is None else now + timedelta(seconds=retry_after),
    )


def _pause(failures: int) -> timedelta:
    return min(EVERY * (1 << min(max(failures - 2, 0), 10)), LONGEST)
