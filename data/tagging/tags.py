"""What a tagger returns: values that carry the evidence they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal["title", "text"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of an article that caused a tag: ``article[field][start:end] == text``."""

    field: Field
    start: int
    end: int
    text: str
    rule: str = ""
    """The rule that read the span this way, in a few plain words ("capital", "city before its state", "seed term")."""


@dataclass(frozen=True, slots=True)
class CountryTag:
    """A country that an article names; `score` is relative to the best one of the article (0 to 1)."""

    country: str
    """ISO 3166-1 alpha-2."""
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryTags:
    """All about the countries of one article."""

    mentioned: tuple[CountryTag, ...] = ()
    """Every country named, best first."""
    countries: tuple[str, ...] = ()
    """The countries that the article is *about*, best first: a subset of `mentioned`; empty is a legal answer."""
    main_country: str = ""
    """The one it is most about, or empty."""


@dataclass(frozen=True, slots=True)
class TopicTag:
    """A top-level IPTC Media Topic of an article."""

    topic: str
    """Key of the topic, see :data:`data.taxonomy.TOPICS`."""
    score: float
    """0 to 1."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class KeywordTag:
    """A term or phrase in its most frequent written form; `score` is relative to the article's best (0 to 1)."""

    keyword: str
    score: float
    evidence: tuple[Evidence, ...] = ()
