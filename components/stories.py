"""The articles behind the numbers: a list, and for the one that is open its text with the words behind each tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components import address, cards, charts, corrections, frontend
from components.citing import cited_as
from components.content import Content, Entry, Ranked
from components.evidence import opened
from components.theme import Palette, topic_colour
from components.wording import count, day, plain
from data import frames
from data.facets import FACETS

if TYPE_CHECKING:
    from components.asking import Ask
    from components.view import View
    from data.engines import Engine, Order, Totals
    from data.selection import Selection

PAGE = 10
_SHOWN = {True: "shown", False: "hidden"}
_ORDERS: dict[Order, str] = {"newest": "Newest", "oldest": "Oldest"}


def content(ask: Ask) -> Content:
    """What the list of articles shows: one page of it."""
    totals, all_of_them = ask.engine.totals(ask.selection), ask.view.copies == "shown"
    page, _ = page_of(ask, totals)
    listed = page_rows(ask, page)
    cited = tuple(cited_as(row) for row in frames.records(listed))
    entries = tuple(Entry(each.title, ", ".join(filter(None, (each.publisher, day(each.published))))) for each in cited)
    said = f"{ask.of_what()[:1].upper()}{ask.of_what()[1:]}, {_FIRST[_order_of(ask.view)]} first" if totals.n else ""
    return Content(
        panel="stories",
        title="Articles",
        marks_of=(lambda: Ranked((("", entries),))) if entries else None,
        table_of=lambda: as_table(listed),
        caption=caption(len(listed), page, totals, all_of_them),
        alt=f"List of {count(len(listed), 'articles')}.",
        sentence_of=lambda: said,
        method=ask.method(),
        empty="" if entries else "No articles match. Take a filter back, or clear them all.",
        hint="Open one to see the words behind its tags; a tag is a filter.",
        cited=cited,
    )


_FIRST: dict[Order, str] = {"newest": "the newest", "oldest": "the oldest"}


def _order_of(view: View) -> Order:
    return "oldest" if view.order == "oldest" else "newest"


def page_of(ask: Ask, totals: Totals) -> tuple[int, int]:
    """The page that is shown, and how many there are."""
    listed = totals.n if ask.view.copies == "shown" else totals.n - totals.copies
    pages = max(-(-listed // PAGE), 1)
    return min(max(ask.view.page, 1), pages), pages


def page_rows(ask: Ask, page: int) -> pd.DataFrame:
    """The articles of a page."""
    all_of_them = ask.view.copies == "shown"
    return ask.engine.articles(ask.selection, _order_of(ask.view), (page - 1) * PAGE, PAGE, all_of_them)


def draw(ask: Ask) -> None:
    """The card with the list of articles."""
    totals = ask.engine.totals(ask.selection)
    page, pages = page_of(ask, totals)

    def shown() -> None:
        _list(page_rows(ask, page), ask.engine, ask.selection, ask.view)

    cards.panel(
        ask, content(ask), shown, lambda: _corner(_order_of(ask.view), totals, ask.view), lambda: _pages(page, pages)
    )


def _corner(order: Order, totals: Totals, view: View) -> None:
    if totals.copies:
        st.session_state["stories-copies"] = view.copies == "shown"
        st.toggle(
            f"Copies ({totals.copies:,})",
            key="stories-copies",
            help="List copies, such as wire copy, on lines of their own",
            on_change=lambda: address.show(copies=_SHOWN[st.session_state["stories-copies"]], page=1),
        )
    _order(order)


def _order(order: Order) -> None:
    charts.switch("Order", "order", order, _ORDERS, key="stories-order", page=1)


def _pages(page: int, pages: int) -> None:
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
        st.button(
            "Previous",
            key="page-back",
            disabled=page == 1,
            on_click=address.show,
            kwargs={"page": page - 1, "article": ""},
        )
        st.text(f"Page {page:,} of {pages:,}", width="content")
        st.button(
            "Next",
            key="page-on",
            disabled=page == pages,
            on_click=address.show,
            kwargs={"page": page + 1, "article": ""},
        )


def _list(rows: pd.DataFrame, engine: Engine, selection: Selection, view: View) -> None:
    palette = charts.palette()
    sizes = engine.counts(selection.choose("story", rows["story"]), ("story",))
    told = dict(zip(sizes["story"], sizes["n"], strict=True))
    if view.article and view.article not in set(rows["id"]):
        rows = pd.concat([engine.texts([view.article]).assign(copies=0)[rows.columns], rows], ignore_index=True)
    frontend.mount(
        "stories",
        key="stories",
        data={
            "articles": [entry(row, palette, int(told.get(row["story"], 1))) for row in frames.records(rows)],
            "open": opened(engine, view.article, palette) if view.article else None,
            "may": corrections.may_change(),
        },
        on={
            "opened": lambda article: address.show(article="" if article == view.article else article),
            "picked": lambda mark: address.toggle(*mark.split("=", 1)),
            "taken": lambda mark: corrections.take_off(view.article, mark),
            "asked": lambda what: corrections.ask(view.article, what),
            "undone": corrections.undo_one,
        },
    )


def entry(row: dict[str, Any], palette: Palette, told: int = 1) -> dict[str, Any]:
    """One article as the list shows it; `told` is the number of articles on the same story."""
    chips = [_chip("topic", topic, topic_colour(topic, palette)) for topic in row["topics"]]
    chips += [_chip("country", code, "") for code in row["countries"][:4]]
    published = row["published"]
    when = "undated" if pd.isna(published) else day(published.date())
    source = plain(row["publisher"]) or FACETS["publisher"].missing
    where = FACETS["published_in"].text(row["publisher_country"]) if row["publisher_country"] else ""
    return {
        "id": row["id"],
        "title": plain(row["title"]),
        "source": " · ".join(filter(None, (source, where, when))),
        "language": row["language"] or "und",
        "chips": [*(chips or [_UNTAGGED]), *_story_chips(row, told)],
    }


_UNTAGGED = {"text": "unsure of topic, no country", "mark": "", "colour": "", "kind": "none"}


def _story_chips(row: dict[str, Any], told: int) -> list[dict[str, str]]:
    """How many copies stand behind the article, and how many articles tell its story."""
    copies = int(row.get("copies", 0))
    words = [f"+{count(copies, 'copies')}"] if copies else []
    words += [f"story of {count(told, 'articles')}"] if told > copies + 1 else []
    return [{"text": said, "mark": f"story={row['story']}", "colour": "", "kind": "story"} for said in words]


def _chip(facet: str, value: str, colour: str) -> dict[str, str]:
    return {"text": plain(FACETS[facet].text(value)), "mark": f"{facet}={value}", "colour": colour, "kind": facet}


def as_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The list as a table."""
    return pd.DataFrame(
        {
            "Date": [None if pd.isna(when) else when.date() for when in rows["published"]],
            "Title": rows["title"].map(plain),
            "Publisher": rows["publisher"].map(plain),
            "Topics": [", ".join(map(FACETS["topic"].text, topics)) for topics in rows["topics"]],
            "About": [", ".join(map(FACETS["country"].text, countries)) for countries in rows["countries"]],
        }
    )


def caption(shown: int, page: int, totals: Totals, copies: bool = False) -> str:
    """Which articles of how many are listed."""
    first = (page - 1) * PAGE + 1
    listed = f"{first:,} to {first + shown - 1:,} of " if shown else ""
    hidden = 0 if copies else totals.copies
    behind = f"; {count(hidden, 'copies')} {'stands' if hidden == 1 else 'stand'} behind them" if hidden else ""
    return f"{listed}{count(totals.n - hidden, 'articles')}{behind}."
