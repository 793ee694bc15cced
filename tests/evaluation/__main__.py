"""How good the tags are, measured: ``python -m tests.evaluation``.

python -m tests.evaluation                    one table of all corpora, with what else one could install
python -m tests.evaluation --only Geo SIB     only the corpora whose names begin so
python -m tests.evaluation --markdown         the same as the section of the README
python -m tests.evaluation --json FILE        the same as data, beside the table
python -m tests.evaluation places topics      detailed tables of single taggers
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from tests.evaluation import readme, render, speed, table, trials

NAMES = (
    "places",
    "publishers",
    "topics",
    "subtopics",
    "keywords",
    "duplicates",
    "stories",
    "splitting",
    "feeds",
    "starter",
    "robustness",
    "speed",
)
"""Modules with a detailed table of their own."""
EVERYTHING = ("",)
"""What all names of corpora begin with."""


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.evaluation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", nargs="*", help=f"detailed table: {', '.join(NAMES)}")
    parser.add_argument(
        "--only", nargs="+", default=EVERYTHING, metavar="BEGINNING", help="corpora whose names begin so"
    )
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    chosen = parser.parse_args()
    if unknown := set(chosen.name) - set(NAMES):
        parser.error(f"no detailed table {', '.join(sorted(unknown))}; choose of {', '.join(NAMES)}")
    for name in chosen.name:
        detailed(name)
    if not chosen.name:
        whole(tuple(chosen.only), chosen.markdown, chosen.json)


def detailed(name: str) -> None:
    print(f"\n== {name}", flush=True)
    sys.argv = [name]
    import_module(f"tests.evaluation.{name}").main()


def whole(only: tuple[str, ...], markdown: bool, file: Path | None) -> None:
    """Prints the table, each line as soon as it is known; as Markdown when all is known."""
    out = sys.stderr if markdown else sys.stdout
    print(render.HEADING, file=out)
    lines: list[table.Line] = []
    for trial in trials.trials():
        for line in table.run(trial) if trial.corpus.startswith(only) else ():
            print(render.text_line(line), file=out, flush=True)
            lines.append(line)
    measured: list[speed.Cost] = []
    try:
        for cost in speed.costs() if only == EVERYTHING else ():
            print(cost, file=out, flush=True)
            measured.append(cost)
    except pytest.skip.Exception as reason:
        print(f"speed not measured: {reason}", file=out)
    if markdown:
        print(readme.section(lines, measured, datetime.now(UTC).date()))
    if file:
        file.write_text(json.dumps(render.data(lines, measured), indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
