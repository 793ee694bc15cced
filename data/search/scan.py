"""Answers a query by reading: whether one article matches, and the part of it that shows why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.search.parse import All, Any, Not, Phrase
from data.search.words import FIELDS, joined, placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from data.search.parse import Query


class Run(NamedTuple):
    """A piece of a snippet, and whether it is what was searched for."""

    text: str
    marked: bool


def readable(article: Mapping[str, str]) -> dict[str, str]:
    """The fields of an article as :func:`matches` reads them; worth keeping where many queries follow."""
    return {field: joined(article[field]) for field in FIELDS if field in article}


def matches(query: Query, fields: Mapping[str, str]) -> bool:
    """Whether the article whose fields are `readable` matches."""
    match query:
        case Phrase(words, begins, field):
            wanted = f" {' '.join(words)}{'' if begins else ' '}"
            return any(wanted in text for name, text in fields.items() if field in ("", name))
        case Not(part):
            return not matches(part, fields)
        case All(parts):
            return all(matches(part, fields) for part in parts)
        case Any(parts):
            return any(matches(part, fields) for part in parts)


def snippet(text: str, query: Query, width: int = 220) -> list[Run]:
    """About `width` characters of `text` around the first thing that `query` looks for, with all of these marked.

    The beginning of the text where nothing of it is found. Joined, and without the dots at a cut, the runs are a part
    of the text.
    """
    spans = sorted(_spans(*placed(text[:200_000]), list(_wanted(query))))
    start = max(spans[0][0] - width // 3, 0) if spans else 0
    start = 0 if start < 20 else text.find(" ", start, start + 20) + 1 or start
    end = min(start + width, len(text))
    runs, at = [Run("… ", marked=False)] if start else [], start
    for first, last in spans:
        if first >= at and last <= end:
            runs += [Run(text[at:first], marked=False), Run(text[first:last], marked=True)]
            at = last
    runs += [Run(text[at:end], marked=False), Run(" …" if end < len(text) else "", marked=False)]
    return [run for run in runs if run.text]


def _wanted(query: Query) -> Iterator[Phrase]:
    """What is looked for in texts, not what must be absent."""
    match query:
        case Phrase(_, _, field):
            if field in ("", "text", "title"):
                yield query
        case All(parts) | Any(parts):
            for part in parts:
                yield from _wanted(part)


def _spans(
    found: Sequence[str], places: Sequence[tuple[int, int]], wanted: Sequence[Phrase]
) -> Iterator[tuple[int, int]]:
    for phrase in wanted:
        *first, last = phrase.words
        for end, word in enumerate(found):
            start = end - len(first)
            fits = word.startswith(last) if phrase.begins else word == last
            if fits and start >= 0 and list(found[start:end]) == first:
                yield places[start][0], places[end][1]
