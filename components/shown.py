"""Draws the marks of any Content: on the page, where a click filters, and on slides, where it opens what lies behind.

What is handed to `pick` is flat: facet, value, facet, value, ...; days are "from", first, "to", last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from components import address, charts, frontend
from components.content import Apart, Course, Places, Ranked, Sentences, Words
from components.frontend.shell import SHAPES_PATH
from components.layouts import layout
from components.theme import sides
from components.word_places import drawn
from components.wording import count, day, percent, plain
from data.facets import FACETS
from data.frames import rows
from data.selection import FIRST, LAST, Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from components.content import Cited, Content, Entry
    from components.theme import Palette
    from components.word_places import Placed

    Pick = Callable[[Sequence[str]], None]

WIDE = (400, 168)
"""Width and height of a keyword cloud on a slide: the shape of the room below its title."""
WORDS_OF_SLIDE = 8
"""Words of each of two sides for which a slide has room."""
MAP_HEIGHT = "clamp(180px, max(25vw, min(400px, 54vw)), 600px)"


@dataclass(frozen=True, slots=True)
class Way:
    """How marks are drawn."""

    key: str
    large: bool
    pick: Pick
    chosen: Selection | None
    """What is filtered by already; None where a click does not filter."""

    def on(self, marks: Sequence[str]) -> dict[str, bool]:
        """Whether a mark is chosen, where marks can be."""
        if self.chosen is None:
            return {}
        return {"on": all(value in self.chosen.chosen(facet) for facet, value in charts.marks(marks))}

    @property
    def hint(self) -> str:
        """What a click does."""
        return "Show the articles behind it" if self.chosen is None else "Filter by this, or take the filter back"


def shown(content: Content, *, key: str, large: bool = False, pick: Pick | None = None, height: str = "") -> None:
    """Draws what `content` holds, if anything; `large` for a slide, whose room it fills.

    `pick` is called with what a clicked mark stands for; by default the edited selection is filtered by it. `height` is
    that of a figure as a length of CSS, where not that of its layout.
    """
    way = Way(key, large, pick or charts.pick, None if pick else address.read().edited)
    match content.marks:
        case None:
            return
        case Ranked() as marks:
            _mount("ranks", way, {"parts": ranked(marks, content.title, way)})
        case Words() as marks:
            _cloud(marks, content, way)
        case Sentences() as marks:
            _mount("quotes", way, {"label": content.title, "quotes": [quote(*said) for said in marks.said]})
        case Apart() as marks:
            _mount("apart", way, {"sides": apart(marks, charts.palette(), way), "none": "No word is clearly so."})
        case _ if content.figure is not None:
            _figure(content, way, height)
        case _:
            charts.table(content.table, alt=content.alt, key=f"rows-{key}")


def _mount(name: str, way: Way, data: Mapping[str, Any]) -> None:
    frontend.mount(name, key=way.key, data={**data, "large": way.large}, on={"picked": way.pick}, fill=way.large)


def _figure(content: Content, way: Way, height: str) -> None:
    assert content.figure is not None
    figure = content.figure(charts.palette())
    if isinstance(content.marks, Course):
        with_days(figure.data, content.marks)
    is_map = isinstance(content.marks, Places)
    usual = MAP_HEIGHT if is_map else f"{figure.layout['height']}px"
    data = {
        "figure": figure.to_json(),
        "height": "100%" if way.large else height or usual,
        "alt": content.alt,
        "config": {"topojsonURL": SHAPES_PATH} if is_map else {},
        "pick": True,
        "large": way.large,
    }

    def brushed(ends: Sequence[str]) -> None:
        first, last = charts.days(ends)
        way.pick((FIRST, first.isoformat(), LAST, last.isoformat()))

    on = {"picked": way.pick} | ({"brushed": brushed} if isinstance(content.marks, Course) else {})
    frontend.mount("plot", key=way.key, data=data, on=on, fill=way.large)


def with_days(traces: Iterable[dict[str, Any]], course: Course) -> None:
    """Has every mark of a figure over time say its days, where it does not say yet what it stands for."""
    spans = {start.isoformat(): (start, last_of(start, course.bin)) for start in course.frame["start"]}
    for trace in traces:
        days = [str(when)[:10] for when in trace.get("x", ())]
        if "customdata" not in trace and days and all(when in spans for when in days):
            ends = [spans[when] for when in days]
            trace["customdata"] = [[FIRST, first.isoformat(), LAST, last.isoformat()] for first, last in ends]


def last_of(start: date, width: str) -> date:
    """The last day of a bin (day, week, month or year) that starts then."""
    if width == "day":
        return start
    last: date = pd.Timestamp(start).to_period({"week": "W-SUN", "month": "M", "year": "Y"}[width]).end_time.date()
    return last


def ranked(marks: Ranked, title: str, way: Way) -> list[dict[str, Any]]:
    """The lists as the component "ranks" draws them."""
    return [
        {"head": plain(head), "label": plain(head) or title, "rows": [_rank(entry, way) for entry in entries]}
        for head, entries in marks.parts
    ]


def _rank(entry: Entry, way: Way) -> dict[str, Any]:
    row: dict[str, Any] = {"name": plain(entry.name), "about": plain(entry.about)}
    if entry.marks:
        row |= {"marks": list(entry.marks), "hint": way.hint, **way.on(entry.marks)}
    if entry.course or entry.span:
        row |= {"course": list(entry.course), "span": entry.span}
    if entry.bars:
        row["bars"] = [{"kind": kind, "share": share, "text": text} for kind, share, text in entry.bars]
    if entry.number:
        row |= {"number": entry.number, "noun": entry.noun}
    return row


def _cloud(marks: Words, content: Content, way: Way) -> None:
    frame, unit = marks.frame, content.method.unit
    counts = dict(zip(frame["word"], frame["n"].tolist(), strict=True))
    placed, (width, height) = marks.placed, (marks.width, marks.height)
    if way.large:
        width, height = WIDE
        placed = wide(marks)
    words = [
        {
            **there,
            "word": drawn(there["word"]),
            "value": there["word"],
            "said": f"{plain(there['word'])}, {count(counts[there['word']], unit)}",
            **way.on(("keyword", there["word"])),
        }
        for there in placed
    ]
    data = {
        "width": width,
        "height": height,
        "label": f"{content.title}; Enter: {way.hint.lower()}",
        "any": any(word.get("on") for word in words),
        "words": words,
        "large": way.large,
    }
    on = {"picked": lambda word: way.pick(("keyword", word))}
    frontend.mount("cloud", key=way.key, data=data, on=on, fill=way.large)


def wide(marks: Words) -> tuple[Placed, ...]:
    """The words of a cloud laid out for a slide."""
    return layout(tuple(zip(marks.frame["word"], marks.frame["weight"].tolist(), strict=True)), *WIDE)


def quote(text: str, cited: Cited) -> dict[str, str]:
    """A sentence with its article, as the component "quotes" draws it."""
    return {
        "text": plain(text),
        "title": plain(cited.title),
        "publisher": plain(cited.publisher) or FACETS["publisher"].missing,
        "when": day(cited.published),
        "url": cited.url,
        "language": cited.language or "und",
    }


def apart(marks: Apart, palette: Palette, way: Way) -> list[dict[str, Any]]:
    """The words of both sides as the component "apart" draws them: how many times as often, and both shares."""
    colour = dict(zip("AB", sides(palette), strict=True))
    return [
        {"head": f"{side} · {plain(name)}{_left(words, way)}", "rows": _words(words, marks, colour, way)}
        for side, name in zip("AB", marks.names, strict=True)
        for words in (marks.frame[marks.frame["side"] == side],)
    ]


def _left(words: pd.DataFrame, way: Way) -> str:
    """How many words there is no room for."""
    return f" · the surest {WORDS_OF_SLIDE} of {len(words)}" if way.large and len(words) > WORDS_OF_SLIDE else ""


def _words(frame: pd.DataFrame, marks: Apart, colour: Mapping[str, str], way: Way) -> list[dict[str, Any]]:
    every = marks.frame
    shares = pd.concat([every["a_n"] / every["a_of"].clip(lower=1), every["b_n"] / every["b_of"].clip(lower=1)])
    highest = max(float(shares.max()), 1e-9)
    shown = frame.head(WORDS_OF_SLIDE) if way.large else frame
    return [_word(row, highest, marks, colour, way) for row in rows(shown)]


def _word(row: Any, highest: float, marks: Apart, colour: Mapping[str, str], way: Way) -> dict[str, Any]:
    sides = []
    for side, n, of in (("A", row.a_n, row.a_of), ("B", row.b_n, row.b_of)):
        share = n / of if of else 0.0
        said = f"{percent(share)} of {side}"
        sides.append({"colour": colour[side], "length": float(share / highest), "said": said})
    facets = ("keyword", str(row.word))
    # On a slide there is room for the words alone; the page shows how the first of them are used.
    examples = () if way.large else marks.examples.get(row.word, ())
    return {
        "word": str(row.word),
        "shown": drawn(row.word),
        "times": row.effect if any(map(str.isdigit, row.effect)) else f"{row.effect}, {row.times:.1f} times",
        "marks": list(facets),
        "hint": way.hint,
        "sides": sides,
        "examples": [quote(*said) for said in examples],
        **way.on(facets),
    }
