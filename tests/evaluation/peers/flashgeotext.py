"""flashgeotext: names of countries found in one pass. Its cities are left out: it does not say where they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from data.geography import COUNTRIES
from tests.evaluation.peers import whole

if TYPE_CHECKING:
    from collections.abc import Callable

OTHER_NAMES = {"The Bahamas": "BS", "Democratic Republic of Congo": "CD", "Republic of Congo": "CG", "Turkey": "TR"}
OTHER_NAMES |= {"Czech Republic": "CZ", "East Timor": "TL", "Ivory Coast": "CI", "Abkhazia": "GE", "Artsakh": "AZ"}
OTHER_NAMES |= {"Saint Vincent and the Grenadines": "VC", "Transnistria": "MD"}


def load() -> Callable[[dict[str, Any]], Counter[str]]:
    """From an article to its countries with how often each is named."""
    from flashgeotext.geotext import GeoText
    from loguru import logger

    logger.disable("flashgeotext")
    names = {country.name: code for code, country in COUNTRIES.items()} | OTHER_NAMES
    tagger = GeoText()

    def countries(row: dict[str, Any]) -> Counter[str]:
        found = tagger.extract(whole(row), span_info=True)["countries"]
        return Counter({names[name]: place["count"] for name, place in found.items()})

    return countries
