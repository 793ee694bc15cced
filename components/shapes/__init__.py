"""Country shapes of the map: a simplified topology of the United Nations' set, made by `build.py`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("world.json")
"""TopoJSON with the object `countries`; ids are ISO 3166-1 alpha-3, those with X are disputed areas."""

SMALL = 1.2
"""Square degrees: a country below this is hard to see and hit, and is drawn as a point too."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline on the map."""

    iso3: str
    longitude: float
    """Of a point inside the largest part, in degrees."""
    latitude: float
    small: bool
    disputed: bool


@cache
def shapes() -> dict[str, Shape]:
    """All outlines by their ISO 3166-1 alpha-3 code."""
    topology = json.loads(FILE.read_text(encoding="utf-8"))
    found = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code, properties = geometry["id"], geometry["properties"]
        longitude, latitude = properties["ct"]
        found[code] = Shape(code, longitude, latitude, properties["area"] < SMALL, code.startswith("X"))
    return found
