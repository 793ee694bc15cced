"""Layouts of keyword clouds, made once and kept; a server has a process of its own make them.

A layout takes longer than all the other panels of a click, and would take the interpreter from all other readers. So
the page begins it before it draws the first panel, and needs it for the last.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import components
from components.word_places import place

if TYPE_CHECKING:
    from components.word_places import Placed, Sizes

WIDTH, HEIGHT = 300, 255
"""Pixels of the box of the page's cloud."""


class Helper:
    """The process that lays out, one cloud after the other; where it fails, this one does it."""

    def __init__(self) -> None:
        """Starts the process, which needs about a second before it can answer."""
        self._queue = ThreadPoolExecutor(1, "layouts")
        self._process = self._start()

    @staticmethod
    def _start() -> subprocess.Popen[str]:
        root = str(Path(components.__file__).parents[1])
        return subprocess.Popen(
            [sys.executable, "-m", "components.word_places"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="ascii",
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))},
        )

    def begin(self, sizes: Sizes, width: int, height: int) -> Future[tuple[Placed, ...]]:
        """Puts a layout into the queue."""
        return self._queue.submit(self._made, sizes, width, height)

    def _made(self, sizes: Sizes, width: int, height: int) -> tuple[Placed, ...]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        try:
            stdin.write(json.dumps([sizes, width, height]) + "\n")
            stdin.flush()
            return tuple(json.loads(stdout.readline()))
        except (OSError, ValueError):  # it has ended: the next one is for those who come after
            self._end()
            self._process = self._start()
            return place(sizes, width, height)

    def stop(self) -> None:
        """Ends the process; what was begun is made first."""
        self._queue.shutdown()
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()


_helpers: list[Helper] = []


def start() -> None:
    """Has layouts made by a process of its own from now on."""
    if not _helpers:
        _helpers.append(Helper())


def stop() -> None:
    """Has this process make them again."""
    while _helpers:
        _helpers.pop().stop()


@lru_cache(maxsize=128)
def begin(sizes: Sizes, width: int = WIDTH, height: int = HEIGHT) -> Future[tuple[Placed, ...]]:
    """Begins a layout, if it is not known yet."""
    if _helpers:
        return _helpers[0].begin(sizes, width, height)
    made: Future[tuple[Placed, ...]] = Future()
    made.set_result(place(sizes, width, height))
    return made


def layout(sizes: Sizes, width: int = WIDTH, height: int = HEIGHT) -> tuple[Placed, ...]:
    """The places of the words in a box of so many pixels, see :func:`components.word_places.place`."""
    return begin(sizes, width, height).result()
