"""Region by topic: how large a share of each region's articles every topic has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from components import cards, charts, theme
from components.content import Content, Grid
from components.wording import capital, count, percent
from data import geography
from data.facets import FACETS, NONE
from data.frames import rows

if TYPE_CHECKING:
    from components.asking import Ask
    from components.theme import Figure, Palette
    from data.engines import Totals, Unit
    from data.selection import Selection

ENOUGH = 10
"""With fewer articles in a region its shares are not coloured: one article more would change them too much."""
_ROW = 23


def columns_for(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The regions side by side: the five of M49 and none; if all chosen ones lie in one region, that and its parts."""
    for top in reversed([region for region in geography.REGIONS for region in region.walk()]):
        parts = tuple(part.name for part in top.parts)
        if parts and chosen and set(chosen) <= {top.name, *parts}:
            return (top.name, *parts)
    return (*(region.name for region in geography.REGIONS), NONE)


def grid(pairs: pd.DataFrame, regions: pd.DataFrame, topics: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """One row a cell: region, topic, n, base (articles of the region) and share; topics by size, unsure last."""
    base = dict(zip(regions["region"].tolist(), regions["n"].tolist(), strict=True))
    names = zip(pairs["region"].tolist(), pairs["topic"].tolist(), strict=True)
    n = dict(zip(names, pairs["n"].tolist(), strict=True))
    order = sorted(topics["topic"].tolist(), key=lambda topic: topic == NONE)
    cells = [(r, t, n.get((r, t), 0), base[r]) for r in columns if r in base for t in order]
    frame = pd.DataFrame(cells, columns=["region", "topic", "n", "base"]).astype({"n": np.int64, "base": np.int64})
    return frame.assign(share=frame["n"] / frame["base"])


def figure(cells: pd.DataFrame, chosen: Selection, palette: Palette, unit: Unit = "articles") -> Figure:
    """`cells` as :func:`grid` makes them; colour is the share within the region, by column."""
    regions, topics = list(dict.fromkeys(cells["region"])), list(dict.fromkeys(cells["topic"]))[::-1]
    table = {(cell.region, cell.topic): cell for cell in rows(cells)}
    grid_of = [[table[region, topic] for region in regions] for topic in topics]
    shades = cells["share"].where(cells["base"] >= ENOUGH)
    highest = max(float(shades.max()), 0.1) if shades.notna().any() else 1.0
    heat = {
        "type": "heatmap",
        "z": [[cell.share if cell.base >= ENOUGH else 0.0 for cell in line] for line in grid_of],
        "x": regions,
        "y": topics,
        "zmin": 0,
        "zmax": highest,
        "colorscale": _from_page(palette),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "customdata": [[["region", cell.region, "topic", cell.topic] for cell in line] for line in grid_of],
        "hovertext": [[_hover(cell, unit) for cell in line] for line in grid_of],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    bare = {"showgrid": False, "ticks": "", "zeroline": False, "showline": False, "tickmode": "array"}
    base = dict(zip(cells["region"], cells["base"], strict=True))
    look = theme.layout(
        palette,
        height=_ROW * max(len(topics), 4) + 56,
        xaxis=theme.axis(
            palette,
            **bare,
            side="top",
            tickvals=regions,
            ticktext=[f"{_wrapped(FACETS['region'].text(r))}<br>{base[r]:,}" for r in regions],
            tickangle=0,
            tickfont={"size": 12.5},
            range=[-0.5, len(regions) - 0.5],
        ),
        yaxis=theme.axis(
            palette,
            **bare,
            tickvals=topics,
            ticktext=[FACETS["topic"].text(t).capitalize() for t in topics],
            range=[-0.5, len(topics) - 0.5],
        ),
        shapes=_frames(regions, topics, chosen, palette),
    )
    return theme.Figure([heat, _words(cells, palette, highest)], look)


def _from_page(palette: Palette) -> list[tuple[float, str]]:
    steps = palette.scale
    return [(0.0, palette.page), *(((i + 1) / len(steps), colour) for i, colour in enumerate(steps))]


def _wrapped(name: str) -> str:
    """`name` broken into lines of about nine letters, as a column of the narrowest card has room for."""
    lines = [""]
    for word in name.replace("-", "- ").split():
        joined = f"{lines[-1]}{'' if lines[-1].endswith('-') else ' '}{word}".strip()
        if lines[-1] and len(joined) > 9:
            lines.append(word)
        else:
            lines[-1] = joined
    return "<br>".join(lines)


def _words(cells: pd.DataFrame, palette: Palette, highest: float) -> dict[str, Any]:
    """The words in the cells, black or white as reads best; a heat map's own words are too pale on middling colours."""
    scale = (palette.page, *palette.scale)
    steps = [c.share / highest * (len(scale) - 1) if c.base >= ENOUGH else 0 for c in rows(cells)]
    return {
        "type": "scatter",
        "x": cells["region"].tolist(),
        "y": cells["topic"].tolist(),
        "mode": "text",
        "text": [_cell(cell.n, cell.base, cell.share) for cell in rows(cells)],
        "textfont": {"size": 12.5, "color": [theme.ink_on(scale[min(round(step), len(scale) - 1)]) for step in steps]},
        "hoverinfo": "skip",
    }


def _frames(regions: list[str], topics: list[str], chosen: Selection, palette: Palette) -> list[dict[str, Any]]:
    """A frame around every cell whose region and topic are both chosen."""
    line = {"color": palette.ink, "width": 2}
    return [
        {"type": "rect", "x0": x - 0.48, "x1": x + 0.48, "y0": y - 0.46, "y1": y + 0.46, "line": line}
        for x, region in enumerate(regions)
        for y, topic in enumerate(topics)
        if region in chosen.chosen("region") and topic in chosen.chosen("topic")
    ]


def _hover(cell: Any, unit: Unit) -> str:
    name = f"{FACETS['topic'].text(cell.topic)} · {FACETS['region'].text(cell.region)}"
    return f"<b>{name}</b><br>{cell.n:,} of {count(cell.base, unit)} ({percent(cell.share)})"


def _cell(n: int, base: int, share: float) -> str:
    if not n:
        return "·"
    return percent(share).replace("under ", "<").replace(" %", "%") if base >= ENOUGH else f"{n} of {base}"


def content(ask: Ask) -> Content:
    """What the region by topic card shows."""
    others, unit = ask.selection.without("region", "topic"), ask.unit
    totals = ask.totals(others)
    cells = grid(
        ask.engine.counts(others, ("region", "topic"), unit),
        ask.engine.counts(others, ("region",), unit),
        ask.engine.counts(others, ("topic",), unit),
        columns_for(ask.selection.chosen("region")),
    )
    return Content(
        panel="region-topic",
        title="Topics by region",
        marks_of=None if cells.empty else lambda: marks(cells),
        table_of=lambda: as_table(cells, unit),
        caption=caption(totals, unit),
        alt=_alt(cells),
        sentence_of=lambda: sentence(cells, unit),
        method=ask.method(others, base=f"the {unit} of each region, named below its name"),
        figure=lambda palette: figure(cells, ask.selection, palette, unit),
        empty="No articles match." if cells.empty else "",
    )


def marks(cells: pd.DataFrame) -> Grid:
    """The cells as data."""
    named = cells.rename(columns={"region": "column", "topic": "row", "base": "of"})
    labels = {"column_label": cells["region"].map(FACETS["region"].text)}
    labels["row_label"] = cells["topic"].map(FACETS["topic"].text).map(capital)
    frame = named.assign(**labels)[["column", "row", "column_label", "row_label", "n", "of", "share"]]
    return Grid(frame, ENOUGH)


def sentence(cells: pd.DataFrame, unit: Unit) -> str:
    """The cell that stands out most among topics and regions that are known."""
    known = cells[(cells["topic"] != NONE) & (cells["region"] != NONE) & (cells["base"] >= ENOUGH)]
    if known.empty:
        return ""
    top = next(rows(known.nlargest(1, "share")))
    topic, region = capital(FACETS["topic"].text(top.topic)), FACETS["region"].text(top.region)
    return f"{topic} has its largest share in {region}: {percent(top.share)} of {count(top.base, unit)}"


def draw(ask: Ask) -> None:
    """The region by topic card."""
    made = content(ask)
    cards.panel(ask, made, lambda: charts.picked(made, name="region-topic"))


def as_table(cells: pd.DataFrame, unit: Unit = "articles") -> pd.DataFrame:
    """The figure's numbers, a row a cell that is not empty."""
    some = cells[cells["n"] > 0]
    return pd.DataFrame(
        {
            "Region": some["region"].map(FACETS["region"].text),
            "Topic": some["topic"].map(FACETS["topic"].text),
            unit.capitalize(): some["n"],
            "Of": some["base"],
            "Share": some["share"],
        }
    )


def caption(totals: Totals, unit: Unit = "articles") -> str:
    """What the cells say, and their bases."""
    base = f"of {count(totals.n, unit)} in all; the number below a region is its base."
    return f"Share of each region's {unit}, {base} Regions with fewer than {ENOUGH} {unit} show counts."


def _alt(cells: pd.DataFrame) -> str:
    topic, region = FACETS["topic"].text, FACETS["region"].text
    top = rows(cells[cells["base"] >= ENOUGH].nlargest(3, "share"))
    words = [f"{topic(row.topic)} in {region(row.region)} {percent(row.share)}" for row in top]
    return f"Heat map of topics by region; largest shares: {', '.join(words)}. The table shows all."
