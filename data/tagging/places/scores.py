"""From readings to countries: how much of an article each one is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from data.tagging.places.choice import CURRENCY
from data.tagging.places.gazetteer import AREA, CAPITAL, COUNTRY, DEMONYM, LEADER, SEAT, STATE, TOWN
from data.tagging.tags import CountryTag, CountryTags, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.tagging.places.choice import Reading

ABOUT = 0.3
"""Least score, relative to the best country, of a country that the article is about."""

DATELINE = 2.0
TITLE = 1.5
MONEY = 0.3
_WEIGHT = {COUNTRY: 1.0, DEMONYM: 0.9, CAPITAL: 0.8, STATE: 0.8, AREA: 0.7, SEAT: 0.6, LEADER: 0.5, TOWN: 0.75}
FADING = 0.12
"""Each further mention of a country counts a little less, so that a long article does not drown the others."""

MOST_EVIDENCE = 100
"""Spans that are kept for each country."""


def tags(readings: Sequence[Reading]) -> CountryTags:
    """The countries of the readings, best first, with their relative scores."""
    scores: defaultdict[str, float] = defaultdict(float)
    spans: defaultdict[str, list[Evidence]] = defaultdict(list)
    for reading in readings:
        country, mention = reading.place.country, reading.mention
        seen = spans[country]
        scores[country] += weight(reading) / (1 + FADING * len(seen))
        if len(seen) < MOST_EVIDENCE:
            seen.append(Evidence(mention.field, mention.start, mention.end, mention.surface, reading.rule))
    if not scores:
        return CountryTags()
    best = max(scores.values())
    ranked = sorted(scores, key=lambda country: -scores[country])
    mentioned = tuple(CountryTag(code, round(scores[code] / best, 4), tuple(spans[code])) for code in ranked)
    about = tuple(tag.country for tag in mentioned if tag.score >= ABOUT)
    return CountryTags(mentioned, about, about[0])


def weight(reading: Reading) -> float:
    """How much one mention counts."""
    place, mention = reading.place, reading.mention
    value = _WEIGHT[place.kind]
    if place.kind == TOWN:
        value *= min(1.0, 0.45 + 0.1 * place.size)
    if reading.rule == CURRENCY:
        return value * MONEY
    if mention.dateline:
        return value * DATELINE
    return value * TITLE if mention.heading else value
