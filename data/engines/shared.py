"""An engine for slow databases: a question is asked once for all who wait for it, and stopped when nobody does.

question --the same as another?--> thread of its own --> answer, kept; whoever waits sees how long, and may leave
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from data.engines.stopping import Stop
from data.errors import NewsError, StoreError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    import pandas as pd

    from data.engines import Engine, Order, Totals, Unit
    from data.selection import Selection

PATIENCE = 180.0
"""Seconds after which a question is given up."""
LINGER = 1.0
"""Seconds that a question goes on though nobody waits: whoever left may come back with the next run of the page."""
KEPT = 512
"""Answers that are kept."""
_NOT_KEPT = "texts"
"""The question whose answers are long."""


@dataclass(eq=False, slots=True)
class Pending:
    """A question that is being answered, or was."""

    key: Hashable
    began: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    waiting: int = 0
    """How many wait for the answer."""
    stop: Stop = field(default_factory=Stop)
    value: Any = None
    error: NewsError | None = None

    @property
    def seconds(self) -> float:
        """Since it was first asked."""
        return time.monotonic() - self.began

    def answer(self) -> Any:
        """The answer; raises what came instead."""
        if self.error:
            raise self.error
        return self.value


class Answering:
    """The four questions of :class:`data.engines.Engine` as one: what wraps an engine says how it gets an answer."""

    def totals(self, selection: Selection, unit: Unit = "articles") -> Totals:
        """See :class:`data.engines.Engine`."""
        return cast("Totals", self._answer("totals", selection, unit))

    def counts(
        self, selection: Selection, by: Sequence[str], unit: Unit = "articles", limit: int | None = None
    ) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        return cast("pd.DataFrame", self._answer("counts", selection, tuple(by), unit, limit))

    def articles(
        self, selection: Selection, order: Order = "newest", offset: int = 0, limit: int = 50, copies: bool = True
    ) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        return cast("pd.DataFrame", self._answer("articles", selection, order, offset, limit, copies))

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """See :class:`data.engines.Engine`."""
        return cast("pd.DataFrame", self._answer("texts", tuple(ids)))

    def _answer(self, question: str, *given: Any) -> Any:
        """The answer of the wrapped engine's method `question`."""
        raise NotImplementedError


class SharedEngine(Answering):
    """Wraps an engine; shared by all sessions. Answers are shared too: treat every frame as read-only.

    A question raises StoreError where it takes longer than `patience` (seconds), besides what the engine raises.
    """

    def __init__(self, engine: Engine, size: int = KEPT, patience: float = PATIENCE, linger: float = LINGER) -> None:
        """Keeps up to `size` answers."""
        self.version = engine.version
        self.patience = patience
        self._engine, self._size, self._linger = engine, size, linger
        self._lock = threading.Lock()
        self._asked: OrderedDict[Hashable, Pending] = OrderedDict()

    def knows(self, question: str, *given: Hashable) -> bool:
        """Whether the answer is there already."""
        with self._lock:
            found = self._asked.get((question, *given))
        return found is not None and found.done.is_set()

    @contextmanager
    def asking(self, question: str, *given: Hashable) -> Iterator[Pending]:
        """The question, asked if it is not yet; who leaves before the answer is there does not wait any longer."""
        pending = self._joined((question, *given))
        try:
            yield pending
        finally:
            self._left(pending)

    def late(self, pending: Pending) -> StoreError:
        """What to say of a question that takes too long."""
        return StoreError(
            f"There was no answer within {self.patience:.0f} seconds, so the question was given up. Try again later, "
            "choose less, or open the page without --engine."
        )

    def _answer(self, question: str, *given: Hashable) -> Any:
        with self.asking(question, *given) as pending:
            if not pending.done.wait(self.patience):
                raise self.late(pending)
            return pending.answer()

    def _joined(self, key: tuple[Hashable, ...]) -> Pending:
        with self._lock:
            pending = self._asked.get(key)
            if pending is None:
                pending = self._asked[key] = Pending(key)
                threading.Thread(target=self._find, args=(pending,), name="question", daemon=True).start()
            self._asked.move_to_end(key)
            pending.waiting += 1
            while len(self._asked) > self._size:
                self._asked.popitem(last=False)
            return pending

    def _left(self, pending: Pending) -> None:
        with self._lock:
            pending.waiting -= 1
        if not pending.waiting and not pending.done.is_set():
            timer = threading.Timer(self._linger, self._let_go, (pending,))
            timer.daemon = True
            timer.start()

    def _let_go(self, pending: Pending) -> None:
        """Stops a question if still nobody waits for it."""
        with self._lock:
            if pending.waiting or pending.done.is_set():
                return
            self._forget(pending)
        pending.stop.ask()

    def _forget(self, pending: Pending) -> None:
        if self._asked.get(pending.key) is pending:
            del self._asked[pending.key]

    def _find(self, pending: Pending) -> None:
        question, *given = cast("tuple[Any, ...]", pending.key)
        keep = False
        pending.error = StoreError("An unexpected fault; see the log.")  # unless one of the next lines says otherwise
        try:
            with pending.stop.in_force():
                pending.value = getattr(self._engine, question)(*given)
            pending.error, keep = None, question != _NOT_KEPT
        except NewsError as error:
            pending.error = error
        finally:
            if not keep:
                with self._lock:
                    self._forget(pending)
            pending.done.set()
