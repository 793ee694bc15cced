"""All panels of the page, engines side by side.

``python -m tests.benchmarks.refresh [--articles 10000,100000,1000000] [--peers duckdb,polars,pandas] [--quick]``

For every selection each engine answers all panels in turn, so that whatever else the machine does meets them alike, and
every number is compared with a slow count (1 is returned if any differs). This engine is asked without the cache around
it, and forgets masks and counts before every refresh; what it keeps are the counts without any selection, and, within a
refresh, the masks and counts that several panels share. Of keywords the 60 most frequent are asked for. The others
keep nothing but their tables.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from data.selection import Selection
from tests.benchmarks.machine import machine, peak_of, resident_of
from tests.benchmarks.refresh.asked import Selections
from tests.benchmarks.refresh.duck import Duck
from tests.benchmarks.refresh.floor import Floor
from tests.benchmarks.refresh.made import make
from tests.benchmarks.refresh.ours import Ours
from tests.benchmarks.refresh.polar import Polar
from tests.benchmarks.refresh.reference import Reference
from tests.benchmarks.refresh.usual import Usual

PEERS = {"duckdb": Duck, "polars": Polar, "pandas": Usual}
_PACKAGES = ("numpy", "scipy", "pandas", "pyarrow", "duckdb", "polars")
_PANDAS = 1_000_000
"""More articles than this are too many for lists of Python."""


@dataclass
class Times:
    """Milliseconds of each engine for each selection; of processor time too."""

    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    wrong: int = 0

    def add(self, name: str, wall: float, cpu: float) -> None:
        """One refresh."""
        self.wall.setdefault(name, []).append(wall)
        self.cpu.setdefault(name, []).append(cpu)


def main() -> int:
    """Prints a table for every number of articles."""
    parser = argparse.ArgumentParser(description="All panels of the page, engines side by side.")
    parser.add_argument("--articles", default="10000,100000,1000000")
    parser.add_argument("--peers", default=",".join(PEERS), help="any of %(default)s, or none")
    parser.add_argument("--quick", action="store_true", help="10,000 and 100,000 articles, a third of the selections")
    chosen = parser.parse_args()
    print(machine(*_PACKAGES))
    sizes = "10000,100000" if chosen.quick else chosen.articles
    peers = [name for name in chosen.peers.split(",") if name in PEERS]
    return int(sum(_measure(int(n), peers, 3 if chosen.quick else 1) for n in sizes.split(",")) > 0)


def _measure(n: int, peers: list[str], every: int) -> int:
    made = make(n)
    reference = Reference(made)
    engines: list[Any] = [Ours(made), *(PEERS[name](made) for name in peers if name != "pandas" or n <= _PANDAS)]
    _warm_up(engines)
    gc.collect()
    floor = Floor(made, reference)
    print(f"\n{n:,} articles, {len(made.keywords.codes):,} keywords; {resident_of():,.0f} MB with all engines loaded")
    print(
        f"an increment {floor.increment['grid']:.2f} to {floor.increment['keywords']:.2f} ns, memory read at ", end=""
    )
    print(f"{floor.bandwidth:.0f} GB/s")
    draw, wrong = Selections(made), 0
    mixed = draw.mixed()
    sets = {f"mixed, {share}": found for share, found in mixed.items()}
    sets |= {"one facet, about 30 %": draw.one_facet(), "four facets": draw.four_facets()}
    print(f"{'ms, median / 95th percentile':<26}{'':>13}", "".join(f"{each.name:>20}" for each in engines), sep="")
    whole = Times()
    for name, selections in sets.items():
        times = _run(engines, reference, selections[::every])
        _line(name, times, floor, selections[::every])
        wrong += times.wrong
        if name.startswith("mixed"):
            for kind in ("wall", "cpu"):
                for each, found in getattr(times, kind).items():
                    getattr(whole, kind).setdefault(each, []).extend(found)
    _line("mixed, all", whole, None, [])
    _units(engines[0], draw.one_facet()[::every])
    print(f"load {machine().split('load ')[1].split(',')[0]}, peak {peak_of():,.0f} MB; ", end="")
    print(f"{wrong} answers differ from the slow count" if wrong else "every panel as the slow count has it")
    return wrong


def _warm_up(engines: list[Any]) -> None:
    """What is made once is not measured: tables, counts without any selection, first use of a facet or a library."""
    some = {"region": ["Europe", "Africa"], "topic": ["politics", "sport"]}
    some |= {"publisher": [f"Publisher {number:08}" for number in (1, 2)]}
    for each in engines:
        for selection in (Selection(), *(Selection().choose(name, values) for name, values in some.items())):
            each.refresh(selection)


def _run(engines: list[Any], reference: Reference, selections: list[Selection]) -> Times:
    times = Times()
    for place, selection in enumerate(selections):
        right = reference.ask(selection)
        turn = place % len(engines)
        for engine in [*engines[turn:], *engines[:turn]]:
            few = 3 if isinstance(engine, Usual) else len(selections)
            if place % max(len(selections) // few, 1) == 0:
                found, wall, cpu = _timed(engine, selection)
                times.add(engine.name, wall, cpu)
                if unlike := engine.answer(found).differing(right):
                    times.wrong += 1
                    print(f"{engine.name}, {selection.describe():.60}: {', '.join(unlike)} differ", file=sys.stderr)
    return times


def _timed(engine: Any, selection: Selection, *more: object) -> tuple[Any, float, float]:
    if isinstance(engine, Ours):
        engine.forget()
    wall, cpu = time.perf_counter(), time.process_time()
    found = engine.refresh(selection, *more)
    return found, (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _line(name: str, times: Times, floor: Floor | None, selections: list[Selection]) -> None:
    mine = next(iter(sorted(times.wall, key=lambda each: each != Ours.name)))
    for kind, told in (("wall", times.wall), ("processor", times.cpu)):
        cells = ""
        for each in sorted(told, key=list(_order(told)).index):
            middle, late = np.median(told[each]), np.percentile(told[each], 95)
            ratio = "" if each == mine else f" x{middle / np.median(told[mine]):.0f}"
            cells += f"{f'{middle:.1f} / {late:.1f}{ratio}':>20}"
        print(f"{name if kind == 'wall' else '':<26}{kind:>13}{cells}")
    if floor and any(selections):
        parts = np.array([floor.of(selection) for selection in selections])
        middle = np.median(parts, axis=0)
        print(f"{'':<26}{'floor':>13}{f'{middle[0]:.1f} + {middle[1]:.1f}':>20}", end="")
        print(f"   increments + reading; this engine x{np.median(times.wall[mine]) / middle[0]:.1f} of the increments")


def _order(told: dict[str, list[float]]) -> list[str]:
    known = [Ours.name, *(peer.name for peer in PEERS.values())]
    return [name for name in known if name in told]


def _units(ours: Ours, selections: list[Selection]) -> None:
    """Stories and publishers against articles, by this engine."""
    units = ("articles", "stories", "publishers")
    for unit in units:
        ours.refresh(selections[0], unit)
    found = {unit: [_timed(ours, each, unit)[2] for each in selections] for unit in units}
    base = np.median(found["articles"])
    said = [f"{unit} {np.median(found[unit]):.1f} (x{np.median(found[unit]) / base:.1f})" for unit in units]
    print(f"one facet, processor ms, median: {', '.join(said)}")


if __name__ == "__main__":
    sys.exit(main())
