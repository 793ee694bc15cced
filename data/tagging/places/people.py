"""Tells people from the places they share a name with: "Michael Jordan", "Sen. Lincoln", "Paris Hilton"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.tagging.places import gazetteer, words
from data.tagging.places.gazetteer import AREA, CAPITAL, COUNTRY, TOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.tagging.places.gazetteer import Entry
    from data.tagging.places.mentions import Mention


_NO_INITIALS = frozenset("AI")
_ENGLISH_SPEAKING = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
_SMALL, _MIDDLING = 5.6, 6.2
"""Below this prominence a city whose name is a given name is a person before any capitalised word; the second limit is
for countries where English speakers meet the person more often than the city."""


def people(mentions: Iterable[Mention]) -> frozenset[str]:
    """Surfaces that are a person's name somewhere in the article."""
    return frozenset(mention.surface for mention in mentions if is_person(mention))


def is_person(mention: Mention) -> bool:
    """Whether the words around the mention make it a person's name."""
    entry, before, after = mention.entry, mention.before, mention.after
    if mention.forced is not None or mention.dateline:
        return False
    named = entry.surname or entry.given or _is_small(entry)
    if named and before and _names_a_person(before, entry.kinds):
        return True
    if entry.surname and COUNTRY not in entry.kinds and CAPITAL not in entry.kinds and after in words.SPEECH:
        return True
    return entry.given and _continues_a_name(after, mention)


def _is_small(entry: Entry) -> bool:
    """Whether so few know the place that a given name before it makes it a surname."""
    return entry.kinds <= {TOWN, AREA} and entry.best.size < _SMALL


def _names_a_person(before: str, kinds: frozenset[str]) -> bool:
    if before in words.TITLES:
        return COUNTRY not in kinds
    if before[0].isupper() and (before[1:] == "." or (len(before) == 1 and before not in _NO_INITIALS)):
        return True
    name = before.capitalize() if before.isupper() else before
    return name in gazetteer.given_names() and name not in words.NOT_PERSONS_BEFORE and name not in words.LOCATIVES


def _continues_a_name(after: str, mention: Mention) -> bool:
    """Whether a surname follows a given name that is also a place ("Jordan Spieth", "Ann-Marie")."""
    if after[:1] == "-" and len(after) > 1:
        return True
    name = after.removesuffix("'s")
    if name.isupper() and len(name) > 2:
        name = name.capitalize()
    if name in words.PLACE_NOUNS or mention.before in words.STRONG_LOCATIVES:
        return False
    if name in gazetteer.surnames() or name.partition("-")[0] in gazetteer.given_names():
        return mention.entry.kinds <= {TOWN, CAPITAL} or mention.before not in words.LOCATIVES
    best = mention.entry.best
    limit = _SMALL if best.country in _ENGLISH_SPEAKING else _MIDDLING
    return best.kind in (TOWN, AREA) and best.size < limit and name[:1].isupper() and name[1:].islower()
