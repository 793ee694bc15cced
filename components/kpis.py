"""The five figures at the top, each with what it is a share of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.wording import count, day, percent
from data.facets import FACETS, NONE

if TYPE_CHECKING:
    import pandas as pd

    from data.engines import Engine, Totals
    from data.selection import Selection


def draw(engine: Engine, selection: Selection) -> None:
    """One row of figures; they stand below each other where the screen is narrow."""
    totals = engine.totals(selection)
    with st.container(horizontal=True, key="kpis", gap="small"):
        for label, value, about in figures(totals, engine.counts(selection, ("topic",))):
            st.metric(label, value, about, delta_color="off", delta_arrow="off", border=True, width="stretch")


def figures(totals: Totals, topics: pd.DataFrame) -> list[tuple[str, str, str]]:
    """(label, value, what it is a share of) of each figure."""
    known = topics[topics["topic"] != NONE]
    share = totals.n / totals.of if totals.of else 0.0
    lead = (FACETS["topic"].text(known["topic"].iloc[0]), int(known["n"].iloc[0])) if len(known) else ("none", 0)
    of_lead = f"{percent(lead[1] / totals.n)} of {count(totals.n, 'articles')}" if totals.n else "no articles"
    dated = totals.n - totals.undated
    return [
        ("Articles", f"{totals.n:,}", f"{percent(share)} of {totals.of:,}"),
        ("Publishers", f"{totals.publishers:,}", "with a name"),
        ("Countries", f"{totals.countries:,}", f"written about; {totals.no_country:,} about none"),
        ("Leading topic", lead[0], f"{of_lead}; {totals.unsure:,} unsure"),
        ("Published", span(totals) or "undated", f"{count(dated, 'articles')} dated, {totals.undated:,} undated"),
    ]


def span(totals: Totals) -> str:
    """First and last day, or month where they are far apart; empty without a dated article."""
    if not totals.first or not totals.last or totals.first == totals.last:
        return day(totals.first)
    if (totals.last - totals.first).days > 92:
        return f"{totals.first:%b %Y} – {totals.last:%b %Y}"
    return f"{day(totals.first)} – {day(totals.last)}"
