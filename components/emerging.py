"""Emerging themes: terms and stories that rise now against their own past, and themes that the set falls into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components import asides, asking_slowly, cards, charts, frontend
from components.content import Content, Ranked
from components.naming import titles
from components.ranks import as_entry
from components.wording import count, day, percent, plain, unit_of_stories
from data import themes
from data.bursts import LEAST, rising
from data.frames import rows
from data.periods import ENOUGH, latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.asking import Ask
    from components.view import View
    from data.engines import Engine, Unit
    from data.periods import Split
    from data.selection import Selection
    from data.themes import Theme

TERMS, STORIES, THEMES = 6, 3, 9
_VIEWS = {"rising": "Rising", "themes": "Discovered", "changed": "Changed"}


def content(ask: Ask) -> Content:
    """What the card shows: what rises, or the discovered themes."""
    return (_themes if ask.view.emerging == "themes" else _rising)(ask)[0]


def draw(ask: Ask) -> None:
    """The card; its corner switches between what rises, the discovered themes, and what has changed since."""
    if ask.view.emerging == "changed":
        asides.draw("changed", ask, lambda: _switch(ask.view), lambda: asides.since(ask))
        return
    made, shown = (_themes if ask.view.emerging == "themes" else _rising)(ask)
    cards.panel(
        ask,
        made,
        lambda: frontend.mount("ranks", key="emerging", data=shown, on={"picked": charts.pick}),
        lambda: _switch(ask.view),
    )


def _switch(view: View) -> None:
    charts.switch("Emerging themes show", "emerging", view.emerging, _VIEWS, key="emerging-shows")


def _rising(ask: Ask) -> tuple[Content, dict[str, Any]]:
    """The content, and the list of the page."""
    others, unit = ask.selection.without("keyword", "story"), ask.unit
    split = latest(ask.engine.counts(others, ("day",)))
    if split is None:
        need = f"it takes {ENOUGH} in a latest period and {ENOUGH} before"
        why = f"Too few dated articles here to tell what rises: {need}."
        return _content(ask, {"parts": []}, pd.DataFrame, "", str, why), {"parts": []}
    terms, stories = risen(ask.engine, others, split, unit)
    clear = bool(terms["clear"].any() or stories["clear"].any())
    titled = titles(ask.engine, stories["story"])
    shown = parts(terms, stories, titled, ask.selection, "" if clear else " that may be chance")
    why = "" if clear else "Nothing rises clearly: no term or story is more frequent now than chance would have it."

    def table() -> pd.DataFrame:
        return as_table(terms, stories, titled)

    def said() -> str:
        return sentence(terms, stories, titled, split) if clear else ""

    return _content(ask, shown, table, caption(split, unit, clear), said, why), shown


_HOW = {
    "rising": "Shrunk ratio of observed to expected (Norén et al. 2013), exact test, false discoveries controlled at "
    "5 % (Benjamini and Hochberg 1995).",
    "themes": "Non-negative matrix factorisation of the keywords; themes have no names but their words.",
}


def _content(
    ask: Ask,
    shown: dict[str, Any],
    table: Callable[[], pd.DataFrame],
    caption: str,
    sentence: Callable[[], str],
    empty: str,
) -> Content:
    lists = tuple((part["head"], tuple(map(as_entry, part["rows"]))) for part in shown["parts"])
    names = [entry.name for _, entries in lists for entry in entries][:5]
    return Content(
        panel="emerging",
        title="Emerging",
        marks_of=(lambda: Ranked(lists)) if lists else None,
        table_of=table,
        caption=caption,
        alt=f"List of emerging themes: {'; '.join(names)}.",
        sentence_of=sentence,
        method=ask.method(ask.selection.without("keyword", "story"), how=_HOW[ask.view.emerging]),
        empty=empty,
        hint="A click filters by any of the words." if ask.view.emerging == "themes" and lists else "",
    )


def sentence(terms: pd.DataFrame, stories: pd.DataFrame, titled: dict[str, str], split: Split) -> str:
    """What rises most surely, with both shares."""
    first, name = (terms, "keyword") if terms["clear"].any() else (stories, "story")
    row = next(rows(first.head(1)))
    value = getattr(row, name)
    now, before = percent(row.now / row.of_now), percent(row.before / max(row.of_before, 1))
    return (
        f"“{plain(titled.get(value, value))}” rises: {now} in the last {count(split.length, 'days')}, {before} before"
    )


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


def _themes(ask: Ask) -> tuple[Content, dict[str, Any]]:
    """The content, and the list of the page."""
    others = ask.selection.without("keyword", "story")
    n = ask.engine.totals(others).n
    nothing: dict[str, Any] = {"parts": []}
    if n < themes.FEWEST:
        why = f"Too few articles to discover themes: {n:,} here, {themes.FEWEST} needed."
        return _content(ask, nothing, pd.DataFrame, "", str, why), nothing
    looked_at = min(n, themes.MOST)
    found = _discovered(ask.engine.version, others, asking_slowly.quiet(ask.engine))
    if not found:
        why = "The keywords of these articles do not fall into themes."
        return _content(ask, nothing, pd.DataFrame, "", str, why), nothing
    shown = themes_parts(found, looked_at, ask.selection)
    largest = max(found, key=lambda theme: theme.n)
    words = ", ".join(map(plain, largest.words))
    said = f"The largest theme found is {words}: {percent(largest.n / looked_at)} of {count(looked_at, 'articles')}"

    def table() -> pd.DataFrame:
        return themes_table(found, looked_at)

    return _content(ask, shown, table, themes_caption(len(found), looked_at, n), lambda: said, ""), shown


@st.cache_data(show_spinner="Looking for themes", max_entries=64)
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
        "article counts under the theme it is most about."
    )
