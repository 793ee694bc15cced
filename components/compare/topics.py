"""Topics compared: the share of each topic in A and in B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.compare import pairs
from components.compare.sides import Sides

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Content


def content(ask: Ask) -> Content:
    """What the card shows."""
    sides = Sides(ask)
    return pairs.content(sides, "compare-topics", "Topics compared", "topic", pairs.pairs(sides, "topic"))
