"""Topic breakdown: how many articles each IPTC topic has, unsure ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from components import cards, charts, subtopics, theme
from components.bars import bar_labels, bar_lengths, beside, intervals, labels, reach
from components.content import Bars, Content
from components.wording import capital, count, percent
from data.facets import FACETS, NONE
from data.frames import rows
from data.statistics import shares
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Numbers
    from components.theme import Figure, Palette
    from data.engines import Totals, Unit


def figure(
    counts: pd.DataFrame,
    chosen: tuple[str, ...],
    palette: Palette,
    unit: Unit = "articles",
    shown: subtopics.Open = subtopics.NOTHING,
    numbers: Numbers = "counts",
) -> Figure:
    """`counts`: one row a topic with n, share, low, high, in the order of the bars from the top; `shown` below them.

    Bars as long as shares show their 95 % intervals.
    """
    frame = counts.iloc[::-1]
    keys = list(frame["topic"])
    length = bar_lengths(frame, numbers)
    bars = {
        "type": "bar",
        "x": length,
        **intervals(frame, numbers, palette),
        "y": [FACETS["topic"].text(topic).capitalize() for topic in keys],
        "orientation": "h",
        "customdata": [["topic", topic] for topic in keys],
        **labels(frame, numbers, palette, 13),
        "marker": {
            "color": [theme.topic_colour(topic, palette) for topic in keys],
            "opacity": [1.0 if not chosen or topic in chosen else theme.FADED for topic in keys],
            "pattern": {"shape": ["/" if t == NONE else "" for t in keys], "fgcolor": palette.page, "size": 6},
            "cornerradius": 2,
        },
        "hovertext": _hover(frame, unit),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    room = 8 * max(map(len, bar_labels(frame, numbers)), default=0) + 10
    look = theme.layout(
        palette,
        height=subtopics.PIXELS * max(len(frame), 5) + 12,
        bargap=0.28,
        margin={"l": 4, "r": room, "t": 4, "b": 4},
        xaxis={"visible": False, "fixedrange": True, "range": [0, max([*length, *reach(frame, numbers)], default=1)]},
        yaxis=theme.axis(palette, ticks="", showgrid=False, zeroline=False, ticklabelstandoff=6),
    )
    traces, look = subtopics.under(bars, look, shown, palette, unit, numbers)
    return theme.Figure([*traces, *beside(frame, traces[0]["y"], numbers, palette, 13)], look)


def _hover(frame: pd.DataFrame, unit: Unit) -> list[str]:
    return [
        f"<b>{TOPICS[row.topic].label if row.topic in TOPICS else 'unsure: no topic is clear enough'}</b><br>"
        f"{count(row.n, unit)} · {percent(row.share)}<br>95 % interval {percent(row.low)} to {percent(row.high)}"
        for row in rows(frame)
    ]


def content(ask: Ask) -> Content:
    """What the topics card shows."""
    others, unit = ask.selection.without("topic", "subtopic"), ask.unit
    totals = ask.totals(others)
    counts = ordered(shares(ask.engine.counts(others, ("topic",), unit), totals.n))
    chosen, base = ask.selection.chosen("topic"), totals.n if ask.numbers == "shares" else None
    shown = subtopics.ask(ask.engine, ask.selection, counts, unit, base)
    return Content(
        panel="topics",
        title="Topics",
        marks_of=(lambda: marks(counts, totals.n, shown, ask.numbers)) if totals.n else None,
        table_of=lambda: subtopics.as_table(as_table(counts, unit), counts, shown.bars, totals.n, unit),
        caption=f"{caption(totals, unit)} {subtopics.caption(shown.bars, unit, ask.numbers)}".strip(),
        hint="Choose one or two topics to open them." if shown.bars.empty else "",
        alt=_alt(counts, unit) + subtopics.alt(shown.bars),
        sentence_of=lambda: sentence(
            counts[counts["topic"].isin(chosen)] if chosen else counts, ask.of_what(others), len(chosen)
        ),
        method=ask.method(others, how=_HOW),
        figure=lambda palette: figure(counts, chosen, palette, unit, shown, ask.numbers),
        empty="" if totals.n else "No articles match.",
    )


_HOW = "IPTC Media Topics, up to two an article; intervals: Wilson (1927), 95 %."


def marks(counts: pd.DataFrame, n: int, shown: subtopics.Open, numbers: Numbers) -> Bars:
    """The bars as data, those of open topics' subtopics below them."""
    below: dict[str, list[Any]] = {}
    for sub in rows(shown.bars):
        below.setdefault(sub.topic, []).append(sub)
    parts = []
    for row in rows(counts):
        colour = theme.topic_colour(row.topic, theme.LIGHT)
        name = capital(FACETS["topic"].text(row.topic))
        parts.append((row.topic, name, row.n, n, row.share, row.low, row.high, colour, 0))
        for sub in below.get(row.topic, ()):
            name, pale = capital(FACETS["subtopic"].text(sub.subtopic)), subtopics.lighter(colour, theme.LIGHT.page)
            parts.append((sub.subtopic, name, sub.n, sub.base, sub.share, sub.low, sub.high, pale, 1))
    columns = ["value", "label", "n", "of", "share", "low", "high", "colour", "level"]
    return Bars(pd.DataFrame(parts, columns=columns), "topic", numbers)


def sentence(counts: pd.DataFrame, of: str, chosen: int = 0) -> str:
    """ "Conflict leads with 38 % of 1,204 articles about Europe"; `counts` of the chosen topics, if there are any."""
    known = counts[counts["topic"] != NONE]
    if known.empty:
        return ""
    first, *rest = [(FACETS["topic"].text(row.topic), row.n, percent(row.share)) for row in rows(known.head(2))]
    if rest and rest[0][1] == first[1]:
        return f"{capital(first[0])} and {rest[0][0]} lead with {first[2]} each of {of}"
    if chosen == 1:
        return f"{capital(first[0])} has {first[2]} of {of}"
    behind = f", ahead of {rest[0][0]} ({rest[0][2]})" if rest else ""
    return f"{capital(first[0])} leads with {first[2]} of {of}{behind}"


def draw(ask: Ask) -> None:
    """The topics card."""
    made = content(ask)
    cards.panel(ask, made, lambda: charts.picked(made, name="topics"))


def ordered(counts: pd.DataFrame) -> pd.DataFrame:
    """Largest topic first, unsure last."""
    return counts.sort_values("topic", key=lambda topic: topic == NONE, kind="stable", ignore_index=True)


def as_table(counts: pd.DataFrame, unit: Unit = "articles") -> pd.DataFrame:
    """The figure's numbers, with the 95 % interval of each share."""
    return pd.DataFrame(
        {
            "Topic": [TOPICS[t].label if t in TOPICS else FACETS["topic"].missing for t in counts["topic"]],
            unit.capitalize(): counts["n"],
            "Share": counts["share"],
            "Lowest": counts["low"],
            "Highest": counts["high"],
        }
    )


def caption(totals: Totals, unit: Unit = "articles") -> str:
    """What the bars count, and their base."""
    why = "up to two" if unit == "articles" else "several"
    return f"Shares of {count(totals.n, unit)}; with {why} topics each, they add up to more than 100 %."


def _alt(counts: pd.DataFrame, unit: Unit) -> str:
    top = [f"{FACETS['topic'].text(v)} {n}" for v, n in zip(counts["topic"][:5], counts["n"][:5], strict=True)]
    return f"Bar chart of {unit} by topic, most first: {', '.join(top)}. The table shows all."
