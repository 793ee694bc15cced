"""The fields of a record that hold lists: themes, places and tone, as tags that were given with the article."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from data import codes
from data.given import GDELT_PLACE, GDELT_THEME, GDELT_TONE, Given
from data.sources.cleaning import line
from data.sources.gdelt import themes

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 40
"""Themes, and places, that are kept of one article: those named most often."""
_LONGEST = 200
_NAME = re.compile(r"[A-Z0-9_]{1,200}")
_FIELDS = {7: False, 9: True}
"""Fields of a place -> whether it is one of V2Locations, which lists every mention with where it stands."""


def themes_given(field: str) -> list[Given]:
    """The themes of V2Themes (``NAME,offset;``) or Themes (``NAME;``), most mentions first; generic ones say nothing.

    A theme's weight is the number of its mentions, half of that where it only hints at a topic.
    """
    counts = Counter(block.partition(",")[0] for block in _several(field))
    found = []
    for name, count in counts.most_common():
        meant = themes.meaning(name) if _NAME.fullmatch(name) else themes.GENERIC
        if meant is None:
            found.append(Given(GDELT_THEME, name, weight=float(count)))
        elif meant.topic:
            found.append(Given(GDELT_THEME, name, topic=meant.topic, weight=count * meant.share))
    return found[:MOST]


def places_given(field: str) -> list[Given]:
    """The places of V2Locations or Locations, most mentions first, with their countries where they lie in one.

    Their codes are FIPS 10-4. A block with another number of fields is skipped: which field is which cannot be told.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for parts in set(_several(field)):
        place = parts.split("#", 9)
        if len(place) in _FIELDS:
            counts[place[2], place[1]] += 1
    return [
        Given(GDELT_PLACE, code[:_LONGEST], line(name)[:_LONGEST], country=codes.from_fips(code), weight=float(count))
        for (code, name), count in counts.most_common(MOST)
    ]


def skipped_places(field: str) -> int:
    """How many blocks of V2Locations or Locations cannot be read."""
    return sum(1 for block in _several(field) if block.count("#") + 1 not in _FIELDS)


def tone_given(field: str) -> list[Given]:
    """The tone: share of positive minus share of negative words in percent, mostly between -10 and 10."""
    try:
        tone = float(field[:_LONGEST].partition(",")[0])
    except ValueError:
        return []
    return [Given(GDELT_TONE, "tone", weight=round(tone, 2))] if -100 <= tone <= 100 else []


def _several(field: str) -> Iterable[str]:
    return (block for block in field.split(";") if block)
