"""Paired shares, whatever the facet: the rows as data, as a figure of dots on one axis, as a table, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from components import theme
from components.compare.sides import SYMBOLS, Sides
from components.content import Content, Paired
from components.wording import capital, count, for_plotly, percent, plain, points
from data import geography
from data.comparing.shares import compared
from data.facets import FACETS, NONE
from data.frames import rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from components.theme import Figure, Palette
    from data.engines import Unit

PIXELS = 34
"""Height of a row."""
HOW = (
    "Differences of shares with 95 % intervals (Newcombe 1998, method 10; with articles on both sides Zou and Donner"
    " 2008). Clear: a two-proportion score test, exact for small counts, with at most 5 % false discoveries among all"
    " rows (Benjamini and Hochberg 1995)."
)


def pairs(sides: Sides, name: str, only: Collection[str] | None = None) -> pd.DataFrame:
    """The rows of facet `name` (of `only` these) with their labels, the largest share first, no value last."""
    ask = sides.ask
    found = compared(ask.engine, ask.selection, ask.other, name, ask.unit, only=only, both=sides.both)
    found["label"] = [capital(plain(FACETS[name].text(value))) for value in found["value"]]
    return found.sort_values("value", key=lambda value: value == NONE, kind="stable", ignore_index=True)


def content(sides: Sides, panel: str, title: str, name: str, frame: pd.DataFrame) -> Content:
    """The content of a panel of paired shares."""
    unit, empty = sides.ask.unit, sides.empty
    shown = None if empty or frame.empty else Paired(frame, sides.names, name)
    return Content(
        panel=panel,
        title=title,
        marks_of=None if shown is None else lambda: shown,
        table_of=lambda: as_table(frame, FACETS[name].label, unit),
        caption=f"{sides.caption()} {_sure(frame, FACETS[name].plural)}",
        alt=_alt(frame, sides.names, FACETS[name].plural),
        sentence_of=lambda: "" if shown is None else said(sides, name, frame),
        method=sides.method(HOW),
        figure=None if shown is None else lambda palette: figure(shown, palette, unit),
        empty=empty or ("" if len(frame) else "Nothing to compare here."),
    )


def figure(marks: Paired, palette: Palette, unit: Unit = "articles") -> Figure:
    """A dot for A and one for B on every row, joined by a line; to the right both shares and their difference."""
    frame = marks.frame.iloc[::-1]
    labels = [for_plotly(label) for label in frame["label"]]
    most = max(float(frame[["a_high", "b_high"]].to_numpy().max(initial=0)), 0.01)
    joined: list[list[Any]] = [[], []]
    for label, row in zip(labels, rows(frame), strict=True):
        joined[0] += [row.a_share, row.b_share, None]
        joined[1] += [label, label, None]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": joined[0],
        "y": joined[1],
        "line": {"color": palette.line, "width": 5},
        "showlegend": False,
        "hoverinfo": "skip",
    }
    dots = [_dots(frame, labels, place, marks, palette, unit) for place in (1, 0)]
    look = theme.layout(
        palette,
        height=PIXELS * max(len(frame), 4) + 78,
        margin={"l": 4, "r": _ENDS[-1] + 4, "t": 30, "b": 4},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "reversed", **_INERT},
        hovermode="closest",
        xaxis=theme.axis(palette, range=[-0.015 * most, most * 1.02], tickformat=".0%", nticks=6, zeroline=False),
        yaxis=theme.axis(
            palette,
            ticks="",
            showgrid=False,
            zeroline=False,
            ticklabelstandoff=8,
            range=[-0.6, len(frame) - 0.4],
        ),
        annotations=[*_heads(palette), *_words(labels, frame, palette)],
    )
    return theme.Figure([line, *dots], look)


_INERT = {"itemclick": False, "itemdoubleclick": False}


def _dots(
    frame: pd.DataFrame, labels: list[str], place: int, marks: Paired, palette: Palette, unit: Unit
) -> dict[str, Any]:
    side, colour = "ab"[place], theme.sides(palette)[place]
    share = frame[f"{side}_share"]
    hover = [
        f"<b>{label}</b><br>{for_plotly(marks.names[place], 60)}: {row.n:,} of {count(row.of, unit)} ({percent(row.s)})"
        f"<br>95 % interval {percent(row.low)} to {percent(row.high)}"
        for label, row in zip(labels, rows(_side(frame, side)), strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": share.tolist(),
        "y": labels,
        "name": f"{'AB'[place]} · {for_plotly(marks.names[place], 60)}",
        "marker": {"color": colour, "size": 13, "symbol": SYMBOLS[place], "line": {"color": palette.page, "width": 1}},
        "cliponaxis": False,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (frame[f"{side}_high"] - share).tolist(),
            "arrayminus": (share - frame[f"{side}_low"]).tolist(),
            "color": colour,
            "thickness": 1,
            "width": 0,
        },
        "customdata": [[marks.facet, value] for value in frame["value"]],
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _side(frame: pd.DataFrame, side: str) -> pd.DataFrame:
    names = {f"{side}_n": "n", f"{side}_of": "of", f"{side}_share": "s", f"{side}_low": "low", f"{side}_high": "high"}
    return frame[list(names)].rename(columns=names)


_ENDS = (48, 96, 182)
"""Right ends of the three columns of words, in pixels right of the axis: A, B, difference."""


def _words(labels: list[str], frame: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    """Both shares and the difference, in bold where it is clear, right of each row."""
    words = []
    for label, row in zip(labels, rows(frame), strict=True):
        shares = [percent(share).replace("under ", "<") for share in (row.a_share, row.b_share)]
        gap, colour = points(row.difference), palette.ink if row.clear else palette.quiet
        for text, end in zip((*shares, f"<b>{gap}</b>" if row.clear else gap), _ENDS, strict=True):
            words.append(_word(text, end, colour) | {"yref": "y", "y": label})
    return words


def _heads(palette: Palette) -> list[dict[str, Any]]:
    """What stands above the columns of words."""
    of_sides = zip("AB", theme.sides(palette), strict=True)
    heads = [*((f"<b>{side}</b>", colour) for side, colour in of_sides), ("difference", palette.quiet)]
    above = {"yref": "paper", "y": 1, "yanchor": "bottom"}
    return [_word(text, end, colour) | above for (text, colour), end in zip(heads, _ENDS, strict=True)]


def _word(text: str, end: int, colour: str) -> dict[str, Any]:
    place = {"xref": "paper", "x": 1, "xanchor": "right", "xshift": end}
    return {**place, "text": text, "showarrow": False, "font": {"size": 13, "color": colour}}


def as_table(frame: pd.DataFrame, label: str, unit: Unit) -> pd.DataFrame:
    """The figure's numbers; the last columns are the 95 % interval of the difference, and whether it is clear."""
    columns = {label: frame["label"]}
    for side in "ab":
        name = side.upper()
        columns |= {f"{name} {unit}": frame[f"{side}_n"], f"{name} of": frame[f"{side}_of"]}
        columns |= {f"{name} share": frame[f"{side}_share"]}
    columns |= {"Difference in share": frame["difference"], "Lowest": frame["low"], "Highest": frame["high"]}
    return pd.DataFrame({**columns, "Clear": frame["clear"].map({True: "yes", False: "no"})})


def open_to(sides: Sides, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that neither side has or lacks by its own choice: those that all its articles have say nothing."""
    facet, known = FACETS[name], frame[(frame["a_share"] < 1) & (frame["b_share"] < 1)]
    chosen = {value for side in (sides.ask.selection, sides.ask.other) for value in side.chosen(name)}
    regions = {value for side in (sides.ask.selection, sides.ask.other) for value in side.chosen("region")}
    if name == "country":
        chosen |= {code for region in regions if region in geography.REGION_NAMES for code in geography.members(region)}
    inside = known["value"].map(lambda value: bool(chosen & {value, *facet.around(value)}))
    return known[~inside.astype(bool)]


def said(sides: Sides, name: str, frame: pd.DataFrame) -> str:
    """The sentence of a facet; where something was chosen in it, of what was not."""
    left, what = open_to(sides, name, frame), FACETS[name].label.lower()
    return sentence(left, sides.phrases, what if len(left) == len(frame) else f"other {what}")


def sentence(frame: pd.DataFrame, phrases: tuple[str, str], what: str) -> str:
    """The clear difference that is largest, with both shares; or that there is none."""
    clear = frame[frame["clear"] & (frame["value"] != NONE)]
    if clear.empty:
        return f"No {what} is clearly more frequent {phrases[0]} than {phrases[1]}"
    row = next(rows(clear.loc[[clear["difference"].abs().idxmax()]]))
    here, there = phrases if row.difference > 0 else phrases[::-1]
    more, less = max(row.a_share, row.b_share), min(row.a_share, row.b_share)
    numbers = f"{percent(more)} against {percent(less)}"
    if not less:
        return f"{row.label}: {percent(more)} {here}, none {there}"
    if more / less < 1.5:
        return f"{row.label} is more frequent {here} than {there}: {numbers}"
    return f"{row.label} is {times(more / less)} times as frequent {here} as {there}: {numbers}"


def times(ratio: float) -> str:
    """A ratio as it is said: "2.4", "6", "38", "120"."""
    if ratio < 9.5:
        return f"{ratio:.1f}".removesuffix(".0")
    return f"{ratio:.0f}" if ratio < 99.5 else f"{round(ratio, -1):,.0f}"


def _sure(frame: pd.DataFrame, plural: str) -> str:
    n = int(frame["clear"].sum())
    said = f"{n:,} of {len(frame):,} {plural}" if n else f"None of {len(frame):,} {plural}"
    verb = "differs" if n <= 1 else "differ"
    return f"{said} {verb} clearly (in bold); at most 1 in 20 of those by chance." if n else f"{said} {verb} clearly."


def _alt(frame: pd.DataFrame, names: tuple[str, str], plural: str) -> str:
    top = [
        f"{row.label} {percent(row.a_share)} and {percent(row.b_share)}"
        for row in rows(frame.loc[frame["difference"].abs().sort_values(ascending=False).index[:5]])
    ]
    return f"Shares of {plural}: {names[0]} and {names[1]}; largest differences: {', '.join(top)}. The table shows all."
