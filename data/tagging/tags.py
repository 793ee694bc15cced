"""What a tagger returns: values that carry the evidence they rest on."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Field = Literal["title", "text", "source"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of an article that caused a tag: ``article[field][start:end] == text``.

    In the field "source" stands no span but a tag that came with the article (:mod:`data.given`): `start` and `end` are
    0, `text` is its name or code, `rule` is whose tag it is.
    """

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
    """An IPTC Media Topic of an article, of the top or the second level."""

    topic: str
    """Key of the topic, see :data:`data.taxonomy.TOPICS` and :data:`data.taxonomy.SUBTOPICS`."""
    score: float
    """0 to 1."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class KeywordTag:
    """A term or phrase in its most frequent written form; `score` is relative to the article's best (0 to 1)."""

    keyword: str
    score: float
    evidence: tuple[Evidence, ...] = ()


def plain(tag: Any) -> dict[str, Any]:
    """A tag as nested dictionaries: as :func:`dataclasses.asdict`, but several times as fast as nothing is copied.

    The fields of a tag hold values, other tags, or tuples of these.
    """
    kind: type = type(tag)
    names, values = _reader(kind)
    if kind is Evidence:  # the most frequent by far, and nothing nested in it
        return dict(zip(names, values(tag), strict=True))
    return {
        name: value if type(value) in _VALUES else _inside(value)
        for name, value in zip(names, values(tag), strict=True)
    }


_VALUES = frozenset({str, int, float, bool, type(None)})


def _inside(value: Any) -> Any:
    if type(value) is tuple:
        return tuple([_inside(part) for part in value])
    return plain(value) if is_dataclass(value) else value


@cache
def _reader(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of the fields of `kind`, and what reads all of them at once."""
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names) if len(names) > 1 else lambda tag: (getattr(tag, names[0]),)
