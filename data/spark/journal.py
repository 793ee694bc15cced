"""What an addition on Spark has stored, file by file: so that one that was cut short goes on where it stopped.

folder/files.jsonl: a line when an addition begins, one for each wave that is stored, one when it has ended. A file
counts as stored as long as it is unchanged and the addition stands that stored it; undo makes it new again.
"""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.spark.plan import File
    from data.store import Store
    from data.storing import Outcome

FILE = "files.jsonl"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored of a file."""

    rows: int
    rejected: int


class Journal:
    """The journal of a store, as it is when this is made."""

    def __init__(self, store: Store) -> None:
        """StoreError where the store cannot be read."""
        self._path = store.folder / FILE
        self._undone = {version.run for version in store.versions() if version.kind == "undone"}
        self._open: dict[str, list[str]] = {}
        self._kept: dict[tuple[str, int, int], Kept] = {}
        for line in _lines(self._path):
            self._take(line)

    def begin(self, cause: str, locations: Sequence[str]) -> str:
        """The run of an addition: that of one of the same locations that was cut short, else a new one."""
        again = [run for run, before in self._open.items() if before == list(locations)]
        run = again[-1] if again else uuid.uuid4().hex[:12]
        if not again:
            self._note({"run": run, "cause": cause, "locations": list(locations)})
        return run

    def kept(self, file: File) -> Kept | None:
        """What was stored of a file that has not changed since; None where it is to be read."""
        return self._kept.get((file.path, file.size, file.changed)) if file.changed else None

    def stored(self, run: str, files: Iterable[tuple[File, Outcome]]) -> None:
        """Notes that all of these files is stored; on the disk when this returns. Files with a fault are left out."""
        found = [
            (file.path, file.size, file.changed, outcome.rows, outcome.rejected)
            for file, outcome in files
            if file.changed and not outcome.fault
        ]
        self._note({"run": run, "files": found})

    def end(self, run: str) -> None:
        """Notes that an addition is complete."""
        self._note({"run": run, "ended": True})

    def _take(self, line: dict[str, Any]) -> None:
        run = line["run"]
        if run in self._undone:
            return
        if "locations" in line:
            self._open[run] = line["locations"]
        for path, size, changed, rows, rejected in line.get("files", ()):
            self._kept[path, size, changed] = Kept(rows, rejected)
        if "ended" in line:
            self._open.pop(run, None)

    def _note(self, line: dict[str, Any]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab+") as out:
            whole = out.seek(0, os.SEEK_END) == 0 or (out.seek(-1, os.SEEK_END) >= 0 and out.read(1) == b"\n")
            out.write((b"" if whole else b"\n") + json.dumps(line).encode() + b"\n")  # not behind a line cut short
            out.flush()
            os.fsync(out.fileno())


def _lines(path: Any) -> Iterator[dict[str, Any]]:
    """The lines of the journal; one that was cut short counts for nothing."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict) and "run" in found:
            yield found
