"""Subtopics: thin bars under the bar of a topic that is open, each a filter; what the topics card shows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from components import theme
from components.bars import bar_lengths, beside, intervals, labels
from components.wording import capital, count, percent
from data.facets import FACETS, NONE
from data.frames import rows
from data.statistics import shares
from data.taxonomy import BELOW, SUBTOPICS, TOPICS, parent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.content import Numbers
    from components.theme import Palette
    from data.engines import Engine, Unit
    from data.selection import Selection

MOST_OPEN = 2
"""With more topics chosen none is open: their bars would be too many to compare."""
PIXELS = 24
"""Height of the row of a topic."""
_ROW, _TOPIC_BAR, _BAR = 0.78, 0.72, 0.42
"""Height of a row, and of a bar within, where the row of a topic is 1."""
_LIGHTER = 0.62
"""How much of the topic's colour is left in those of its subtopics; the rest is the page's."""
_FADED = 0.45
"""Opacity of bars that are not chosen while others are; more than for topics, as these are pale already."""
_INDENT = "\u2003"
"""Stands between the name of a subtopic and the axis, to set it off from those of the topics."""


class Open(NamedTuple):
    """What is shown below the topics: a row a bar, see :func:`below`, and the subtopics chosen."""

    bars: pd.DataFrame
    chosen: tuple[str, ...] = ()


def opened(selection: Selection) -> tuple[str, ...]:
    """The topics whose subtopics are shown: the chosen ones and those above chosen subtopics, if they are few."""
    above = map(parent, selection.chosen("subtopic"))
    topics = [topic for topic in dict.fromkeys([*selection.chosen("topic"), *above]) if topic in BELOW]
    return tuple(topics) if len(topics) <= MOST_OPEN else ()


def ask(engine: Engine, selection: Selection, counts: pd.DataFrame, unit: Unit, base: int | None = None) -> Open:
    """What is open in this selection; `counts`: n by topic, without regard to topics and subtopics chosen.

    Shares are of the topic, or of `base` where one axis has to hold the shares of both.
    """
    topics = opened(selection)
    others = selection.without("topic", "subtopic")
    pairs = engine.counts(others, ("topic", "subtopic"), unit) if topics else _NOTHING
    return Open(below(pairs, counts, topics, base), selection.chosen("subtopic"))


_NOTHING = pd.DataFrame({"topic": [], "subtopic": [], "n": []})


def below(pairs: pd.DataFrame, counts: pd.DataFrame, topics: Sequence[str], base: int | None = None) -> pd.DataFrame:
    """One row a bar: topic, subtopic, n, base (what its topic has), share, low and high of that base.

    `pairs`: n by topic and subtopic; `counts`: n by topic; `base` as in :func:`ask`. Largest first below each topic,
    those without any subtopic last. What has two topics, and a subtopic only of the other one, stands in none of them.
    """
    size = dict(zip(counts["topic"], counts["n"], strict=True))
    parts = []
    for topic in topics:
        own = [row.topic == topic and (row.subtopic == NONE or parent(row.subtopic) == topic) for row in rows(pairs)]
        inside = pairs[pd.Series(own, index=pairs.index, dtype=bool)]
        of = int(size.get(topic, 0)) if base is None else base
        parts.append(shares(inside.sort_values("subtopic", key=_last, kind="stable"), of).assign(base=of))
    whole = pd.concat(parts, ignore_index=True) if parts else shares(_NOTHING, 0).assign(base=0)
    return whole[["topic", "subtopic", "n", "base", "share", "low", "high"]]


NOTHING = Open(below(_NOTHING, _NOTHING, ()))
"""No topic is open."""


def _last(keys: pd.Series) -> pd.Series:
    return keys == NONE


def under(
    bars: dict[str, Any],
    look: dict[str, Any],
    shown: Open,
    palette: Palette,
    unit: Unit,
    numbers: Numbers = "counts",
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The traces and layout of the topics' bars (from the bottom) with those of the open topics' subtopics beneath.

    `bars` and `look` as :func:`components.topics.figure` makes them; where no topic is open they are left as they are.
    """
    inside, chosen = shown
    if inside.empty:
        return [bars], look
    keys = [mark[1] for mark in bars["customdata"]]
    order = [key for topic in reversed(keys) for key in [(topic, ""), *_marks(inside, topic)]]
    steps = [_ROW if subtopic else 1.0 for _, subtopic in order]
    place = dict(zip(order, (-step / 2 - sum(steps[:n]) for n, step in enumerate(steps)), strict=True))
    names = dict(zip(((topic, "") for topic in keys), bars["y"], strict=True))
    topics = bars | {
        "y": [place[topic, ""] for topic in keys],
        "width": _TOPIC_BAR,
        "customdata": [["topic", topic, *_taken_back(topic, inside, chosen)] for topic in keys],
    }
    axis = {
        "tickmode": "array",
        "tickvals": [place[key] for key in order],
        "ticktext": [names[key] if key in names else _name(key[1], palette) for key in order],
        "range": [-sum(steps), 0],
    }
    height = max(look["height"], round(PIXELS * sum(steps)) + 12)
    more = {"height": height, "barmode": "overlay", "yaxis": look["yaxis"] | axis}
    thin = _bars(inside, place, chosen, palette, unit, numbers)
    return [topics, thin, *beside(inside, thin["y"], numbers, palette, 12)], look | more


def _marks(inside: pd.DataFrame, topic: str) -> list[tuple[str, str]]:
    return [(topic, key) for key in inside["subtopic"][inside["topic"] == topic]]


def _bars(
    inside: pd.DataFrame,
    place: dict[tuple[str, str], float],
    chosen: Sequence[str],
    palette: Palette,
    unit: Unit,
    numbers: Numbers,
) -> dict[str, Any]:
    colours = [lighter(theme.topic_colour(topic, palette), palette.page) for topic in inside["topic"]]
    keys = list(inside["subtopic"])
    return {
        "type": "bar",
        "x": bar_lengths(inside, numbers),
        **intervals(inside, numbers, palette),
        "y": [place[row.topic, row.subtopic] for row in rows(inside)],
        "width": _BAR,
        "orientation": "h",
        "customdata": [["subtopic", key] for key in keys],
        **labels(inside, numbers, palette, 12),
        "constraintext": "none",
        "marker": {
            "color": colours,
            "opacity": [1.0 if not chosen or key in chosen else _FADED for key in keys],
            "pattern": {"shape": ["/" if k == NONE else "" for k in keys], "fgcolor": palette.page, "size": 5},
            "cornerradius": 2,
        },
        "hovertext": [_hover(row, unit) for row in rows(inside)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def lighter(colour: str, page: str) -> str:
    """`colour` mixed with that of the page, both "#rrggbb"."""
    pairs = ((int(colour[i : i + 2], 16), int(page[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(_LIGHTER * mine + (1 - _LIGHTER) * back):02x}" for mine, back in pairs)


def _taken_back(topic: str, inside: pd.DataFrame, chosen: Sequence[str]) -> list[str]:
    """What a click on an open topic takes back with it: the subtopics chosen below it."""
    alone = set(inside["topic"]) == {topic}
    mine = [key for key in chosen if parent(key) == topic or (alone and key == NONE)]
    return [word for key in mine for word in ("subtopic", key)]


def _name(key: str, palette: Palette) -> str:
    return f'<span style="font-size:12px;color:{palette.quiet}">{capital(FACETS["subtopic"].text(key))}{_INDENT}</span>'


def _hover(row: Any, unit: Unit) -> str:
    return (
        f"<b>{TOPICS[row.topic].label}: {_label(row.subtopic)}</b><br>"
        f"{row.n:,} of {count(row.base, unit)} · {percent(row.share)}<br>"
        f"95 % interval {percent(row.low)} to {percent(row.high)}"
    )


def _label(key: str) -> str:
    return SUBTOPICS[key].label if key in SUBTOPICS else FACETS["subtopic"].missing


def as_table(table: pd.DataFrame, counts: pd.DataFrame, inside: pd.DataFrame, base: int, unit: Unit) -> pd.DataFrame:
    """The table of topics with the rows of the open ones' subtopics beneath, by their short names, and their bases.

    `table` has a row for each of `counts`; without `inside` it is left as it is.
    """
    if inside.empty:
        return table
    numbers = [*table.columns[1:]]
    name = {topic: capital(FACETS["topic"].text(topic)) for topic in counts["topic"]}
    place = dict(zip(counts["topic"], range(len(counts)), strict=True))
    top = table.assign(Topic=list(name.values()), Subtopic="", Of=base, place=list(place.values()))
    sub = pd.DataFrame(
        {
            "Topic": inside["topic"].map(name),
            "Subtopic": [capital(FACETS["subtopic"].text(key)) for key in inside["subtopic"]],
            "Of": inside["base"],
            "place": inside["topic"].map(place),
            **dict(zip(numbers, (inside[column] for column in ("n", "share", "low", "high")), strict=True)),
        }
    )
    whole = pd.concat([top, sub], ignore_index=True).sort_values("place", kind="stable", ignore_index=True)
    return whole[["Topic", "Subtopic", unit.capitalize(), "Of", *numbers[1:]]]


def caption(inside: pd.DataFrame, unit: Unit, numbers: Numbers = "counts") -> str:
    """What the thin bars count; empty without any."""
    if inside.empty:
        return ""
    if numbers == "shares":
        return "Thin bars: subtopics, as shares of the same."
    return f"Thin bars: subtopics, as shares of the {unit} of their topic."


def alt(inside: pd.DataFrame) -> str:
    """The thin bars in words, with a space before; empty without any."""
    said = []
    for topic in dict.fromkeys(inside["topic"]):
        part = inside[inside["topic"] == topic]
        below_it = [f"{FACETS['subtopic'].text(k)} {n}" for k, n in zip(part["subtopic"], part["n"], strict=True)]
        said.append(f" {FACETS['topic'].text(topic)} opens into {', '.join(below_it)}.")
    return "".join(said)
