"""FACETS: the dimensions that can be filtered, counted and drawn. A new one is one more row here.

The engine turns `column` of the tagged table into codes; the page, the address bar and the sentences take their words
from the same record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data import codes, geography
from data.errors import SelectionError
from data.taxonomy import SUBTOPICS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable

NONE = "none"
"""The value of an article that has no value in a facet: a legal answer, shown and counted like any other."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One dimension of the articles."""

    name: str
    """Used in code and in the address bar."""
    column: str
    """Column of the tagged table: one value, or a list of values where `many`."""
    many: bool
    label: str
    plural: str
    missing: str
    """What is said of articles without a value, fit to stand in a sentence and on an axis."""
    phrase: str
    """How a selection by this facet is said: "about {values}"."""
    show: Callable[[str], str] = str
    """From a value to the words shown for it."""
    around: Callable[[str], tuple[str, ...]] = lambda value: ()
    """The values of the same facet that hold this one, as Europe holds Northern Europe."""

    def text(self, value: str) -> str:
        """The words shown for `value`, also where it is NONE."""
        return self.missing if value == NONE else self.show(value)


def _topic(key: str) -> str:
    return TOPICS[key].short if key in TOPICS else key


def _subtopic(key: str) -> str:
    return SUBTOPICS[key].short if key in SUBTOPICS else key


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("topic", "topics", True, "Topic", "topics", "unsure", "on {}", _topic),
        Facet("subtopic", "subtopics", True, "Subtopic", "subtopics", "no closer topic", "under {}", _subtopic),
        Facet("country", "countries", True, "Country", "countries", "no country", "about {}", geography.name),
        Facet("region", "regions", True, "Region", "regions", "no region", "about {}", around=geography.parents),
        Facet("publisher", "publisher", False, "Publisher", "publishers", "publisher not known", "published by {}"),
        Facet(
            "published_in",
            "publisher_country",
            False,
            "Published in",
            "countries of publication",
            "place of publication not known",
            "published in {}",
            geography.name,
        ),
        Facet(
            "language", "language", False, "Language", "languages", "language not known", "in {}", codes.language_name
        ),
        Facet("story", "story", False, "Story", "stories", "no story", "in the story {}"),
        Facet("keyword", "keywords", True, "Keyword", "keywords", "no keyword", "with the keyword {}"),
        Facet("day", "day", False, "Day", "days", "undated", "from {}"),
    )
}


def facet(name: str) -> Facet:
    """The facet called `name`; SelectionError lists the known ones."""
    try:
        return FACETS[name]
    except KeyError:
        raise SelectionError(f"No facet {name!r}; choose one of {', '.join(FACETS)}.") from None
