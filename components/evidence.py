"""Why an article has its tags: its text cut into runs, each marked with the tags that rest on it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from components.theme import Palette, topic_colour
from components.wording import plain
from data.corrections import BY_HAND, FACETS_CORRECTED
from data.facets import FACETS
from data.taxonomy import parent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.engines import Engine

LONGEST = 20_000
"""Characters of a text that are shown; what is left out is said."""

Span = tuple[int, int, str, str]
"""Start, end, kind of tag (country, topic or keyword), and what to say of it."""


def opened(engine: Engine, article: str, palette: Palette) -> dict[str, Any] | None:
    """The article with this id as the list shows it when open; None for an unknown id."""
    found = engine.texts([article])
    if found.empty:
        return None
    row = found.iloc[0].to_dict()
    tags, text = row["tags"], row["text"]
    return {
        "id": article,
        "title": runs(row["title"], spans(tags, "title")),
        "text": runs(text[:LONGEST], spans(tags, "text")),
        "cut": len(text) - LONGEST if len(text) > LONGEST else 0,
        "url": row["url"] if row["url"].startswith(("http://", "https://")) else "",
        "origin": plain(row["origin"]),
        "tags": [*_topics(tags, palette), *_countries(tags), *_keywords(tags)],
        "corrections": [_correction(each) for each in tags.get("corrections", ())],
    }


def _correction(said: Mapping[str, str]) -> dict[str, str]:
    """A correction of the article; a keyword that was taken off it may be none anywhere."""
    never = said["off"].startswith("keyword=")
    return {
        "id": said["id"],
        "words": plain(said["words"]),
        "own": said["off"] if never else "",
        "ask": "Never a keyword…" if never else "",
    }


def spans(tags: Mapping[str, Any], field: str) -> list[Span]:
    """All evidence in one field of the article, in order."""
    kinds = (
        ("topic", "topics", "topic"),
        ("subtopic", "subtopics", "topic"),
        ("country", "mentioned", "country"),
        ("keyword", "keywords", "keyword"),
    )
    found = [
        (proof["start"], proof["end"], kind, _said(kind, tag[value], proof["rule"]))
        for kind, group, value in kinds
        for tag in tags.get(group, ())
        for proof in tag["evidence"]
        if proof["field"] == field
    ]
    return sorted(found)


def _said(kind: str, value: str, rule: str) -> str:
    name = FACETS[kind].text(value)
    return f"{name}: {rule}" if rule else name


def runs(text: str, marks: Iterable[Span]) -> list[dict[str, Any]]:
    """`text` as a row of runs, each with the kinds that mark it and what they say; joined they are the text again."""
    inside = [(max(start, 0), min(end, len(text)), kind, said) for start, end, kind, said in marks if start < len(text)]
    cuts = sorted({0, len(text), *(place for start, end, *_ in inside for place in (start, end))})
    parts = []
    for start, end in pairwise(cuts):
        over = [(kind, said) for first, last, kind, said in inside if first <= start and end <= last]
        kinds = sorted({kind for kind, _ in over})
        parts.append(
            {
                "text": plain(text[start:end]),
                "kinds": kinds,
                "said": "; ".join(dict.fromkeys(plain(s) for _, s in over)),
            }
        )
    return parts


def _topics(tags: Mapping[str, Any], palette: Palette) -> list[dict[str, Any]]:
    return [
        _tag(facet, key, tag["score"], tag["evidence"], topic_colour(parent(key) or key, palette))
        for facet, group in (("topic", "topics"), ("subtopic", "subtopics"))
        for tag in tags.get(group, ())
        for key in [tag["topic"]]
    ]


def _countries(tags: Mapping[str, Any]) -> list[dict[str, Any]]:
    about = set(tags["countries"])
    named = [
        _tag(
            "country",
            tag["country"],
            tag["score"],
            tag["evidence"],
            "",
            "about" if tag["country"] in about else "mentioned",
        )
        for tag in tags["mentioned"]
    ]
    return sorted(named, key=lambda tag: tag["role"])


def _keywords(tags: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_tag("keyword", tag["keyword"], tag["score"], tag["evidence"], "") for tag in tags["keywords"]]


def _tag(
    facet: str, value: str, score: float, proofs: Iterable[Mapping[str, Any]], colour: str, role: str = ""
) -> dict[str, Any]:
    words = list(dict.fromkeys(plain(proof["text"]) for proof in proofs if proof["text"]))
    rules = list(dict.fromkeys(proof["rule"] for proof in proofs if proof["rule"]))
    name = f"{FACETS[facet].label.lower()} {plain(FACETS[facet].text(value))}"
    return {
        "facet": facet,
        "own": f"{facet}={value}" if facet in FACETS_CORRECTED else "",
        "off": f"Take {name} off this article",
        "ask": "Not this place…" if words and facet == "country" else "",
        "mark": f"{facet}={value}" if role != "mentioned" else "",
        "text": plain(FACETS[facet].text(value)),
        "role": role,
        "score": "" if rules == [BY_HAND] and not words else f"{score:.2f}",
        "words": words[:8],
        "more": max(len(words) - 8, 0),
        "rule": ", ".join(rules[:3]),
        "colour": colour,
    }
