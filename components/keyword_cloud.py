"""Keyword cloud: wordcloud's layout drawn as text that is crisp at any size, can be clicked and reached by keyboard."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from components import address, charts, frontend
from components.wording import count, plain
from data.facets import NONE
from data.selection import Selection
from data.statistics import keyness

if TYPE_CHECKING:
    from data.engines import Engine, Totals, Unit

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


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The keyword card; its corner switches between frequent and distinctive words."""
    others = selection.without("keyword")
    totals = engine.totals(others, view.unit)
    inside = engine.counts(others, ("keyword",), view.unit)
    compared = view.cloud == "distinctive" and bool(others)
    chosen = selection.chosen("keyword")
    words = frequent(inside)
    if compared:
        words = distinctive(inside, engine.counts(Selection(), ("keyword",), view.unit))
    words = with_chosen(words, inside, chosen)
    shown = len(words)
    with charts.card("cloud", "Keywords", view, lambda: _switch(view)) as tabled:
        if words.empty:
            charts.empty("No keyword occurs often enough here." if totals.n else "No articles match.")
        elif tabled:
            alt = f"{view.unit.capitalize()} by keyword"
            charts.table(as_table(words, compared, view.unit), alt=alt, key="rows-cloud")
        else:
            shown = _cloud(words, chosen, view.unit)
        charts.note(caption(shown, inside, totals, view, compared))


def _switch(view: address.View) -> None:
    charts.switch("The cloud shows", "cloud", view.cloud, _VIEWS, key="cloud-shows")


def _cloud(words: pd.DataFrame, chosen: tuple[str, ...], unit: Unit) -> int:
    """Draws the words for which there is room, and returns their number."""
    counts = dict(zip(words["keyword"], words["n"], strict=True))
    placed = place(words)
    rows = [
        {
            **place,
            "word": _shown(place["word"]),
            "value": place["word"],
            "on": place["word"] in chosen,
            "said": f"{plain(place['word'])}, {count(int(counts[place['word']]), unit)}",
        }
        for place in placed
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
    return len(placed)


def as_table(words: pd.DataFrame, compared: bool, unit: Unit = "articles") -> pd.DataFrame:
    """The cloud's words with their numbers."""
    frame = pd.DataFrame({"Keyword": words["keyword"].map(plain), unit.capitalize(): words["n"]})
    return frame.assign(**{"Distinctive (z)": words["weight"].round(1)}) if compared else frame


def caption(shown: int, inside: pd.DataFrame, totals: Totals, view: address.View, compared: bool) -> str:
    """What the sizes mean, and how many words are not shown."""
    known = int((inside["keyword"] != NONE).sum())
    base = f"{shown:,} of {count(known, 'keywords')} in {count(totals.n, view.unit)}."
    if compared:
        return f"{base} Size: how much more a word belongs to these {view.unit} than to all others (log-odds, z-score)."
    hint = " Choose something first to see what is distinctive of it." if view.cloud == "distinctive" else ""
    return f"{base} Size: number of {view.unit}.{hint}"
