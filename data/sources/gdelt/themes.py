"""GDELT's themes in terms of our topics: the table ``themes.csv``, in which the most exact entry counts.

An entry is the name of a theme, or the start of many with ``*`` for the rest. One without a topic is generic: it says
nothing on the subject of an article ("a role such as minister is named"), or fires on words too common to mean it.
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from data.errors import ResourceError

FILE = Path(__file__).with_name("themes.csv")
SHARE = {"": 0.0, "names": 1.0, "hints": 0.5}
"""What a mention counts whose theme names the topic, and one whose theme only hints at it."""


class Meaning(NamedTuple):
    """What a theme says."""

    topic: str
    """Key of a Media Topic of the top level; empty for a generic theme."""
    share: float
    """0 to 1."""


GENERIC = Meaning("", 0.0)


@lru_cache(maxsize=1 << 16)
def meaning(theme: str) -> Meaning | None:
    """What the table says of `theme`; None where it has no entry for it."""
    table = _table()
    if theme in table:
        return table[theme]
    starts = (theme[:end] + "*" for end in range(len(theme), 0, -1))
    return next((table[start] for start in starts if start in table), None)


@cache
def _table() -> dict[str, Meaning]:
    try:
        with FILE.open(encoding="utf-8", newline="") as file:
            return {row["theme"]: Meaning(row["topic"], SHARE[row["says"]]) for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise ResourceError(f"The table {FILE.name} cannot be read: reinstall the program.") from error
