"""Reads a query: words, "a phrase", begin*, -without, this OR that, (groups) and title:word.

Anything that a person may type means something: what does not close is closed, what stands alone is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.search.words import FIELDS, words

if TYPE_CHECKING:
    from collections.abc import Iterator

HELP = 'Words must all occur. Also: "a phrase", begin*, -without, this OR that, (groups), title:word, publisher:name.'
DEEPEST = 20
"""Groups within groups; deeper ones are read as if their brackets were not there."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another; the last one may be only the beginning of a word."""

    words: tuple[str, ...]
    begins: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that `part` does not find."""

    part: Query


@dataclass(frozen=True, slots=True)
class All:
    """What all parts find; without parts, everything."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What any part finds."""

    parts: tuple[Query, ...]


Query = Phrase | Not | All | Any

_TOKEN = re.compile(
    rf"""(?P<minus>-|\bNOT\s+)?(?:(?P<field>{"|".join(FIELDS)}):)?(?:"(?P<phrase>[^"]*)"?(?P<star>\*)?|(?P<open>\()|(?P<word>[^\s()"]+))|(?P<close>\))""",
)


def parse(text: str) -> Query:
    """The query that `text` means; one without any word finds everything."""
    return _group(_TOKEN.finditer(text), 0)[0]


def _group(tokens: Iterator[re.Match[str]], depth: int, field: str = "") -> tuple[Query, bool]:
    """The query up to the bracket that closes this group, and whether there was one."""
    either: list[list[Query]] = [[]]
    for token in tokens:
        if token["close"]:
            if depth:
                return _either(either), True
            continue
        if token["word"] == "OR" and not token["minus"] and not token["field"]:
            either.append([])
            continue
        if token["word"] == "AND":
            continue
        own = token["field"] or field
        if not token["open"]:
            part = _phrases(token, own)
        elif depth < DEEPEST:
            part = _group(tokens, depth + 1, own)[0]
        else:
            continue
        if part != All(()):
            either[-1].append(Not(part) if token["minus"] else part)
    return _either(either), False


def _phrases(token: re.Match[str], field: str) -> Query:
    """A word with a sign inside, as "co-operate", is read as the phrase of its parts."""
    written = token["word"] if token["word"] is not None else token["phrase"]
    found = tuple(words(written))
    begins = bool(token["star"]) or written.endswith("*")
    return Phrase(found, begins, field) if found else All(())


def _either(groups: list[list[Query]]) -> Query:
    parts = tuple(parts[0] if len(parts) == 1 else All(tuple(parts)) for parts in groups if parts)
    if not parts:
        return All(())
    return parts[0] if len(parts) == 1 else Any(parts)
