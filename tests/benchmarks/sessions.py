"""Many people at once: ``python -m tests.benchmarks.sessions [--people 1,5,25,50] [--seconds 20] [--articles 100000]``.

Starts the dashboard as a user does and opens so many sessions of its websocket, each of which goes to another selection
every two seconds, as a click does. Prints the time from the click until the server has sent the last of the page, and
what the server took. With ``--soak N`` one session goes through N selections instead, and memory is told on the way.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from data.store import Store
from data.taxonomy import TOPICS
from tests.benchmarks.machine import family_of, machine, peak_of, resident_of
from tests.benchmarks.opening import make
from tests.browser import running

PAUSE = 2.0
"""Seconds from click to click of one person."""
REGIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
UNITS = ("articles", "stories", "publishers")


def main() -> None:
    """Prints a line for every number of people, or the course of a soak."""
    parser = argparse.ArgumentParser(description="The dashboard with many people at once.")
    parser.add_argument("--people", default="1,5,25,50")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--soak", type=int, default=0, metavar="N")
    chosen = parser.parse_args()
    print(machine("streamlit", "pandas"))
    with tempfile.TemporaryDirectory() as folder:
        make(Store.at(folder), chosen.articles)
        with running(store=Path(folder)) as (address, process):
            asyncio.run(_ready(address))
            if chosen.soak:
                asyncio.run(soak(address, process, chosen.soak))
                return
            print(f"{chosen.articles:,} articles, a click every {PAUSE:g} s each\n")
            print(f"{'people':>6}{'clicks':>9}{'median ms':>12}{'p95 ms':>9}{'late':>7}{'server MB':>11}{'peak MB':>9}")
            for people in map(int, chosen.people.split(",")):
                took, late = asyncio.run(crowd(address, people, chosen.seconds))
                now, peak = (sum(map(memory, family_of(process))) for memory in (resident_of, peak_of))
                print(
                    f"{people:>6}{len(took):>9,}{1000 * statistics.median(took):>12,.0f}{1000 * p95(took):>9,.0f}"
                    f"{late:>7}{now:>11,.0f}{peak:>9,.0f}",
                    flush=True,
                )


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[min(int(len(values) * 0.95), len(values) - 1)]


def selections(seed: int) -> list[dict[str, list[str]]]:
    """A mixed walk: nothing chosen, a region, a topic, both, some days, another unit, a search."""
    draw = random.Random(seed)
    topics = [*TOPICS]
    found: list[dict[str, list[str]]] = []
    for _ in range(40):
        query: dict[str, list[str]] = {}
        if draw.random() < 0.6:
            query["region"] = draw.sample(REGIONS, draw.randint(1, 2))
        if draw.random() < 0.5:
            query["topic"] = draw.sample(topics, draw.randint(1, 2))
        if draw.random() < 0.3:
            query["from"] = [f"2025-{draw.randint(1, 9):02}-01"]
        if draw.random() < 0.3:
            query["unit"] = [draw.choice(UNITS)]
        found.append(query)
    return found


async def _ready(address: str) -> None:
    """Waits until the articles are read: until then the page is short and calls itself again."""
    async with session(address) as socket:
        quick = 0
        while quick < 2:
            await click(socket, {})
            start = time.perf_counter()
            size = await click(socket, {})
            quick = quick + 1 if size > 60_000 and time.perf_counter() - start < 5 else 0


def session(address: str) -> connect:
    """One visitor's connection."""
    url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    return connect(url, subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item]


async def click(socket: ClientConnection, query: dict[str, list[str]]) -> int:
    """Goes to a selection and reads the page until its script has ended; bytes received."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode(query, doseq=True)
    await socket.send(message.SerializeToString())
    size = 0
    while True:
        raw = await socket.recv(decode=False)
        size += len(raw)
        answer = ForwardMsg()
        answer.ParseFromString(raw)
        if answer.WhichOneof("type") == "script_finished":
            return size


async def crowd(address: str, people: int, seconds: float) -> tuple[list[float], int]:
    """The times of all clicks of so many people, and how many clicks came late as the one before was not done."""
    took: list[float] = []
    late = 0

    async def person(number: int) -> None:
        nonlocal late
        async with session(address) as socket:
            await click(socket, {})
            end = time.perf_counter() + seconds
            due = time.perf_counter() + PAUSE * random.Random(number).random()
            for query in selections(number) * 10:
                if due > end:
                    return
                late += time.perf_counter() > due + PAUSE
                await asyncio.sleep(max(due - time.perf_counter(), 0))
                start = time.perf_counter()
                await click(socket, query)
                took.append(time.perf_counter() - start)
                due += PAUSE

    await asyncio.gather(*(person(number) for number in range(people)))
    return took, late


async def soak(address: str, process: int, times: int) -> None:
    """One session goes through so many selections; memory at ten moments, the first tenth being warm-up."""
    async with session(address) as socket:
        walk = [query for seed in range(times // 40 + 1) for query in selections(seed)][:times]
        warm = 0.0
        for n, query in enumerate(walk, 1):
            await click(socket, query)
            if n % max(times // 10, 1) == 0:
                now = sum(map(resident_of, family_of(process)))
                warm = warm or now
                print(f"{n:>8,} selections{now:>9,.0f} MB  x{now / warm:.3f} of that after warm-up", flush=True)


if __name__ == "__main__":
    main()
