"""Outlines of the countries for drawings that no map library makes: cut at the edge of the map, in Equal Earth."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import numpy.typing as npt

from components.shapes import FILE

Points = npt.NDArray[np.float64]

CENTRE = 11.0
"""Degrees of longitude in the middle of the map, as on the page: so the cut falls into the Bering Strait."""
_SOUTH, _NORTH = -56.0, 84.0
"""Degrees of latitude that are drawn; Antarctica is not."""


@cache
def outlines() -> dict[str, tuple[Points, ...]]:
    """ISO 3166-1 alpha-3 code of every country (with X: disputed) to its rings, x and y in 0..1, y downwards.

    Rings are open (the first point does not come again); every ring, holes included, is one of the tuple, to be filled
    by the even-odd rule. The width of the map is 1, its height :func:`height`.
    """
    topology = json.loads(FILE.read_text(encoding="utf-8"))
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    found: dict[str, tuple[Points, ...]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        rings = [part for polygon in polygons for ring in polygon for part in cut(_joined(ring, arcs))]
        drawn = tuple(_placed(ring) for ring in rings if ring[:, 1].max() > _SOUTH)
        if drawn:
            found[geometry["id"]] = drawn
    return found


def _joined(ring: list[int], arcs: list[Points]) -> Points:
    """The points of a ring (TopoJSON 1.0, section 2.1.4: ~i is arc i backwards), the last one left out."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return np.vstack([part[:-1] for part in parts])


def cut(ring: Points) -> list[Points]:
    """An open ring of longitudes and latitudes as rings within 180 degrees of CENTRE, longitudes from there."""
    longitude = np.degrees(np.unwrap(np.radians(ring[:, 0] - CENTRE)))
    longitude -= 360 * np.round((longitude.min() + longitude.max()) / 720)
    whole = np.column_stack([longitude, ring[:, 1]])
    inside = _clipped(_clipped(whole, 180.0, 1), -180.0, -1)
    turn = np.array([360.0, 0.0])
    over, under = _clipped(whole, 180.0, -1) - turn, _clipped(whole, -180.0, 1) + turn
    return [part for part in (inside, over, under) if len(part) > 2]


def _clipped(ring: Points, at: float, side: int) -> Points:
    """What of the ring lies at most at longitude `at` (`side` 1) or at least there (-1)."""
    kept = side * (at - ring[:, 0]) >= 0
    if kept.all():
        return ring
    found = []
    for n, (x, y) in enumerate(ring):
        x_before, y_before = ring[n - 1]
        if kept[n] != kept[n - 1]:
            found.append((at, y_before + (at - x_before) / (x - x_before) * (y - y_before)))
        if kept[n]:
            found.append((x, y))
    return np.array(found).reshape(-1, 2)


def project(longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> Points:
    """Places in degrees as x and y of the map, one row each."""
    from_centre = (np.asarray(longitude, float) - CENTRE + 180) % 360 - 180
    return _placed(np.column_stack([np.atleast_1d(from_centre), np.atleast_1d(np.asarray(latitude, float))]))


def height() -> float:
    """Height of the map where its width is 1."""
    _, south = _equal_earth(np.array([[0.0, _SOUTH]]))[0]
    _, north = _equal_earth(np.array([[0.0, _NORTH]]))[0]
    return float((north - south) / _width())


def _placed(ring: Points) -> Points:
    clipped = np.column_stack([ring[:, 0], np.clip(ring[:, 1], _SOUTH, _NORTH)])
    x, y = _equal_earth(clipped).T
    top = _equal_earth(np.array([[0.0, _NORTH]]))[0][1]
    return np.column_stack([x / _width() + 0.5, (top - y) / _width()])


def _width() -> float:
    return float(2 * _equal_earth(np.array([[180.0, 0.0]]))[0][0])


def _equal_earth(degrees: Points) -> Points:
    """B. Savric, T. Patterson, B. Jenny, The Equal Earth map projection, IJGIS 33 (2019), equations 7 to 9."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    longitude, latitude = np.radians(degrees).T
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(latitude))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * np.sqrt(3) * longitude * np.cos(theta) / (3 * slope)
    return np.column_stack([x, theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)])
