"""Countries, UN M49 regions and groups: fixed tables and pure functions over them.

countries.csv --> COUNTRIES --> REGIONS (region > sub-region > intermediate region)      groups.csv --> GROUPS
"""

from __future__ import annotations

from data.geography.records import COUNTRIES, Country
from data.geography.regions import GROUPS, REGION_NAMES, REGIONS, Region, members, parents, regions_of

__all__ = [
    "COUNTRIES",
    "GROUPS",
    "REGIONS",
    "REGION_NAMES",
    "Country",
    "Region",
    "members",
    "name",
    "parents",
    "regions_of",
]


def name(iso2: str) -> str:
    """Short English name of the country with the code `iso2`; an unknown code stands for itself."""
    return COUNTRIES[iso2].name if iso2 in COUNTRIES else iso2
