"""Many requests at once without being a burden to anyone: hosts side by side, the requests of one host in turn."""

from __future__ import annotations

import time
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from data.sources import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Answer = TypeVar("Answer")

WORKERS = 8
"""Hosts that are asked at the same time."""
PAUSE = 1.0
"""Seconds between the beginnings of two requests to one host."""


class Pace:
    """Keeps requests to one host apart, whoever makes them."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._next: dict[str, float] = {}
        self._lock = Lock()

    def turn(self, url: str) -> float:
        """Takes the next turn at the host of `url`; the seconds until then."""
        host = addresses.domain(url)
        with self._lock:
            now = time.monotonic()
            begins = max(self._next.get(host, now), now)
            self._next[host] = begins + self._pause
        return begins - now


def spread(
    task: Callable[[Item], Answer],
    items: Iterable[Item],
    address_of: Callable[[Item], str],
    *,
    pace: Pace,
    stop: Event,
    workers: int = WORKERS,
) -> Iterator[Answer]:
    """The answers of `task`, as they come: one item at a time of each host, `workers` hosts at once.

    `task` must not raise; what is wrong is an answer too. When `stop` is set, or the caller does not go on, no further
    task begins; those under way are left to end by themselves.
    """
    queues = _by_host(items, address_of)
    answers: SimpleQueue[Answer | None] = SimpleQueue()

    def work() -> None:
        while not stop.is_set():
            try:
                waiting = queues.pop()
            except IndexError:
                break
            for item in waiting:
                if stop.wait(pace.turn(address_of(item))) or stop.is_set():
                    break
                answers.put(task(item))
        answers.put(None)

    running = min(workers, len(queues))
    for number in range(running):
        Thread(target=work, name=f"requests {number}", daemon=True).start()
    try:
        while running:
            answer = answers.get()
            if answer is None:
                running -= 1
            else:
                yield answer
    finally:
        stop.set()


def _by_host(items: Iterable[Item], address_of: Callable[[Item], str]) -> list[list[Item]]:
    """The items of each host, the host with most of them last: it is taken first."""
    hosts: dict[str, list[Item]] = {}
    for item in items:
        hosts.setdefault(addresses.domain(address_of(item)), []).append(item)
    return sorted(hosts.values(), key=len)
