"""How long a report of twelve findings takes in every format, and how much memory.

``python -m tests.benchmarks.exports [--articles 100000] [--only pdf …]`` writes a store of made-up articles (tags as
:mod:`tests.benchmarks.opening` makes them, texts of :mod:`tests.benchmarks.synthetic`), asks for the figures of twelve
findings, which nothing has asked for before, and writes each format. It prints wall and processor seconds, the sum of
wall seconds with those of the figures, size, and the peak of memory during the step where the system can tell it.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from deltalake import write_deltalake

from components.asking import Ask
from components.exports import FORMATS, write
from components.exports.__main__ import hush, opened_for
from components.exports.choosing import state_of
from components.opening import source
from components.report.building import build
from components.report.findings import Finding, Report, query_of
from data.store import Store
from data.store.schema import ARTICLES, WRITING
from tests.benchmarks import opening, synthetic

if TYPE_CHECKING:
    from collections.abc import Iterator

FINDINGS = (
    ("brief", "region=Europe"),
    ("map", "region=Europe"),
    ("topics", "region=Europe"),
    ("timeline", "region=Europe&numbers=shares"),
    ("region-topic", "from=2025-01-01"),
    ("top-stories", "region=Asia"),
    ("emerging", "region=Asia"),
    ("cloud", "topic=politics&cloud=distinctive"),
    ("map", "topic=conflict&unit=stories"),
    ("compare-topics", "region=Europe&b.region=Asia"),
    ("compare-map", "topic=politics&b.topic=economy"),
    ("compare-words", "region=Europe&b.region=Asia"),
)
"""Panels with what they are asked; no two of them share all answers."""


@dataclass(slots=True)
class Measured:
    """One step."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    """MB."""


def main() -> None:
    """Prints a line a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--only", nargs="+", choices=[*FORMATS], default=[*FORMATS], metavar="FORMAT")
    chosen = parser.parse_args()
    hush()
    names = ("pandas", "python-pptx", "fpdf2", "xlsxwriter", "plotly")
    print(f"{platform.machine()}, Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names))
    with tempfile.TemporaryDirectory() as folder:
        store = make(Path(folder), chosen.articles)
        print(f"{chosen.articles:,} articles, {len(FINDINGS)} findings")
        print(f"{'step':22}{'wall s':>9}{'CPU s':>9}{'in all s':>10}{'kB':>9}{'peak MB':>9}", flush=True)
        with measuring() as opened:
            ask = _ask(store)
        _tell("open the store", opened)
        with measuring() as asked:
            document = build(report(), ask)
        _tell("figures", asked)
        for key in chosen.only:
            with measuring() as made:
                content = write(document, key)
            _tell(key, made, asked.wall + made.wall, len(content))


def make(folder: Path, n: int) -> Store:
    """A store of `n` made-up articles with texts that have sentences."""
    tagged, store = Store.at(folder / "tags"), Store.at(folder / "store")
    opening.make(tagged, n)
    table = tagged.read(ARTICLES.names)
    texts = list(synthetic.articles(n))
    for name in ("title", "text"):
        column = pa.array([str(article[name]) for article in texts], table.schema.field(name).type)
        table = table.set_column(table.schema.get_field_index(name), table.schema.field(name), column)
    write_deltalake(store.path, table, writer_properties=WRITING)
    return store


def report() -> Report:
    """The findings as a user would have pinned them."""
    pinned = (Finding(panel, query_of(state_of(query).to_query()), "") for panel, query in FINDINGS)
    return Report(tuple(pinned), "Twelve findings")


def _ask(store: Store) -> Ask:
    opened = opened_for((), str(store.folder), "", lambda share, words: None)
    state = state_of("")
    return Ask(opened.engine, state.a, state.view, source(opened))


@contextmanager
def measuring() -> Iterator[Measured]:
    """Fills in what the block took."""
    found, known = Measured(), _forget_peak()
    wall, cpu = time.perf_counter(), time.process_time()
    yield found
    found.wall, found.cpu = time.perf_counter() - wall, time.process_time() - cpu
    found.peak = _peak() if known else float("nan")


_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def _forget_peak() -> bool:
    """Whether Linux was told to start the peak of memory anew."""
    try:
        _FORGET.write_text("5")
    except OSError:
        return False
    return True


def _peak() -> float:
    lines = _STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _tell(step: str, found: Measured, whole: float | None = None, size: int | None = None) -> None:
    parts = (f"{whole:.2f}" if whole is not None else "", f"{size / 1000:,.0f}" if size is not None else "")
    print(f"{step:22}{found.wall:>9.2f}{found.cpu:>9.2f}{parts[0]:>10}{parts[1]:>9}{found.peak:>9,.0f}", flush=True)


if __name__ == "__main__":
    main()
