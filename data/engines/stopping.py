"""Stopping a question: what nobody waits for any more need not be answered.

Whoever has a question answered gives it a :class:`Stop`; databases say, with :func:`stoppable`, how what they are doing
is ended.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from data.errors import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Stop:
    """Asked for once, from any thread: ends what is being done, and all that would begin later."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._end: Callable[[], object] | None = None

    def ask(self) -> None:
        """Has it ended; does not wait until it is, as a database that is gone may not even take that."""
        with self._lock:
            self._asked, end = True, self._end
        if end:
            threading.Thread(target=end, name="stopping", daemon=True).start()

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """What this thread does meanwhile can be stopped."""
        before = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(before)

    @contextmanager
    def ending_with(self, end: Callable[[], object]) -> Iterator[None]:
        """While this lasts, `end` is what ends it; StoppedError if it was asked for before."""
        with self._lock:
            if self._asked:
                raise StoppedError("The question was stopped.")
            self._end = end
        try:
            yield
        finally:
            with self._lock:
                self._end = None


_CURRENT: ContextVar[Stop | None] = ContextVar("stop", default=None)


@contextmanager
def stoppable(end: Callable[[], object]) -> Iterator[bool]:
    """While this lasts, whoever wants what is being done stopped has `end` called; yields whether anybody can."""
    stop = _CURRENT.get()
    if stop is None:
        yield False
        return
    with stop.ending_with(end):
        yield True
