"""What was stored, noted a second time outside the table: so that a log that has lost its end does not go unnoticed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from data.store.versions import Version

FILE = "ledger.jsonl"


def note(folder: Path, version: int, run: str, rows: int) -> None:
    """Adds a line: `rows` articles of `run` are in `version`. It is on the disk when this returns."""
    with (folder / FILE).open("a", encoding="utf-8") as out:
        out.write(json.dumps({"version": version, "run": run, "stored": rows}) + "\n")
        out.flush()
        os.fsync(out.fileno())


def lost(folder: Path, versions: Iterable[Version]) -> tuple[int, ...]:
    """The numbers of versions that were noted and are not among `versions`; a line cut short counts for nothing."""
    there = {version.number: version.run for version in versions}
    try:
        lines = (folder / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(sorted({number for number, run in map(_entry, lines) if number >= 0 and there.get(number) != run}))


def _entry(line: str) -> tuple[int, str]:
    try:
        entry = json.loads(line)
        return int(entry["version"]), str(entry["run"])
    except (ValueError, KeyError, TypeError):
        return -1, ""
