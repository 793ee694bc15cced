"""What is to be read, cut into tasks for workers: decided here, before anything is opened.

location --files_of--> File* --groups--> tasks that belong together --waves--> Wave*
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data.sources.files import accepts
from data.sources.files.members import files_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LEAST, MOST = 256 << 10, 8 << 20
"""Bytes of files in a task, of little news and of much: a second of tagging, and half a minute or more."""
FILES = 1000
"""Files at most in a task."""
SLICES = 8
"""Parts at most that a large file is tagged in. Each reads the whole file, which takes a fiftieth of tagging it."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to be read, or a location that is none, such as a feed."""

    place: int
    """Number of its location."""
    path: str
    """Where it lies, or the location itself."""
    name: str = ""
    """What it is shown as; empty for a location that is read as a whole."""
    size: int = 0
    changed: int = 0
    """When it was last changed, in nanoseconds; 0 where that is not known, so that it is always read."""


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker reads in one go: some small files, or a slice of a large one."""

    files: tuple[tuple[int, File], ...]
    """With their numbers in their wave."""
    slice: int = 0
    slices: int = 1
    """Of every `slices` portions of rows it tags the one numbered `slice`."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Files that are read at once and stored together."""

    files: tuple[File, ...]
    groups: tuple[tuple[Task, ...], ...]
    """In the order of the files; the tasks of a group are slices of one file."""

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in their order."""
        return tuple(task for group in self.groups for task in group)


def files_of(locations: Iterable[str]) -> list[File]:
    """All files at the locations, in the order in which they are read; one that is not there is listed all the same."""
    return [file for place, location in enumerate(locations) for file in _files(place, location)]


def _files(place: int, location: str) -> Iterator[File]:
    if not accepts(location):
        yield File(place, location)
        return
    path = Path(location).expanduser().absolute()
    found = files_in(path) if path.is_dir() else [(path, "")]
    for file, name in found:
        try:
            about = file.stat()
            yield File(place, str(file), name, about.st_size, about.st_mtime_ns)
        except (OSError, ValueError):  # whoever reads it will say why
            yield File(place, str(file), name)


def waves(files: Sequence[File], tasks: int) -> Iterator[Wave]:
    """The files in waves of about so many `tasks`; what is little is cut finer, so that it gives all workers work."""
    size = min(max(sum(file.size for file in files) // max(tasks, 1), LEAST), MOST)
    start = 0
    while start < len(files):
        groups: list[tuple[Task, ...]] = []
        count = end = 0
        while end < len(files) - start and count < tasks:
            group, taken = _group(files, start, end, size)
            groups.append(group)
            count, end = count + len(group), end + taken
        yield Wave(tuple(files[start : start + end]), tuple(groups))
        start += end


def _group(files: Sequence[File], start: int, at: int, size: int) -> tuple[tuple[Task, ...], int]:
    """The tasks, of about `size` bytes each, for the file numbered `at` of a wave that begins at `start`, and how many
    files they take."""
    first = files[start + at]
    if first.size > size:
        slices = min(-(-first.size // size), SLICES)
        return tuple(Task(((at, first),), number, slices) for number in range(slices)), 1
    chosen, taken = [(at, first)], first.size
    for number in range(at + 1, len(files) - start):
        file = files[start + number]
        taken += file.size
        if taken > size or len(chosen) == FILES:
            break
        chosen.append((number, file))
    return (Task(tuple(chosen)),), len(chosen)
