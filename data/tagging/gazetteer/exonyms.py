"""Names of countries and cities in other languages than English; used by `build.py` only."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from data.geography import COUNTRIES
from data.tagging.gazetteer import inflection, sources

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = sources.words(
    "ar de es fa fr hi id it ja ko nl pl pt ru sw tr uk zh "
    "bg bn ca cs da el et fi he hr hu lt lv ms no ro sk sl sr sv ta th ur vi"
)
"""The first row has adjectives, aliases or inflected forms as well; the others have CLDR's names alone."""

SCRIPTS = {"zh": ("zh", "zh-Hant"), "sr": ("sr", "sr-Latn")}
"""Languages whose names CLDR keeps in several scripts."""

KINDS = {"country": "c", "land": "a", "seat": "p", "city": "t", "block": "b"}
WEIGHTS = {"land": 45, "city": 68}
CAPITAL, OTHER_CITY = 65, 60

BIG_CITY = 60
"""Cities of this prominence (over a million people, or known all over the world) get their names in other scripts."""
LETTERS = {
    "ar": re.compile("[\u0621-\u064a ]{3,}"),
    "fa": re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc ]{3,}"),
    "hi": re.compile("[\u0900-\u097f ]{3,}"),
    "ja": re.compile("[\u30a1-\u30fa\u30fc]{3,}|[\u4e00-\u9fff]{3,}"),
    "ko": re.compile("[\uac00-\ud7a3]{3,}"),
    "ru": re.compile("[\u0410-\u042f\u0401][\u0430-\u044f\u0451]+(?:[- ][\u0410-\u042f][\u0430-\u044f\u0451]+)?"),
    "uk": re.compile("[\u0404-\u042f\u0490][\u0430-\u0449\u044c\u044e\u044f\u0454\u0456\u0457\u0491' -]+"),
    "zh": re.compile("[\u4e00-\u9fff]{3,}"),
}
"""What a name in the script of a language looks like; two Chinese characters are too often something else."""

OLD_ZONES = {
    "Calcutta": "IN",
    "Saigon": "VN",
    "Katmandu": "NP",
    "Rangoon": "MM",
    "Kiev": "UA",
    "Buenos_Aires": "AR",
    "Asmera": "ER",
    "Godthab": "GL",
}
"""Names of time zones that CLDR keeps although the zone table has newer ones."""

TOO_SHORT = 2


def sections(npm: Path) -> list[str]:
    """Lines of one section for each language, in the form of the places."""
    aliases, adjectives = _aliases(), _adjectives()
    not_names = tomllib.loads((sources.HAND / "not_names.toml").read_text(encoding="utf-8"))
    lines: list[str] = []
    for language in LANGUAGES:
        found: dict[str, str] = {}
        named = [
            *aliases[language],
            *_names(npm, language),
            *_cities(npm, language),
            *adjectives[language],
            *_big(language),
        ]
        for surface, code in named:
            if surface not in not_names.get(language, ()) and len(surface) >= TOO_SHORT:
                found.setdefault(surface, code)
        lines += [f"[language {language}]", *(f"{surface}\t\t{code}" for surface, code in sorted(found.items()))]
    return lines


def _aliases() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for language, kind, country, forms in sources.hand_rows("aliases.csv", 4):
        weight = f":{WEIGHTS[kind]}" if kind in WEIGHTS else ""
        for form in forms.split("|"):
            for inflected in inflection.names(sources.plain(form), language) if language in ("ar", "de") else {form}:
                found[language].append((sources.plain(inflected), f"{KINDS[kind]}{country}{weight}"))
    return found


def _adjectives() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (sources.HAND / "adjectives.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for language, cell in row.items():
                if language != "country" and cell:
                    forms = inflection.adjectives(cell, language)
                    found[language] += [(form, f"d{row['country']}") for form in sorted(forms)]
    return found


def _names(npm: Path, language: str) -> list[tuple[str, str]]:
    found = []
    for script in SCRIPTS.get(language, (language,)):
        for country, names in sources.cldr(npm, script).items():
            for name in names if country in COUNTRIES else ():
                if "(" not in name and " - " not in name and (len(name) > 3 or not name.isascii()):
                    found += [(form, f"c{country}") for form in sorted(inflection.names(name, language))]
    return found


def _cities(npm: Path, language: str) -> list[tuple[str, str]]:
    zones, capitals = _zones(), sources.capitals()
    found = []
    for script in SCRIPTS.get(language, (language,)):
        for zone, name in sources.cldr_cities(npm, script).items():
            country = zones.get(zone)
            if country is None or name in ("?", "") or zone == "Unknown":
                continue
            capital = capitals.get(country) == zone.replace("_", " ")
            code = f"m{country}:{CAPITAL}" if capital else f"t{country}:{OTHER_CITY}"
            found += [(form, code) for form in sorted(inflection.names(name, language))]
    return found


def _big(language: str) -> list[tuple[str, str]]:
    """Big cities by the names that GeoNames lists in the script of `language`."""
    found: list[tuple[str, str]] = []
    letters = LETTERS.get(language)
    if letters is None:
        return found
    for city, weight in big_cities():
        for name in map(sources.plain, city["alternatenames"]):
            if letters.fullmatch(name):
                code = f"t{city['countrycode']}:{weight}"
                found += [(form, code) for form in sorted(inflection.names(name, language))]
    return found


@cache
def big_cities() -> list[tuple[dict[str, Any], int]]:
    """The best known cities with their prominence, best first."""
    cities = [(city, sources.prominence(city)) for city in sources.cities(15_000)]
    return sorted((pair for pair in cities if pair[1] >= BIG_CITY), key=lambda pair: -pair[1])


def _zones() -> dict[str, str]:
    """Country of each time zone that is named after a city, by the last part of its name."""
    table = import_module("importlib.resources").files("tzdata") / "zoneinfo" / "zone.tab"
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row[2].rsplit("/", 1)[-1]: row[0] for row in rows} | OLD_ZONES
