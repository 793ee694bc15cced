"""One article's tags before a correction and after it: pure functions from a row to a row.

A row is a dictionary of the columns that tagging makes; nothing in it is changed in place.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data import geography
from data.corrections.records import Rule, TagCorrection
from data.tagging.keywords import fold
from data.tagging.places.scores import ABOUT
from data.taxonomy import parent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data.corrections.records import Correction, TagFacet

Row = dict[str, Any]

BY_HAND = "corrected by hand"
"""The rule in the evidence of a tag that a person decided."""
_PROOF = {"field": "title", "start": 0, "end": 0, "text": "", "rule": BY_HAND}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the tags of a facet stand: a column of values, and a group of the record with a name for each value."""

    column: str
    group: str
    name: str


_PLACES: dict[TagFacet, _Place] = {
    "topic": _Place("topics", "topics", "topic"),
    "subtopic": _Place("subtopics", "subtopics", "topic"),
    "country": _Place("countries", "mentioned", "country"),
    "keyword": _Place("keywords", "keywords", "keyword"),
}


def corrected(row: Row, correction: Correction) -> Row:
    """The row with one correction applied; the row itself where it says nothing about this article."""
    if isinstance(correction, TagCorrection):
        if correction.article != row["id"]:
            return row
        return _CHANGES[correction.action](row, correction.facet, correction.value)
    if correction.publisher and correction.publisher.casefold() != row["publisher"].casefold():
        return row
    if correction.facet == "keyword":
        return _without(row, "keyword", correction.surface)
    return _reread(row, correction)


def _taken_off(row: Row, facet: TagFacet, value: str) -> Row:
    """The row without a tag, and without what lies below it: no elections where there is no politics."""
    if facet == "topic":
        for below in [each for each in row.get("subtopics", ()) if parent(each) == value]:
            row = _without(row, "subtopic", below)
    return _without(row, facet, value)


def _added(row: Row, facet: TagFacet, value: str) -> Row:
    """The row with a tag more, and with the one that it lies below."""
    return _with(_with(row, "topic", parent(value)) if facet == "subtopic" else row, facet, value)


_CHANGES = {"remove": _taken_off, "add": _added}


def _matches(facet: TagFacet, value: str, row: Row) -> Callable[[str], bool]:
    """Whether a value is the one meant; keywords in any of their written forms."""
    if facet != "keyword":
        return value.__eq__
    language, wanted = row["language"], fold(value, row["language"])
    return lambda word: fold(word, language) == wanted


def _without(row: Row, facet: TagFacet, value: str) -> Row:
    """The row without a tag: neither in the column nor, for a country, among those named."""
    place, meant = _PLACES[facet], _matches(facet, value, row)
    values, tags = row.get(place.column, ()), row["tags"].get(place.group, ())
    column = [each for each in values if not meant(each)]
    group = [tag for tag in tags if not meant(tag[place.name])]
    if len(column) == len(values) and len(group) == len(tags):
        return row
    return _put(row, facet, column, group)


def _with(row: Row, facet: TagFacet, value: str) -> Row:
    """The row with a tag more, behind the others; a country that is named already is now one it is about."""
    place, meant = _PLACES[facet], _matches(facet, value, row)
    if place.column not in row or any(map(meant, row[place.column])):
        return row
    tags = row["tags"].get(place.group, ())
    if any(meant(tag[place.name]) for tag in tags):
        group = [{**tag, "evidence": [*tag["evidence"], _PROOF]} if meant(tag[place.name]) else tag for tag in tags]
    else:
        group = [*tags, {place.name: value, "score": 1.0, "evidence": [_PROOF]}]
    return _put(row, facet, [*row[place.column], value], group)


def _put(row: Row, facet: TagFacet, column: list[str], group: list[Mapping[str, Any]]) -> Row:
    place = _PLACES[facet]
    tags = {**row["tags"], place.group: group}
    if facet != "country":
        return {**row, place.column: column, "tags": tags}
    regions = list(geography.regions_of(column))
    return {
        **row,
        "countries": column,
        "main_country": column[0] if column else "",
        "regions": regions,
        "tags": {**tags, "countries": column},
    }


def _reread(row: Row, rule: Rule) -> Row:
    """The row with every span that says the rule's word counted for the rule's country, or for none.

    A country's score is shared evenly among its spans; the scores are then related to the best again, and the article
    is about the countries that reach :data:`data.tagging.places.scores.ABOUT`, as where they were first decided. Spans
    that were read as no place stay unread.
    """
    word, tags = rule.surface.casefold(), row["tags"].get("mentioned", ())
    spans: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    scores: defaultdict[str, float] = defaultdict(float)
    moved = 0
    for tag in tags:
        if not tag["evidence"]:
            scores[tag["country"]] += tag["score"]
        for proof in tag["evidence"]:
            meant = tag["country"] != rule.value and proof["text"].casefold() == word
            country = rule.value if meant else tag["country"]
            spans[country].append({**proof, "rule": BY_HAND} if meant else proof)
            scores[country] += tag["score"] / len(tag["evidence"])
            moved += meant
    if not moved:
        return row
    best = max((score for country, score in scores.items() if country), default=1.0) or 1.0
    ranked = sorted(filter(None, scores), key=lambda country: -scores[country])
    group: list[Mapping[str, Any]] = [
        {"country": each, "score": round(scores[each] / best, 4), "evidence": spans[each]} for each in ranked
    ]
    return _put(row, "country", [tag["country"] for tag in group if tag["score"] >= ABOUT], group)
