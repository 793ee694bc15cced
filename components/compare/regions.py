"""Regions compared: the share of each region in A and in B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.compare import pairs
from components.compare.sides import Sides
from components.region_topic import columns_for
from data import geography

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Content


def content(ask: Ask) -> Content:
    """What the card shows: the regions of the world, and those that either side has chosen within them."""
    sides = Sides(ask)
    chosen = (*ask.selection.chosen("region"), *ask.other.chosen("region"))
    shown = (*columns_for(()), *columns_for(chosen), *(name for name in chosen if name in geography.REGION_NAMES))
    found = pairs.pairs(sides, "region", only=frozenset(shown))
    return pairs.content(sides, "compare-regions", "Regions compared", "region", found)
