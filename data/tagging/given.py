"""Tags that came with an article from its source, as evidence beside what is found in its words.

An article with a text beyond its title ─▶ the words decide; what its source gave is added where it agrees, and its
countries are mentioned. One with a title only ─▶ words and source decide together: a headline says too little.

All is arithmetic on one article. Evidence from a source has the field "source" and marks nothing in the text.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from data.given import COUNTED, Given
from data.tagging.places.scores import ABOUT, FADING
from data.tagging.tags import CountryTag, CountryTags, Evidence, TopicTag
from data.taxonomy import TOPICS, parent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VERSION = "1"
"""Changes whenever the same given tags may lead to other tags."""

VOICE = 1.0
"""What given topics count, against 1 for seed terms. GDELT's themes know little of sport, arts and people, and name
much that is beside the matter: a clear title is to outweigh them, an unclear one to be settled by them."""
FEW = 10
"""Given topics so few that their say is not shared among fewer; as for words near in meaning."""
TWICE = 2.0
"""Mentions below which a country that only a count of mentions speaks for is not what the article is about."""
ASIDE = 0.25
"""Score of a country that the source gives and the text does not name; below what makes an article about it."""
SHOWN = 8
"""Given tags that are kept as the evidence of one tag: those with most weight."""


def is_bare(title: str, text: str) -> bool:
    """Whether an article has no text beyond its title."""
    return not text.removeprefix(title).strip() if title else not text.strip()


def topic_evidence(given: Iterable[Given]) -> dict[str, float]:
    """Topic -> what the given tags say for it, in the unit of seed terms; those of a subtopic speak for its topic.

    Each tag counts log(1 + weight), and all share a say that grows with the square root of their number: sources that
    file one matter under many headings are not heard more often for that.
    """
    said = [(parent(tag.topic) or tag.topic, math.log1p(tag.weight)) for tag in given if tag.topic and tag.weight > 0]
    said = [(topic, value) for topic, value in said if topic in TOPICS]
    share = VOICE / math.sqrt(max(FEW, len(said)))
    evidence: defaultdict[str, float] = defaultdict(float)
    for topic, value in said:
        evidence[topic] += share * value
    return dict(evidence)


def with_topics(tags: Sequence[TopicTag], given: Sequence[Given]) -> tuple[TopicTag, ...]:
    """The same topics with the given tags that agree as further evidence."""
    return tuple(
        replace(
            tag,
            evidence=tag.evidence + _evidence(each for each in given if tag.topic in (each.topic, parent(each.topic))),
        )
        for tag in tags
    )


def with_countries(tags: CountryTags, given: Sequence[Given], *, bare: bool) -> CountryTags:
    """The countries of an article with those that its source gave.

    Of a `bare` one both decide: the score of a country is what the title says (1 for the country that it speaks of
    most) plus what the source says (1 for the country given most), relative to the best.
    """
    weights, by_country = _weights(given), _by_country(given)
    if not weights:
        return tags
    named = {tag.country: tag for tag in tags.mentioned}
    most = max(weights.values())
    ranked = {code: weight / most for code, weight in sorted(weights.items(), key=lambda entry: -entry[1])}
    if bare:
        sums = {code: tag.score + ranked.get(code, 0.0) for code, tag in named.items()}
        sums |= {code: score for code, score in ranked.items() if code not in named}
    else:
        sums = {code: tag.score for code, tag in named.items()}
        sums |= {code: ASIDE * score for code, score in ranked.items() if code not in named}
    best = max(sums.values()) if bare or named else 1.0
    mentioned = tuple(
        CountryTag(code, round(score / best, 4), _proofs(named.get(code), by_country.get(code, ())))
        for code, score in sorted(sums.items(), key=lambda entry: -entry[1])
    )
    if not bare:
        return replace(tags, mentioned=mentioned)
    about = tuple(
        tag.country for tag in mentioned if tag.score >= ABOUT and (tag.country in named or _is_sure(tag, by_country))
    )
    return CountryTags(mentioned, about, about[0] if about else "")


def _is_sure(tag: CountryTag, by_country: Mapping[str, Sequence[Given]]) -> bool:
    """Whether a source says enough for a country that the title does not name."""
    given = by_country[tag.country]
    return any(each.scheme not in COUNTED for each in given) or sum(each.weight for each in given) >= TWICE


def _weights(given: Iterable[Given]) -> dict[str, float]:
    """Country -> what is given for it, each further mention counting a little less, as in data.tagging.places.scores.

    There mention n counts 1 / (1 + FADING * n); the integral of that is log(1 + FADING * n) / FADING.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    for tag in given:
        if tag.country and tag.weight > 0:
            sums[tag.country] += tag.weight
    return {code: math.log1p(FADING * weight) for code, weight in sums.items()}


def _by_country(given: Iterable[Given]) -> dict[str, list[Given]]:
    found: defaultdict[str, list[Given]] = defaultdict(list)
    for tag in given:
        if tag.country:
            found[tag.country].append(tag)
    return dict(found)


def _proofs(tag: CountryTag | None, given: Iterable[Given]) -> tuple[Evidence, ...]:
    return (tag.evidence if tag else ()) + _evidence(given)


def _evidence(given: Iterable[Given]) -> tuple[Evidence, ...]:
    """The given tags with most weight, as evidence."""
    strongest = sorted(given, key=lambda tag: -tag.weight)[:SHOWN]
    return tuple(Evidence("source", 0, 0, tag.label or tag.code, tag.scheme) for tag in strongest)
