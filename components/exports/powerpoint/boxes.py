"""Boxes on a slide, in English Metric Units (914,400 an inch), as PowerPoint counts."""

from __future__ import annotations

from dataclasses import dataclass

INCH = 914_400
POINT = 12_700


def inches(length: float) -> int:
    """A length in inches as units."""
    return round(length * INCH)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + self.height

    @property
    def right(self) -> int:
        """The right edge."""
        return self.left + self.width

    @property
    def place(self) -> tuple[int, int, int, int]:
        """As python-pptx wants it: left, top, width, height."""
        return self.left, self.top, self.width, self.height

    def across(self, share: float, gap: int = 0) -> tuple[Box, Box]:
        """The left `share` of the width and the rest, a gap between them."""
        first = round((self.width - gap) * share)
        rest = Box(self.left + first + gap, self.top, self.width - first - gap, self.height)
        return Box(self.left, self.top, first, self.height), rest

    def down(self, height: int, gap: int = 0) -> tuple[Box, Box]:
        """A box of `height` at the top, and what is left below it."""
        height = min(height, self.height)
        rest = max(self.height - height - gap, 0)
        return Box(self.left, self.top, self.width, height), Box(self.left, self.bottom - rest, self.width, rest)

    def columns(self, n: int, gap: int) -> tuple[Box, ...]:
        """`n` boxes of the same width, side by side."""
        width = (self.width - gap * (n - 1)) // n
        return tuple(Box(self.left + i * (width + gap), self.top, width, self.height) for i in range(n))
