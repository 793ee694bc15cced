"""Plain text into stories, by what its author put between them. The first of these that a file has decides:

1. rules: a line of three or more ``-``, ``=``, ``*``, ``_``, ``~`` or ``#``
2. headings: lines that begin with ``# ``, or are underlined with ``===`` or ``---``; the highest level counts
3. blank lines between blocks that each have several lines (and are no paragraphs broken at a fixed width)
4. nothing: a list of headlines is a story a line; anything else is split where its words change, see `splitting`

In the last case what blank lines enclose stays together, and so does a line that looks like a title with what follows.
A file of one paragraph is one story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from data.sources.files.splitting import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.sources.files.encoding import Line

HEAD = 20_000
"""Lines that decide how stories are separated."""
_BUFFER = 4000
"""Paragraphs that are split at a time."""
LONGEST_TITLE = 150
_BODY = 100
"""Characters below which a line is too short to be what a title stands above."""
_WIDEST = 120
"""Characters; text whose lines are longer is not broken at a fixed width."""

_RULE = re.compile(r"\s{0,3}([-=*_~#])(?:[ \t]*\1){2,}[ \t]*")
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_ENDS = (".", ",", ";", ":", "…", '."', ".\u201d", ".»")
"""What a sentence ends with, and a title does not."""


class Mode(Enum):
    """What separates stories."""

    RULES = "rules"
    HEADINGS = "headings"
    BLOCKS = "blank lines"
    WORDS = "a change of words"


@dataclass(frozen=True, slots=True)
class Story:
    """One story of a text file."""

    line: int
    """Number of the line where it starts."""
    title: str
    """Empty where none stands above it."""
    paragraphs: tuple[str, ...]


@dataclass(slots=True)
class _Unit:
    """Lines that are never separated."""

    line: int
    lines: list[str]
    title: str = ""


def stories(lines: Iterable[Line]) -> Iterator[Story]:
    """The stories of a text file, one at a time."""
    source = iter(lines)
    head = list(islice(source, HEAD))
    texts = [line.text for line in head]
    mode, width = mode_of(texts), wrapped_width(texts)
    whole = chain(head, source)
    if mode is Mode.RULES:
        found = _ruled(whole)
    elif mode is Mode.HEADINGS:
        found = _headed(whole, _level(texts))
    else:
        units = _blocks(whole, width)
        found = units if mode is Mode.BLOCKS else _joined(units)
    for unit in found:
        story = _story(unit, width)
        if story.title or story.paragraphs:
            yield story


def mode_of(texts: Sequence[str]) -> Mode:
    """What separates the stories in lines of text."""
    filled = [index for index, text in enumerate(texts) if text.strip()]
    if not filled:
        return Mode.WORDS
    ruled = [i for i in filled if is_rule(texts[i]) and not is_underline(texts, i)]
    if any(filled[0] < i < filled[-1] for i in ruled):
        return Mode.RULES
    if any(_HEADING.fullmatch(texts[i]) or is_underline(texts, i) for i in filled):
        return Mode.HEADINGS
    blocks = _sizes(texts)
    if len(blocks) > 1 and min(blocks) > 1 and not wrapped_width(texts):
        return Mode.BLOCKS
    return Mode.WORDS


def is_rule(text: str) -> bool:
    """Whether a line is a rule and nothing else."""
    return len(text) <= 200 and bool(_RULE.fullmatch(text))


def is_underline(texts: Sequence[str], index: int) -> bool:
    """Whether a line underlines the single line above it as a heading: nearly as long, and nothing directly above."""
    text = texts[index].strip()
    if index == 0 or len(text) > LONGEST_TITLE or not _UNDERLINE.fullmatch(text):
        return False
    above = texts[index - 1].strip()
    return bool(above) and abs(len(above) - len(text)) <= 3 and (index < 2 or not texts[index - 2].strip())


def wrapped_width(texts: Sequence[str]) -> int:
    """The width at which paragraphs are broken into lines, 0 where they are not.

    They are where no line is long and most lines that another one follows had no room for its first word.
    """
    filled = [text.strip() for text in texts]
    width = max(map(len, filled), default=0)
    pairs = [(a, b) for a, b in pairwise(filled) if a and b]
    full = sum(1 for a, b in pairs if len(a) + 1 + len(b.split(" ", 1)[0]) > 0.9 * width)
    return width if 40 <= width <= _WIDEST and len(pairs) > 1 and full >= 0.7 * len(pairs) else 0


def is_title(text: str, following: str) -> bool:
    """Whether a line looks like the title of the one that follows: short, no sentence, and above a longer one."""
    return 0 < len(text) <= LONGEST_TITLE and not text.endswith(_ENDS) and len(following) >= _BODY


def _sizes(texts: Iterable[str]) -> list[int]:
    """Number of lines of each block between blank lines."""
    sizes = [0]
    for text in texts:
        if text.strip():
            sizes[-1] += 1
        elif sizes[-1]:
            sizes.append(0)
    return [size for size in sizes if size]


def _level(texts: Sequence[str]) -> int:
    levels = [len(match[1]) for text in texts if (match := _HEADING.fullmatch(text))]
    return min(levels, default=0)


def _ruled(lines: Iterable[Line]) -> Iterator[_Unit]:
    unit: _Unit | None = None
    for line in lines:
        if is_rule(line.text):
            if unit:
                yield unit
            unit = None
        elif line.text.strip() or unit:
            unit = unit or _Unit(line.number, [])
            unit.lines.append(line.text)
    if unit:
        yield unit


def _headed(lines: Iterable[Line], level: int) -> Iterator[_Unit]:
    """A story for each heading; with `level` 0 headings are the underlined ones."""
    unit: _Unit | None = None
    for line in lines:
        match = _HEADING.fullmatch(line.text)
        if match and len(match[1]) <= level:
            if unit:
                yield unit
            unit = _Unit(line.number, [], match[2].strip(" #\t"))
        elif unit and not level and is_underline([*unit.lines[-2:], line.text], len(unit.lines[-2:])):
            title = unit.lines.pop()
            if any(text.strip() for text in unit.lines) or unit.title:
                yield unit
            unit = _Unit(line.number - 1, [], title.strip())
        elif line.text.strip() or unit:
            unit = unit or _Unit(line.number, [])
            unit.lines.append(line.text)
    if unit:
        yield unit


def _blocks(lines: Iterable[Line], width: int) -> Iterator[_Unit]:
    """What blank lines enclose; without blank lines each line, or each paragraph of text broken at `width`."""
    source = iter(lines)
    head = list(islice(source, HEAD))
    blank = len(_sizes(line.text for line in head)) > 1
    unit: _Unit | None = None
    for line in chain(head, source):
        text = line.text.strip()
        goes_on = unit is not None and (blank or (width and _is_full(unit.lines[-1], text, width)))
        if unit and not (text and goes_on):
            yield unit
            unit = None
        if text:
            unit = unit or _Unit(line.number, [])
            unit.lines.append(line.text)
    if unit:
        yield unit


def _is_full(text: str, following: str, width: int) -> bool:
    return len(text.strip()) + 1 + len(following.split(" ", 1)[0]) > 0.9 * width


def _joined(units: Iterable[_Unit]) -> Iterator[_Unit]:
    """Units put together to stories, some thousand at a time; the last story of a portion goes on in the next one."""
    source = iter(units)
    waiting: list[_Unit] = []
    while portion := list(islice(source, _BUFFER)):
        waiting = [*waiting, *portion]
        if _are_headlines(waiting):
            found = [range(i, i + 1) for i in range(len(waiting))]
        else:
            waiting = _titled(waiting)
            found = split([" ".join([unit.title, *unit.lines]) for unit in waiting])
        whole = found[:-1] if len(portion) == _BUFFER and len(found) > 1 else found
        for story in whole:
            yield _merged([waiting[i] for i in story])
        waiting = waiting[whole[-1].stop :]
    if waiting:
        yield _merged(waiting)


def _titled(units: list[_Unit]) -> list[_Unit]:
    """Units with each line that looks like a title put before the one that it stands above."""
    kept: list[_Unit] = []
    for unit in units:
        above = kept[-1] if kept else None
        if (
            above
            and len(above.lines) == 1
            and not above.title
            and is_title(above.lines[0].strip(), "".join(unit.lines))
        ):
            kept[-1] = _Unit(above.line, unit.lines, above.lines[0].strip())
        else:
            kept.append(unit)
    return _under_titles(kept) if kept[0].title and sum(bool(unit.title) for unit in kept) > 1 else kept


def _under_titles(units: Sequence[_Unit]) -> list[_Unit]:
    """Where titles are used, from the first line on, no story starts without one."""
    kept: list[list[_Unit]] = []
    for unit in units:
        if unit.title:
            kept.append([])
        kept[-1].append(unit)
    return [_merged(group) for group in kept]


def _are_headlines(units: Sequence[_Unit]) -> bool:
    short = sum(
        1
        for unit in units
        if len(unit.lines) == 1 and len(unit.lines[0]) <= LONGEST_TITLE and not unit.lines[0].rstrip().endswith(".")
    )
    return len(units) > 1 and short >= 0.8 * len(units)


def _merged(units: Sequence[_Unit]) -> _Unit:
    first, *others = units
    lines = list(first.lines)
    for unit in others:
        lines += ["", *([unit.title] if unit.title else []), *unit.lines]
    return _Unit(first.line, lines, first.title)


def _story(unit: _Unit, width: int) -> Story:
    paragraphs = _paragraphs(unit.lines, width)
    title = unit.title
    if not title and len(paragraphs) > 1 and is_title(paragraphs[0], paragraphs[1]):
        title, *paragraphs = paragraphs
    elif not title and len(paragraphs) == 1 and len(paragraphs[0]) <= LONGEST_TITLE:
        title, paragraphs = paragraphs[0], []
    return Story(unit.line, title, tuple(paragraphs))


def _paragraphs(lines: Sequence[str], width: int) -> list[str]:
    """Lines as paragraphs: each line one, or joined again where text was broken at `width`."""
    found: list[list[str]] = []
    before = ""
    for line in lines:
        text = line.strip()
        if text and before and width and _is_full(before, text, width):
            found[-1].append(text)
        elif text:
            found.append([text])
        before = text
    return [" ".join(parts) for parts in found]
