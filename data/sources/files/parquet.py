"""Parquet tables, by row groups and in the columns that are needed."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

from data.errors import SourceError
from data.sources.files.columns import recognise
from data.sources.files.mapping import Record, rows
from data.sources.rows import reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from data.articles import Reject
    from data.sources.files.members import Member
    from data.sources.rows import Row

_BATCH = 256
_STEP = 1 << 20
_SPOOLED = 64 << 20
"""Bytes of an unpacked file kept in memory before it goes to a temporary one; its end must be read first."""


def read(member: Member) -> Iterator[Row | Reject]:
    """The rows of a Parquet file; SourceError where it is damaged or holds no title and no text."""
    return rows(opened(member), member.name)


def opened(member: Member) -> Callable[[], Iterator[Record | Reject]]:
    """What gives the records of a Parquet file, each time from the first."""
    return lambda: _records(member)


def _records(member: Member) -> Iterator[Record | Reject]:
    import pyarrow as pa
    from pyarrow import parquet

    errors = (pa.ArrowException, ValueError, OSError, OverflowError, TypeError)
    with _seekable(member) as file:
        try:
            table = parquet.ParquetFile(file)
            batches = table.iter_batches(batch_size=_BATCH, columns=_needed(table.schema_arrow))
        except errors as error:
            raise SourceError(f"a Parquet file that cannot be read ({_short(error)})") from error
        number = 0
        while True:
            try:
                batch = next(batches, None)
            except errors as error:
                yield reject(member.name, 0, f"the rest of the Parquet file cannot be read ({_short(error)})")
                return
            if batch is None:
                return
            for index in range(batch.num_rows):
                number += 1
                try:
                    values = batch.slice(index, 1).to_pylist()[0]
                except errors as error:
                    yield reject(member.name, number, f"a value cannot be read ({_short(error)})")
                else:
                    yield Record(number, values)


def _needed(schema: Any) -> list[str] | None:  # pyarrow has no types
    """The outer columns to read, or None for all where the names say nothing."""
    flat: dict[str, str] = {}
    for field in schema:
        inner = [field.type.field(i).name for i in range(field.type.num_fields)] if _is_struct(field.type) else []
        flat |= {f"{field.name}.{name}": field.name for name in inner} or {field.name: field.name}
    found = recognise(flat)
    if not {"title", "text", "summary"} & found.keys():
        return None
    return list(dict.fromkeys(flat[name] for name in found.values()))


def _is_struct(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_struct(kind))


def _seekable(member: Member) -> BinaryIO:
    if member.path is not None:
        return member.path.open("rb")
    spooled = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115  # closed by who asked for it
    with member.open() as stream:
        while chunk := stream.read(_STEP):
            spooled.write(chunk)
    spooled.seek(0)
    return spooled  # type: ignore[return-value]  # has all methods of one


def _short(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
