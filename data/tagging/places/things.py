"""Shops and birds with a country's name: "Iceland" between supermarkets, "Turkey" before Thanksgiving.

Fixed phrases ("turkey farms", "Jordan shoes") are blocks of the gazetteer; here the words around decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.tagging.places.words import LOCATIVES, words

_REACH = 120
"""Characters before and after a name whose words are looked at."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Thing:
    """What bears the name of a country."""

    signs: frozenset[str]
    """Words that speak for it, in small letters."""
    enough: int
    """How many of them must stand near."""
    against: frozenset[str]
    """One of these words, and it is the country."""


THINGS = {
    "Iceland": Thing(
        words(
            "supermarket supermarkets shop shops store stores retailer retailers grocer grocers grocery frozen freezer "
            "aisle aisles checkout shoppers customers chain food foods branch branches tesco asda aldi lidl sainsbury "
            "morrisons waitrose discounter"
        ),
        2,
        words("icelandic icelanders reykjavik reykjavík volcano volcanic eruption krona króna nordic island"),
    ),
    "Turkey": Thing(
        words("thanksgiving butterball stuffing gravy cranberry cranberries gobbler gobblers drumstick drumsticks"),
        1,
        words("turkish turks ankara istanbul erdogan erdoğan nato lira"),
    ),
}
THINGS |= {name.upper(): thing for name, thing in THINGS.items()}


def is_thing(text: str, start: int, end: int) -> bool:
    """Whether the surface at ``text[start:end]`` means a thing in :data:`THINGS` and no country."""
    thing = THINGS.get(text[start:end])
    if thing is None or text.startswith("'s", end) or _is_located(text, start):
        return False
    near = frozenset(_WORD.findall(text[max(0, start - _REACH) : end + _REACH].lower()))
    return len(near & thing.signs) >= thing.enough and near.isdisjoint(thing.against)


def _is_located(text: str, start: int) -> bool:
    before = text[max(0, start - 20) : start].split()
    return bool(before) and before[-1] in LOCATIVES
