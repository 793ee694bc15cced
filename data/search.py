"""Search text to a pattern: words must all occur, "a phrase" must occur as it is, -word must not."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_NO_SPACES = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Search:
    """Regular expressions that must all match, and those that must not; case is ignored when they are used."""

    must: tuple[str, ...]
    must_not: tuple[str, ...]


def parse(text: str) -> Search:
    """Reads a search text. Terms match whole words, but for scripts written without spaces between words."""
    must: list[str] = []
    must_not: list[str] = []
    for minus, phrase, word in _TOKEN.findall(text):
        if words := (phrase or word).split():
            (must_not if minus else must).append(_whole(words))
    return Search(tuple(must), tuple(must_not))


def _whole(words: list[str]) -> str:
    body = r"\s+".join(map(re.escape, words))
    if _NO_SPACES.search(body):
        return body
    first, last = words[0][0], words[-1][-1]
    return (r"\b" if first.isalnum() else "") + body + (r"\b" if last.isalnum() else "")
