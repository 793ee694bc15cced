"""What the template is given for each slide, and the words it uses: pure functions of the document's values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from components.content import Apart, Ranked, Sentences, Words
from components.exports.web.rows import Table, table
from components.theme import DARK, LIGHT
from components.wording import plain
from data import codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.content import Cited, Content
    from components.report.document import Slide
    from components.theme import Palette

_OWN: dict[type, str] = {Words: "words", Ranked: "ranked", Sentences: "sentences", Apart: "apart"}
"""Marks that the page draws itself; all others are drawn by plotly.js from the panel's figure."""
_QUOTED = re.compile("(?<=“)([^“”]*)(?=”)")
LONG = 15
"""Rows of a table from which on it is worth more columns on paper."""
_MAPS = ("choropleth", "scattergeo")


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding of the page."""

    number: int
    slide: Slide
    kind: str
    """ "figure", the name of a template for our own marks, or "" where there is only a table."""
    table: Table
    figures: str = ""
    """Light and dark figure as JSON that may stand in a script element."""
    height: int | None = None
    """Pixels of the figure; None for a map, which is about half as high as it is wide."""
    map: bool = False


def shown(number: int, slide: Slide) -> Shown:
    """What the page shows of a slide."""
    content = slide.content
    rows = table(content)
    own = _OWN.get(type(content.marks), "")
    if content.marks is None or own or content.figure is None:
        return Shown(number, slide, own, rows)
    light, dark = (_figure(content, palette) for palette in (LIGHT, DARK))
    whole = json.loads(light)
    return Shown(
        number,
        slide,
        "figure",
        rows,
        inert(f"[{light},{dark}]"),
        whole.get("layout", {}).get("height"),
        any(trace.get("type") in _MAPS for trace in whole.get("data", ())),
    )


def _figure(content: Content, palette: Palette) -> str:
    assert content.figure is not None
    made: str = content.figure(palette).to_json()
    return made


def inert(text: str) -> str:
    """JSON for a script element: nothing in it can end the element or open a comment."""
    return plain(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def language(name: str) -> str:
    """What a lang attribute may say, else ""."""
    return codes.language(name)


def isolated(sentence: str) -> Markup:
    """A sentence whose quotations keep their own direction, whatever stands around them."""
    parts = _QUOTED.split(plain(sentence))
    return Markup("").join(Markup("<bdi>{}</bdi>").format(p) if n % 2 else p for n, p in enumerate(parts))


def columned(rows: Table) -> str:
    """Class of a long and narrow table: on paper it stands in two or three columns."""
    if len(rows.rows) < LONG:
        return ""
    return " three" if len(rows.heads) <= 3 else " two" if len(rows.heads) <= 5 else ""


def columns(course: Sequence[int], height: int = 26, step: int = 8, width: int = 6) -> list[tuple[int, float, float]]:
    """The course of a story as columns: x, y and height of each, the highest as tall as the drawing."""
    most = max(course, default=0) or 1
    tall = [max(n / most * height, 3.0) if n else 1.0 for n in course]
    return [(place * step, round(height - high, 2), round(high, 2)) for place, high in enumerate(tall)]


def simple(ranked: Ranked) -> bool:
    """Whether the lists hold names and numbers alone, so that they may stand side by side."""
    return not any(entry.course or entry.bars for _, entries in ranked.parts for entry in entries)


def numbers(words: Words) -> dict[str, int]:
    """How many units each word of a cloud has."""
    return dict(zip(words.frame["word"].tolist(), words.frame["n"].tolist(), strict=True))


def places(cited: Sequence[Cited]) -> dict[str, int]:
    """The number of each article in the list of sources."""
    return {article.id: number for number, article in enumerate(cited, 1)}
