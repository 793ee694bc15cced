"""A correction as a value, as words, and as one line of JSON."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from data import geography
from data.articles import make_id
from data.facets import FACETS
from data.taxonomy import SUBTOPICS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

TagFacet = Literal["topic", "subtopic", "country", "keyword"]
RuleFacet = Literal["country", "keyword"]
Action = Literal["add", "remove"]

FACETS_CORRECTED: tuple[TagFacet, ...] = get_args(TagFacet)
"""Facets whose tags can be taken off an article or added to it."""
KNOWN: Mapping[TagFacet, Collection[str]] = {
    "topic": TOPICS,
    "subtopic": SUBTOPICS,
    "country": geography.COUNTRIES,
}
"""All values of the facets that have a fixed set of them."""
LONGEST = 300
"""Characters of a value, surface or publisher; a longer one is no correction but a mistake."""


def _new_id() -> str:
    return secrets.token_hex(8)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCorrection:
    """One tag of one article that a person has taken off or added."""

    article: str
    """Id of the article; it is made from the address or the text, so that it is the same when they are re-read."""
    facet: TagFacet
    value: str
    """Key of the topic, code of the country, or the keyword as written."""
    action: Action
    note: str = ""
    id: str = field(default_factory=_new_id)
    made: datetime = field(default_factory=_now)

    @property
    def key(self) -> tuple[str, ...]:
        """What is corrected; of two corrections with one key the later one holds."""
        value = self.value.casefold() if self.facet == "keyword" else self.value
        return ("tag", self.article, self.facet, value)

    def describe(self) -> str:
        """The correction in a few words: "Topic Politics taken off"."""
        done = "taken off" if self.action == "remove" else "added"
        return f"{FACETS[self.facet].label} {FACETS[self.facet].text(self.value)} {done}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a word is to be read in all articles, or in those of one publisher.

    For countries: `surface`, where it was read as a country, means the country `value`, or none if that is empty. For
    keywords: `surface` is never one; `value` is empty.
    """

    surface: str
    publisher: str = ""
    """Name of the publisher as its articles have it; empty for all."""
    facet: RuleFacet = "country"
    value: str = ""
    note: str = ""
    id: str = field(default_factory=_new_id)
    made: datetime = field(default_factory=_now)

    @property
    def key(self) -> tuple[str, ...]:
        """What is ruled on; of two rules with one key the later one holds."""
        return ("rule", self.facet, self.surface.casefold(), self.publisher.casefold())

    def describe(self) -> str:
        """The rule in a few words: "“Georgia” from The Herald means United States"."""
        where = f" from {self.publisher}" if self.publisher else ""
        if self.facet == "keyword":
            return f"“{self.surface}”{where} is never a keyword"
        return f"“{self.surface}”{where} means {geography.name(self.value) if self.value else 'no country'}"


Correction: TypeAlias = TagCorrection | Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Takes the correction with this id back."""

    id: str
    made: datetime = field(default_factory=_now)


_KINDS: dict[str, type[TagCorrection] | type[Rule] | type[Undo]] = {"tag": TagCorrection, "rule": Rule, "undo": Undo}
_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("tag", "facet"): FACETS_CORRECTED,
    ("tag", "action"): get_args(Action),
    ("rule", "facet"): get_args(RuleFacet),
}


def to_line(event: Correction | Undo) -> str:
    """The event as one line of JSON in ASCII, so that any text survives it."""
    kind = next(name for name, made in _KINDS.items() if isinstance(event, made))
    values = {each.name: getattr(event, each.name) for each in fields(event)}
    return json.dumps({"kind": kind, **values, "made": event.made.isoformat()})


def from_line(line: str) -> Correction | Undo:
    """Reads what :func:`to_line` wrote; ValueError says what is wrong with another line."""
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("is no JSON") from None
    kind = read.get("kind") if isinstance(read, dict) else None
    if not isinstance(kind, str) or kind not in _KINDS:
        raise ValueError(f"is none of {', '.join(_KINDS)}")
    known = {each.name for each in fields(_KINDS[kind])}
    values: dict[str, Any] = {name: value for name, value in read.items() if name in known}
    for name, value in values.items():
        _check(kind, name, value)
    if "made" in values:
        values["made"] = _time(values["made"])
    if kind != "undo":  # a line written by hand may do without; its id must be the same whenever it is read
        values.setdefault("id", make_id(line))
    try:
        event = _KINDS[kind](**values)
    except TypeError:
        raise ValueError("lacks a field") from None
    return _checked(event)


def _check(kind: str, name: str, value: object) -> None:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(f"{name} is no short text")
    if value not in _CHOICES.get((kind, name), (value,)):
        raise ValueError(f"{name} is none of {', '.join(_CHOICES[kind, name])}")


def _checked(event: Correction | Undo) -> Correction | Undo:
    """The event itself; ValueError if it names what does not exist, or nothing."""
    if not event.id.strip():
        raise ValueError("has an empty id")
    if isinstance(event, TagCorrection):
        if not event.article or not event.value.strip():
            raise ValueError("names no article or no tag")
        if event.facet not in FACETS or event.value not in KNOWN.get(event.facet, (event.value,)):
            raise ValueError(f"names an unknown {event.facet}")
    if isinstance(event, Rule):
        if not event.surface.strip():
            raise ValueError("names no word")
        if event.value and (event.facet != "country" or event.value not in geography.COUNTRIES):
            raise ValueError("names an unknown country")
    return event


def _time(value: str) -> datetime:
    try:
        made = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("made is no time") from None
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def again(correction: Correction) -> Correction:
    """The same correction, made now."""
    return replace(correction, id=_new_id(), made=_now())


def in_force(events: Iterable[Correction | Undo]) -> tuple[Correction, ...]:
    """The corrections that hold, in the order they were made: not undone, and of several with one key the last."""
    events = tuple(events)
    undone = {event.id for event in events if isinstance(event, Undo)}
    held: dict[tuple[str, ...], Correction] = {}
    for event in events:
        if not isinstance(event, Undo) and event.id not in undone:
            held.pop(event.key, None)
            held[event.key] = event
    return tuple(held.values())
