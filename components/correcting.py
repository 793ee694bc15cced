"""The dialogs that correct: a tag to add, and what a word means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from components import corrections
from components.wording import count, escape, plain
from data import frames, geography
from data.corrections import FACETS_CORRECTED, KNOWN, Rule, TagCorrection
from data.facets import FACETS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.opening import Opened
    from data.corrections import TagFacet

_NO_COUNTRY = ""


def draw(opened: Opened) -> None:
    """Opens the dialog that a click in the evidence of an article asked for, and tells what was last done."""
    corrections.tell()
    asked = corrections.asked()
    found = opened.engine.texts([asked.article]) if asked else None
    if asked is None or found is None or found.empty:
        return
    article = frames.records(found)[0]
    if asked.facet is None:
        _add(article)
    else:
        _rule(opened, article, surfaces(article["tags"], asked.facet, asked.value), asked)


@st.dialog("Add a tag")
def _add(article: Mapping[str, Any]) -> None:
    st.text(plain(article["title"]))
    facet = st.segmented_control(
        "Kind",
        [name for name in FACETS_CORRECTED if name in FACETS],
        default="topic",
        key=f"add-facet-{article['id']}",
        format_func=lambda name: FACETS[name].label,
        required=True,
    )
    value = _value(facet, article)
    note = st.text_input("Note (for yourself)", key=f"add-note-{article['id']}", max_chars=200)
    if st.button("Add", key="add-save", disabled=not value):
        tag = TagCorrection(article=article["id"], facet=facet, value=value, action="add", note=note.strip())
        corrections.make(tag)
        st.rerun()


def _value(facet: TagFacet, article: Mapping[str, Any]) -> str:
    label, key = FACETS[facet].label, f"add-{facet}-{article['id']}"
    if facet not in KNOWN:
        return st.text_input(label, key=key, max_chars=80).strip()
    offered = [value for value in KNOWN[facet] if value not in article[FACETS[facet].column]]
    chosen = st.selectbox(
        label,
        sorted(offered, key=FACETS[facet].text),
        index=None,
        key=key,
        format_func=FACETS[facet].text,
        placeholder=f"Choose a {label.lower()}",
    )
    return chosen or ""


def surfaces(tags: Mapping[str, Any], facet: str, value: str) -> list[str]:
    """The words of an article that a rule can be about: those read as this country, or the keyword itself."""
    if facet == "keyword":
        return [value]
    proofs = [proof for tag in tags["mentioned"] if tag["country"] == value for proof in tag["evidence"]]
    words: dict[str, str] = {}
    for text in (proof["text"] for proof in proofs if proof["text"]):
        words.setdefault(text.casefold(), text)
    return list(words.values())


@st.dialog("How to read a word")
def _rule(opened: Opened, article: Mapping[str, Any], words: Sequence[str], asked: corrections.Asked) -> None:
    if not words or asked.facet is None:
        st.text("This tag rests on no word of the article; take it off instead.")
        return
    surface, meaning = words[0], _NO_COUNTRY
    if asked.facet == "keyword":
        st.text(f"“{plain(surface)}” is never a keyword")
    else:
        label = FACETS["country"].text(asked.value)
        st.text(f"Read as {label}: what is meant?")
        surface = st.selectbox("Word", words, key=f"rule-word-{asked}", format_func=plain)
        meaning = _meaning(asked)
    publisher = _scope(article["publisher"], asked)
    note = st.text_input("Note (for yourself)", key=f"rule-note-{asked}", max_chars=200)
    rule = Rule(surface=surface, publisher=publisher, facet=asked.facet, value=meaning, note=note.strip())
    concerned = opened.reach(rule)
    st.caption(f"{count(concerned, 'articles')} of {opened.count:,} so far, and all that come.")
    if st.button("Keep this rule", key="rule-save"):
        corrections.make(rule)
        st.rerun()


def _meaning(asked: corrections.Asked) -> str:
    others = sorted(set(geography.COUNTRIES) - {asked.value}, key=geography.name)
    return st.selectbox(
        "Means",
        [_NO_COUNTRY, *others],
        key=f"rule-meaning-{asked}",
        format_func=lambda code: geography.name(code) if code else "no country",
    )


def _scope(publisher: str, asked: corrections.Asked) -> str:
    """The publisher whose articles a rule is for; empty for all."""
    if not publisher:
        return ""
    everywhere, here = "In all articles", f"Only in articles of {escape(publisher)}"
    chosen = st.radio("Where", [here, everywhere], key=f"rule-scope-{asked}")
    return publisher if chosen == here else ""
