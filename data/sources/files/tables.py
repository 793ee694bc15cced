"""Tables in text: one record at a time, each either whole or rejected, none lost.

The csv module reads the records; this module counts the lines that it takes. Where a record is broken, its first line
alone is rejected and reading resumes at the line after it, so that a quote that is never closed costs one row and not
the rest of the file.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from typing import TYPE_CHECKING

from data.errors import SourceError
from data.sources.files import choices
from data.sources.files.columns import is_value, recognise
from data.sources.files.dialect import Dialect, reader_of, sniff
from data.sources.files.encoding import SAMPLE, Line, decode, encoding_of, lines
from data.sources.files.mapping import Record, rows
from data.sources.rows import reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.articles import Reject
    from data.sources.files.members import Member
    from data.sources.rows import Row

MOST_LINES = 10_000
"""Lines of one record; where more would be needed, a quote was left open."""
MOST_CHARACTERS = 16 << 20
MOST_HEADER = 1 << 16
"""Characters of a header by which a table is known again."""
_SEP = re.compile(r"\ufeff?sep=.")


def read(member: Member) -> Iterator[Row | Reject]:
    """The rows of a table; SourceError where no column holds a title or text."""
    return rows(opened(member), member.name)


def opened(member: Member) -> Callable[[], Iterator[Record | Reject]]:
    """What gives the records of a table, each time from the first."""
    encoding = encoding_of(member)
    with member.open() as stream:
        dialect = sniff(decode(stream.read(SAMPLE), encoding))
    if dialect is None:
        raise SourceError("the table has no columns that can be told apart")
    encoding = _chosen_encoding(member, encoding, dialect)
    return lambda: records(member.name, lines(member, encoding), dialect)


def _chosen_encoding(member: Member, encoding: str, dialect: Dialect) -> str:
    """The encoding that the user chose for tables with this header, else `encoding`."""
    first = next(lines(member, encoding), None)
    try:
        header = next(reader_of([first.text[:MOST_HEADER]], dialect), []) if first else []
    except csv.Error:
        return encoding
    choice = None if member.encoding else choices.recall(choices.signature(header))
    return choice.encoding if choice and choice.encoding else encoding


def records(file: str, source: Iterator[Line], dialect: Dialect) -> Iterator[Record | Reject]:
    """Each row below the header as a record or a reject, numbered from 1; blank lines do not count."""
    reader = _Reader(source, dialect)
    header: list[str] = []
    number = 0
    for fields, reason in reader:
        if not header:
            if _SEP.fullmatch(reader.text()):
                continue
            if reason:
                raise SourceError(f"the first line, which should name the columns, cannot be read: {reason}")
            header = _names(fields)
            if not _is_headless(fields):
                continue
        reason = reason or _objection(fields, reader.text(), len(header))
        if reason and len(fields) != len(header) and reader.swallowed(len(header)):
            reason = reader.give_back("a quote is never closed")
        number += 1
        if reason:
            yield reject(file, number, f"line {reader.first}: {reason}", reader.text())
        else:
            yield Record(number, dict(zip(header, fields, strict=False)))


class _TooLongError(Exception):
    """A record would not end."""


class _Reader:
    """Records by the csv module, over lines that can be given back to it."""

    def __init__(self, source: Iterator[Line], dialect: Dialect) -> None:
        self._source = source
        self._dialect = dialect
        self._returned: deque[Line] = deque()
        self._taken: list[Line] = []
        self._size = 0
        self._csv = reader_of(self._feed(), dialect)

    @property
    def first(self) -> int:
        """Number of the line where the current record starts."""
        return self._taken[0].number

    def text(self) -> str:
        """The current record as the file has it."""
        return "\n".join(line.text for line in self._taken)

    def __iter__(self) -> Iterator[tuple[list[str], str]]:
        """Fields of each record and why it is none; with a reason, the first line alone has been consumed."""
        while True:
            self._taken, self._size = [], 0
            try:
                fields = next(self._csv)
            except StopIteration:
                return
            except _TooLongError:
                yield [], self.give_back("a quote is never closed")
            except csv.Error as error:
                yield [], self.give_back(_plainly(str(error)))
            else:
                if any(fields) or len(fields) > 1:
                    yield fields, "the line is too long" if self._taken[0].cut else ""

    def give_back(self, reason: str) -> str:
        """Returns all lines but the first of the current record to be read again; passes `reason` on."""
        self._returned.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        self._csv = reader_of(self._feed(), self._dialect)
        return reason

    def swallowed(self, width: int) -> bool:
        """Whether the lines between the first and the last are each a record of `width` fields: a quote ran across."""
        others = [line.text for line in self._taken[1:-1]]
        return bool(others) and all(len(self._alone(text)) == width for text in others)

    def _alone(self, text: str) -> list[str]:
        try:
            return next(reader_of([text], self._dialect), [])
        except csv.Error:
            return []

    def _feed(self) -> Iterator[str]:
        while True:
            line = self._returned.popleft() if self._returned else next(self._source, None)
            if line is None:
                return
            self._taken.append(line)
            self._size += len(line.text)
            if len(self._taken) > 1 and (len(self._taken) > MOST_LINES or self._size > MOST_CHARACTERS):
                raise _TooLongError
            yield line.text + "\n"


def _plainly(error: str) -> str:
    if "unexpected end" in error:
        return "a quote is never closed"
    if "new-line" in error:
        return "a line break of another system in the middle"
    return "text follows a closing quote"


def _objection(fields: list[str], text: str, width: int) -> str:
    if "\0" in text:
        return "it holds a NUL character"
    if len(fields) < width or any(fields[width:]):  # empty columns at the end are no information
        return f"{len(fields)} fields where the header has {width}"
    return ""


def _names(fields: list[str]) -> list[str]:
    """The names of the columns, made unique; numbered where the first row is no header."""
    if _is_headless(fields):
        return [f"column {number}" for number in range(1, len(fields) + 1)]
    names: list[str] = []
    for number, field in enumerate(fields, 1):
        name = field.strip() or f"column {number}"
        names.append(name if name not in names else f"{name} (column {number})")
    return names


def _is_headless(fields: list[str]) -> bool:
    return not {"title", "text"} & recognise(fields).keys() and any(map(is_value, fields))
