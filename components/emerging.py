"""Emerging themes: terms and stories that rise now against their own past, and themes that the set falls into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components import address, charts, frontend
from components.naming import titles
from components.wording import count, day, percent, plain, unit_of_stories
from data import themes
from data.bursts import LEAST, rising
from data.frames import rows
from data.periods import ENOUGH, latest

if TYPE_CHECKING:
    from data.engines import Engine, Unit
    from data.periods import Split
    from data.selection import Selection
    from data.themes import Theme

TERMS, STORIES, THEMES = 6, 3, 9
_VIEWS = {"rising": "Rising now", "themes": "Discovered"}


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The card; its corner switches between what rises and the discovered themes."""
    others = selection.without("keyword", "story")
    with charts.card("emerging", "Emerging themes", view, lambda: _switch(view)) as tabled:
        if view.emerging == "themes":
            _themes(engine, others, selection, tabled)
        else:
            _rising(engine, others, selection, view.unit, tabled)


def _switch(view: address.View) -> None:
    charts.switch("Emerging themes show", "emerging", view.emerging, _VIEWS, key="emerging-shows")


def _rising(engine: Engine, others: Selection, selection: Selection, unit: Unit, tabled: bool) -> None:
    split = latest(engine.counts(others, ("day",)))
    if split is None:
        need = f"it takes {ENOUGH} in a latest period and {ENOUGH} before"
        charts.empty(f"Too few dated articles here to tell what rises: {need}.")
        return
    terms, stories = risen(engine, others, split, unit)
    clear = bool(terms["clear"].any() or stories["clear"].any())
    titled = titles(engine, stories["story"])
    if not clear:
        charts.empty("Nothing rises clearly: no term or story is more frequent now than chance would have it.")
    if tabled and len(terms) + len(stories):
        charts.table(as_table(terms, stories, titled), alt="Terms and stories that rise", key="rows-emerging")
    elif len(terms) + len(stories):
        shown = parts(terms, stories, titled, selection, "" if clear else " that may be chance")
        frontend.mount("ranks", key="emerging", data=shown, on={"picked": charts.pick})
    charts.note(caption(split, unit, clear))


def risen(engine: Engine, selection: Selection, split: Split, unit: Unit) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The terms and the stories that clearly rise (:func:`data.bursts.rising`); if none does, the most likely ones."""
    terms = rising(engine, selection, "keyword", split, unit)
    stories = rising(engine, selection, "story", split, unit_of_stories(unit))
    if terms["clear"].any() or stories["clear"].any():
        return terms[terms["clear"]].head(TERMS), stories[stories["clear"]].head(STORIES)
    return terms[terms["low"] > 1].head(STORIES), stories[stories["low"] > 1].head(STORIES)


def parts(
    terms: pd.DataFrame, stories: pd.DataFrame, titled: dict[str, str], selection: Selection, more: str = ""
) -> dict[str, Any]:
    """What the list shows: terms, then stories; `more` is said of both."""
    highest = max([*(terms["now"] / terms["of_now"]), *(stories["now"] / stories["of_now"])], default=1.0)
    shown = []
    for label, name, frame in (("Terms", "keyword", terms), ("Stories", "story", stories)):
        entries = [entry(name, row, titled, highest, selection) for row in rows(frame)]
        if entries:
            shown.append({"head": f"{label}{more}", "label": f"{label} that rise", "rows": entries})
    return {"parts": shown}


def entry(facet: str, row: Any, titled: dict[str, str], highest: float, selection: Selection) -> dict[str, Any]:
    """One term or story that rises, as the list shows it."""
    value = getattr(row, facet)
    on = value in selection.chosen(facet)
    shares = (("now", row.now / row.of_now), ("before", row.before / max(row.of_before, 1)))
    return {
        "marks": [facet, value],
        "on": on,
        "hint": "Take the filter back" if on else "Filter by this",
        "name": plain(titled.get(value, value)),
        "about": f"{row.now:,} of {row.of_now:,} now, {row.before:,} of {row.of_before:,} before",
        "bars": [
            {"kind": kind, "share": share / highest, "text": f"{percent(share)} {kind}"} for kind, share in shares
        ],
    }


def as_table(terms: pd.DataFrame, stories: pd.DataFrame, titled: dict[str, str]) -> pd.DataFrame:
    """The list as a table, with the ratio that it is ordered by."""
    both = pd.concat([terms.rename(columns={"keyword": "value"}), stories.rename(columns={"story": "value"})])
    return pd.DataFrame(
        {
            "Term or story": [plain(titled.get(value, value)) for value in both["value"]],
            "Now": both["now"],
            "Of": both["of_now"],
            "Before": both["before"],
            "Of before": both["of_before"],
            "Times expected": both["ratio"].round(2),
            "At least": both["low"].round(2),
        }
    )


def caption(split: Split, unit: Unit, clear: bool = True) -> str:
    """Which time is compared with which, and what is called a rise."""
    now = f"Now: the last {count(split.length, 'days')}, {day(split.start)} to {day(split.last)}"
    units = f"{unit} (stories in articles)" if unit == "stories" else unit
    sure = "of those shown at most 1 in 20 is chance" if clear else "so many are looked at that chance raises a few"
    how = f"Order: how surely the share rises; {sure}."
    return f"{now}; before: since {day(split.first)}. Counted in {units}, at least {LEAST} now. {how}"


def _themes(engine: Engine, others: Selection, selection: Selection, tabled: bool) -> None:
    n = engine.totals(others).n
    if n < themes.FEWEST:
        charts.empty(f"Too few articles to discover themes: {n:,} here, {themes.FEWEST} needed.")
        return
    looked_at = min(n, themes.MOST)
    with st.spinner("Looking for themes"):
        found = _discovered(engine.version, others, engine)
    if not found:
        charts.empty("The keywords of these articles do not fall into themes.")
    elif tabled:
        charts.table(themes_table(found, looked_at), alt="Discovered themes", key="rows-emerging")
    else:
        frontend.mount(
            "ranks", key="emerging", data=themes_parts(found, looked_at, selection), on={"picked": charts.pick}
        )
    charts.note(themes_caption(len(found), looked_at, n))


@st.cache_data(show_spinner=False, max_entries=64)
def _discovered(_version: str, selection: Selection, _engine: Engine) -> tuple[Theme, ...]:
    return themes.discover(_engine.articles(selection, "newest", 0, themes.MOST)["keywords"].tolist())


def themes_parts(found: tuple[Theme, ...], looked_at: int, selection: Selection) -> dict[str, Any]:
    """What the list shows of the largest themes."""
    highest = max(theme.n for theme in found) / looked_at
    chosen = set(selection.chosen("keyword"))
    entries = []
    for theme in found[:THEMES]:
        share, on = theme.n / looked_at, set(theme.words) <= chosen
        entries.append(
            {
                "marks": [part for word in theme.words for part in ("keyword", word)],
                "on": on,
                "hint": "Take the filter back" if on else "Filter by any of these words",
                "name": " · ".join(map(plain, theme.words)),
                "about": count(theme.n, "articles"),
                "bars": [{"kind": "now", "share": share / highest, "text": percent(share)}],
            }
        )
    return {"parts": [{"head": "", "label": "Discovered themes", "rows": entries}]}


def themes_table(found: tuple[Theme, ...], looked_at: int) -> pd.DataFrame:
    """All themes as a table."""
    return pd.DataFrame(
        {
            "Theme": [" · ".join(map(plain, theme.words)) for theme in found],
            "Articles": [theme.n for theme in found],
            "Share": [theme.n / looked_at for theme in found],
        }
    )


def themes_caption(themes_found: int, looked_at: int, n: int) -> str:
    """What the themes were found in, and how."""
    sample = f"the newest {looked_at:,} of {count(n, 'articles')}" if looked_at < n else count(n, "articles")
    return (
        f"The {min(themes_found, THEMES)} largest of {themes_found} themes found in the keywords of {sample} (NMF); an "
        "article counts under the theme it is most about. A click filters by any of the words."
    )
