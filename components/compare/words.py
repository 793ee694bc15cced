"""Words that set A and B apart: how many times as frequent, how surely, and sentences of both sides that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from components.citing import cited_as, once
from components.compare.pairs import times
from components.compare.sides import Sides
from components.content import Apart, Cited, Content
from components.wording import count, plain
from data.comparing.examples import examples
from data.comparing.words import LEAST, apart
from data.frames import records, rows

if TYPE_CHECKING:
    from components.asking import Ask

A_SIDE = 12
"""Words of each side."""
WITH_SENTENCES = 3
"""Words of each side for which sentences are looked up."""
HOW = (
    "Keywords, counted once an article. Order: log-odds with an informative Dirichlet prior, as z-score (Monroe et al."
    " 2008). Times as often: shrunk towards 1 by one article. Chance: two-proportion test, exact for small"
    " counts, adjusted for all words tested (Benjamini and Hochberg 1995). Sentences stand word for word in central"
    " articles."
)
_HEAD = ("Word", "Belongs to", "A", "A of", "B", "B of", "Times as often", "At least", "z", "Chance")


def content(ask: Ask) -> Content:
    """What the card shows: the clear words; where there is none the likeliest ones, said to be perhaps chance."""
    sides = Sides(ask)
    empty = sides.empty
    found, tested = apart(ask.engine, ask.selection, ask.other, ask.unit, sides.both)
    clear = bool(found["clear"].any())
    shown = _largest(found[found["clear"]] if clear else found)
    shown = shown.assign(effect=[effect(row) for row in rows(shown)])
    empty = empty or ("" if len(shown) else f"No word is in {LEAST} {ask.unit} or more and sets the sides apart.")
    told = {} if empty else _sentences(ask, shown)
    return Content(
        panel="compare-words",
        title="Words that differ",
        marks_of=None if empty else lambda: Apart(shown, sides.names, told),
        table_of=lambda: as_table(shown, sides.names),
        caption=caption(sides, shown, found, tested),
        alt=_alt(shown, sides.names),
        sentence_of=lambda: "" if empty else sentence(shown, sides.phrases, clear),
        method=sides.method(HOW),
        empty=empty,
        cited=once([cited for pairs in told.values() for _, cited in pairs]),
    )


def _largest(found: pd.DataFrame) -> pd.DataFrame:
    """The surest words of each side, the surest of all first."""
    kept = [found[found["side"] == side].head(A_SIDE).index for side in "AB"]
    return found.loc[sorted(kept[0].union(kept[1]))].reset_index(drop=True)


def effect(row: Any) -> str:
    """How much more frequent a word is on its side, in words."""
    mine, mine_of, other, other_of = (
        (row.a_n, row.a_of, row.b_n, row.b_of) if row.side == "A" else (row.b_n, row.b_of, row.a_n, row.a_of)
    )
    if not other:
        least = f", at least {times(row.least)} times as often" if row.least >= 2 else ""
        return f"{mine:,} of {mine_of:,} against none of {other_of:,}{least}"
    if row.times < 1.15:
        return "slightly more often"
    return f"about {times(row.times)} times as often"


def _sentences(ask: Ask, shown: pd.DataFrame) -> dict[str, tuple[tuple[str, Cited], ...]]:
    """For the first words of each side a sentence of it, and one of the other side if there is any."""
    first = pd.concat([shown[shown["side"] == side].head(WITH_SENTENCES) for side in "AB"])
    own = {"A": (ask.selection, ask.other), "B": (ask.other, ask.selection)}
    wanted = [(row.word, own[row.side] if row.a_n and row.b_n else own[row.side][:1]) for row in rows(first)]
    found = examples(ask.engine, wanted)
    ids = tuple(dict.fromkeys(name for pairs in found.values() for _, name in pairs))
    known = {row["id"]: cited_as(row) for row in records(ask.engine.texts(ids))} if ids else {}
    return {word: tuple((said, known[name]) for said, name in pairs) for word, pairs in found.items()}


def as_table(shown: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """The words with their numbers."""
    named = dict(zip("AB", names, strict=True))
    return pd.DataFrame(
        {
            "Word": shown["word"].map(plain),
            "Belongs to": [f"{side}: {named[side]}" for side in shown["side"]],
            "A": shown["a_n"],
            "A of": shown["a_of"],
            "B": shown["b_n"],
            "B of": shown["b_of"],
            "Times as often": shown["times"].round(2),
            "At least": shown["least"].round(2),
            "z": shown["z"].round(1),
            "Chance": shown["chance"].round(4),
        },
        columns=list(_HEAD),
    )


def caption(sides: Sides, shown: pd.DataFrame, found: pd.DataFrame, tested: int) -> str:
    """How many words were looked at, and how many are clear."""
    clear = int(found["clear"].sum())
    n = count(tested, "words")
    sure = f"{clear:,} of {n} differ clearly, at most 1 in 20 of those by chance"
    said = f"{sure}; {len(shown):,} are shown." if clear else f"None of {n} differs clearly; those shown may be chance."
    base = f"A: {sides.names[0]}, {sides.of[0]:,}; B: {sides.names[1]}, {count(sides.of[1], sides.ask.unit)}."
    return f"{said} {base} {sides.shared()}".strip()


def sentence(shown: pd.DataFrame, phrases: tuple[str, str], clear: bool) -> str:
    """The surest word, with both numbers."""
    if not clear:
        return f"No word is clearly more frequent {phrases[0]} than {phrases[1]}"
    row = next(rows(shown.head(1)))
    here, there = phrases if row.side == "A" else phrases[::-1]
    mine, other = (row.a_n, row.b_n) if row.side == "A" else (row.b_n, row.a_n)
    mine_of, other_of = (row.a_of, row.b_of) if row.side == "A" else (row.b_of, row.a_of)
    word = f"“{' '.join(plain(row.word).split())}”"
    numbers = f"{mine:,} of {mine_of:,} against {other:,} of {other_of:,}"
    if not other:
        return f"{word} is written {here} and never {there}: {numbers}"
    return f"{word} is about {times(row.times)} times as frequent {here} as {there}: {numbers}"


def _alt(shown: pd.DataFrame, names: tuple[str, str]) -> str:
    sides = [
        (name, [plain(word) for word in shown.loc[shown["side"] == s, "word"]])
        for s, name in zip("AB", names, strict=True)
    ]
    return "Words that set the sides apart; " + "; ".join(f"{name}: {', '.join(words)}" for name, words in sides) + "."
