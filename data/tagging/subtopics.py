"""The topics of the second level: where an article on politics is about elections, say, told from seed terms.

title, text --find--> hits --weigh--> evidence below each topic of the article --share--> 0, 1 or 2 subtopics

Only topics below those that the article already has are considered. Their seed terms stand in ``lexicon/second``, one
file a language, a table for each topic and in it an entry for each topic below; they are written and found like those
of the top level, see :mod:`data.tagging.lexicon`. An article in a language without them has no subtopic.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from data.errors import ResourceError
from data.tagging import lexicon
from data.tagging.language import detect
from data.tagging.lexicon.spotting import Lexicon, RunningLexicon, SpacedLexicon
from data.tagging.tags import Evidence, TopicTag
from data.tagging.topics import RULE, SHOWN, TELLING, find, weigh
from data.taxonomy import BELOW, SUBTOPICS, parent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.tagging.lexicon.spotting import Term
    from data.tagging.topics import Found

VERSION = "1"
"""Changes whenever the same article may be given other subtopics."""
FOLDER = lexicon.FOLDER / "second"
LANGUAGES = lexicon.LANGUAGES
"""ISO 639-1 codes of the languages that have seed terms of the second level."""

LITTLE = 1.0
"""Evidence that stands against all subtopics alike, so that one word alone is not much; about one plain term."""
SURE = 0.4
"""An article whose best subtopic has a smaller share of the evidence has none."""
CLOSE = 0.7
"""A second subtopic of the same topic is given where its share is at least this part of the first one's."""
BOTH = 0.6
"""Two so close subtopics are sure where they have this share together, though neither may be SURE alone."""
MOST = 2
"""Subtopics of an article at most."""

Votes = tuple[tuple[str, float], ...]


class Second(NamedTuple):
    """The seed terms of a language, and for each topic what each of its terms says: term -> ((subtopic, weight), …)."""

    terms: Lexicon
    votes: Mapping[str, Mapping[int, Votes]]


def tag_subtopics(title: str, text: str, topics: Iterable[str], *, language: str = "") -> tuple[TopicTag, ...]:
    """The subtopics of an article on `topics` (keys of data.taxonomy.TOPICS), best first; () is a legal answer.

    One for each topic where it is clear; of the only clear topic two, where a second one is close. The score is the
    subtopic's share of the evidence below its topic, 0 to 1. `language` (ISO 639-1) is detected where it is empty.
    """
    wanted = [topic for topic in topics if topic in BELOW]
    second = load((language or detect(text, title=title)).partition("-")[0].lower()) if wanted else None
    if second is None:
        return ()
    found = find(title, text, second.terms)
    weights = weigh(found)
    given = decide([shares(weights, second.votes.get(topic, {})) for topic in wanted])
    return tuple(
        TopicTag(key, score, _evidence(key, found, weights, second.votes[parent(key)], (title, text)))
        for key, score in given
    )


def shares(weights: Mapping[int, float], votes: Mapping[int, Votes]) -> dict[str, float]:
    """Each subtopic's share of the evidence below one topic, LITTLE counted with it; `weights`: how often a term is."""
    evidence: dict[str, float] = defaultdict(float)
    for term, weight in weights.items():
        for subtopic, vote in votes.get(term, ()):
            evidence[subtopic] += weight * vote
    whole = sum(evidence.values()) + LITTLE
    return {subtopic: value / whole for subtopic, value in evidence.items()}


def decide(below: Iterable[Mapping[str, float]]) -> list[tuple[str, float]]:
    """The subtopics that the `shares` below each topic speak for, best first; of equal ones the first in IPTC's order.

    >>> decide([{"politics.election": 0.5, "politics.government": 0.3}])
    [('politics.election', 0.5)]
    """
    clear = [given for scores in below if (given := _clear(scores))]
    given = clear[0] if len(clear) == 1 else [best for best, *_ in clear]
    return sorted(given, key=lambda entry: -entry[1])[:MOST]


def _clear(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    """The one or two subtopics of one topic that its shares speak for; none where they are not clear."""
    first, *rest = sorted(scores.items(), key=lambda entry: (-entry[1], _ORDER[entry[0]])) or [("", 0.0)]
    close = [entry for entry in rest[:1] if entry[1] >= CLOSE * first[1]]
    if first[1] < SURE and sum(share for _, share in (first, *close)) < BOTH:
        return []
    return [first, *close]


_ORDER = {key: place for place, key in enumerate(SUBTOPICS)}


@functools.cache
def load(language: str) -> Second | None:
    """The seed terms of `language` (ISO 639-1), None where there are none; ResourceError where the file is damaged."""
    if language not in LANGUAGES:
        return None
    terms = lexicon.gather(read(language), folded=language == "de")
    spotter = _spotter(terms, language)
    return Second(spotter, _within(spotter.votes))


def _spotter(terms: Sequence[Term], language: str) -> Lexicon:
    """What finds the terms, of the same kind as for the top level."""
    first = lexicon.load(language)
    if isinstance(first, RunningLexicon):
        return RunningLexicon(terms, first.letters)
    return SpacedLexicon(terms, language)


def read(language: str) -> dict[str, str]:
    """Subtopic -> its terms as they are written; ResourceError where the file cannot be read."""
    path = FOLDER / f"{language}.toml"
    try:
        tables: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(f"Seed terms in {path} cannot be read ({error}). Reinstall the program.") from error
    return {f"{topic}.{word}": terms for topic, entries in tables.items() for word, terms in entries.items()}


def _within(votes: Sequence[Votes]) -> dict[str, dict[int, Votes]]:
    """The votes of each term for the subtopics of one topic, as if it stood under no other topic.

    A term that stands under k subtopics gives each a k-th; here k is to count those of the same topic only.
    """
    within: dict[str, dict[int, Votes]] = {topic: {} for topic in BELOW}
    for term, given in enumerate(votes):
        for topic in {parent(subtopic) for subtopic, _ in given}:
            mine = [(subtopic, vote) for subtopic, vote in given if parent(subtopic) == topic]
            within[topic][term] = tuple((subtopic, vote * len(given) / len(mine)) for subtopic, vote in mine)
    return within


def _evidence(
    key: str,
    found: Sequence[Found],
    weights: Mapping[int, float],
    votes: Mapping[int, Votes],
    fields: tuple[str, str],
) -> tuple[Evidence, ...]:
    """The first occurrence of each of the SHOWN terms that say most for the subtopic `key`, in reading order."""
    said = {term: weights[term] * vote for term in weights for told, vote in votes.get(term, ()) if told == key}
    least = TELLING * max(said.values())
    strongest = set(
        sorted((term for term in said if said[term] >= least), key=lambda term: (-said[term], term))[:SHOWN]
    )
    proofs = []
    for field, start, end, term in found:
        if term in strongest:
            strongest.remove(term)
            proofs.append(Evidence(field, start, end, fields[field == "text"][start:end], RULE))
    return tuple(proofs)
