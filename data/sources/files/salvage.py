"""The members of a zip archive that lost its end, and with it the list of what it holds.

Each member repeats its name and size in a header of its own (PKWARE APPNOTE 4.3.7); these are followed one after the
other until the file ends or makes no sense.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, NamedTuple

from data.sources.files.streams import Capped, Inflate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_HEADER = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 1, 8, 1 << 11
_MOST = 10_000


class _Found(NamedTuple):
    name: str
    method: int
    start: int
    size: int | None
    """Packed bytes; None where only unpacking tells."""


def salvage(path: Path) -> Iterator[tuple[str, Callable[[], Capped]]]:
    """Name and opener of each member that can still be found, in the order of the file."""
    offset = 0
    for _ in range(_MOST):
        found = _header(path, offset)
        if found is None:
            return
        if not found.name.endswith("/"):
            yield found.name, _opener(path, found)
        if found.size is not None:
            offset = found.start + found.size
        elif (measured := _measure(path, found)) is not None:
            offset = found.start + measured
            offset += _descriptor(path, offset)
        else:
            return


def _header(path: Path, offset: int) -> _Found | None:
    with path.open("rb") as file:
        file.seek(offset)
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size or not head.startswith(b"PK\x03\x04"):
            return None
        _, _, flags, method, _, _, _, size, _, name_length, extra_length = _HEADER.unpack(head)
        name = file.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        file.seek(extra_length, io.SEEK_CUR)
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED) or (flags & _SIZES_FOLLOW and method == _STORED):
            return None
        return _Found(name, method, file.tell(), None if flags & _SIZES_FOLLOW else size)


def _opener(path: Path, found: _Found) -> Callable[[], Capped]:
    def opened() -> Capped:
        file = path.open("rb")
        file.seek(found.start)
        if found.method == _DEFLATED:
            return Capped(Inflate(file, bits=-15), packed=path.stat().st_size)
        return Capped(_Part(file, found.size or 0))

    return opened


class _Part(io.RawIOBase):
    """The next `size` bytes of `file`; EOFError where there are fewer."""

    def __init__(self, file: io.BufferedReader, size: int) -> None:
        super().__init__()
        self._file = file
        self._left = size

    def read(self, size: int = -1, /) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        chunk = self._file.read(wanted)
        if wanted and not chunk:
            raise EOFError("cut off in the middle")
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._file.close()
        super().close()


def _measure(path: Path, found: _Found) -> int | None:
    """Packed size of a member by unpacking it; None where it is damaged or too large."""
    with path.open("rb") as file:
        file.seek(found.start)
        inflate = Inflate(file, bits=-15)
        capped = Capped(inflate, packed=path.stat().st_size)
        buffer = bytearray(1 << 16)
        while capped.readinto(buffer):
            pass
        return None if capped.fault else inflate.used


def _descriptor(path: Path, offset: int) -> int:
    """Length of the sizes that follow a member: 12 bytes, or 16 with their own mark."""
    with path.open("rb") as file:
        file.seek(offset)
        return 16 if file.read(4) == b"PK\x07\x08" else 12
