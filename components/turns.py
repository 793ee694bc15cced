"""Turns: who clicks at the same time is served one after the other.

The threads of one interpreter cannot count at the same time; at once they only slow each other down, and all wait as
long as the last of them. In turns the first is served at once and the last no later.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FREE = threading.Semaphore()
LONGEST = 3.0
"""Seconds after which nobody waits any longer: whoever has the turn is not merely counting."""


@contextmanager
def turn() -> Iterator[None]:
    """Waits for the turn and has it within the block; for what takes milliseconds, never for what waits itself."""
    had = _FREE.acquire(timeout=LONGEST)
    try:
        yield
    finally:
        if had:
            _FREE.release()
