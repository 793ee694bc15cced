"""A tagged article as one JSON object: what ``python -m data tag`` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from data.tagging import topics
from data.taxonomy import SUBTOPICS, TOPICS, parent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def record(article: Mapping[str, Any]) -> dict[str, Any]:
    """The article's own fields and its tags with scores and evidence; see the README for what each field holds."""
    tags = article["tags"]
    published = article["published"]
    return {
        "id": article["id"],
        "title": article["title"],
        "published": None if pd.isna(published) else published.isoformat().replace("+00:00", "Z"),
        "publisher": article["publisher"] or None,
        "publisher_country": article["publisher_country"] or None,
        "language": article["language"] or None,
        "mentioned": [
            {"country": tag["country"], "score": _round(tag["score"]), "evidence": _proofs(tag["evidence"])}
            for tag in tags["mentioned"]
        ],
        "countries": tags["countries"],
        "main_country": article["main_country"] or None,
        "topics": [
            {
                "topic": TOPICS[tag["topic"]].uri,
                "label": TOPICS[tag["topic"]].label,
                "score": _round(tag["score"]),
                "evidence": _proofs(tag["evidence"]),
            }
            for tag in tags["topics"]
        ],
        "subtopics": [
            {
                "topic": SUBTOPICS[tag["topic"]].uri,
                "label": SUBTOPICS[tag["topic"]].label,
                "parent": TOPICS[parent(tag["topic"])].uri,
                "score": _round(tag["score"]),
                "evidence": _proofs(tag["evidence"]),
            }
            for tag in tags.get("subtopics", ())
        ],
        "keywords": [{"keyword": tag["keyword"], "score": _round(tag["score"])} for tag in tags["keywords"]],
    }


def topic_scores(article: Mapping[str, Any]) -> dict[str, float]:
    """The label of every topic with the article's score for it, as :func:`data.tagging.topics.topic_scores` has it."""
    title = "" if article["title_derived"] else article["title"]
    scores = topics.topic_scores(title, article["text"], language=article["language"])
    return {TOPICS[topic].label: _round(score) for topic, score in scores.items()}


def _round(score: float) -> float:
    return round(score, 4)


def _proofs(evidence: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: proof[name] for name in ("text", "start", "end", "field", "rule")} for proof in evidence]
