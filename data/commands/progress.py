"""How far a long command is, told on standard error."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self, TextIO

OFTEN, SELDOM = 0.2, 10.0
"""Seconds between two tellings: on a terminal, where one replaces the other, and in a file, where they add up."""


class Progress:
    """A line that says how far the work is; nothing at all unless `shown`."""

    def __init__(self, *, shown: bool, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shown = shown
        self._lively = self._stream.isatty()
        self._begun = time.monotonic()
        self._next = 0.0
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leaves a terminal as it was."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()

    def update(self, share: float | None, articles: int) -> None:
        """Tells how far the work is, unless it was told just before."""
        self.say(lambda seconds: words(share, articles, seconds))

    def say(self, line: Callable[[float], str]) -> None:
        """Tells what `line` makes of the seconds since the beginning, unless something was told just before."""
        now = time.monotonic() - self._begun
        if not self._shown or now < self._next:
            return
        self._next = now + (OFTEN if self._lively else SELDOM)
        told = line(now)
        if self._lively:
            self._stream.write("\r" + told.ljust(self._width))
            self._width = len(told)
        else:
            self._stream.write(told + "\n")
        self._stream.flush()


def words(share: float | None, articles: int, seconds: float) -> str:
    """``42 % read, 12,300 articles, 612 a second, about 3 min left``, as far as it is known."""
    said = [] if share is None else [f"{share:.0%} read".replace("%", " %")]
    said.append(f"{articles:,} articles")
    if articles and seconds >= 1:
        said.append(f"{articles / seconds:,.0f} a second")
    if share and articles and seconds >= 5 and share < 1:
        said.append(f"about {_time(seconds * (1 - share) / share)} left")
    return ", ".join(said)


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
