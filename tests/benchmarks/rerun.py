"""One rerun of the page without its figures, beside stock Streamlit: ``python -m tests.benchmarks.rerun``.

The same script runs on the same articles in two servers at once; a websocket goes to the same selections in both, in
turn. What differs is what this program sets: garbage is not collected after every run, as what stays was taken out of
the collector's sight, and messages are sent at once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from data.store import Store
from tests.benchmarks.machine import machine, resident_of
from tests.benchmarks.opening import make
from tests.benchmarks.sessions import click, p95, selections, session
from tests.browser import ROOT, running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

SERVERS = {"stock": "bare_page.py", "ours": "bare_app.py"}


def main() -> None:
    """Prints a line for each server, and the ratio."""
    parser = argparse.ArgumentParser(description="One rerun of the page without its figures.")
    parser.add_argument("--clicks", type=int, default=120)
    parser.add_argument("--articles", type=int, default=100_000)
    chosen = parser.parse_args()
    print(machine("streamlit"))
    with tempfile.TemporaryDirectory() as folder:
        make(Store.at(folder), chosen.articles)
        with _server("stock", folder) as (stock, one), _server("ours", folder) as (ours, other):
            took = asyncio.run(_measure({"stock": stock, "ours": ours}, chosen.clicks))
            memory = {"stock": resident_of(one), "ours": resident_of(other)}
    for name, times in took.items():
        print(f"{name:8} median {1000 * statistics.median(times):6.1f} ms, p95 {1000 * p95(times):6.1f} ms, ", end="")
        print(f"{memory[name]:,.0f} MB")
    print(f"ours / stock: {statistics.median(took['ours']) / statistics.median(took['stock']):.2f}")


def _server(kind: str, folder: str) -> AbstractContextManager[tuple[str, int]]:
    os.environ["PYTHONPATH"] = str(ROOT)
    return running(app=Path(__file__).with_name(SERVERS[kind]), store=Path(folder))


async def _measure(servers: dict[str, str], clicks: int) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {name: [] for name in servers}
    walk = [query for seed in range(clicks // 40 + 1) for query in selections(seed)]
    async with session(servers["stock"]) as stock, session(servers["ours"]) as ours:
        for query in walk[:20]:  # what costs time only once
            await click(stock, query)
            await click(ours, query)
        for query in walk[:clicks]:
            for name, socket in (("stock", stock), ("ours", ours)):
                start = time.perf_counter()
                await click(socket, query)
                took[name].append(time.perf_counter() - start)
                await asyncio.sleep(0.05)
    return took


if __name__ == "__main__":
    main()
