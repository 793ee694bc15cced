"""The time that a request has left, the same for all its parts."""

from __future__ import annotations

import time


class Clock:
    """Runs from when it is made."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds that are left, but not more than `most`; TimeoutError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline is over")
        return left if most is None else min(left, most)
