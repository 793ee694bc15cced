from __future__ import annotations

import re

import pytest

from data.search import parse


@pytest.mark.parametrize(
    ("text", "hits", "misses"),
    [
        ("strike", ["A strike today", "STRIKE!"], ["strikes", "air"]),
        ("air strike", ["strike from the air"], ["air only"]),
        ('"air strike"', ["an air  strike"], ["strike air"]),
        ('"air strike', ["an air strike"], ["strike"]),
        ("strike -air", ["a strike"], ["an air strike"]),
        ('strike -"air base"', ["strike air"], ["strike on an air base"]),
        ("C++", ["in C++ now"], ["in C"]),
        ("日本", ["今日本人"], ["中国"]),
        ("", ["anything"], []),
        ("-", ["anything but - that"], []),
    ],
)
def test_search_text(text: str, hits: list[str], misses: list[str]) -> None:
    query = parse(text)

    def matches(found: str) -> bool:
        must = all(re.search(pattern, found, re.IGNORECASE) for pattern in query.must)
        return must and not any(re.search(pattern, found, re.IGNORECASE) for pattern in query.must_not)

    assert all(matches(hit) for hit in hits)
    assert not any(matches(miss) for miss in misses)
