"""Colours of areas by value: from few to many, and from one selection to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.theme import Palette


@dataclass(frozen=True, slots=True)
class Shades:
    """A scale of colours between two values."""

    stops: tuple[str, ...]
    low: float
    high: float

    def of(self, value: float) -> str:
        """The colour of a value, mixed of its two neighbours; values outside get that of the end."""
        span = self.high - self.low
        place = min(max((value - self.low) / span if span > 0 else 1.0, 0.0), 1.0) * (len(self.stops) - 1)
        first = min(int(place), len(self.stops) - 2)
        return _mixed(self.stops[first], self.stops[first + 1], place - first)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def shades(values: Sequence[float], scale: Literal["log", "share", "difference"], palette: Palette) -> Shades:
    """The scale for these values: from 0 up, or the same way up and down for differences."""
    if scale == "difference":
        most = max(map(abs, values), default=0.0) or 1.0
        return Shades(palette.apart, -most, most)
    most = max(values, default=0.0)
    return Shades(palette.scale, 0.0, max(most, 0.5 if scale == "log" else 1e-9))
