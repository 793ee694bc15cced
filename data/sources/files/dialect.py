"""How a table in text separates its columns: the separator, and whether quotes protect it.

A table is recognised by rows that agree on the number of columns; a story with a comma in each line must not be one, so
a header with names that we know counts for more than agreement.
"""

from __future__ import annotations

import csv
import re
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple

from data.sources.files.columns import is_value, recognise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEPARATORS = (",", ";", "\t", "|")
_LINES = 200
_LONGEST_NAME = 80
_DECLARED = re.compile(r"\ufeff?sep=([,;\t|])\r?\n")
"""The line by which Excel is told the separator."""


class Dialect(NamedTuple):
    """`quoted` is False where quotes are letters like any other, as in GDELT files."""

    separator: str
    quoted: bool = True


def reader_of(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """The csv module's strict reader of a dialect, for fields of any length."""
    csv.field_size_limit(sys.maxsize)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE
    return csv.reader(lines, delimiter=dialect.separator, quoting=quoting, strict=True)


def sniff(sample: str) -> Dialect | None:
    """The dialect of a sample of a file, or None where it is no table."""
    declared = _DECLARED.match(sample)
    if declared:
        return Dialect(declared[1])
    dialects = [Dialect(separator) for separator in SEPARATORS]
    if not _has_quoted_fields(sample, "\t"):
        dialects.append(Dialect("\t", quoted=False))  # with tabs alone, writers leave quotes as they are
    scores = {dialect: _score(*_rows(sample, dialect)) for dialect in dialects}
    best = max(scores, key=lambda dialect: scores[dialect])
    return best if scores[best] > (0, 0.0) else None


def _has_quoted_fields(sample: str, separator: str) -> bool:
    fields = (field.strip() for line in sample.splitlines()[:_LINES] for field in line.split(separator))
    return any(len(field) > 1 and field.startswith('"') and field.endswith('"') for field in fields)


def _rows(sample: str, dialect: Dialect) -> tuple[list[list[str]], int]:
    """The first rows and the number of broken ones; the last line may be cut and is left out where there are others."""
    lines = sample.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    lines = (lines[:-1] if len(lines) > 2 else lines)[:_LINES]
    rows: list[list[str]] = []
    broken = 0
    reader = reader_of((line + "\n" for line in lines), dialect)
    while True:
        try:
            rows.append(next(reader))
        except StopIteration:
            return [row for row in rows if row], broken
        except csv.Error as error:
            broken += "unexpected end" not in str(error)  # a quoted field that the sample cuts is not broken


def _score(rows: list[list[str]], broken: int) -> tuple[int, float]:
    """Known names in the header, then how many rows agree with it (0 to 1, wider wins a tie); (0, 0) is no table."""
    if not rows or len(rows[0]) < 2:
        return 0, 0.0
    header, width = rows[0], len(rows[0])
    agreeing = sum(1 for row in rows if len(row) == width) / (len(rows) + broken)
    known = len(recognise(header))
    if known and all(len(name) <= _LONGEST_NAME for name in header) and (agreeing >= 0.5 or known > 1):
        return known, agreeing + width / 1000
    # Without a name that we know nearly all rows must agree, and the first cells be no parts of a sentence.
    if len(rows) > 1 and agreeing >= 0.9 and (_looks_like_names(header) or any(map(is_value, header))):
        return 0, agreeing + width / 1000
    return 0, 0.0


def _looks_like_names(header: list[str]) -> bool:
    distinct = len({name.strip().casefold() for name in header}) == len(header)
    short = all(0 < len(name.strip()) <= 30 and len(name.split()) <= 3 for name in header)
    return distinct and short and not any(name.rstrip().endswith((".", "!", "?")) for name in header)
