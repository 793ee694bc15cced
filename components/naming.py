"""What the values of a facet are called on the page: stories by their titles, which only the engine knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.wording import plain
from data.facets import FACETS, NONE
from data.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.engines import Engine
    from data.selection import Naming

LONGEST = 70
"""Characters of a title within a sentence or on a button."""


def titles(engine: Engine, stories: Iterable[str]) -> dict[str, str]:
    """The titles of stories, each that of its most central article; the id of a story that is not known."""
    ids = list(dict.fromkeys(stories))
    if not ids:
        return {}
    found = engine.articles(Selection().choose("story", ids), "central", 0, len(ids))
    known = zip(found["story"].tolist(), found["title"].tolist(), strict=True)
    named = {story: " ".join(plain(title).split()) for story, title in reversed(list(known))}
    return {story: named.get(story, story) for story in ids}


def naming(engine: Engine) -> Naming:
    """What to call a value in a sentence."""

    def say(facet: str, value: str) -> str:
        if facet != "story" or value == NONE:
            return FACETS[facet].text(value)
        whole = titles(engine, (value,))[value]
        return f"“{whole if len(whole) <= LONGEST else whole[: LONGEST - 1].rstrip() + '…'}”"

    return say
