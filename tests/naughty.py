"""The Big List of Naughty Strings, as far as its strings leave something to show."""

from __future__ import annotations

import json

from components.wording import plain
from tests.corpora import FOLDER

GROUP = 10
"""Articles of one country: one page of the list, and as many long words as a cloud has room for."""


def strings() -> list[str]:
    """The strings that leave something to show."""
    listed = json.loads((FOLDER / "hostile" / "blns.json").read_text(encoding="utf-8"))
    return [text for text in dict.fromkeys(listed) if plain(text).strip()]
