"""Answers of Event Registry (newsapi.ai), with its concepts, categories and places kept as tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.given import dump
from data.sources.files.exports.records import Export, has
from data.sources.files.exports.subjects import section_topic
from data.sources.files.exports.values import at, number_at, records_at, tag, text_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from data.given import Given

NAME = "Event Registry"


def _read(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    """`dateTime` is when the service found the article and no date of publication."""
    number = text_at(record, "uri")
    return {
        **found,
        "title": _words(record.get("title")),
        "text": _words(record.get("body")),
        "summary": None,
        "url": text_at(record, "url"),
        "published": record.get("dateTimePub"),
        "publisher": text_at(record, "source", "title") or text_at(record, "source", "uri"),
        "publisher_country": _country(at(record, "source", "location")),
        "language": text_at(record, "lang"),
        "id": "" if text_at(record, "url") or not number else f"event-registry:{number}",
        "given": dump([*_concepts(record), *_categories(record), *_marks(record)]),
    }


def _concepts(record: Mapping[str, object]) -> Iterator[Given]:
    for concept in records_at(record, "concepts"):
        label, kind = _words(concept.get("label")), text_at(concept, "type")
        place = (_country(concept.get("location")) or label) if kind == "loc" else ""
        yield tag(
            f"{NAME} concept", text_at(concept, "uri") or label, label, place=place, weight=number_at(concept, "score")
        )
    if place := _country(record.get("location")):
        label = _words(at(record, "location", "label"))
        yield tag(f"{NAME} location", text_at(record, "location", "wikiUri") or label, label, place=place)


def _categories(record: Mapping[str, object]) -> Iterator[Given]:
    """Its own categories (news/Sports) and those of the Open Directory (dmoz/Society/Politics/…), deepest first."""
    for category in records_at(record, "categories"):
        code = text_at(category, "uri")
        parts = code.split("/")[1:6]
        topic = next((found for part in reversed(parts[:2]) if (found := section_topic(part))), "")
        weight = number_at(category, "wgt", default=100) / 100
        yield tag(f"{NAME} category", code, _words(category.get("label")), topic=topic, weight=weight)


def _marks(record: Mapping[str, object]) -> Iterator[Given]:
    if record.get("isDuplicate") is True:
        original = text_at(record, "originalArticle", "uri") or text_at(record, "originalArticle")
        yield tag(f"{NAME} duplicate", original or "duplicate", "marked as a duplicate")
    if event := text_at(record, "eventUri"):
        yield tag(f"{NAME} event", event)


def _words(value: object) -> str:
    """A text, or that of an object with one a language: the English one, else the first."""
    if isinstance(value, dict):
        return text_at(value, "eng") or next((words for words in value.values() if isinstance(words, str)), "")
    return value if isinstance(value, str) else ""


def _country(place: object) -> str:
    """Name of the country that a place is, or lies in."""
    return _words(at(place, "country", "label")) or (
        _words(at(place, "label")) if text_at(place, "type") == "country" else ""
    )


EVENT_REGISTRY = Export(
    "Event Registry (newsapi.ai) articles",
    "articles with uri, lang, body, dataType and source.uri",
    lambda record: has("uri", "lang", "body", "source")(record) and ("dataType" in record or "isDuplicate" in record),
    _read,
)
