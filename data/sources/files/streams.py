"""Byte streams that come to a quiet end: damage and excess become a `fault` on the stream, not an exception.

Whatever was read before stays read; who reads to the end asks for the fault and reports it.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

MAX_BYTES = 1 << 30
"""Most bytes read from one file, after unpacking."""
MAX_RATIO = 200
"""Most unpacked bytes for each packed one. News packs 3 to 20 times, deflate at its limit 1,032 times."""
FREE_BYTES = 32 << 20
"""Up to here the ratio is not asked for: a short file of spaces harms nobody."""

DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


class Capped(io.RawIOBase):
    """Reads `inner` up to the limits; `packed` is its size in the archive, 0 where it is not packed."""

    def __init__(self, inner: BinaryIO | io.RawIOBase, packed: int = 0, limit: int = MAX_BYTES) -> None:
        super().__init__()
        self.fault = ""
        self._inner = inner
        self._packed = packed
        self._limit = limit
        self._count = 0

    @property
    def consumed(self) -> int:
        """Bytes of the file that were read: packed ones of a gzip, unpacked ones of all others."""
        return self._inner.used if isinstance(self._inner, Inflate) else self._count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        if self.fault:
            return 0
        try:
            chunk = self._inner.read(len(view)) or b""
        except DAMAGE as error:
            self.fault = f"the file is damaged or ends too early ({str(error) or type(error).__name__})"
            return 0
        limit = min(self._limit, max(FREE_BYTES, MAX_RATIO * self._packed)) if self._packed else self._limit
        if self._count + len(chunk) > limit:
            self.fault = f"the file holds more than {limit:,} bytes when unpacked; the rest was not read. Split it"
            chunk = chunk[: limit - self._count]
        self._count += len(chunk)
        view[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()


class Inflate(io.RawIOBase):
    """Unpacks deflated bytes from where `packed` stands, in bounded steps; a stream cut short raises EOFError.

    `bits` as in zlib.decompressobj: 31 for gzip, where members that follow are read on; -15 for the inside of a zip.
    """

    _STEP = 1 << 16

    def __init__(self, packed: BinaryIO, bits: int = 31) -> None:
        super().__init__()
        self._packed = packed
        self._bits = bits
        self._inflater = zlib.decompressobj(bits)
        self._rest = b""
        self.used = 0
        """Packed bytes consumed."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while len(view):
            if self._inflater.eof and not self._next_member():
                return 0
            packed = self._rest or self._packed.read(self._STEP)
            chunk = self._inflater.decompress(packed, len(view))  # without input it may still hold some output
            if not packed and not chunk and not self._inflater.eof:
                raise EOFError("cut off in the middle")
            self._rest = self._inflater.unconsumed_tail or self._inflater.unused_data
            self.used += len(packed) - len(self._rest)
            if chunk:
                view[: len(chunk)] = chunk
                return len(chunk)
        return 0

    def _next_member(self) -> bool:
        if self._bits != 31:
            return False
        self._rest = (self._rest or self._packed.read(self._STEP)).lstrip(b"\0")  # tapes pad with zeros
        if not self._rest:
            return False
        if not self._rest.startswith(b"\x1f"):
            raise OSError("other bytes follow the packed ones")
        self._inflater = zlib.decompressobj(self._bits)
        return True

    def close(self) -> None:
        if not self.closed:
            self._packed.close()
        super().close()
