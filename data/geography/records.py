"""Country records and the table they come from (see README.md beside this module for its sources)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from data.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory."""

    iso2: str
    """ISO 3166-1 alpha-2; XK for Kosovo."""
    iso3: str
    m49: str
    """UN M49 code, three digits; empty for Kosovo."""
    name: str
    """Short neutral name in English."""
    region: str
    """UN M49 region, "Europe"; empty for Antarctica alone."""
    sub_region: str
    """UN M49 sub-region, "Northern Europe"."""
    intermediate_region: str
    """UN M49 intermediate region, "Caribbean"; empty where the sub-region has none."""
    latitude: float
    longitude: float
    """Where a label or a marker stands, in degrees."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Its M49 regions from the widest to the narrowest."""
        return tuple(name for name in (self.region, self.sub_region, self.intermediate_region) if name)


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table beside this module, every cell a string ("NA" is Namibia, not a missing value)."""
    try:
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise ResourceError(f"The table {name} of countries cannot be read: reinstall the program.") from error


def _country(row: dict[str, str]) -> Country:
    return Country(
        iso2=row["iso2"],
        iso3=row["iso3"],
        m49=row["m49"],
        name=row["name"],
        region=row["region"],
        sub_region=row["sub_region"],
        intermediate_region=row["intermediate_region"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


COUNTRIES: Mapping[str, Country] = MappingProxyType({row["iso2"]: _country(row) for row in read_table("countries.csv")})
"""Every country by its ISO 3166-1 alpha-2 code, in the order of the codes."""
