"""A plain list of country names, as one would write it in an hour: the names of the table and a few short forms."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from data.geography import COUNTRIES
from tests.evaluation.peers import whole

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = {"US": "US", "U.S.": "US", "USA": "US", "America": "US", "UK": "GB", "U.K.": "GB", "Britain": "GB"}
SHORT |= {"England": "GB", "Turkey": "TR", "Ivory Coast": "CI", "Czech Republic": "CZ", "Burma": "MM"}


def load() -> Callable[[dict[str, Any]], Counter[str]]:
    """From an article to its countries with how often each is named."""
    names = {country.name: code for code, country in COUNTRIES.items()} | SHORT
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return lambda row: Counter(names[name] for name in pattern.findall(whole(row)))
