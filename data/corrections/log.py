"""The log of corrections: a file of JSON Lines that is only ever added to, by any number of processes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data import folders
from data.corrections.records import Correction, TagCorrection, Undo, again, from_line, in_force, to_line
from data.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "corrections.jsonl"
"""Name of the log in the user's folder."""
_LONGEST = 10_000
"""Bytes of a line; a longer one cannot be a correction."""
_SHARED = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A line that could not be read; it stays in the file."""

    line: int
    """1-based; 0 where the file itself could not be read."""
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a log says."""

    events: tuple[Correction | Undo, ...] = ()
    damaged: tuple[Damaged, ...] = ()

    @property
    def in_force(self) -> tuple[Correction, ...]:
        """The corrections that hold, in the order they were made."""
        return in_force(self.events)


class Log:
    """The corrections in one file."""

    def __init__(self, path: Path) -> None:
        """The file need not exist yet."""
        self.path = path

    @classmethod
    def of_user(cls) -> Log:
        """The log in the user's folder; StoreError where there can be none."""
        return cls(folders.folder() / FILE)

    def stamp(self) -> tuple[int, int]:
        """Differs whenever the file was added to: its size and time of change; zeros while there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return (0, 0)
        return (found.st_size, found.st_mtime_ns)

    def read(self, *, required: bool = False) -> Read:
        """All that stands in the file; one that is not there holds nothing, one that cannot be read is damaged.

        Where the file is `required`, both are a StoreError.
        """
        try:
            return parse(self.path.read_bytes())
        except OSError as error:
            reason = f"{self.path} cannot be read: {error.strerror}"
            if required:
                raise StoreError(f"{reason}.") from error
            return Read() if isinstance(error, FileNotFoundError) else Read(damaged=(Damaged(0, reason),))

    def add(self, *corrections: Correction) -> tuple[Correction | Undo, ...]:
        """Adds corrections and returns what was written; StoreError if it cannot be.

        One that only reverses another takes that back instead; one that holds already is not added again.
        """
        held = {each.key: each for each in self.read().in_force}
        events: list[Correction | Undo] = []
        for new in corrections:
            old = held.get(new.key)
            if old is None or _says(old) != _says(new):
                events.append(Undo(id=old.id) if old and _reverses(old, new) else new)
        return self._write(events)

    def undo(self, ids: Iterable[str]) -> tuple[Correction | Undo, ...]:
        """Takes corrections back, as :meth:`add` makes them. What they had replaced holds again."""
        return self._write(Undo(id=each) for each in ids)

    def reverse(self, events: Iterable[Correction | Undo]) -> None:
        """Takes back what was just written: corrections are undone, undone ones made again."""
        made = {event.id: event for event in self.read().events if not isinstance(event, Undo)}
        self._write(
            again(made[event.id]) if isinstance(event, Undo) else Undo(id=event.id)
            for event in events
            if event.id in made
        )

    def undo_all(self) -> tuple[Correction | Undo, ...]:
        """Takes back every correction, also those that others have replaced."""
        events = self.read().events
        undone = {event.id for event in events if isinstance(event, Undo)}
        return self.undo(event.id for event in events if not isinstance(event, Undo) and event.id not in undone)

    def _write(self, events: Iterable[Correction | Undo]) -> tuple[Correction | Undo, ...]:
        """Adds all lines with one call, which systems of the POSIX family do not mix with those of other processes."""
        events = tuple(events)
        lines = "".join(f"{_written(event)}\n" for event in events).encode("ascii")
        if lines:
            self._append(lines)
        return events

    def _append(self, lines: bytes) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A line that was torn off, by a full disk perhaps, must not take this one with it.
            start = b"" if self._ends_with_a_line() else b"\n"
            file = os.open(self.path, _SHARED, 0o600)
            try:
                if os.write(file, start + lines) < len(start + lines):
                    raise StoreError(f"{self.path} could not be written to its end: the disk is full.")
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {error.strerror}. The correction is not kept.") from error

    def _ends_with_a_line(self) -> bool:
        try:
            with self.path.open("rb") as file:
                file.seek(0, os.SEEK_END)
                if not file.tell():
                    return True
                file.seek(-1, os.SEEK_END)
                return file.read(1) == b"\n"
        except FileNotFoundError:
            return True


def parse(raw: bytes) -> Read:
    """The lines of a log, or of a file of corrections that someone was given."""
    events: list[Correction | Undo] = []
    damaged: list[Damaged] = []
    for number, line in enumerate(raw.split(b"\n"), 1):
        try:
            if len(line) > _LONGEST:
                raise ValueError("is too long")
            if text := line.decode("utf-8").strip():
                events.append(from_line(text))
        except ValueError as error:
            reason = "is not in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
            damaged.append(Damaged(number, reason))
    return Read(tuple(events), tuple(damaged))


def dump(corrections: Iterable[Correction]) -> str:
    """Corrections as a file that :func:`parse` reads: one line each."""
    return "".join(f"{to_line(each)}\n" for each in corrections)


def _written(event: Correction | Undo) -> str:
    """The line of an event; StoreError if it could not be read again."""
    line = to_line(event)
    try:
        from_line(line)
    except ValueError as error:
        raise StoreError(f"This cannot be kept as a correction: it {error}.") from error
    return line


def _reverses(old: Correction, new: Correction) -> bool:
    """Whether a tag that was added is taken off, or the other way round."""
    return isinstance(old, TagCorrection) and isinstance(new, TagCorrection) and old.action != new.action


def _says(correction: Correction) -> tuple[str, ...]:
    return (*correction.key, correction.action if isinstance(correction, TagCorrection) else correction.value)
