"""What files are, and why they are taken for it, before they are added."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from data.articles import Reject
from data.errors import SourceError
from data.sources.files import FORMATS, mapping
from data.sources.files.mapping import Record, flatten
from data.sources.files.members import Member, members_at, why
from data.sources.files.recognise import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.sources.files import Format

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
    export, columns = mapping.meaning(head)
    if export is not None:
        return Described(member.name, f"{export.label} ({form.label})", export.why)
    first = next((record for record in head if isinstance(record, Record)), None)
    found = columns.of(flatten(first.values)) if first else {}
    return Described(member.name, form.label, _why(form, found), found)


def _why(form: Format, found: Mapping[str, str]) -> str:
    named = ", ".join(f"{field_} in {column!r}" for field_, column in found.items())
    return f"{form.why}; {named}" if named else form.why
