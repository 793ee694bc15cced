"""What an article says for each country, beyond the mention that is being read."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from data.tagging.places.gazetteer import (
    AREA,
    CAPITAL,
    COUNTRY,
    CUE,
    DEMONYM,
    LEADER,
    SEAT,
    STATE,
    TOWN,
    Candidate,
    Entry,
)

if TYPE_CHECKING:
    from data.tagging.places.mentions import Mention

PUBLISHER = 3.0
NAMED_STATE = 1.2
STREET = 1.0
LOCAL = 1.4
"""How much more evidence says for a city or state than for a country; not where a capital has the same name."""
HOME, HOME_TOWN = 3.5, 3.9
"""Bonus of a publisher's own town, and the least size (8,000 people) of a town that has a newspaper."""
CUE_LIMIT = 4.0
_EVIDENCE = {COUNTRY: 2.0, DEMONYM: 2.0, STATE: 1.5, AREA: 1.0, CAPITAL: 1.0, SEAT: 0.5, LEADER: 0.5, TOWN: 0.0}
CONTESTED = frozenset({"Georgia", "GEORGIA", "Jersey", "JERSEY"})
"""Surfaces where neither the country nor the state is the usual reading: the rest of the article decides."""


class Evidence:
    """What speaks for each country, and the states that are named."""

    def __init__(self, publisher_country: str) -> None:
        self.of: defaultdict[str, float] = defaultdict(float)
        self.states: set[tuple[str, str]] = set()
        if publisher_country:
            self.of[publisher_country] = PUBLISHER
        self._publisher = publisher_country
        self._cues: defaultdict[str, float] = defaultdict(float)
        self._cities: defaultdict[str, float] = defaultdict(float)
        self._times: defaultdict[str, int] = defaultdict(int)

    def add(self, mention: Mention) -> None:
        """Counts a mention that leaves no doubt about its country."""
        entry = mention.entry
        if CUE in entry.kinds:
            self._cue(entry)
            return
        self._times[mention.surface] += 1
        place = mention.forced or entry.sole
        if place is None or mention.surface in CONTESTED:
            return
        weight = 1.0 if mention.forced else _EVIDENCE[place.kind]
        if place.kind == TOWN and not mention.forced:
            weight = 0.5 if place.size >= 6 else 0.0
        self.of[place.country] += weight
        if place.kind in (TOWN, CAPITAL):
            self._cities[mention.surface] += weight
        if place.division and (mention.forced or place.kind == STATE):
            self.states.add((place.country, place.division))

    def add_street(self, mention: Mention) -> None:
        """Counts a street named after a place."""
        if mention.entry.sole is not None:
            self.of[mention.entry.sole.country] += STREET

    def _cue(self, entry: Entry) -> None:
        for candidate in entry.candidates:
            if candidate.kind == CUE and self._cues[candidate.country] < CUE_LIMIT:
                self._cues[candidate.country] += 1
                self.of[candidate.country] += 1 / len(entry.candidates)

    def bonus(self, place: Candidate, mention: Mention) -> float:
        """What the evidence adds to the weight of a reading: up to 2.5, up to 3.5 for a city or state."""
        score = min(2.5, 1.1 * math.log1p(self.of[place.country])) if place.country in self.of else 0.0
        if place.kind in (STATE, AREA) or (place.kind == TOWN and mention.entry.best.kind != CAPITAL):
            score *= LOCAL
        if (place.country, place.division) in self.states:
            score += NAMED_STATE
        return score + HOME if self._at_home(place, mention) else score

    def _at_home(self, place: Candidate, mention: Mention) -> bool:
        """Whether a newspaper's own town is meant and not its famous namesake.

        So it is where the town is named again and again, and nothing else in the article lies in the famous one's
        country: "a Paris man" in a paper from Texas.
        """
        if place.country != self._publisher or place.kind != TOWN or place.size < HOME_TOWN or mention.dateline:
            return False
        famous = mention.entry.best
        if famous.country == place.country or famous.kind not in (CAPITAL, TOWN, AREA):
            return False
        others = self.of.get(famous.country, 0.0) - self._cities[mention.surface]
        return others <= 0 and self._times[mention.surface] > 1
