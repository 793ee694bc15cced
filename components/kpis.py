"""The figures at the top, each with what it is a share of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components.wording import count, day, percent
from data.engines import UNITS
from data.facets import FACETS, NONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from components.view import View
    from data.engines import Engine, Totals, Unit
    from data.selection import Selection


def draw(engine: Engine, selection: Selection, view: View) -> None:
    """One row of figures; they stand below each other where the screen is narrow."""
    totals = {unit: engine.totals(selection, unit) for unit in UNITS}
    with st.container(horizontal=True, key="kpis", gap="small"):
        for label, value, about in figures(totals, engine.counts(selection, ("topic",), view.unit), view.unit):
            st.metric(label, value, about, delta_color="off", delta_arrow="off", border=True, width="stretch")


def figures(
    counted: Mapping[Unit, Totals], topics: pd.DataFrame, unit: Unit = "articles"
) -> list[tuple[str, str, str]]:
    """(label, value, what it is a share of) of each figure; `topics` counts what `unit` says."""
    totals, base = counted["articles"], counted[unit]
    known = topics[topics["topic"] != NONE]
    lead = (FACETS["topic"].text(known["topic"].iloc[0]), int(known["n"].iloc[0])) if len(known) else ("none", 0)
    of_lead = f"{percent(lead[1] / base.n)} of {count(base.n, unit)}" if base.n else f"no {unit}"
    dated = totals.n - totals.undated
    return [
        *((name.capitalize(), f"{base_of.n:,}", _of(name, base_of)) for name, base_of in counted.items()),
        ("Countries", f"{totals.countries:,}", f"written about; {count(base.no_country, unit)} about none"),
        ("Leading topic", lead[0], f"{of_lead}; {base.unsure:,} unsure"),
        ("Published", span(totals) or "undated", f"{count(dated, 'articles')} dated, {totals.undated:,} undated"),
    ]


def _of(unit: Unit, totals: Totals) -> str:
    copies = f"; {count(totals.copies, 'copies')}" if unit == "articles" and totals.copies else ""
    return f"{percent(totals.n / totals.of if totals.of else 0.0)} of {totals.of:,}{copies}"


def span(totals: Totals) -> str:
    """First and last day, or month where they are far apart; empty without a dated article."""
    if not totals.first or not totals.last or totals.first == totals.last:
        return day(totals.first)
    if (totals.last - totals.first).days > 92:
        return f"{totals.first:%b %Y} – {totals.last:%b %Y}"
    return f"{day(totals.first)} – {day(totals.last)}"
