"""What drawings are made of: few things that every output can draw. Lengths are points (1/72 inch), y goes down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, filled and outlined where a colour ("#rrggbb") is given."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    line: str = ""
    thick: float = 0.75


@dataclass(frozen=True, slots=True)
class Polygon:
    """Closed rings, filled by the even-odd rule."""

    rings: tuple[tuple[Point, ...], ...]
    fill: str = ""
    line: str = ""
    thick: float = 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    colour: str
    thick: float = 0.75
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of plain text; `x`, `y` is the start, middle or end of its base line."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    at: Literal["start", "middle", "end"] = "start"
    turned: bool = False
    """Read from below to above."""


@dataclass(frozen=True, slots=True)
class Link:
    """An area that opens an address; an output that cannot do so leaves it out."""

    x: float
    y: float
    width: float
    height: float
    url: str


Primitive = Rect | Polygon | Line | Circle | Text | Link
Role = Literal["H1", "H2", "P", "Figure", "Caption", "Artifact"]
"""What a group is to somebody who hears it: names of PDF's structure types; artifacts are not read."""


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together, in reading order."""

    role: Role
    marks: tuple[Primitive, ...]
    alt: str = ""
    """What stands for a figure."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a file's outline: its words, its depth, and where on the page it leads."""

    words: str
    level: int = 0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks within width by height."""

    width: float
    height: float
    marks: tuple[Primitive, ...]
    left_out: int = 0
    """Marks for which there was no room; a text in the drawing says so."""


def moved(marks: Iterable[Primitive], x: float, y: float) -> tuple[Primitive, ...]:
    """The marks, further right by `x` and down by `y`."""
    return tuple(_moved(mark, x, y) for mark in marks)


def _moved(mark: Primitive, x: float, y: float) -> Primitive:
    if isinstance(mark, Polygon):
        return replace(mark, rings=tuple(tuple((a + x, b + y) for a, b in ring) for ring in mark.rings))
    if isinstance(mark, Line):
        return replace(mark, points=tuple((a + x, b + y) for a, b in mark.points))
    return replace(mark, x=mark.x + x, y=mark.y + y)


def scaled(drawing: Drawing, by: float) -> Drawing:
    """The drawing with all lengths `by` times as long."""
    marks = tuple(_scaled(mark, by) for mark in drawing.marks)
    return Drawing(drawing.width * by, drawing.height * by, marks, drawing.left_out)


def _scaled(mark: Primitive, by: float) -> Primitive:
    match mark:
        case Polygon():
            rings = tuple(tuple((x * by, y * by) for x, y in ring) for ring in mark.rings)
            return replace(mark, rings=rings, thick=mark.thick * by)
        case Line():
            return replace(mark, points=tuple((x * by, y * by) for x, y in mark.points), thick=mark.thick * by)
        case Circle():
            return replace(mark, x=mark.x * by, y=mark.y * by, radius=mark.radius * by)
        case Text():
            return replace(mark, x=mark.x * by, y=mark.y * by, size=mark.size * by)
        case Rect() | Link():
            return replace(mark, x=mark.x * by, y=mark.y * by, width=mark.width * by, height=mark.height * by)


def mixed(one: str, other: str, share: float) -> str:
    """The colour that is `share` (0..1) of the way from one colour to the other, in sRGB."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def on_scale(scale: tuple[str, ...], share: float) -> str:
    """The colour at `share` (0..1) of a scale of evenly spaced colours."""
    place = min(max(share, 0.0), 1.0) * (len(scale) - 1)
    below = min(int(place), len(scale) - 2)
    return mixed(scale[below], scale[below + 1], place - below)
