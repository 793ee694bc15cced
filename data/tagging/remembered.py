"""The answers of a slow function of a text, remembered so that asking again costs one look into a dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

ENTRIES = 1 << 16
"""Answers of one generation: the words of a language that news uses, most of them often, fit in."""


class Remembered(dict[str, Answer], Generic[Answer]):
    """``remembered[text]`` is ``answer(text)``.

    At most two generations of `entries` answers are kept. When one is full, the next begins empty and takes back what
    is asked for again, so that rare words go and frequent ones stay. A hit costs a fraction of one in
    :func:`functools.lru_cache`, which counts for something that is asked for every word of every article.
    """

    def __init__(self, answer: Callable[[str], Answer], entries: int = ENTRIES) -> None:
        super().__init__()
        self._answer = answer
        self._entries = entries
        self._older: dict[str, Answer] = {}

    def __missing__(self, text: str) -> Answer:
        if len(self) >= self._entries:
            self._older = dict(self)
            self.clear()
        older = self._older
        answer = self[text] = older[text] if text in older else self._answer(text)
        return answer
