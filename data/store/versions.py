"""Versions of a store: what each one is, when it came about and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["made", "added", "undone", "compacted", "migrated"]

_COUNTS = ("rows", "stored", "known", "copies", "rejected")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the store; the counts are those of the one batch that made it."""

    number: int
    time: datetime
    kind: Kind
    cause: str
    """What was done, in words: "added export.csv"."""
    run: str = ""
    """The addition that it is a part of."""
    rows: int = 0
    """Rows read: stored + known + rejected."""
    stored: int = 0
    known: int = 0
    """Articles that were there already, and are unchanged."""
    copies: int = 0
    """Of the stored ones, those that are copies of another article."""
    rejected: int = 0


def note(kind: Kind, cause: str, run: str = "", **counts: int) -> dict[str, str]:
    """What is written into the table's log beside a version."""
    return {"kind": kind, "cause": cause, "run": run, **{name: str(value) for name, value in counts.items()}}


def read(history: Iterable[Mapping[str, Any]]) -> list[Version]:
    """The versions that the table's log tells of, in its order; one made by another program says its operation."""
    return [
        Version(
            number=int(entry["version"]),
            time=datetime.fromtimestamp(int(entry.get("timestamp", 0)) / 1000, UTC),
            kind=entry.get("kind", "made" if entry["version"] == 0 else "added"),
            cause=str(entry.get("cause") or str(entry.get("operation", "")).lower()),
            run=str(entry.get("run", "")),
            **{name: int(entry.get(name, 0)) for name in _COUNTS},
        )
        for entry in history
    ]


@dataclass(frozen=True, slots=True)
class Run:
    """All versions of one addition together."""

    run: str
    cause: str
    time: datetime
    """When its last batch was stored."""
    first: int
    last: int
    rows: int
    stored: int
    known: int
    copies: int
    rejected: int


def runs(versions: Iterable[Version]) -> list[Run]:
    """The additions among `versions`, latest first."""
    parts: dict[str, list[Version]] = {}
    for version in sorted(versions, key=lambda version: -version.number):
        if version.kind == "added" and version.run:
            parts.setdefault(version.run, []).append(version)
    return [
        Run(
            run,
            found[0].cause,
            found[0].time,
            found[-1].number,
            found[0].number,
            **{name: sum(getattr(version, name) for version in found) for name in _COUNTS},
        )
        for run, found in parts.items()
    ]
