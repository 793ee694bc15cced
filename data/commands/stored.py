"""What the commands on the store share: which store, and how they answer."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from data.errors import StoreError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from data.store import Store

PARTLY = 3
"""Exit code of what was done for a part of what was named only."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that all of them take."""
    parser.add_argument(
        "--store", metavar="DIR", default="", help="folder of the store (default: NEWS_STORE, or yours)"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def store_of(chosen: argparse.Namespace) -> Store:
    """The store that the arguments name; it need not exist yet."""
    from data.store import Store

    return Store.at(chosen.store)


def existing(chosen: argparse.Namespace) -> Store:
    """The same; StoreError where nothing has been added yet."""
    store = store_of(chosen)
    if not store.exists():
        raise StoreError(f"There is no store in {store.folder}. Make one with: python -m data add FILE")
    return store


def answer(chosen: argparse.Namespace, record: object, lines: Iterable[str]) -> None:
    """Writes the answer to standard output: `record` with --json, else `lines`."""
    if chosen.json:
        print(json.dumps(record, ensure_ascii=False, default=str))
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines)


def counted(counts: Any) -> str:
    """ "252 rows: 250 stored (3 of them copies), 1 already there, 1 rejected"."""
    copies = f" ({counts.copies:,} of them copies)" if counts.copies else ""
    return (
        f"{counts.rows:,} rows: {counts.stored:,} stored{copies}, {counts.known:,} already there, "
        f"{counts.rejected:,} rejected"
    )


def size(n: int) -> str:
    """ "1.2 MB"."""
    value, units = float(n), ["bytes", "kB", "MB", "GB", "TB"]
    while value >= 1000 and len(units) > 1:
        value /= 1000
        units.pop(0)
    return f"{value:,.0f} {units[0]}" if units[0] == "bytes" or value >= 10 else f"{value:,.1f} {units[0]}"
