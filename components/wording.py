"""Numbers and names as words of the page. Text from outside passes through `plain` or `escape` before it is shown."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from data.engines import Unit

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@^=/])")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")


def plain(text: str) -> str:
    """`text` without control characters, marks that turn the direction of a line, and lone surrogates."""
    return _INVISIBLE.sub("", text.encode("utf-8", "replace").decode("utf-8"))


def escape(text: str) -> str:
    """`text` for a place that reads Markdown (labels, captions): it shows as it is, on one line, and loads nothing."""
    return _MARKDOWN.sub(r"\\\1", " ".join(plain(text).split()))


def for_plotly(text: str, longest: int = 40) -> str:
    """`text` for a label inside a figure, where Plotly reads a few HTML tags; cut to `longest` characters."""
    text = " ".join(plain(text).split())
    return html.escape(text if len(text) <= longest else text[: longest - 1].rstrip() + "…")


def count(n: int, noun: str) -> str:
    """ "1 article", "1,204 articles", "1 story"; `noun` in the plural."""
    return f"{n:,} {noun if n != 1 else one(noun)}"


def one(noun: str) -> str:
    """The singular of a noun of the page."""
    return f"{noun.removesuffix('ies')}y" if noun.endswith("ies") else noun.removesuffix("s")


COUNTED: dict[Unit, str] = {
    "articles": "articles",
    "stories": "stories: articles on one event count once",
    "publishers": "publishers: each counts once, however much it wrote",
}
"""What each unit counts, in words; the name of a unit is its noun in the plural."""


def unit_of_stories(unit: Unit) -> Unit:
    """What a story is measured by where `unit` is counted: as a story it would always be one."""
    return "publishers" if unit == "publishers" else "articles"


def selected(unit: Unit) -> str:
    """What a selection is a selection of: "Publishers of articles about France"."""
    return "publishers of articles" if unit == "publishers" else unit


def percent(share: float) -> str:
    """A share (0 to 1) as a reader would write it: "38 %", "under 1 %", "0 %"."""
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{share:.0%}".replace("%", " %")


def points(difference: float) -> str:
    """A difference of shares in percentage points: "+22 points", "−0.4 points"."""
    gap = 100 * abs(difference)
    number = f"{gap:.0f}" if gap >= 1 else f"{gap:.1f}"
    if float(number) == 0:
        return "±0 points"
    return f"{'+' if difference > 0 else '−'}{number} {'point' if number == '1' else 'points'}"


def capital(words: str) -> str:
    """`words` with a capital first letter and all others as they are."""
    return words[:1].upper() + words[1:]


def day(when: date | None) -> str:
    """ "3 May 2025"; empty for None."""
    return f"{when.day} {when:%b %Y}" if when else ""
