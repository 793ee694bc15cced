"""The feeds that come with the program, each with its publisher and what it is about: feeds.csv beside this module."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

from data.errors import ResourceError

FILE = Path(__file__).with_name("feeds.csv")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of a list."""

    address: str
    title: str = ""
    publisher: str = ""
    """Empty where it is not known: then the feed itself is asked."""
    country: str = ""
    """ISO 3166-1 alpha-2 code of where the publisher sits."""
    language: str = ""
    """ISO 639-1."""
    group: str = ""
    """What it is listed under: a region, a topic, a folder of an imported list."""
    on: bool = True
    """Whether an update asks it."""


@functools.cache
def catalogue() -> tuple[Feed, ...]:
    """The feeds in the order of the file; ResourceError where that cannot be read."""
    try:
        with FILE.open(encoding="utf-8", newline="") as file:
            return tuple(
                Feed(**{name: row[name] for name in _COLUMNS}, on=row["on"] == "yes") for row in csv.DictReader(file)
            )
    except (OSError, UnicodeDecodeError, KeyError, TypeError, csv.Error) as error:
        raise ResourceError(f"The list {FILE.name} cannot be read: reinstall the program.") from error


_COLUMNS = ("address", "title", "publisher", "country", "language", "group")
