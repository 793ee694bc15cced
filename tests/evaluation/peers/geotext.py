"""geotext: capitalised words looked up in lists of countries, nationalities and cities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.evaluation.peers import whole

if TYPE_CHECKING:
    from collections.abc import Callable


def load() -> Callable[[dict[str, Any]], Counter[str]]:
    """From an article to its countries with how often each is named, by its cities and nationalities too."""
    from geotext import GeoText

    return lambda row: Counter(dict(GeoText(whole(row)).country_mentions))
