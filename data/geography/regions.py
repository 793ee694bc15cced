"""The tree of UN M49 regions, and groups of countries such as the European Union."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from data.errors import SelectionError
from data.geography.records import COUNTRIES, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its parts; `countries` holds the codes of all countries in it, those of its parts included."""

    name: str
    parts: tuple[Region, ...]
    countries: tuple[str, ...]

    def walk(self) -> Iterator[Region]:
        """The region itself, then all its parts, depth first."""
        yield self
        for part in self.parts:
            yield from part.walk()


def _regions(countries: Iterable[str], depth: int = 0) -> tuple[Region, ...]:
    """The regions that lie `depth` levels deep around `countries`, by name."""
    members: dict[str, list[str]] = defaultdict(list)
    for code in countries:
        if len(COUNTRIES[code].regions) > depth:
            members[COUNTRIES[code].regions[depth]].append(code)
    return tuple(Region(name, _regions(codes, depth + 1), tuple(codes)) for name, codes in sorted(members.items()))


def _groups() -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for row in read_table("groups.csv"):
        members[row["group"]].add(row["iso2"])
    return {name: frozenset(codes) for name, codes in members.items()}


REGIONS: tuple[Region, ...] = _regions(COUNTRIES)
"""The five regions of M49; their parts are sub-regions, and theirs intermediate regions."""

GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(_groups())
"""Groups of countries by name; a country may be in many."""

_MEMBERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {region.name: frozenset(region.countries) for top in REGIONS for region in top.walk()} | dict(GROUPS)
)

REGION_NAMES: tuple[str, ...] = tuple(_MEMBERS)
"""Every name that :func:`regions_of` can return, in its order: the tree depth first, then the groups."""


def members(name: str) -> frozenset[str]:
    """Codes of the countries in the region or group `name`; SelectionError lists the known names."""
    try:
        return _MEMBERS[name]
    except KeyError:
        raise SelectionError(f"No region {name!r}; choose one of {', '.join(_MEMBERS)}.") from None


def regions_of(countries: Iterable[str]) -> tuple[str, ...]:
    """Names of all regions, their parts and groups that hold one of `countries`, in the order of REGION_NAMES.

    Unknown codes belong to no region.
    """
    codes = frozenset(countries)
    return tuple(name for name, inside in _MEMBERS.items() if not codes.isdisjoint(inside))


def parents(name: str) -> tuple[str, ...]:
    """The regions around a region or a country code, widest first: "Caribbean" -> Americas, Latin America and the ...

    Groups and the five regions have none.
    """
    if name in COUNTRIES:
        return COUNTRIES[name].regions
    return _around(name, REGIONS) if name in _MEMBERS else ()


def _around(name: str, regions: tuple[Region, ...]) -> tuple[str, ...]:
    for region in regions:
        if any(part.name == name for part in region.walk()):
            return () if region.name == name else (region.name, *_around(name, region.parts))
    return ()
