"""A body taken from the wire and unpacked in small steps, so that a bomb is noticed before it has gone off."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from data.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STEP = 1 << 16
"""Bytes that are unpacked at a time."""
GZIP = b"\x1f\x8b"


def unpacked(chunks: Iterable[bytes], encoding: str, limit: int, name: str) -> bytes:
    """The bytes of a body sent with a Content-Encoding; FetchError where they are more than `limit` or damaged.

    Only gzip and nothing at all are known: more was not asked for. `name` is what messages call the address.
    """
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(f"{name} sends its answer packed as {encoding[:40]!r}, which was not asked for.")
    packed = encoding in ("gzip", "x-gzip")
    capped = _capped(chunks, limit, name)
    try:
        body = b"".join(_capped(_inflated(capped, name), limit, name) if packed else capped)
    except zlib.error as error:
        raise FetchError(f"{name} sends a damaged answer ({error}).") from error
    if packed and body.startswith(GZIP):
        raise FetchError(f"{name} sends its answer packed twice; it is not opened.")
    return body


def _capped(chunks: Iterable[bytes], limit: int, name: str) -> Iterator[bytes]:
    count = 0
    for chunk in chunks:
        count += len(chunk)
        if count > limit:
            raise FetchError(f"{name} sends more than {limit:,} bytes; it is not read.")
        yield chunk


def _inflated(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(31)
    begun = False
    for chunk in chunks:
        begun = begun or bool(chunk)
        full = False
        while chunk or full:
            if inflater.eof:
                if not chunk.startswith(GZIP):  # what else follows is padding
                    return
                inflater = zlib.decompressobj(31)
            part = inflater.decompress(chunk, STEP)
            yield part
            chunk = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            full = len(part) == STEP and not inflater.eof  # without input it may still hold some output
    if begun and not inflater.eof:
        raise FetchError(f"{name} sends an answer that breaks off.")
