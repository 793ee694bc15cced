"""Makes `world.json`, the country shapes of the map, from the UN set that plotly.js carries. Not needed to run the app.

Usage: ``python -m components.shapes.build PLOTLY_GEO_ASSETS_JS``, with `dist/plotly-geo-assets.js` of the npm package
plotly.js 4.1 or later. Needs Node (to evaluate that file) and shapely (to simplify lines).

Shared borders are single arcs of the topology, so simplifying arc by arc keeps neighbours seamless.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import accumulate, pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Polygon = list[list[int]]

TOLERANCE = 0.06
"""Degrees: how far a simplified border may lie from the true one."""
SMALLEST_ISLAND = 0.04
"""Square degrees: a smaller polygon goes, unless it is the largest one of its country."""
STEP = 0.01
"""Degrees: coordinates are whole multiples of it."""

_EVALUATE = """
global.window = {}; const module_ = {exports: {}};
const source = require('fs').readFileSync(process.argv[1], 'utf8');
new Function('module', 'exports', 'window', source)(module_, module_.exports, window);
process.stdout.write(JSON.stringify((window.PlotlyGeoAssets || module_.exports).topojson.world_50m));
"""


def main(assets: str) -> None:
    """Reads the UN shapes, simplifies them and writes `world.json` beside this file."""
    world = json.loads(subprocess.check_output(["node", "-e", _EVALUATE, assets]))
    arcs = [list(_points(arc, world["transform"])) for arc in world["arcs"]]
    countries = _countries(world["objects"]["countries"]["geometries"], arcs)
    topology = _topology(countries, arcs)
    Path(__file__).with_name("world.json").write_text(json.dumps(topology, separators=(",", ":")), encoding="utf-8")


def _points(arc: list[list[int]], transform: dict[str, Any]) -> list[Point]:
    """Absolute longitudes and latitudes of a delta-coded arc (TopoJSON specification 1.0, section 2.1.3)."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = (accumulate(step) for step in zip(*arc, strict=True))
    return [(x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True)]


def _countries(geometries: list[dict[str, Any]], arcs: list[list[Point]]) -> dict[str, list[Polygon]]:
    """The polygons of each country, several geometries of one country joined, specks left out."""
    found: dict[str, list[Polygon]] = {}
    for geometry in geometries:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        found.setdefault(geometry["id"], []).extend(polygons)
    return {code: _without_specks(polygons, arcs) for code, polygons in sorted(found.items())}


def _without_specks(polygons: list[Polygon], arcs: list[list[Point]]) -> list[Polygon]:
    areas = [abs(_area(_ring(polygon[0], arcs))) for polygon in polygons]
    least = min(SMALLEST_ISLAND, max(areas))
    return [polygon for polygon, area in zip(polygons, areas, strict=True) if area >= least]


def _ring(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    return [point for i in indices for point in (arcs[i] if i >= 0 else arcs[~i][::-1])]


def _area(ring: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


def _topology(countries: dict[str, list[Polygon]], arcs: list[list[Point]]) -> dict[str, Any]:
    """A TopoJSON topology with the object `countries`; the other layers that plotly.js looks for are empty."""
    used = sorted(
        {i if i >= 0 else ~i for polygons in countries.values() for p in polygons for ring in p for i in ring}
    )
    place = {old: new for new, old in enumerate(used)}
    geometries = [
        {
            "type": "MultiPolygon",
            "id": code,
            "properties": {"ct": _middle(polygons, arcs), "area": _size(polygons, arcs)},
            "arcs": [[[place[i] if i >= 0 else ~place[~i] for i in ring] for ring in p] for p in polygons],
        }
        for code, polygons in countries.items()
    ]
    empty = {"type": "GeometryCollection", "geometries": []}
    layers = dict.fromkeys(("coastlines", "land", "ocean", "lakes", "rivers", "subunits"), empty)
    return {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
        "objects": layers | {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_simplified(arcs[i]) for i in used],
    }


def _size(polygons: list[Polygon], arcs: list[list[Point]]) -> float:
    """Square degrees as they look on an equal-area map."""
    rings = [_ring(polygon[0], arcs) for polygon in polygons]
    return round(sum(abs(_area(ring)) * cos(radians(ring[0][1])) for ring in rings), 3)


def _middle(polygons: list[Polygon], arcs: list[list[Point]]) -> list[float]:
    from shapely.geometry import Polygon as Shape

    largest = max((Shape(_ring(polygon[0], arcs)) for polygon in polygons), key=lambda shape: shape.area)
    point = largest.representative_point()
    return [round(point.x, 2), round(point.y, 2)]


def _simplified(arc: list[Point]) -> list[list[int]]:
    """Douglas-Peucker on one arc, delta-coded; a closed arc keeps at least a triangle."""
    from shapely.geometry import LineString

    line = LineString(arc)
    tolerance = min(TOLERANCE, line.length / 12) if arc[0] == arc[-1] else TOLERANCE
    coords = list(line.simplify(tolerance, preserve_topology=False).coords)
    if arc[0] == arc[-1] and len(coords) < 4:
        coords = arc
    grid = [(round(x / STEP), round(y / STEP)) for x, y in coords]
    steps = [grid[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(grid) if a != b)]
    return [list(step) for step in (steps if len(steps) > 1 else [*steps, (0, 0)])]


if __name__ == "__main__":
    main(*sys.argv[1:])
