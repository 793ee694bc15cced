"""From locations into the store, a batch at a time: the size of what is added does not matter.

part --rows--> normalise --> Article* --a few, in all processes--> tagged table --BATCH of them--> Addition.write
           └── Reject*   └── Reject* ----------------------------------------------------------------┘

The law, for each part and for all: rows = stored + known + rejected.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data import sources, tagging, workers
from data.articles import Article, Reject, to_frame
from data.errors import SourceError
from data.normalise import normalise
from data.sources.meter import metering
from data.store.adding import Addition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from data.sources.rows import Row
    from data.store import Store
    from data.store.adding import Stored

BATCH = 5_000
"""Articles (or rejects) that are stored at once."""
LONGEST = 16_000_000
"""Characters that are stored at once, if that is reached before."""
_LISTS = ("countries", "regions", "topics", "subtopics", "keywords")
TAGGED, CHARACTERS = 200, 1_000_000
"""Articles and characters that are handed to a process at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to add: a file, a feed, a download."""

    name: str
    """What it is called in summaries."""
    rows: Callable[[], Iterator[Row | Reject]]
    """Reads it; NewsError, at once or later, where it cannot be read (any further)."""
    size: int = 0
    """Bytes that the meter of :mod:`data.sources.meter` will count, 0 where that is not known."""


@dataclass(slots=True)
class Outcome:
    """What became of one part so far."""

    name: str
    rows: int = 0
    stored: int = 0
    known: int = 0
    """Articles that were there already."""
    copies: int = 0
    """Of the stored ones, those that are copies of another article."""
    rejected: int = 0
    fault: str = ""
    """Why it could not be read, or not to its end."""


@dataclass(slots=True)
class Progress:
    """How far an addition is; written by it, read by whoever shows it."""

    share: float | None = None
    """Of the bytes to be read, where they are known."""
    read: int = 0
    """Articles and rejects read so far; those of `outcomes` are stored."""
    outcomes: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Summary:
    """What an addition did."""

    run: str
    cause: str
    outcomes: tuple[Outcome, ...]
    cancelled: bool
    version: int
    """That of the store afterwards; -1 where nothing was stored."""

    def total(self, name: str) -> int:
        """The sum of one count ("rows", "stored", …) over all parts."""
        return sum(getattr(outcome, name) for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The parts that could not be read, or not to their end."""
        return tuple(outcome for outcome in self.outcomes if outcome.fault)


def parts_of(locations: Iterable[str]) -> list[Part]:
    """A part for every location that :mod:`data.sources` reads."""
    return [Part(place, partial(sources.read, place), sources.size(place)) for place in locations]


def cause_of(parts: Sequence[Part]) -> str:
    """ "added export.csv", "added export.csv and 3 more"."""
    if not parts:
        return "added nothing"
    first = Path(parts[0].name).name or parts[0].name
    return f"added {first}" + (f" and {len(parts) - 1:,} more" if len(parts) > 1 else "")


def store(
    parts: Sequence[Part],
    target: Store,
    *,
    cause: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    jobs: int = 0,
    tagged: bool = True,
    grouped: bool = True,
) -> Summary:
    """Reads, tags and stores the parts; one that cannot be read is an outcome with a fault and stops no other.

    `cancelled` is asked again and again; once it says so, what is stored stays and nothing more is. `jobs` is how
    many processes tag (0: one a processor). StoreError where the store cannot be written to; what was stored until
    then stays.
    """
    addition = Addition(target, cause or cause_of(parts), grouped=grouped)
    shown = progress or Progress()
    shown.outcomes = [Outcome(part.name) for part in parts]
    reading, heap = _Reading(parts, shown, cancelled), Heap()
    version = -1
    with metering(sum(part.size for part in parts)) as meter:
        for portion in workers.spread(_tagged if tagged else _untagged, reading.portions(), jobs or workers.cores()):
            shown.share = meter.share()
            if cancelled():
                break
            heap.add(portion)
            if heap.is_full():
                version = write(addition, heap, shown.outcomes)
        if heap.rows() and not cancelled():
            version = write(addition, heap, shown.outcomes)
    return Summary(addition.run, addition.cause, tuple(shown.outcomes), cancelled(), version)


@dataclass(frozen=True, slots=True)
class Portion:
    """Articles as they are handed to a process, and the rejects that were met on the way; both with their parts."""

    articles: Sequence[Article]
    places: Sequence[int]
    rejects: Sequence[tuple[int, Reject]]


@dataclass(frozen=True, slots=True)
class Table:
    """The same, tagged."""

    articles: pd.DataFrame
    portion: Portion
    characters: int


def _tagged(portion: Portion) -> Table:
    return _table(portion, tagging.tag(to_frame(portion.articles)))


def _untagged(portion: Portion) -> Table:
    frame = to_frame(portion.articles)
    nothing: dict[str, object] = {name: [[] for _ in range(len(frame))] for name in _LISTS}
    nothing |= {"main_country": "", "tags": [{} for _ in range(len(frame))]}
    return _table(portion, frame.assign(**{name: pd.Series(value, frame.index) for name, value in nothing.items()}))


def _table(portion: Portion, articles: pd.DataFrame) -> Table:
    characters = sum(len(article.text) for article in portion.articles)
    return Table(articles, Portion((), portion.places, portion.rejects), characters)


class _Reading:
    """Reads the parts one after the other."""

    def __init__(self, parts: Sequence[Part], progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._parts, self._progress, self._cancelled = parts, progress, cancelled

    def portions(self) -> Iterator[Portion]:
        articles: list[Article] = []
        places: list[int] = []
        rejects: list[tuple[int, Reject]] = []
        characters = 0
        for place, item in self._items():
            self._progress.read += 1
            if isinstance(item, Reject):
                rejects.append((place, item))
            else:
                articles.append(item)
                places.append(place)
                characters += len(item.text)
            if max(len(articles), len(rejects)) >= TAGGED or characters >= CHARACTERS:
                yield Portion(articles, places, rejects)
                articles, places, rejects, characters = [], [], [], 0
        if articles or rejects:
            yield Portion(articles, places, rejects)

    def _items(self) -> Iterator[tuple[int, Article | Reject]]:
        for place, part in enumerate(self._parts):
            try:
                for row in part.rows():
                    if self._cancelled():
                        return
                    yield place, row if isinstance(row, Reject) else normalise(row)
            except SourceError as error:
                self._progress.outcomes[place].fault = str(error)


class Heap:
    """What is tagged and not yet stored: up to BATCH articles, or those of so many `characters`, unless told others."""

    def __init__(self, articles: int = 0, characters: int = 0) -> None:
        self._articles, self._characters = articles or BATCH, characters or LONGEST
        self._tables: list[Table] = []

    def add(self, table: Table) -> None:
        self._tables.append(table)

    def rows(self) -> int:
        return sum(len(table.articles) + len(table.portion.rejects) for table in self._tables)

    def is_full(self) -> bool:
        return self.rows() >= self._articles or sum(table.characters for table in self._tables) >= self._characters

    def take(self) -> tuple[pd.DataFrame, list[int], list[tuple[int, Reject]]]:
        """All there is: the articles, the part of each, and the rejects with theirs."""
        tables, self._tables = self._tables, []
        filled = [table.articles for table in tables if len(table.articles)] or [tables[0].articles]
        places = [place for table in tables for place in table.portion.places]
        return (
            pd.concat(filled, ignore_index=True),
            places,
            [each for table in tables for each in table.portion.rejects],
        )


def write(addition: Addition, heap: Heap, outcomes: Sequence[Outcome]) -> int:
    """Stores all that is on the heap, and adds what became of it to the outcomes; the version of the store."""
    articles, places, rejects = heap.take()
    stored = addition.write(articles, [reject for _, reject in rejects])
    _count(outcomes, np.array(places, np.int64), [place for place, _ in rejects], stored)
    return stored.version


def _count(
    outcomes: Sequence[Outcome], articles: npt.NDArray[np.int64], rejects: Sequence[int], stored: Stored
) -> None:
    """Adds what became of a batch to the outcomes of its parts."""
    size = len(outcomes)
    all_, new, copied = (
        np.bincount(articles[chosen], minlength=size).tolist()
        for chosen in (np.ones(len(articles), np.bool_), stored.new, stored.copied)
    )
    rejected = np.bincount(np.array(rejects, np.int64), minlength=size).tolist()
    for place, outcome in enumerate(outcomes):
        outcome.rows += all_[place] + rejected[place]
        outcome.stored += new[place]
        outcome.known += all_[place] - new[place]
        outcome.copies += copied[place]
        outcome.rejected += rejected[place]
