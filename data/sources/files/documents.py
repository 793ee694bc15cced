"""JSON: a list of records, an object that holds one, a single record, or a record a line.

A document that breaks, or was cut off, gives the records before the break. NaN and Infinity are no JSON (RFC 8259).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from data.errors import SourceError
from data.sources.files.encoding import encoding_of, lines
from data.sources.files.mapping import Record, rows
from data.sources.meter import counted
from data.sources.rows import reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.articles import Reject
    from data.sources.files.members import Member
    from data.sources.rows import Row

MAX_DOCUMENT = 200 << 20
"""Bytes of a JSON document, which must be in memory as a whole; JSON Lines may be of any size."""

# Names under which services and exports hold their list of articles, tried in this order.
_LISTS: tuple[str, ...] = ("articles", "results", "items", "data", "stories", "news", "entries", "documents", "docs")
_LISTS += ("records", "rows", "response", "hits", "posts", "value")
_BROKEN = (ValueError, RecursionError)
DEEPEST = 500
"""Brackets inside one another; Python's parser gives up at about a thousand."""
_STRING = r'"(?:[^"\\]|\\.)*"'
_BRACKETS = re.compile(rf"{_STRING}|[\[\]{{}}]", re.DOTALL)
_CONSTANTS = re.compile(rf"{_STRING}|NaN|-?Infinity", re.DOTALL)


def read(member: Member) -> Iterator[Row | Reject]:
    """The records of a JSON document; SourceError where there are none."""
    return rows(opened(member), member.name)


def read_lines(member: Member) -> Iterator[Row | Reject]:
    """The records of a JSON Lines file, one a line; a bad line is a reject with its number."""
    return rows(opened_lines(member), member.name)


def opened(member: Member) -> Callable[[], Iterator[Record | Reject]]:
    """What gives the records of a JSON document, each time from the first."""
    with member.open() as stream:
        data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        if _begins_with_object(member):
            return opened_lines(member)
        raise SourceError(
            f"a JSON document of more than {MAX_DOCUMENT >> 20} MB. Save it as JSON Lines, a record a line"
        )
    text = data.decode(encoding_of(member), "replace").lstrip("\ufeff")
    del data
    found = list(_records(member.name, text))
    passes = iter([counted(found)])  # a second pass is for the dates alone
    return lambda: next(passes, iter(found))


def opened_lines(member: Member) -> Callable[[], Iterator[Record | Reject]]:
    """What gives the records of a JSON Lines file, each time from the first."""
    encoding = encoding_of(member)

    def records() -> Iterator[Record | Reject]:
        for line in lines(member, encoding):
            text = line.text.strip("\ufeff \t\r")
            if text:
                yield _record(member.name, line.number, parse(text), text)

    return records


def _begins_with_object(member: Member) -> bool:
    first = next(lines(member, encoding_of(member)), None)
    return first is not None and isinstance(parse(first.text.lstrip("\ufeff")), dict)


class Broken(str):
    """Why something is no JSON; stands where a value should."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_constant=lambda name: Broken(f"no valid JSON: {name} is no number"))


def parse(text: str) -> object:
    """The value of a JSON document; a Broken in its place, or within it, says why it is none."""
    try:
        return _DECODER.decode(text)
    except _BROKEN as error:
        return _reason(error, text)


def _reason(error: Exception, text: str) -> Broken:
    if isinstance(error, RecursionError):
        return Broken(f"no JSON that can be read: nested too deeply (line {_too_deep(text)})")
    return Broken(f"no valid JSON: {error}")


def _constant(text: str) -> int:
    """The line of the first NaN or Infinity, which Python's parser reads without a word on where it stands."""
    found = (match for match in _CONSTANTS.finditer(text) if not match[0].startswith('"'))
    match = next(found, None)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _too_deep(text: str) -> int:
    """The line in which a bracket stands inside DEEPEST others."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > DEEPEST:
            return text.count("\n", 0, match.start()) + 1
    return 1


def _record(file: str, number: int, value: object, raw: str = "") -> Record | Reject:
    broken = _broken(value)
    if broken:
        return reject(file, number, broken, raw or value)
    if not isinstance(value, dict):
        return reject(file, number, "no record of named values", raw or value)
    inner = value.get("_source")  # the wrapping of search engines
    return Record(number, inner if isinstance(inner, dict) else value)


def _broken(value: object) -> str:
    """Why `value` is, or holds, no JSON; empty where all is well."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Broken):
            return str(value)
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return ""


def _records(file: str, text: str) -> Iterator[Record | Reject]:
    value = parse(text)
    items = _salvaged(text, value) if isinstance(value, Broken) else iter(_items(value))
    for number, item in enumerate(items, 1):
        if number == 1 and isinstance(item, Broken):
            where = "" if "line" in item else f" (line {_constant(text)})"
            raise SourceError(f"the file looks like JSON but is {item}{where}")
        yield _record(file, number, item)


def _salvaged(text: str, reason: Broken) -> Iterator[object]:
    """The items of a broken document as far as they can be read, then why it is broken.

    Objects that follow each other without a list around them are a common export and no damage.
    """
    position = _skip(text, 0)
    listed = text[position : position + 1] != "{" or not isinstance(_decode(text, position)[0], dict)
    if listed:
        position = _list_start(text, position)
    while position < len(text) and text[position] not in "]}":
        value, position = _decode(text, position)
        if isinstance(value, Broken):
            break
        yield value
        position = _skip(text, position)
    if listed or position < len(text):
        yield reason


def _decode(text: str, position: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except _BROKEN as error:
        return _reason(error, text), position


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n,":
        position += 1
    return position


def _list_start(text: str, position: int) -> int:
    """Where the first item of the list stands that a broken document is or holds; its end where there is none."""
    while text[position : position + 1] == "{":
        position = _skip(text, position + 1)
        while position < len(text):
            name, position = _decode(text, position)
            position = _skip(text, position)
            if not isinstance(name, str) or text[position : position + 1] != ":":
                return len(text)
            position = _skip(text, position + 1)
            if name in _LISTS and text[position : position + 1] in "[{":
                break
            value, position = _decode(text, position)
            if isinstance(value, Broken):
                return len(text)
            position = _skip(text, position)
    return _skip(text, position + 1) if text[position : position + 1] == "[" else len(text)


def _items(document: object) -> list[Any]:
    """The list that a document is, or holds; a lone record is a list of one."""
    found = _listed(document)
    if found is not None:
        return found
    if isinstance(document, dict):
        if document.get("status") == "error":
            raise SourceError(
                f"the file holds no articles but an error of its service: {document.get('message')!r:.200}"
            )
        return [document]
    raise SourceError("the file holds a single JSON value and no records")


def _listed(value: object, depth: int = 3) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and depth:
        for name in _LISTS:
            found = _listed(value.get(name), depth - 1)
            if found is not None and (not found or any(isinstance(item, dict) for item in found)):
                return found
    return None
