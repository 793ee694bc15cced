"""The topic of an article: which of the 17 Media Topics it is about, told from seed terms.

title, text --find--> hits --weigh--> evidence for each topic --standardise--> 17 scores --decide--> 0, 1 or 2 topics

Every step but the first is pure arithmetic on one article, so that an article gets the same topics alone, in any batch
and in any process. Another opinion on the same article (of an embedding, say) can be added to the standardised scores
before they are decided on.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from data.tagging import lexicon
from data.tagging.language import detect
from data.tagging.matching import lowered
from data.tagging.tags import Evidence, TopicTag
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.tagging.lexicon.spotting import Lexicon
    from data.tagging.tags import Field

VERSION = "1"
"""Changes whenever the same article may be given other topics."""
RULE = "seed term"

LIMIT = 1_500
"""Characters of the text that are read: news says first what it is about."""
LEAD = 150
"""The first characters of a text, about 25 words, count more."""
EMPHASIS = 1.5
"""What a term in the title or the lead counts, against 1 elsewhere."""
LITTLE = 0.3
"""Keeps an article with one or two terms from looking as clear as one with twenty; in units of evidence."""
SHARPNESS = 1.7
"""Chosen so that the score of the first topic is about the share of articles in which it is right."""
SURE = 0.4
"""An article whose best topic scores less is unsure."""
CLOSE = 0.25
"""A second topic is given where its score is at least this part of the first one's."""
SHOWN = 8
"""At most so many terms are kept as the evidence of one topic."""


class Found(NamedTuple):
    """A seed term where it stands; `term` is its number in the lexicon."""

    field: Field
    start: int
    end: int
    term: int


def tag_topics(title: str, text: str, *, language: str = "") -> tuple[TopicTag, ...]:
    """The topics of an article, best first: one or two, or () where it is unsure.

    `language` (ISO 639-1) is detected where it is empty; in one without seed terms every article is unsure.
    """
    terms = _lexicon(title, text, language)
    if terms is None:
        return ()
    found = find(title, text, terms)
    weights = weigh(found)
    tags = decide(standardise(_sum(weights, terms)))
    return tuple(replace(tag, evidence=_evidence(tag.topic, found, weights, terms, (title, text))) for tag in tags)


def topic_scores(title: str, text: str, *, language: str = "") -> dict[str, float]:
    """All 17 topics with their scores in standard deviations, as :func:`decide` takes them; all 0 without evidence."""
    return standardise(lexicon_scores(title, text, language=language))


def lexicon_scores(title: str, text: str, *, language: str = "") -> dict[str, float]:
    """The evidence for each of the 17 topics: the sum over its seed terms of log(1 + weighted count) * weight.

    A term of several topics is shared among them, a phrase weighs more and a weak term less, see
    :mod:`data.tagging.lexicon.spotting`. 0 for all where the language has no seed terms.
    """
    terms = _lexicon(title, text, language)
    return dict.fromkeys(TOPICS, 0.0) if terms is None else _sum(weigh(find(title, text, terms)), terms)


def standardise(evidence: Mapping[str, float]) -> dict[str, float]:
    """The evidence as (value - mean) / (standard deviation + LITTLE): comparable between articles."""
    mean = sum(evidence.values()) / len(evidence)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in evidence.values()) / len(evidence))
    return {topic: (value - mean) / (deviation + LITTLE) for topic, value in evidence.items()}


def decide(scores: Mapping[str, float]) -> tuple[TopicTag, ...]:
    """The topics that standardised `scores` speak for, without evidence: none, one or two.

    The score of a topic is its share of the exponentiated scores (softmax with SHARPNESS), 0 to 1 in all: it grows with
    the distance to the other topics. Of equal scores the one that stands first in `scores` wins.
    """
    best = max(scores.values())
    raised = {topic: math.exp(SHARPNESS * (score - best)) for topic, score in scores.items()}
    whole = sum(raised.values())
    shares = sorted(((value / whole, topic) for topic, value in raised.items()), key=lambda share: -share[0])
    first, second = shares[:2]
    if first[0] < SURE:
        return ()
    given = (first, second) if second[0] >= CLOSE * first[0] else (first,)
    return tuple(TopicTag(topic, score) for score, topic in given)


def find(title: str, text: str, terms: Lexicon) -> list[Found]:
    """The seed terms in the title and in the first LIMIT characters of the text, in reading order."""
    fields: tuple[tuple[Field, str], ...] = (("title", _shortened(title)), ("text", _shortened(text)))
    return [Found(field, *hit) for field, value in fields for hit in terms.find(value)]


def weigh(found: Iterable[Found]) -> dict[int, float]:
    """Term -> log(1 + count), where an occurrence in the title or the lead counts EMPHASIS."""
    counts: dict[int, float] = defaultdict(float)
    for field, start, _, term in found:
        counts[term] += EMPHASIS if field == "title" or start < LEAD else 1.0
    return {term: math.log1p(count) for term, count in counts.items()}


def _lexicon(title: str, text: str, language: str) -> Lexicon | None:
    return lexicon.load((language or detect(text, title=title)).partition("-")[0].lower())


def _shortened(text: str) -> str:
    """The first LIMIT characters up to the last space; all capitals are read as small letters, place by place."""
    part = text[:LIMIT]
    if len(text) > LIMIT and not text[LIMIT].isspace():
        part = " ".join(part.rsplit(None, 1)[:1])
    return lowered(part) if part.isupper() else part


def _sum(weights: Mapping[int, float], terms: Lexicon) -> dict[str, float]:
    scores = dict.fromkeys(TOPICS, 0.0)
    for term, weight in weights.items():
        for topic, vote in terms.votes[term]:
            scores[topic] += weight * vote
    return scores


def _evidence(
    topic: str, found: Sequence[Found], weights: Mapping[int, float], terms: Lexicon, fields: tuple[str, str]
) -> tuple[Evidence, ...]:
    """The first occurrence of each of the SHOWN terms that say most for `topic`, in reading order."""
    votes = {term: weight * dict(terms.votes[term]).get(topic, 0.0) for term, weight in weights.items()}
    strongest = sorted((term for term, vote in votes.items() if vote), key=lambda term: (-votes[term], term))
    first = {hit.term: hit for hit in reversed(found)}
    hits = sorted((first[term] for term in strongest[:SHOWN]), key=found.index)
    return tuple(
        Evidence(hit.field, hit.start, hit.end, fields[hit.field == "text"][hit.start : hit.end], RULE) for hit in hits
    )
