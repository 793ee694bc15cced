"""Decides which country each mention means.

Pass 1 gathers evidence from the mentions that leave no doubt; pass 2 reads every mention in the light of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.tagging.places import people, words
from data.tagging.places.evidence import CONTESTED, Evidence
from data.tagging.places.gazetteer import AREA, CAPITAL, COUNTRY, CUE, DEMONYM, LEADER, SEAT, STATE, TOWN, Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.tagging.places.mentions import Mention

_DOLLAR_COUNTRY = frozenset({"US", "U.S."})
"""Whose dollar is everybody's: "US$5" says nothing about a country."""

RULES = {
    COUNTRY: "country name",
    DEMONYM: "demonym",
    STATE: "state or province",
    AREA: "area",
    CAPITAL: "capital",
    TOWN: "city",
    SEAT: "seat of power",
    LEADER: "head of state or government",
}
EVEN = 7.0
"""Weight of every reading of a contested surface."""
DATELINE, CURRENCY = "dateline", "currency"
_GREAT, _SMALL, _TINY = 5.7, 5.0, 4.6
"""Below 100,000 people (500,000 where people have its name) a city needs a word such as "in" or evidence for its
country; below 40,000 both."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention with the place it means."""

    mention: Mention
    place: Candidate
    rule: str


def readings(mentions: Sequence[Mention], publisher_country: str = "") -> list[Reading]:
    """The mentions that name a country, each with its place."""
    persons = people.people(mentions)
    evidence = Evidence(publisher_country)
    kept = []
    for mention in mentions:
        if mention.entry.ignored or _is_no_place(mention, persons):
            continue
        if _is_street(mention):
            evidence.add_street(mention)
            continue
        evidence.add(mention)
        if CUE not in mention.entry.kinds:
            kept.append(mention)
    found = [reading for mention in kept if (reading := _read(mention, evidence)) is not None]
    return _without_bystanders(found) or _at_home(kept, publisher_country)


def _without_bystanders(found: list[Reading]) -> list[Reading]:
    """The readings without leaders of countries that nothing else speaks of, unless the title names them.

    A president who is only quoted does not make an article one about his country.
    """
    named = {reading.place.country for reading in found if reading.place.kind != LEADER}
    if not named:
        return found
    return [
        reading
        for reading in found
        if reading.place.country in named or reading.mention.heading or reading.place.kind != LEADER
    ]


def _at_home(mentions: Sequence[Mention], publisher_country: str) -> list[Reading]:
    """For an article that names nothing else: small places of the country where it was published."""
    return [
        Reading(mention, place, RULES[place.kind])
        for mention in mentions
        for place in mention.entry.candidates[:1]
        if place.country == publisher_country and place.kind in (TOWN, AREA) and not mention.entry.weak
    ]


def _is_no_place(mention: Mention, persons: frozenset[str]) -> bool:
    if mention.forced is not None or mention.dateline:
        return False
    entry, after = mention.entry, mention.after
    if LEADER in entry.kinds and (after in words.STREETS or after in words.PLACE_NOUNS):
        return True  # Mandela Avenue, Trump Tower
    if mention.surface in _DOLLAR_COUNTRY and (after[:1] == "$" or after in words.MONEY):
        return True
    if mention.surface == "US" and mention.before in words.NOT_US_BEFORE:
        return True
    if entry.kinds == {DEMONYM} and (after in words.NOT_A_NATION_AFTER or mention.before in words.LANGUAGE_BEFORE):
        return True
    if after == "Council" and mention.surface.endswith("County"):
        return True
    if mention.surface in persons:
        return people.is_person(mention) or mention.before not in words.STRONG_LOCATIVES
    return False


def _is_street(mention: Mention) -> bool:
    """Whether a street bears the name: "Memphis Street" is seldom in Memphis, but often in its country."""
    if mention.after not in words.STREETS or mention.before in words.STRONG_LOCATIVES or mention.forced is not None:
        return False
    return not mention.entry.kinds & {COUNTRY, DEMONYM, CAPITAL}


def _read(mention: Mention, evidence: Evidence) -> Reading | None:
    if mention.forced is not None:
        return Reading(mention, mention.forced, mention.rule)
    contested = mention.surface in CONTESTED
    best, best_score = None, -1.0
    for candidate in mention.entry.candidates:
        if candidate.kind == CUE:
            continue
        base = EVEN if contested and candidate.kind in (COUNTRY, DEMONYM, STATE) else candidate.prior
        score = base + evidence.bonus(candidate, mention)
        if score > best_score:
            best, best_score = candidate, score
    if best is None or not _is_plausible(mention, best, evidence):
        return None
    return Reading(mention, best, _rule(mention, best))


def _rule(mention: Mention, place: Candidate) -> str:
    if mention.dateline:
        return DATELINE
    if place.kind in (COUNTRY, DEMONYM) and mention.after in words.MONEY:
        return CURRENCY
    return RULES[place.kind]


def _is_plausible(mention: Mention, place: Candidate, evidence: Evidence) -> bool:
    """Whether the context is enough for a small city, or for one whose name has other uses."""
    entry = mention.entry
    if mention.dateline and not entry.weak:
        return True
    if place.kind in (COUNTRY, DEMONYM, SEAT, LEADER, STATE) or (place.kind == CAPITAL and place.size >= _SMALL):
        return True
    located = mention.before in words.LOCATIVES
    supported = evidence.of.get(place.country, 0.0) >= 1 or (place.country, place.division) in evidence.states
    if entry.weak:
        if mention.after[:1].isupper() and mention.after not in words.PLACE_NOUNS:
            return False
        return mention.before in words.STRONG_LOCATIVES and (supported or place.size >= _SMALL)
    if place.kind == AREA:
        return located or supported or (place.size > 1 and not (entry.surname or entry.given))
    if place.size < _TINY:
        return located and supported
    if place.size < _SMALL or (place.size < _GREAT and (entry.surname or entry.given)):
        return located or supported
    return True
