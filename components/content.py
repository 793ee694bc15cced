"""What a panel shows, as plain data: the page, a slide and every export draw the same Content, so figures never differ.

engine + selection --content of a panel--> Content --> figure of the page · slide · PowerPoint · PDF · HTML · tables
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    import pandas as pd

    from components.method import Method
    from components.theme import Figure, Palette

Numbers = Literal["counts", "shares"]
"""What marks are as long, high or dark as: the number of units, or its share of the base."""


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """One bar a row, from the top."""

    frame: pd.DataFrame
    """Columns: value (of the facet), label, n, of (base of the share), share, low, high (95 % Wilson, 0..1), colour
    ("#rrggbb", for a light background) and level (0, or 1 for a part of the bar above it)."""
    facet: str
    numbers: Numbers = "counts"


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a Course: its column, its name, colour ("#rrggbb") and dash ("solid", "dash", "dot", ...)."""

    column: str
    label: str
    colour: str
    dash: str = "solid"


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Counts over time: bars for all (column "all", if there), and lines."""

    frame: pd.DataFrame
    """One row a bin, oldest first. Columns: start (the first day as datetime.date), the values that are drawn in the
    columns of `series` and of "all" (counts, or shares 0..1, NaN where there is too little for a share), publishers
    (how many were active at all) and gap (whether nobody published anything)."""
    series: tuple[Series, ...]
    bin: str
    """Width of a bin: day, week, month or year."""
    numbers: Numbers = "counts"


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table with coloured cells."""

    frame: pd.DataFrame
    """One row a cell: column, row, column_label, row_label, n, of (units of the column), share; in drawing order."""
    enough: int
    """Shares over fewer units than this are not coloured."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Shaded countries."""

    frame: pd.DataFrame
    """One row a country: code (ISO 3166-1 alpha-2), iso3, name, n, of, share, value (what the colour shows), said (its
    number in words), longitude and latitude of a point inside, small (whether it needs a point to be seen)."""
    scale: Literal["log", "share", "difference"]
    """What `value` is: log10 of n; a share; or a difference of two shares, -1..1, drawn with two colours."""
    legend: str


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A keyword cloud."""

    frame: pd.DataFrame
    """One row a word: word, n, weight (its size)."""
    placed: tuple[Mapping[str, Any], ...]
    """What there is room for, see :func:`components.word_places.place`: word, size (pixels), x, y (left end of the
    base line), turned (upwards), length, in a box of width by height."""
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a Ranked list."""

    name: str
    about: str
    number: str = ""
    noun: str = ""
    course: tuple[int, ...] = ()
    """Counts in equal stretches of time."""
    span: str = ""
    bars: tuple[tuple[str, float, str], ...] = ()
    """(kind "now" or "before", length 0..1, words)."""
    marks: tuple[str, ...] = ()
    """What it stands for, to filter by: facet, value, facet, value, ..."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Lists with a heading each."""

    parts: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """An article as a source: never its text."""

    id: str
    title: str
    publisher: str
    published: date | None
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences taken word for word from articles."""

    said: tuple[tuple[str, Cited], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """Two selections on the same axis: two bars a row, as shares of each selection."""

    frame: pd.DataFrame
    """Columns: value, label, a_n, a_of, a_share, a_low, a_high, the same for b, difference (a_share - b_share), low and
    high (its 95 % interval), clear (whether it is more than chance, false discoveries controlled)."""
    names: tuple[str, str]
    facet: str


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Words that set two selections apart."""

    frame: pd.DataFrame
    """Columns: word, side ("A" or "B"), a_n, a_of, b_n, b_of, z (positive for A), times (how many times as frequent on
    its side, shrunk), effect (that in words), chance (adjusted for all words looked at); the surest first."""
    names: tuple[str, str]
    examples: Mapping[str, tuple[tuple[str, Cited], ...]] = field(default_factory=dict)
    """For some words a sentence from each side that has it."""


Marks = Bars | Course | Grid | Places | Words | Ranked | Sentences | Paired | Apart


@dataclass(frozen=True, eq=False, kw_only=True)
class Content:
    """What a panel shows of a selection."""

    panel: str
    """Key in :data:`components.panels.PANELS`."""
    title: str
    caption: str
    """What is counted, and of what."""
    alt: str
    """The figure in words, for those who do not see it."""
    method: Method
    marks_of: Callable[[], Marks] | None
    """Makes `marks`; None where there is nothing to draw. A click on the page needs none of what these three make."""
    table_of: Callable[[], pd.DataFrame]
    """Makes `table`."""
    sentence_of: Callable[[], str] = str
    """Makes `sentence`; by default there is none."""
    figure: Callable[[Palette], Figure] | None = None
    """The interactive figure of the page; None for lists, which have none."""
    empty: str = ""
    hint: str = ""
    """What can be done with the figure on the page; slides and files leave it out."""
    cited: tuple[Cited, ...] = ()
    """Articles that the content itself names."""

    @cached_property
    def marks(self) -> Marks | None:
        """What is drawn; None where there is nothing to draw; `empty` says why."""
        return self.marks_of() if self.marks_of else None

    @cached_property
    def table(self) -> pd.DataFrame:
        """The numbers in words of the page, one row a mark; every export takes its figures from here or from the marks.

        Columns named Share, Lowest, Highest or ending in "share" hold 0..1.
        """
        return self.table_of()

    @cached_property
    def sentence(self) -> str:
        """What the figures say most, in one sentence made from nothing else; "" where they say nothing."""
        return self.sentence_of()


@dataclass(frozen=True, slots=True)
class Source:
    """Where the articles come from, for method cards: what the user opened, and in what state."""

    name: str
    taggers: tuple[tuple[str, str], ...] = ()
    """Names and versions of what made the tags."""
    version: int | None = None
    """That of the store; None for files and the built-in set."""
    stored: datetime | None = None
    """When that version was made, in UTC."""
    rejects: int = 0
    """Rows that could not be read."""
