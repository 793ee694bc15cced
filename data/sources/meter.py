"""How far reading is, for whoever shows it: a share of the bytes of all files, without asking them for anything.

The sources tell the meter that is in force which file they read; where none is, nothing is measured.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Item = TypeVar("Item")


class Measured(Protocol):
    """Something that is read bit by bit."""

    size: int
    """Bytes that it takes up where it lies."""

    def consumed(self) -> int:
        """How many of them have been read."""
        ...


class Meter:
    """Counts the bytes that were read of `total`."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._finished = 0
        self._current: Measured | None = None
        self._portion: float | None = None

    def share(self) -> float | None:
        """The share that was read, 0 to 1; None where the size of the whole is not known."""
        if not self._total:
            return None
        under_way = self._current
        read = 0.0
        if under_way is not None:
            read = under_way.consumed() if self._portion is None else self._portion * under_way.size
        return min((self._finished + read) / self._total, 1.0)

    @contextmanager
    def reading(self, part: Measured) -> Iterator[None]:
        """`part` is being read within the block, and has been after it."""
        self._current, self._portion = part, None
        yield
        self._finished += part.size
        self._current, self._portion = None, None

    def told(self, portion: float) -> None:
        """The portion of the part under way that is done, where its bytes do not tell: they had to be read at once."""
        self._portion = portion


_IN_FORCE: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metering(total: int) -> Iterator[Meter]:
    """A meter that is in force within the block; `total` is the number of bytes to be read, 0 where it is not known."""
    meter = Meter(total)
    before = _IN_FORCE.set(meter)
    try:
        yield meter
    finally:
        _IN_FORCE.reset(before)


@contextmanager
def reading(part: Measured) -> Iterator[None]:
    """Tells the meter in force, if there is one, that `part` is read within the block."""
    meter = _IN_FORCE.get()
    with meter.reading(part) if meter else nullcontext():
        yield


def counted(items: Sequence[Item]) -> Iterator[Item]:
    """The items of a part whose bytes had to be read all at once; the meter in force counts them instead."""
    meter = _IN_FORCE.get()
    for number, item in enumerate(items):
        if meter:
            meter.told(number / len(items))
        yield item
