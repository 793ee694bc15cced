"""From a location to the files in it: a file itself, the files of a folder, the members of a zip, the inside of a gzip.

Nothing is unpacked to disk and no name from an archive is ever used as a path. An archive inside an archive is refused.
"""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from data.errors import SourceError
from data.sources.files.salvage import salvage
from data.sources.files.streams import MAX_BYTES, Capped, Inflate
from data.sources.rows import reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from data.articles import Reject

MAX_MEMBERS = 10_000
MAX_TOTAL = 8 << 30
"""Most bytes that the members of one zip may say they hold together."""

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
GZIP = b"\x1f\x8b"

WORD = "word/document.xml"
"""The text of a Word document, which is a zip archive of XML files."""
_OFFICE = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint file",
    "META-INF/manifest.xml": "an OpenDocument file",
    "META-INF/container.xml": "an electronic book",
}


class Stream(io.BufferedReader):
    """A buffered stream over a capped one."""

    def __init__(self, raw: Capped) -> None:
        super().__init__(raw, buffer_size=1 << 16)


@dataclass(slots=True)
class Member:
    """One file to be read, as often as needed: each `open` starts at its first byte."""

    name: str
    """For display only."""
    _raw: Callable[[], Capped]
    path: Path | None = None
    """Where it lies; None for what came out of an archive, which must not be an archive itself."""
    size: int = 0
    """Bytes that it takes up where it lies, packed or not; 0 where that is not known."""
    unpacked: int = 0
    """Bytes that its stream counts, where these are not those that it takes up."""
    encoding: str = ""
    """The encoding that the user says it is in."""
    _opened: list[Capped] = field(default_factory=list)

    def open(self) -> Stream:
        """A new stream; OSError or SourceError where that is impossible."""
        self._opened.append(self._raw())
        return Stream(self._opened[-1])

    def consumed(self) -> int:
        """Bytes read so far, as `size` counts them; those of the stream that was opened first if there are several."""
        stream = next((stream for stream in self._opened if not stream.closed), None)
        if stream is None:
            return self.size if self._opened else 0
        return stream.consumed * self.size // self.unpacked if self.unpacked else stream.consumed

    @property
    def fault(self) -> str:
        """Why reading ended before the file did, or empty."""
        return next((stream.fault for stream in self._opened if stream.fault), "")


def members_at(location: Path) -> Iterator[Member | Reject]:
    """Every file at `location`, and a Reject for each that cannot be opened; SourceError where the whole cannot."""
    if location.is_dir():
        yield from _folder(location)
    else:
        yield from _file(location, clean_name(location.name))


def size_at(location: Path) -> int:
    """Bytes of the files at `location`, as far as they can be told without opening any."""
    total = 0
    for path in _visible(location) if location.is_dir() else (location,):
        with suppress(OSError):
            total += path.stat().st_size
    return total


def files_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file in a folder and below, in the order in which they are read, with the name that it is shown under."""
    return ((path, clean_name(path.relative_to(folder).as_posix())) for path in _visible(folder))


def members_of(path: Path, name: str) -> Iterator[Member | Reject]:
    """One file of a folder, shown as `name`: its members, and a Reject where it cannot be opened."""
    if not path.is_file():  # a pipe or a device would wait for ever
        yield reject(name, 0, "no regular file")
        return
    try:
        yield from _file(path, name)
    except (SourceError, OSError) as error:
        yield reject(name, 0, why(error))


def _folder(folder: Path) -> Iterator[Member | Reject]:
    for path, name in files_in(folder):
        yield from members_of(path, name)


def _visible(folder: Path) -> Iterator[Path]:
    """Files below `folder` in the order of their names; what starts with a dot is skipped, links to folders too."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _file(path: Path, name: str) -> Iterator[Member | Reject]:
    with path.open("rb") as file:
        start = file.read(4)
    if start == ZIP:
        yield from _zip(path, name)
    elif start == EMPTY_ZIP:
        raise SourceError(f"{name} is an empty zip archive.")
    elif start.startswith(GZIP):
        size = path.stat().st_size
        yield Member(name, lambda: Capped(Inflate(path.open("rb")), packed=size), size=size)
    else:
        yield Member(name, lambda: Capped(path.open("rb"), limit=_LARGE), path, path.stat().st_size)


_LARGE = 1 << 40
"""A file that is not packed may be larger than one that is: its size is no surprise."""


def _zip(path: Path, name: str) -> Iterator[Member | Reject]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        yield from _salvaged(path, name, str(error))
        return
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
        _refuse_bombs(name, infos)
        word = next((info for info in infos if info.filename == WORD), None)
        for info in [word] if word else infos:
            yield _zipped(archive, info, name if word else f"{name}/{clean_name(info.filename)}")


def _salvaged(path: Path, name: str, reason: str) -> Iterator[Member | Reject]:
    for inner, opened in salvage(path):
        if not _hidden(inner):
            yield Member(f"{name}/{clean_name(inner)}", opened)
    yield reject(name, 0, f"the zip archive is damaged or ends too early ({reason}); what could be found was read")


def _refuse_bombs(name: str, infos: list[zipfile.ZipInfo]) -> None:
    kind = office_kind(info.filename for info in infos)
    if kind:
        raise SourceError(f"{name} is {kind}, which cannot be read. Save it as CSV or plain text and give that file.")
    if len(infos) > MAX_MEMBERS:
        raise SourceError(
            f"{name} holds {len(infos):,} files, more than {MAX_MEMBERS:,}. Unpack it and give the folder."
        )
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise SourceError(f"{name} unpacks to more than {MAX_TOTAL >> 30} GB. Unpack it and give the folder.")


def office_kind(names: Iterator[str]) -> str:
    """What office document a zip with these members is, or empty."""
    return next((_OFFICE[name] for name in names if name in _OFFICE), "")


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> Member | Reject:
    if info.flag_bits & 1:
        return reject(shown, 0, "the file is locked with a password; unpack it and give the folder")

    def opened() -> Capped:
        try:
            inner: BinaryIO = archive.open(info)  # type: ignore[assignment]  # a reader that is no BinaryIO by name only
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
            raise SourceError(f"the file cannot be unpacked ({error})") from error
        return Capped(inner, packed=max(info.compress_size, 1), limit=MAX_BYTES)

    return Member(shown, opened, size=info.compress_size, unpacked=info.file_size)


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts


def clean_name(name: str) -> str:
    """`name` fit for display: no control characters, no lone surrogates, at most 200 characters."""
    kept = "".join(char if char.isprintable() else "\ufffd" for char in name[-200:])
    return kept or "unnamed"


def why(error: Exception) -> str:
    """The reason in an error's words, without a path that the reader did not ask for."""
    if isinstance(error, OSError):
        return f"cannot be opened ({error.strerror or type(error).__name__})"
    return str(error)
