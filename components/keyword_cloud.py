"""Keyword cloud: wordcloud's layout drawn as text that is crisp at any size, can be clicked and reached by keyboard."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from components import address, cards, charts, frontend
from components.content import Content, Words
from components.wording import count, plain
from data.facets import NONE
from data.selection import Selection
from data.statistics import keyness

if TYPE_CHECKING:
    from components.asking import Ask
    from components.view import View
    from data.engines import Totals, Unit

WIDTH, HEIGHT, WORDS = 300, 255, 60
LONGEST = 28
"""Characters of a word that are drawn; the rest is said when it has the focus or the mouse."""
_VIEWS = {"frequent": "Frequent", "distinctive": "Distinctive"}
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]")
Placed = dict[str, Any]


class _Stand(str):
    """A word as the layout sees it: equal only to itself, so that two words may look alike to the font."""

    __slots__ = ("word",)
    word: str
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def _shown(word: str) -> str:
    word = " ".join(plain(word).split())
    return word if len(word) <= LONGEST else word[: LONGEST - 1] + "…"


def _stand(word: str) -> _Stand:
    """`word` with ideographs as Ms, which are as wide: the font that measures does not have them."""
    stand = _Stand(_WIDE.sub("M", _shown(word)))
    stand.word = word
    return stand


@lru_cache(maxsize=128)
def layout(sizes: tuple[tuple[str, float], ...], width: int = WIDTH, height: int = HEIGHT) -> tuple[Placed, ...]:
    """Places for the words, largest first: word, font size, x and y of its base line, turned or not, length in pixels.

    `sizes` are (word, weight) pairs. The same words give the same places. Layout: the wordcloud package (A. Mueller).
    """
    from matplotlib import get_data_path
    from PIL import ImageFont
    from wordcloud import WordCloud

    if not sizes:
        return ()
    font_path = f"{get_data_path()}/fonts/ttf/DejaVuSans-Bold.ttf"
    cloud = WordCloud(
        width=width,
        height=height,
        font_path=font_path,
        prefer_horizontal=0.94,
        max_words=WORDS,
        random_state=7,
        margin=2,
        relative_scaling=0.4,
        min_font_size=5,
        max_font_size=30,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        cloud.generate_from_frequencies({_stand(word): weight for word, weight in sizes})
    placed = []
    for (stand, _), size, (row, column), turned, _ in cloud.layout_:
        font = ImageFont.truetype(font_path, size)
        left, top, right, _ = font.getbbox(stand, anchor="ls")
        x, y = (column - left, row - top) if turned is None else (column - top, row + right)
        length = float(font.getlength(stand))
        placed.append(
            {
                "word": stand.word,
                "size": int(size),
                "x": float(x),
                "y": float(y),
                "turned": turned is not None,
                "length": length,
            }
        )
    return tuple(placed)


def place(words: pd.DataFrame) -> tuple[Placed, ...]:
    """The layout of a frame of words with their weights."""
    return layout(tuple(zip(words["keyword"], words["weight"], strict=True)))


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


def content(ask: Ask) -> Content:
    """What the keyword card shows: frequent words, or those that are distinctive of the selection."""
    others, unit, chosen = ask.selection.without("keyword"), ask.unit, ask.selection.chosen("keyword")
    totals = ask.totals(others)
    inside = ask.engine.counts(others, ("keyword",), unit)
    compared = ask.view.cloud == "distinctive" and bool(others)
    words = frequent(inside)
    if compared:
        words = distinctive(inside, ask.engine.counts(Selection(), ("keyword",), unit))
    words = with_chosen(words, inside, chosen)
    placed = place(words)
    table = as_table(words, compared, unit)
    shown = len(words if "cloud" in ask.view.tables else placed)
    return Content(
        panel="cloud",
        title="Keywords",
        marks=None
        if words.empty
        else Words(words[["keyword", "n", "weight"]].rename(columns={"keyword": "word"}), placed, WIDTH, HEIGHT),
        table=table,
        caption=caption(shown, inside, totals, ask.view, compared),
        hint=_CHOOSE if ask.view.cloud == "distinctive" and not compared else "",
        alt=f"Keyword cloud, largest first: {', '.join(map(plain, words['keyword'][:12]))}. The table shows all.",
        sentence=sentence(words, compared, ask.of_what(others)),
        method=ask.method(others, how=_DISTINCTIVE if compared else _FREQUENT),
        empty=("No keyword occurs often enough here." if totals.n else "No articles match.") if words.empty else "",
    )


_CHOOSE = "Choose something first to see what is distinctive of it."
_FREQUENT = "Terms and phrases, counted once an article under their most frequent form."
_DISTINCTIVE = (
    f"{_FREQUENT} Distinctive: log-odds with an informative prior against all other articles (Monroe et al. 2008)."
)


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
            "word": _shown(there["word"]),
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
