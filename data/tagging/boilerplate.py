"""What pages and feeds write around a text: "Read more", "The post … appeared first on …", credits, bylines.

text ─phrases of boilerplate.toml─▶ their sentences ─▶ the text with these blanked, every other place as it was
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import ResourceError
from data.tagging.matching import Matcher, lowered
from data.tagging.units import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).with_name("boilerplate.toml")
BLANK = "\n"
"""Stands for every character that is left out; it parts what stands before and after."""
LONGEST = 400
"""Characters before and after a phrase within which its sentence is sought."""

_ANYWHERE, _OPENING, _WORDS = "anywhere", "opening", "words"
_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019\u00bb)\]]*(?=\s|$)|[\n\u3002\uff01\uff1f]")
_BEFORE = ' \t\u00a0([-\u2013\u2014|>*\u2022\u25ba\u25b6"\u201c\u00ab:'
"""What may stand between the beginning of a sentence and its first word."""
_ALONE = re.compile(r"\s*(?:[:\uff1a|(\u00a9\n\d]|$)")
"""After a single word it makes a label of it: "Related:", "Advertisement" on a line of its own."""
_RUNNING = re.compile("[\u3040-\u30ff\u3400-\u9fff]|^\\W+$")
"""Phrases that do not stand between spaces."""

_BY = ("By ", "BY ", "Por ", "POR ", "Par ", "PAR ", "Von ", "VON ", "Di ", "DI ")
_JOINING = SMALL | {"and", "y", "e", "et", "und", "with", "for"}
_BYLINE, _BYLINE_WORDS = 120, 12
"""Characters and words of the longest byline."""


def without_boilerplate(text: str) -> str:
    """`text` with boilerplate blanked; as long as before, so that places in it are places in `text`."""
    spans = sorted(_spans(text))
    if not spans:
        return text
    parts, reached = [], 0
    for start, end in spans:
        if end > reached:
            start = max(start, reached)
            parts += [text[reached:start], BLANK * (end - start)]
            reached = end
    return "".join([*parts, text[reached:]])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    if text.startswith(_BY) and (end := _byline(text)):
        yield 0, end
    small = lowered(text)
    for matcher, kinds in _phrases() if not text.isascii() else _phrases()[:1]:
        reached = 0
        for start, end, number in matcher.find(small):
            kind = kinds[number]
            if start < reached:
                continue
            if _ANYWHERE in kind or (_OPENING in kind and _is_opening(text, start, end)):
                first = _begun(text, start)
                reached = _ended(text, end, "[" in text[first:start])
                yield first, reached
            elif _WORDS in kind:
                yield start, end


def _byline(text: str) -> int:
    """The length of a line of names at the beginning: "By Ann Lee, Staff Writer"; 0 where there is none."""
    line, mark, _ = text[: _BYLINE + 1].partition("\n")
    names = re.split(r"[,|/]", line, maxsplit=1)[0].split()[1:]
    named = 0 < len(names) <= _BYLINE_WORDS and all(name[0].isupper() or name in _JOINING for name in names)
    return len(line) if mark and named else 0


def _is_opening(text: str, start: int, end: int) -> bool:
    if " " not in text[start:end] and not _ALONE.match(text, end):
        return False
    return not text[_begun(text, start) : start].strip(_BEFORE)


def _begun(text: str, place: int) -> int:
    """Where the sentence begins that goes on at `place`."""
    found = max(0, place - LONGEST)
    for end in _END.finditer(text, found, place):
        found = end.end()
    return found


def _ended(text: str, place: int, bracketed: bool) -> int:
    bracket = text.find("]", place, place + LONGEST) if bracketed else -1
    if bracket >= 0:
        return bracket + 1
    end = _END.search(text, place, place + LONGEST)
    return end.end() if end else min(len(text), place + LONGEST)


@functools.cache
def _phrases() -> tuple[tuple[Matcher, tuple[frozenset[str], ...]], ...]:
    """The phrases between spaces and those of running script, each with their kinds."""
    try:
        tables: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(f"The phrases in {FILE.name} cannot be read ({error}). Reinstall the program.") from error
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for table in tables.values():
        for kind, listing in table.items():
            for phrase in filter(None, (" ".join(part.split()) for part in listing.split(","))):
                kinds[phrase].add(kind)
    running = [phrase for phrase in kinds if _RUNNING.search(phrase)]
    spaced = [phrase for phrase in kinds if phrase not in running]
    return tuple(
        (Matcher(phrases, words=phrases is spaced), tuple(frozenset(kinds[phrase]) for phrase in phrases))
        for phrases in (spaced, running)
    )
