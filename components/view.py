"""View: how the page shows a selection, as one immutable value that travels in an address."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from data.engines import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.content import Numbers
    from data.engines import Unit


@dataclass(frozen=True, slots=True)
class View:
    """How the page shows a selection. A field is left out of the address while it has its default."""

    map: str = "about"
    """What the map counts: the countries that articles are "about", or where they are "published"."""
    cloud: str = "frequent"
    """Which words the cloud shows: "frequent" or "distinctive"."""
    unit: Unit = "articles"
    """What every number of the page counts."""
    numbers: Numbers = "counts"
    """What marks are as long or as high as."""
    top: str = "largest"
    """Which stories come first: the "largest" or the "growing"; or "brief" for sentences of the largest."""
    emerging: str = "rising"
    """What the card of emerging themes shows: what is "rising", the "themes" discovered, or what has "changed"."""
    since: str = ""
    """What has changed since when: a day (ISO 8601), or "v" and a version's number; empty for the latest period."""
    copies: str = "hidden"
    """Whether the list of articles has copies on lines of their own: "hidden" or "shown"."""
    tables: tuple[str, ...] = ()
    """Panels that show their table instead of their figure."""
    order: str = "newest"
    page: int = 1
    """Page of the list of stories, from 1."""
    article: str = ""
    """Id of the article whose evidence is open."""
    version: str = ""
    """Number of the version of the store that is shown whatever is added later; empty for the latest."""
    mode: str = "explore"
    """Whether the page shows one selection ("explore") or two beside each other ("compare")."""
    side: str = "a"
    """Which of two selections filters and clicks change."""
    slide: int = 0
    """Number of the slide that is presented, from 1; 0 where nothing is presented."""

    def to_query(self, *names: str) -> dict[str, list[str]]:
        """The view as parameters of an address, defaults left out; with `names` only these fields."""
        shown = {name: getattr(self, name) for name in names or _DEFAULTS}
        changed = {name: value for name, value in shown.items() if value != _DEFAULTS[name]}
        return {name: list(value) if isinstance(value, tuple) else [str(value)] for name, value in changed.items()}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> View:
        """Reads the parameters of an address; what is not understood is passed over."""
        known: dict[str, Any] = {}
        for name, default in _DEFAULTS.items():
            values = query.get(name, ())
            if isinstance(default, tuple):
                known[name] = tuple(values)
            elif isinstance(default, int):
                known[name] = int(values[0]) if values and _is_number(values[0]) else default
            elif values and values[0] in _CHOICES.get(name, values):
                known[name] = values[0]
        return cls(**known)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


FIGURES = ("map", "cloud", "unit", "numbers", "top", "emerging", "since")
"""The fields that figures depend on."""

_CHOICES: dict[str, Sequence[str]] = {
    "map": ("about", "published"),
    "cloud": ("frequent", "distinctive"),
    "unit": UNITS,
    "numbers": ("counts", "shares"),
    "top": ("largest", "growing", "brief"),
    "emerging": ("rising", "themes", "changed"),
    "copies": ("hidden", "shown"),
    "order": ("newest", "oldest"),
    "mode": ("explore", "compare"),
    "side": ("a", "b"),
}
_DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(View)}
