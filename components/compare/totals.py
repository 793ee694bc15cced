"""The two sides at a glance: how much each holds, from whom, about where, and its leading topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from components.compare.pairs import times
from components.compare.sides import Sides
from components.content import Content, Entry, Ranked
from components.wording import capital, count, day, percent, plain
from data.facets import FACETS, NONE

if TYPE_CHECKING:
    from components.asking import Ask
    from data.engines import Totals
    from data.selection import Selection

_TITLE = "At a glance"


def content(ask: Ask) -> Content:
    """What the card shows."""
    sides = Sides(ask)
    held = [_held(ask, selection) for selection in (ask.selection, ask.other)]
    parts = tuple(
        (f"{side} · {name}", tuple(_entries(entries, ask.unit)))
        for side, name, entries in zip("AB", sides.names, held, strict=True)
    )
    empty = sides.empty if sides.same or not any(sides.of) else ""
    return Content(
        panel="compare-totals",
        title=_TITLE,
        marks_of=None if empty else lambda: Ranked(parts),
        table_of=lambda: _table(held, sides),
        caption=f"A: {sides.names[0]}; B: {sides.names[1]}. {sides.shared() if ask.unit == 'articles' else ''}".strip(),
        alt="; ".join(f"{head}: {', '.join(f'{e.name} {e.number}' for e in entries)}" for head, entries in parts),
        sentence_of=lambda: "" if empty else sentence(sides),
        method=sides.method("Each side counted by itself; leading is the topic of most articles of the unit counted."),
        empty=empty,
    )


Held = tuple[tuple[str, int, int], ...]
"""(what, how many, of how many); of is 0 where no share is meant."""


def _held(ask: Ask, selection: Selection) -> tuple[Held, Totals, str, int]:
    """The numbers of one side, its totals, and its leading topic with its number."""
    totals = ask.totals(selection)
    articles, stories = (ask.engine.totals(selection, unit) for unit in ("articles", "stories"))
    numbers = (
        ("Articles", articles.n, articles.of),
        ("Stories", stories.n, stories.of),
        ("Publishers", articles.publishers, 0),
        ("Countries it is about", articles.countries, 0),
    )
    topics = ask.engine.counts(selection, ("topic",), ask.unit)
    topics = topics[topics["topic"] != NONE]
    leading = (str(topics["topic"].iloc[0]), int(topics["n"].iloc[0])) if len(topics) else ("", 0)
    return numbers, totals, *leading


def _entries(held: tuple[Held, Totals, str, int], unit: str) -> list[Entry]:
    numbers, totals, topic, n = held
    listed = [Entry(name, f"{percent(k / of)} of all {of:,}" if of else "", f"{k:,}") for name, k, of in numbers]
    if topic:
        name = capital(FACETS["topic"].text(topic))
        listed.append(Entry(f"Leading topic: {name}", f"{n:,} of {count(totals.n, unit)}", percent(n / totals.n)))
    span = f"{day(totals.first)} to {day(totals.last)}" if totals.first else "none dated"
    undated = f"{count(totals.undated, unit)} undated" if totals.undated else ""
    return [*listed, Entry("Dates", undated, span=span)]


def _table(held: list[tuple[Held, Totals, str, int]], sides: Sides) -> pd.DataFrame:
    """A row a number."""
    (a, _, topic_a, n_a), (b, _, topic_b, n_b) = held
    lines: list[tuple[str, object, object]] = [(name, k, m) for (name, k, _), (_, m, _) in zip(a, b, strict=True)]
    topics = [capital(FACETS["topic"].text(topic)) if topic else "" for topic in (topic_a, topic_b)]
    lines += [("Leading topic", topics[0], topics[1]), (f"{capital(sides.ask.unit)} on it", n_a, n_b)]
    return pd.DataFrame(
        {
            "What": [line[0] for line in lines],
            "A": [str(line[1]) for line in lines],
            "B": [str(line[2]) for line in lines],
        }
    )


def sentence(sides: Sides) -> str:
    """Which side holds more, and how many times as much."""
    unit, (a, b) = sides.ask.unit, sides.of
    if not a and not b:
        return ""
    if any(phrase.startswith(("in all ", f"in {unit}")) for phrase in sides.phrases):
        return f"{sides.names[0]}: {count(a, unit)}; {sides.names[1][:1].lower()}{sides.names[1][1:]}: {b:,}"
    if a == b:
        return f"As many {unit} {sides.phrases[0]} as {sides.phrases[1]}: {a:,} each"
    here, there = sides.phrases if a > b else sides.phrases[::-1]
    more, less = max(a, b), min(a, b)
    if not less:
        return plain(f"{count(more, unit)} {here}, none {there}")
    how = f"{times(more / less)} times as many" if more / less >= 1.5 else "More"
    than = "as" if more / less >= 1.5 else "than"
    return plain(capital(f"{how} {unit} {here} {than} {there}: {more:,} against {less:,}"))
