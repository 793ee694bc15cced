"""The topic of an article: which of the 17 Media Topics it is about, told from seed terms and from words near to them.

title, text --find--> seed terms  --weigh--> evidence ┐
                                                      + --standardise--> 17 scores --shares--> --decide--> 0 to 2 topics
title, text --count--> other words --near--> evidence ┘

Both kinds of evidence are sums over terms or words, in the same unit (1: a seed term that stands for one topic only),
so that they can be added; seed terms, of which each was chosen, weigh more in long texts, words near in meaning where a
text has few of them. All is arithmetic on one article, so that an article gets the same topics alone, in any batch and
in any process.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from data.tagging import embedding, lexicon
from data.tagging.language import detect
from data.tagging.lexicon.spotting import RunningLexicon
from data.tagging.matching import lowered
from data.tagging.tags import Evidence, TopicTag
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from data.tagging.embedding import Known, Table
    from data.tagging.lexicon.spotting import Lexicon
    from data.tagging.tags import Field

VERSION = embedding.version("2")
"""Changes whenever the same article may be given other topics."""
RULE = "seed term"
NEAR_RULE = "near in meaning"

LIMIT = 1_500
"""Characters of the text that are read: news says first what it is about."""
LEAD = 150
"""The first characters of a text, about 25 words, count more."""
EMPHASIS = 1.5
"""What a term in the title or the lead counts, against 1 elsewhere."""
NEAR = 3.0
"""What words near in meaning count, against 1 for seed terms."""
NEAR_LIMIT = 600
"""Characters of the text in which nearness is looked for: reading more costs time and tells no better."""
FEW = 10
"""Pieces of words in a text so short that their nearness is not shared among fewer."""
LITTLE = 0.2
"""Keeps an article with one or two terms from looking as clear as one with twenty; in units of evidence."""
SHARPNESS = 1.4
"""Chosen so that the score of the first topic is about the share of articles in which it is right."""
SURE = 0.4
"""An article whose best topic scores less is unsure."""
CLOSE = 0.25
"""A second topic is given where its score is at least this part of the first one's."""
SHOWN = 8
"""At most so many terms and words are kept as the evidence of one topic."""
TELLING = 0.15
"""One that says less than this part of what the strongest one says is not shown."""
FIELDS: tuple[Field, Field] = ("title", "text")
_NOTHING: Mapping[str, float] = MappingProxyType({})


class Found(NamedTuple):
    """A seed term where it stands; `term` is its number in the lexicon."""

    field: Field
    start: int
    end: int
    term: int


Span = tuple["Field", int, int, str]
"""Field, start, end and rule of a piece of evidence."""


class Reading(NamedTuple):
    """What was found in an article, and how much it counts."""

    fields: tuple[str, str]
    """Title and text as they were read: a beginning of the article's own, place by place."""
    terms: Lexicon
    found: list[Found]
    weights: dict[int, float]
    """Seed term -> log(1 + weighted count)."""
    table: Table | None
    words: tuple[Sequence[Known], Sequence[Known]]
    """Of title and text, those that the table has."""
    near: dict[int, float]
    """Row of the table -> what it counts, see :func:`_nearness`."""


def tag_topics(
    title: str, text: str, *, language: str = "", also: Mapping[str, float] = _NOTHING
) -> tuple[TopicTag, ...]:
    """The topics of an article, best first: one or two, or () where it is unsure.

    `language` (ISO 639-1) is detected where it is empty; in one without seed terms every article is unsure. `also` is
    what else speaks for topics, topic -> evidence in the unit of seed terms, for instance tags that came with it.
    """
    reading = read(title, text, language)
    if reading is None and not also:
        return ()
    scores = _sum(reading) if reading else dict.fromkeys(TOPICS, 0.0)
    tags = decide(shares(standardise({topic: score + also.get(topic, 0.0) for topic, score in scores.items()})))
    if reading is None:
        return tags
    return tuple(replace(tag, evidence=_evidence(tag.topic, reading, (title, text))) for tag in tags)


def topic_scores(title: str, text: str, *, language: str = "") -> dict[str, float]:
    """All 17 topics with their scores, 0 to 1 and 1 together; all 0 where there is no evidence at all.

    The best topic's score is about the share of articles with such a score in which it is right: ``python -m
    tests.evaluation.topics`` prints the table.
    """
    reading = read(title, text, language)
    evidence = _sum(reading) if reading else {}
    return shares(standardise(evidence)) if any(evidence.values()) else dict.fromkeys(TOPICS, 0.0)


def read(title: str, text: str, language: str) -> Reading | None:
    """What speaks for the topics of an article; None in a language without seed terms."""
    spoken = (language or detect(text, title=title)).partition("-")[0].lower()
    terms = lexicon.load(spoken)
    if terms is None:
        return None
    fields = _shortened(title), _shortened(text)
    found = _find(fields, terms)
    table = embedding.load(spoken)
    beginnings = (_simplified(_shortened(value, NEAR_LIMIT), terms) for value in fields)
    title_words, text_words = map(table.find, beginnings) if table else ((), ())
    near = _nearness(title_words, text_words)
    return Reading(fields, terms, found, weigh(found), table, (title_words, text_words), near)


def lexicon_scores(title: str, text: str, *, language: str = "") -> dict[str, float]:
    """The evidence of the seed terms alone for each of the 17 topics: the sum of log(1 + weighted count) * weight.

    A term of several topics is shared among them, a phrase weighs more and a weak term less, see
    :mod:`data.tagging.lexicon.spotting`. 0 for all where the language has no seed terms.
    """
    reading = read(title, text, language)
    return _sum(reading._replace(table=None)) if reading else dict.fromkeys(TOPICS, 0.0)


def standardise(evidence: Mapping[str, float]) -> dict[str, float]:
    """The evidence as (value - mean) / (standard deviation + LITTLE): comparable between articles."""
    mean = sum(evidence.values()) / len(evidence)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in evidence.values()) / len(evidence))
    return {topic: (value - mean) / (deviation + LITTLE) for topic, value in evidence.items()}


def shares(scores: Mapping[str, float]) -> dict[str, float]:
    """The softmax of standardised `scores` with SHARPNESS: each topic's share of 1, the larger the farther ahead."""
    best = max(scores.values())
    raised = {topic: math.exp(SHARPNESS * (score - best)) for topic, score in scores.items()}
    whole = sum(raised.values())
    return {topic: value / whole for topic, value in raised.items()}


def decide(given: Mapping[str, float]) -> tuple[TopicTag, ...]:
    """The topics that the shares of all topics speak for, without evidence: none, one or two.

    Of equal shares the one that stands first in `given` wins.
    """
    first, second = sorted(given.items(), key=lambda share: -share[1])[:2]
    if first[1] < SURE:
        return ()
    chosen = (first, second) if second[1] >= CLOSE * first[1] else (first,)
    return tuple(TopicTag(topic, score) for topic, score in chosen)


def find(title: str, text: str, terms: Lexicon) -> list[Found]:
    """The seed terms in the title and in the first LIMIT characters of the text, in reading order."""
    return _find((_shortened(title), _shortened(text)), terms)


def _find(fields: tuple[str, str], terms: Lexicon) -> list[Found]:
    return [Found(field, *hit) for field, value in zip(FIELDS, fields, strict=True) for hit in terms.find(value)]


def weigh(found: Iterable[Found]) -> dict[int, float]:
    """Term -> log(1 + count), where an occurrence in the title or the lead counts EMPHASIS."""
    counts: dict[int, float] = defaultdict(float)
    for field, start, _, term in found:
        counts[term] += EMPHASIS if field == "title" or start < LEAD else 1.0
    return {term: math.log1p(count) for term, count in counts.items()}


def _nearness(title: Iterable[Known], text: Iterable[Known]) -> dict[int, float]:
    """Row of the table -> what it counts: NEAR * log(1 + weighted count), shared among all rows.

    Divided by the square root of their number, so that many words count more than few, but not in proportion; fewer
    than FEW count as FEW, since a word alone may mean much else.
    """
    counts: dict[int, float] = defaultdict(float)
    for _, rows in title:
        for row in rows:
            counts[row] += EMPHASIS
    weight = EMPHASIS
    for word, rows in text:
        if weight > 1 and word.start() >= LEAD:
            weight = 1.0
        for row in rows:
            counts[row] += weight
    share = NEAR / math.sqrt(max(FEW, len(counts)))
    return {row: share * math.log1p(count) for row, count in counts.items()}


def _simplified(text: str, terms: Lexicon) -> str:
    """`text` with variants of letters as the seed terms write them, place by place."""
    return text.translate(terms.letters) if isinstance(terms, RunningLexicon) else text


def _shortened(text: str, limit: int = LIMIT) -> str:
    """The first `limit` characters up to the last space; all capitals are read as small letters, place by place."""
    part = text[:limit]
    if len(text) > limit and not text[limit].isspace():
        part = " ".join(part.rsplit(None, 1)[:1])
    return lowered(part) if part.isupper() else part


def _sum(reading: Reading) -> dict[str, float]:
    """The evidence of all terms and words for each topic."""
    scores = dict.fromkeys(TOPICS, 0.0)
    for term, weight in reading.weights.items():
        for topic, vote in reading.terms.votes[term]:
            scores[topic] += weight * vote
    if reading.table and reading.near:
        for topic, value in zip(TOPICS, reading.table.total(reading.near), strict=True):
            scores[topic] += value
    return scores


def _evidence(topic: str, reading: Reading, fields: tuple[str, str]) -> tuple[Evidence, ...]:
    """The first occurrence of each of the SHOWN terms and words that say most for `topic`, in reading order."""
    votes = {
        term: weight * vote
        for term, weight in reading.weights.items()
        if (vote := dict(reading.terms.votes[term]).get(topic, 0.0))
    }
    hits = [hit for hit in reading.found if hit.term in votes]
    said = {(*hit[:3], RULE): votes[hit.term] for hit in {hit.term: hit for hit in reversed(hits)}.values()}
    if reading.table and reading.near:
        values = reading.table.each(reading.near, list(TOPICS).index(topic))
        said |= _words(values, max([0.0, *votes.values()]), hits, reading, reading.table)
    least = TELLING * max(said.values(), default=0.0)
    strongest = sorted((span for span, value in said.items() if value >= least), key=lambda span: -said[span])[:SHOWN]
    return tuple(
        Evidence(field, start, end, fields[FIELDS.index(field)][start:end], rule)
        for field, start, end, rule in sorted(strongest, key=lambda span: (FIELDS.index(span[0]), span[1]))
    )


def _words(
    values: Mapping[int, float], most: float, hits: Sequence[Found], reading: Reading, table: Table
) -> dict[Span, float]:
    """What each word says by nearness, at its first occurrence; no part of the seed terms `hits`.

    `values`: what each row says. Rows that say less than TELLING of the strongest one or of `most` are left out.
    """
    least = TELLING * max(most, *values.values())
    telling = {row: value for row, value in values.items() if value >= least}
    taken = {(hit.field, place) for hit in hits for place in range(hit.start, hit.end)}
    first: dict[tuple[int, ...], Span] = {}
    for field, start, end, rows in _places(reading, table, telling.keys()):
        if rows not in first and not any((field, place) in taken for place in range(start, end)):
            first[rows] = (field, start, end, NEAR_RULE)
    return {span: sum(telling.get(row, 0.0) for row in rows) for rows, span in first.items()}


def _places(
    reading: Reading, table: Table, wanted: AbstractSet[int]
) -> Iterator[tuple[Field, int, int, tuple[int, ...]]]:
    """(field, start, end, rows) of each word with a `wanted` piece, or of each piece where words are not separated."""
    running = isinstance(reading.terms, RunningLexicon)
    for field, found in zip(FIELDS, reading.words, strict=True):
        for word, rows in found:
            if not wanted.isdisjoint(rows):
                if running:
                    yield from ((field, start, end, (row,)) for start, end, row in table.cut(word) if row in wanted)
                else:
                    yield field, word.start(), word.end(), rows
