"""Names and codes of languages and countries, as sources write them, to ISO codes."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from data.errors import ResourceError
from data.geography import COUNTRIES

# Codes that ISO 639 withdrew, and members of its macrolanguages that sources name in their place.
_LANGUAGES = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr", "cmn": "zh", "yue": "zh", "arb": "ar"}
_LANGUAGES |= {"pes": "fa", "prs": "fa", "swh": "sw", "zsm": "ms", "ekk": "et", "lvs": "lv", "azj": "az", "fil": "tl"}

_COUNTRIES = {
    "uk": "GB",
    "great britain": "GB",
    "britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "united states of america": "US",
    "russian federation": "RU",
    "korea": "KR",
    "republic of korea": "KR",
    "viet nam": "VN",
    "czech republic": "CZ",
    "ivory coast": "CI",
    "burma": "MM",
    "turkey": "TR",
    "turkiye": "TR",
    "holland": "NL",
    "uae": "AE",
    "swaziland": "SZ",
    "palestine": "PS",
    "hong kong": "HK",
}


def language(name: str) -> str:
    """ISO 639-1 code of a language given as ``en``, ``eng``, ``en-US`` or ``English``; empty where it is none."""
    name = name.strip().casefold()[:60]
    code = name.replace("_", "-").partition("-")[0].strip()
    table = _language_table()
    return table.get(name) or table.get(code) or ""


def country(name: str) -> str:
    """ISO 3166-1 alpha-2 code of a country given by a code or by its English name; empty where it is none."""
    name = " ".join(name.split())[:80]
    if name.upper() in COUNTRIES:
        return name.upper()
    return _country_table().get(name.casefold().replace(".", "").removeprefix("the "), "")


def from_fips(code: str) -> str:
    """ISO 3166-1 alpha-2 code of the country with the code `code` in FIPS 10-4, as GDELT uses it; empty for none."""
    return _fips_table().get(code[:3].upper(), "")


def language_name(code: str) -> str:
    """English name of the language with the ISO 639-1 code `code`; an unknown code stands for itself."""
    return _language_names().get(code, code)


@cache
def _language_names() -> dict[str, str]:
    return {row["alpha2"]: row["names"].partition("|")[0].title() for row in _language_rows()}


@cache
def _language_table() -> dict[str, str]:
    table = dict(_LANGUAGES)
    for row in _language_rows():
        forms = [row["alpha2"], *row["alpha3"].split(), *row["names"].split("|")]
        table |= {form.casefold(): row["alpha2"] for form in forms}
    return table


def _language_rows() -> list[dict[str, str]]:
    return _rows("languages.csv")


@cache
def _fips_table() -> dict[str, str]:
    return {row["fips"]: row["iso2"] for row in _rows("fips.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    path = Path(__file__).with_name(name)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise ResourceError(f"The table {path.name} cannot be read: reinstall the program.") from error


@cache
def _country_table() -> dict[str, str]:
    table = dict(_COUNTRIES)
    for country in COUNTRIES.values():
        table[country.iso3.casefold()] = country.iso2
        table[country.name.casefold().replace(".", "").removeprefix("the ")] = country.iso2
    return table
