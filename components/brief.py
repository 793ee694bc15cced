"""In brief: what the selection is about in a few sentences, word for word from its articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from components.citing import cited_as, once
from components.content import Content, Sentences
from components.wording import count, day
from data.brief import Brief, brief
from data.codes import language_name

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Cited

HOW = (
    "Sentences stand word for word in the articles named; none is written or changed. Chosen: central sentences of the"
    " largest stories by the cosine of tf-idf vectors (Radev et al. 2004) and place in the text, repeats left out by"
    " maximal marginal relevance (Carbonell and Goldstein 1998); languages in proportion."
)


def content(ask: Ask) -> Content:
    """What the card shows."""
    found = brief(ask.engine, ask.selection)
    said = tuple((each.text, cited_as(each.article)) for each in found.said)
    totals = ask.engine.totals(ask.selection)
    stories = ask.engine.totals(ask.selection, "stories").n
    nothing = "No text here has sentences that can stand alone." if totals.n else "No articles match."
    return Content(
        panel="brief",
        title="In brief",
        marks_of=(lambda: Sentences(said)) if said else None,
        table_of=lambda: as_table(found, said),
        caption=caption(found, totals.n),
        alt=f"{count(len(said), 'sentences')} from the articles, each with its source.",
        sentence_of=lambda: sentence(found, stories),
        method=ask.method(how=HOW),
        empty="" if said else nothing,
        cited=once([cited for _, cited in said]),
    )


def sentence(found: Brief, stories: int) -> str:
    """How many of the stories are spoken of; "" without a sentence."""
    said = {each.story for each in found.said}
    return f"In brief: {count(len(said), 'stories')} of {stories:,}" if said else ""


def as_table(found: Brief, said: tuple[tuple[str, Cited], ...]) -> pd.DataFrame:
    """The sentences with their articles."""
    return pd.DataFrame(
        {
            "Sentence": [text for text, _ in said],
            "Publisher": [cited.publisher for _, cited in said],
            "Date": [day(cited.published) or "undated" for _, cited in said],
            "Title": [cited.title for _, cited in said],
            "Language": [language_name(cited.language) if cited.language else "" for _, cited in said],
            "Articles on the story": [each.of for each in found.said],
        }
    )


def caption(found: Brief, articles: int) -> str:
    """What was read, and what was taken from it."""
    taken = f"{count(len(found.said), 'sentences')}, word for word"
    of = f"from {found.read:,} of {count(articles, 'articles')}, the central ones of the largest stories first"
    return f"{taken}, chosen from {count(found.sentences, 'sentences')} {of}. Nothing is written by a machine."
