"""What a user chose for a kind of table: which column is what, how its dates are written, its encoding.

Kept in ``mappings.json`` in the user's folder by the signature of the table's header, and used whenever a table with
the same header is read.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from data.articles import make_id
from data.errors import StoreError
from data.folders import folder
from data.sources.files.columns import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "mappings.json"
_NOT_PLAIN = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen; what was not is left to recognition."""

    columns: dict[str, str] = field(default_factory=dict)
    """The column for each of our fields that has one."""
    day_first: bool | None = None
    """How the dates are written, see :func:`data.dates.day_first`."""
    encoding: str = ""


def signature(columns: Iterable[str]) -> str:
    """What is the same for all tables with these columns, whatever their order and the encoding they are read in."""
    return make_id(*sorted(_NOT_PLAIN.sub("", name.casefold()) for name in columns))


def remember(table: str, choice: Choice) -> None:
    """Keeps the choice for tables with the signature `table`; StoreError where that cannot be written."""
    place = folder() / NAME
    known = _known(place) | {table: asdict(choice)}
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=NAME, delete=False) as file:
            file.write(orjson.dumps(known, option=orjson.OPT_INDENT_2))
        os.replace(file.name, place)  # noqa: PTH105  # whole or not at all
    except OSError as error:
        raise StoreError(f"Your choice of columns cannot be kept in {place.parent} ({error.strerror}).") from error


def recall(table: str) -> Choice | None:
    """What was chosen for tables with this signature; None where nothing was, or it cannot be read."""
    found = _known(folder() / NAME).get(table)
    if not isinstance(found, dict) or not isinstance(found.get("columns"), dict):
        return None
    columns = {name: str(column) for name, column in found["columns"].items() if name in FIELDS}
    order = found.get("day_first")
    return Choice(columns, order if isinstance(order, bool) else None, str(found.get("encoding") or ""))


def _known(place: Path) -> dict[str, Any]:
    try:
        found = orjson.loads(place.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
