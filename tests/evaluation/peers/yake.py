"""YAKE: keywords of one article by place, capitals, frequency and neighbours, the package of its authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def load(words: int) -> Callable[[dict[str, Any]], list[str]]:
    """From an article to its best ten keywords of at most so many `words` (3 is what the package does by itself)."""
    from yake import KeywordExtractor

    extractor = KeywordExtractor(lan="en", n=words, top=10)
    return lambda row: [keyword for keyword, _ in extractor.extract_keywords(row["text"])]
