"""Makes `countries.csv` from well-kept packages; run it again when one of them has news.

    pip install hdx-python-country babel
    python data/geography/build.py

Codes, UN M49 regions and label points come from hdx-python-country (the table of countries and territories kept by
UN OCHA), English names from Unicode CLDR by way of babel. The packages are needed for this script only.
"""

from __future__ import annotations

import csv
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("countries.csv")
COLUMNS = ("iso2", "iso3", "m49", "name", "region", "sub_region", "intermediate_region", "latitude", "longitude")

SHORT_NAMES = {
    "CD": "DR Congo",
    "CG": "Congo",
    "CI": "Côte d'Ivoire",
    "FM": "Micronesia (Federated States)",
    "HK": "Hong Kong",
    "KP": "North Korea",
    "KR": "South Korea",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
}
"""Names chosen by hand: short, neutral, and different from every name of a region."""

BY_HAND: dict[str, dict[str, str]] = {
    "TW": {"m49": "158", "region": "Asia", "sub_region": "Eastern Asia", "intermediate_region": ""},
    "XK": {"iso3": "XKX", "region": "Europe", "sub_region": "Southern Europe", "intermediate_region": ""},
    "AQ": {"region": "", "sub_region": "", "intermediate_region": ""},
} | {
    iso2: {"latitude": latitude, "longitude": longitude}
    for iso2, latitude, longitude in (
        ("EC", "-1.40", "-78.40"),
        ("FK", "-51.75", "-59.00"),
        ("FJ", "-17.80", "178.00"),
        ("FR", "46.60", "2.50"),
        ("KI", "1.42", "173.00"),
        ("MP", "15.20", "145.75"),
        ("MY", "3.90", "102.20"),
        ("NO", "61.40", "9.00"),
        ("NZ", "-41.80", "172.80"),
        ("PF", "-17.65", "-149.43"),
        ("PH", "12.80", "122.80"),
        ("PN", "-25.07", "-130.10"),
        ("PT", "39.60", "-8.00"),
        ("SH", "-15.95", "-5.72"),
        ("SJ", "78.70", "16.50"),
        ("TO", "-21.18", "-175.20"),
        ("TV", "-8.52", "179.20"),
        ("UM", "19.30", "166.63"),
        ("VU", "-16.30", "167.50"),
        ("US", "39.80", "-98.60"),
    )
}
"""The decisions of this table: Taiwan is a country of Eastern Asia, Kosovo (which has no M49 code) one of Southern
Europe, Antarctica is in no region. Some label points stand on the mainland or the main island, not at the middle of
all islands."""


def main() -> None:
    names = import_module("babel").Locale("en").territories
    rows = sorted((_row(source, names) for source in _sources()), key=lambda row: row["iso2"])
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _sources() -> list[dict[str, str]]:
    """The rows of UN OCHA's table that have a code in use: ISO 3166-1 and Kosovo's XK."""
    spec = find_spec("hdx.location")
    if spec is None or spec.submodule_search_locations is None:
        raise SystemExit("pip install hdx-python-country babel")
    (table,) = Path(next(iter(spec.submodule_search_locations))).glob("Countries*.csv")
    with table.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if _iso2(row) and row["Deprecated"] != "Y"]


def _iso2(source: dict[str, str]) -> str:
    return source["ISO 3166-1 Alpha 2-Codes"] or source["x Alpha2 codes"]


def _row(source: dict[str, str], names: Any) -> dict[str, str]:
    iso2 = _iso2(source)
    row = {
        "iso2": iso2,
        "iso3": source["ISO 3166-1 Alpha 3-Codes"],
        "m49": source["m49 numerical code"].zfill(3) if source["m49 numerical code"] else "",
        "name": SHORT_NAMES.get(iso2) or _plain(names[iso2]),
        "region": source["Region Name"],
        "sub_region": source["Sub-region Name"],
        "intermediate_region": source["Intermediate Region Name"].replace("Channel Islands", ""),
        "latitude": _rounded(source["Latitude"]),
        "longitude": _rounded(source["Longitude"]),
    }
    return row | BY_HAND.get(iso2, {})


def _plain(name: str) -> str:
    """A CLDR name as it is read aloud: "Bosnia & Herzegovina" becomes "Bosnia and Herzegovina"."""
    return name.replace(" & ", " and ").replace("St. ", "Saint ").replace("\u2019", "'")


def _rounded(degrees: str) -> str:
    return f"{float(degrees):.2f}" if degrees else ""


if __name__ == "__main__":
    main()
