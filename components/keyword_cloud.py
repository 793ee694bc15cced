"""Keyword cloud: a layout drawn as text that is crisp at any size, can be clicked and reached by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from components import address, cards, charts, frontend
from components.content import Content, Words
from components.layouts import HEIGHT, WIDTH, begin, layout
from components.word_places import WORDS, drawn
from components.wording import count, plain
from data.facets import NONE
from data.selection import Selection
from data.statistics import keyness

if TYPE_CHECKING:
    from components.asking import Ask
    from components.view import View
    from components.word_places import Placed, Sizes
    from data.engines import Totals, Unit

_VIEWS = {"frequent": "Frequent", "distinctive": "Distinctive"}


def frequent(inside: pd.DataFrame) -> pd.DataFrame:
    """The words with most articles: keyword, n, weight."""
    words = inside[inside["keyword"] != NONE].head(WORDS)
    return words.assign(weight=words["n"].astype(float))


def distinctive(inside: pd.DataFrame, everything: pd.DataFrame) -> pd.DataFrame:
    """The words that set the selection apart from all other articles: keyword, n, weight (a z-score, see keyness)."""
    words = inside[inside["keyword"] != NONE].merge(everything, on="keyword", suffixes=("", "_all"))
    words["weight"] = keyness(words["n"], words["n_all"] - words["n"])
    least = 2 if words["n"].max() < 50 else 3
    words = words[(words["weight"] > 0) & (words["n"] >= least)]
    return words.sort_values(["weight", "keyword"], ascending=[False, True]).head(WORDS)


def with_chosen(words: pd.DataFrame, inside: pd.DataFrame, chosen: tuple[str, ...]) -> pd.DataFrame:
    """The words, and the chosen ones among them even if they are too rare, so that they can be taken back."""
    left_out = inside[
        inside["keyword"].isin(chosen) & ~inside["keyword"].isin(words["keyword"]) & (inside["keyword"] != NONE)
    ]
    least = words["weight"].min() if len(words) else 1.0
    return pd.concat([words, left_out.assign(weight=least)], ignore_index=True) if len(left_out) else words


def _is_compared(ask: Ask) -> bool:
    return ask.view.cloud == "distinctive" and bool(ask.selection.without("keyword"))


def _words(ask: Ask) -> pd.DataFrame:
    """The words of the cloud: keyword, n, weight."""
    others, unit, chosen = ask.selection.without("keyword"), ask.unit, ask.selection.chosen("keyword")
    inside = ask.engine.counts(others, ("keyword",), unit)
    words = frequent(inside)
    if _is_compared(ask):
        words = distinctive(inside, ask.engine.counts(Selection(), ("keyword",), unit))
    return with_chosen(words, inside, chosen)


def _sizes(words: pd.DataFrame) -> Sizes:
    return tuple(zip(words["keyword"].tolist(), words["weight"].tolist(), strict=True))


def prepare(ask: Ask) -> None:
    """Begins what takes longest, so that it is there when the card is drawn."""
    begin(_sizes(_words(ask)))


def content(ask: Ask) -> Content:
    """What the keyword card shows: frequent words, or those that are distinctive of the selection."""
    others, unit = ask.selection.without("keyword"), ask.unit
    totals = ask.totals(others)
    inside = ask.engine.counts(others, ("keyword",), unit)
    compared = _is_compared(ask)
    words = _words(ask)
    placed = layout(_sizes(words))
    shown = len(words if "cloud" in ask.view.tables else placed)
    return Content(
        panel="cloud",
        title="Keywords",
        marks_of=None if words.empty else lambda: marks(words, placed),
        table_of=lambda: as_table(words, compared, unit),
        caption=caption(shown, inside, totals, ask.view, compared),
        hint=_CHOOSE if ask.view.cloud == "distinctive" and not compared else "",
        alt=f"Keyword cloud, largest first: {', '.join(map(plain, words['keyword'][:12]))}. The table shows all.",
        sentence_of=lambda: sentence(words, compared, ask.of_what(others)),
        method=ask.method(others, how=_DISTINCTIVE if compared else _FREQUENT),
        empty=("No keyword occurs often enough here." if totals.n else "No articles match.") if words.empty else "",
    )


_CHOOSE = "Choose something first to see what is distinctive of it."
_FREQUENT = "Terms and phrases, counted once an article under their most frequent form."
_DISTINCTIVE = (
    f"{_FREQUENT} Distinctive: log-odds with an informative prior against all other articles (Monroe et al. 2008)."
)


def marks(words: pd.DataFrame, placed: tuple[Placed, ...]) -> Words:
    """The cloud as data."""
    frame = words[["keyword", "n", "weight"]].rename(columns={"keyword": "word"})
    return Words(frame, placed, WIDTH, HEIGHT)


def sentence(words: pd.DataFrame, compared: bool, of: str) -> str:
    """The first words, and how many have the first of them."""
    if words.empty:
        return ""
    first = [f"“{plain(word)}”" for word in words["keyword"][:3]]
    what = "Most distinctive" if compared else "Most frequent"
    n = int(words["n"].iloc[0])
    return f"{what}: {', '.join(first)}; the first of them in {n:,} of {of}"


def draw(ask: Ask) -> None:
    """The keyword card; its corner switches between frequent and distinctive words."""
    made = content(ask)
    chosen, unit = ask.selection.chosen("keyword"), ask.unit
    cards.panel(ask, made, lambda: _cloud(made, chosen, unit), lambda: _switch(ask.view))


def _switch(view: View) -> None:
    charts.switch("The cloud shows", "cloud", view.cloud, _VIEWS, key="cloud-shows")


def _cloud(made: Content, chosen: tuple[str, ...], unit: Unit) -> None:
    """Draws the words for which there is room."""
    if not isinstance(made.marks, Words):
        return
    counts = dict(zip(made.marks.frame["word"], made.marks.frame["n"], strict=True))
    placed = made.marks.placed
    rows = [
        {
            **there,
            "word": drawn(there["word"]),
            "value": there["word"],
            "on": there["word"] in chosen,
            "said": f"{plain(there['word'])}, {count(int(counts[there['word']]), unit)}",
        }
        for there in placed
    ]
    frontend.mount(
        "cloud",
        key="cloud",
        data={
            "width": WIDTH,
            "height": HEIGHT,
            "label": "Keywords; Enter filters by one",
            "any": bool(chosen),
            "words": rows,
        },
        on={"picked": lambda word: address.toggle("keyword", word)},
    )


def as_table(words: pd.DataFrame, compared: bool, unit: Unit = "articles") -> pd.DataFrame:
    """The cloud's words with their numbers."""
    frame = pd.DataFrame({"Keyword": words["keyword"].map(plain), unit.capitalize(): words["n"]})
    return frame.assign(**{"Distinctive (z)": words["weight"].round(1)}) if compared else frame


def caption(shown: int, inside: pd.DataFrame, totals: Totals, view: View, compared: bool) -> str:
    """What the sizes mean, and how many words are not shown."""
    known = int((inside["keyword"] != NONE).sum())
    base = f"{shown:,} of {count(known, 'keywords')} in {count(totals.n, view.unit)}."
    if compared:
        return f"{base} Size: how much more a word belongs to these {view.unit} than to all others (log-odds, z-score)."
    return f"{base} Size: number of {view.unit}."
