"""What files are, and why they are taken for it, before they are added."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from data.articles import Reject
from data.dates import day_first, is_numeric
from data.errors import SourceError
from data.sources.cleaning import line
from data.sources.files import FORMATS, choices, mapping
from data.sources.files.columns import recognise
from data.sources.files.encoding import encoding_of
from data.sources.files.mapping import Record, flatten
from data.sources.files.members import Member, members_at, why
from data.sources.files.recognise import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.sources.files import Format

SHOWN = 200
"""Characters of a cell that are shown."""
MOST_FILES = 100
"""Files of a folder or archive that are described."""


@dataclass(frozen=True, slots=True)
class Described:
    """One file as it is understood."""

    file: str
    label: str
    """What it is, such as "newsapi.org articles (JSON)"; empty where it cannot be read."""
    why: str
    """By what it was recognised, or why it cannot be read."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """The column for each of our fields, where columns were recognised by name or shape."""


def describe(location: str) -> list[Described]:
    """What the files at `location` are, MOST_FILES at most; SourceError where nothing can be opened there."""
    place = Path(location).expanduser()
    try:
        return [_described(item) for item in islice(members_at(place), MOST_FILES)]
    except (OSError, ValueError) as error:
        raise SourceError(f"{location!r} cannot be opened.") from error


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table or list of records, for a user to say what its columns are."""

    file: str
    label: str
    why: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """As many cells as columns, each cut to SHOWN characters."""
    mapping: Mapping[str, str]
    """The column for each of our fields, as chosen before or recognised."""
    signature: str
    """What :func:`data.sources.files.choices.remember` needs."""
    encoding: str
    certain: bool
    """Whether the names, or a choice made before, say which column is what."""
    ambiguous_dates: bool
    """Whether dates such as 01/02/2026 stand there without any that tells their order."""
    fault: str = ""
    """Why the file cannot be read as it is."""


def preview(location: str, limit: int = 5, encoding: str = "") -> list[Preview]:
    """The first `limit` rows of each file with columns at `location`, read in `encoding` where one is given.

    SourceError where nothing can be opened there. Files without columns are left out, see :func:`describe`.
    """
    _check_encoding(encoding)
    place = Path(location).expanduser()
    try:
        found = [_previewed(item, limit, encoding) for item in islice(members_at(place), MOST_FILES)]
    except (OSError, ValueError) as error:
        raise SourceError(f"{location!r} cannot be opened.") from error
    return [item for item in found if item is not None]


def _check_encoding(encoding: str) -> None:
    """SourceError where there is no such encoding."""
    try:
        codecs.lookup(encoding or "utf-8")
    except LookupError as error:
        raise SourceError(f"There is no encoding {encoding!r}. Common ones: utf-8, utf-16, cp1252, gb18030.") from error


def _previewed(item: Member | Reject, limit: int, encoding: str) -> Preview | None:
    if isinstance(item, Reject):
        return None
    item.encoding = encoding
    try:
        form = FORMATS[kind_of(item)]
        head = list(islice(form.records(item)(), mapping.HEAD)) if form.records else []
    except (SourceError, OSError):
        return None
    flat = [flatten(record.values) for record in head if isinstance(record, Record)]
    if not flat:
        return None
    names = tuple(dict.fromkeys(name for values in flat for name in values))
    shown = tuple(tuple(_cell(values.get(name)) for name in names) for values in flat[:limit])
    found, certain, ambiguous, fault = _guess(head, flat, names)
    table, read_in = choices.signature(names), encoding_of(item)
    return Preview(item.name, form.label, form.why, names, shown, found, table, read_in, certain, ambiguous, fault)


def _guess(
    head: list[Record | Reject], flat: list[Mapping[str, object]], names: tuple[str, ...]
) -> tuple[dict[str, str], bool, bool, str]:
    """Which column is what, whether that is certain, whether dates are ambiguous, and why nothing can be told."""
    try:
        export, columns, choice = mapping.meaning(head)
    except SourceError as error:
        return {}, False, False, str(error)
    found = {name: column for values in flat for name, column in columns.of(values).items()}
    dates = list(columns.dates(head))
    settled = (choice is not None and choice.day_first is not None) or day_first(dates) is not None
    named = bool({"title", "text"} & recognise(names).keys())
    return found, bool(export or choice or named), any(map(is_numeric, dates)) and not settled, ""


def _cell(value: object) -> str:
    return "" if value is None else line(str(value)[: 2 * SHOWN])[:SHOWN]


def _described(item: Member | Reject) -> Described:
    if isinstance(item, Reject):
        return Described(item.file, "", item.reason)
    try:
        return _understood(item)
    except (SourceError, OSError) as error:
        return Described(item.name, "", why(error))


def _understood(member: Member) -> Described:
    form = FORMATS[kind_of(member)]
    if form.records is None:
        return Described(member.name, form.label, form.why)
    head = list(islice(form.records(member)(), mapping.HEAD))
    export, columns, _ = mapping.meaning(head)
    if export is not None:
        return Described(member.name, f"{export.label} ({form.label})", export.why)
    first = next((record for record in head if isinstance(record, Record)), None)
    found = columns.of(flatten(first.values)) if first else {}
    return Described(member.name, form.label, _why(form, found), found)


def _why(form: Format, found: Mapping[str, str]) -> str:
    named = ", ".join(f"{field_} in {column!r}" for field_, column in found.items())
    return f"{form.why}; {named}" if named else form.why
