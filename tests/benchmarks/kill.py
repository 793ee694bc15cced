"""Kills programs that add to a store at random moments, and looks at what is left.

``python -m tests.benchmarks.kill --times 100`` prints a table. Each time a process adds batch after batch to the same
store and says of each that is stored that it is; it is killed (SIGKILL) at a random moment; another one then opens the
store: all batches that were said to be stored have to be there, each whole, none twice, and the next addition works.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from data.articles import Reject
from data.store import Store, upkeep
from data.store.adding import Addition
from tests.samples import article, table

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 40
"""Articles of a batch."""


def main() -> int:
    """0 if nothing was lost, cut or doubled."""
    parser = argparse.ArgumentParser(description="Kills programs that add to a store, and looks at what is left.")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = trials(Path(folder), chosen.times, random.Random(chosen.seed))
    if chosen.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:32}{n:>8,}" for name, n in found.items()))
    return 1 if any(found[name] for name in ("lost", "partial", "doubled", "not clean")) else 0


def trials(folder: Path, times: int, draw: random.Random) -> Counter[str]:
    """Kills so many times; the store is that of the times before."""
    found: Counter[str] = Counter(kills=0, batches=0, lost=0, partial=0, doubled=0, **{"not clean": 0})
    acknowledged: set[str] = set()
    for number in range(times):
        said = _killed(lambda number=number: _writing(folder, number), draw.uniform(0.0, 0.6))  # type: ignore[misc]
        acknowledged |= {f"{number}.{batch}" for batch in said}
        left = _answer(lambda: _left(folder))
        sizes = Counter({name: int(n) for name, n in (line.split() for line in left if line[0].isdigit())})
        found["kills"] += 1
        found["lost"] += sum(name not in sizes for name in acknowledged)
        found["partial"] += sum(n < SIZE for n in sizes.values())
        found["doubled"] += sum(n > SIZE for n in sizes.values())
        found["not clean"] += "clean" not in left
        acknowledged = set(sizes)  # a batch may be stored and not yet have been said to be
    found["batches"] = len(acknowledged)
    return found


def _writing(folder: Path, number: int) -> None:
    """Adds batches for ever, as fast as it can, and says the number of each."""
    addition = Addition(Store.at(folder), f"trial {number}")
    batch = 0
    while True:
        names = [f"{number}.{batch}-{row}" for row in range(SIZE)]
        addition.write(
            table([article(name, text=f"Text of {name}. " * 20) for name in names]),
            [Reject("file", batch, f"trial {number}")],
        )
        os.write(1, f"{batch}\n".encode())
        batch += 1


def _left(folder: Path) -> None:
    """Says how many articles of each batch there are, and "clean" if the store is whole and takes the next addition."""
    store = Store.at(folder)
    rows = store.read(["id"]).column("id").to_pylist() if store.exists() else []
    whole = not store.exists() or upkeep.health(store).whole
    Addition(store, "next").write(table([]))
    lines = [f"{name} {n}" for name, n in Counter(row.partition("-")[0] for row in rows).items()]
    print("\n".join([*lines, *(["clean"] if whole else [])]), flush=True)


def _killed(work: Callable[[], None], after: float) -> list[str]:
    """What a process that does `work` has said when it is killed `after` seconds from its first word on."""
    process, read = _start(work)
    with os.fdopen(read) as lines:
        first = lines.readline() if after > 0.1 else ""  # some are killed while they begin
        time.sleep(after)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        return [line for line in (first + lines.read()).split("\n")[:-1] if line]


def _answer(work: Callable[[], None]) -> list[str]:
    process, read = _start(work)
    with os.fdopen(read) as lines:
        said = lines.read().splitlines()
    os.waitpid(process, 0)
    return said


def _start(work: Callable[[], None]) -> tuple[int, int]:
    """A copy of this process, which has read all modules but not touched a store yet, and what it writes."""
    read, write = os.pipe()
    process = os.fork()
    if process:
        os.close(write)
        return process, read
    os.dup2(write, 1)
    try:
        work()
    finally:
        sys.stderr.flush()
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
