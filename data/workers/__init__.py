"""Work spread over processes: the answers that one process would give, in the same order, from all cores.

batches --task, in N processes, at most 2 N batches under way--> answers in the order of the batches

The processes are our own (``python -m data.workers``) and not those of the module multiprocessing: these would run the
program's main module once more in each, which under Streamlit is the whole page. One thread a process hands it a batch
and waits for its answer; nothing else is shared.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

import data
from data.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from types import TracebackType

Batch = TypeVar("Batch")
Answer = TypeVar("Answer")

FEW = 10
"""Batches up to which one process is as fast: another takes a second or two before it has read its tables."""


def cores() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(task: Callable[[Batch], Answer], batches: Iterable[Batch], jobs: int, few: int = FEW) -> Iterator[Answer]:
    """``map(task, batches)`` with `jobs` processes; within this process where `jobs` is 1 or there are few batches.

    `task` is a function of a module (or a partial of one), as it has to be found by name in the processes. Of the
    batches only so many are taken at a time as keep all processes busy. What `task` raises as NewsError is raised here;
    NewsError also where a process ends unexpectedly, whose own words are on standard error.
    """
    stream = iter(batches)
    first = list(islice(stream, max(jobs, few + 1))) if jobs > 1 else []
    if len(first) <= few or not sys.executable:
        yield from map(task, chain(first, stream))
        return
    with _Crew(task, min(jobs, len(first))) as crew:
        yield from crew.answers(chain(first, stream))


class _Crew:
    """Processes that do the same task, and the threads that wait for them."""

    def __init__(self, task: Callable[[Any], Any], jobs: int) -> None:
        self._processes = [_start() for _ in range(jobs)]
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._task = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        self._told: set[int] = set()
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="worker")

    def __enter__(self) -> _Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the processes, whatever they are at: they hold nothing but what they were given."""
        for process in self._processes:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.wait()
            for pipe in _pipes(process):
                with suppress(OSError):  # what could not be written is of no use any more
                    pipe.close()

    def answers(self, batches: Iterable[Any]) -> Iterator[Any]:
        waiting: deque[Future[Any]] = deque()
        for batch in batches:
            waiting.append(self._threads.submit(self._ask, batch))
            while waiting and (waiting[0].done() or len(waiting) >= 2 * len(self._processes)):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _ask(self, batch: Any) -> Any:
        """The answer of the next idle process. One that has ended counts as idle too: nobody waits for it in vain."""
        process = self._idle.get()
        requests, replies = _pipes(process)
        try:
            if process.pid not in self._told:
                requests.write(self._task)
                self._told.add(process.pid)
            pickle.dump(batch, requests, pickle.HIGHEST_PROTOCOL)
            requests.flush()
            answer = pickle.load(replies)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise NewsError(_ended(process.wait())) from error
        finally:
            self._idle.put(process)
        if isinstance(answer, NewsError):
            raise answer
        return answer


def _start() -> subprocess.Popen[bytes]:
    """A process that finds the package `data` where this one has it, and no other in the folder it is started in."""
    home = str(Path(data.__file__).parents[1])
    known = os.environ.get("PYTHONPATH")
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "data.workers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": home if not known else home + os.pathsep + known},
    )


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    return cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)


def _ended(code: int) -> str:
    how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
    return (
        f"A process that was tagging articles ended before it was done ({how}). If memory is short, use fewer of them."
    )
