"""Groups articles as they come: batch after batch, each decision made once.

A batch in the order of time --words--> copies of earlier articles | originals --vectors--> stories --> three columns

What holds: if the articles of each batch are younger than those before, `copy_of` and `story` come out the same however
the articles are cut into batches. Articles that arrive late join what is there and change no earlier label. Undated
articles are grouped among themselves in the order in which they come, PER_DAY of them taken to be of one day; they can
be copies of dated ones. `centrality` is that at the end of the batch.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.frames import records
from data.grouping.copies import Copies
from data.grouping.features import Codes, Features
from data.grouping.shingles import shingles
from data.grouping.stories import Entry, Member, Stories, Story
from data.grouping.tokens import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from data.grouping.shingles import Shingles

    Floats = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.int64]
    Row = dict[str, Any]
    Progress = Callable[[float], None]

GROUP_COLUMNS: tuple[str, ...] = ("copy_of", "story", "centrality")
INPUT_COLUMNS: tuple[str, ...] = (
    "id", "title", "title_derived", "text", "published", "publisher", "language", "countries", "main_country", "topics",
)  # fmt: skip
"""Columns of the tagged table that are read."""
WINDOW_DAYS = 5.0
"""An article joins a story that has another of at most so many days before."""
COPY_DAYS = 30.0
"""A copy comes out at most so many days after its original."""
PER_DAY = 2000
"""Undated articles that count as those of one day."""
UNDATED_DAYS = 5.0
"""Days that two undated articles are taken to be apart."""
LONGEST_TITLE, LONGEST_TEXT = 500, 10_000
"""Characters of a title and of a text that are read."""
TOGETHER, CHARACTERS = 512, 1_000_000
"""Articles and characters that are worked on at once; no result depends on it."""
_DAY = np.timedelta64(1, "D") / np.timedelta64(1, "us")


class _Batch:
    """Some articles, in the order in which they are grouped."""

    def __init__(self, rows: Sequence[Row], days: Sequence[float]) -> None:
        self.rows, self.days = rows, days
        self.ids: list[str] = [row["id"] for row in rows]
        self.publishers: list[str] = [row["publisher"] for row in rows]
        self.languages: list[str] = [row["language"].partition("-")[0] for row in rows]
        self.words = words([part for row in rows for part in _parts(row)])

    def shingles(self) -> Shingles:
        return shingles(self.words, len(self.rows))

    def codes(self) -> Codes:
        countries, main, topics = ([row[name] for row in self.rows] for name in ("countries", "main_country", "topics"))
        return Codes(countries, main, topics)

    def without(self, left: Sequence[bool]) -> _Batch:
        """The articles for which `left` is not true."""
        return self if not any(left) else self._chosen([number for number, out in enumerate(left) if not out])

    def _chosen(self, numbers: Sequence[int]) -> _Batch:
        chosen = _Batch.__new__(_Batch)
        for name in ("rows", "days", "ids", "publishers", "languages"):
            values = getattr(self, name)
            setattr(chosen, name, [values[number] for number in numbers])
        chosen.words = self.words.of([text for number in numbers for text in (2 * number, 2 * number + 1)])
        return chosen


def _parts(row: Row) -> tuple[str, str]:
    """What is read of title and text; a title that was made from the text is left out."""
    return "" if row["title_derived"] else row["title"][:LONGEST_TITLE], row["text"][:LONGEST_TEXT]


@dataclass(slots=True)
class _Lane:
    """Articles that are compared with each other: all dated ones, or all undated ones."""

    copies: Copies
    stories: Stories
    features: Features = field(default_factory=Features)
    members: dict[str, Member] = field(default_factory=dict)
    """Of each original that may still have copies, its place in a story."""

    def add(self, batch: _Batch) -> tuple[list[str], list[Member]]:
        """The originals of the articles ("" for those that are some), and their places in stories."""
        originals = self.copies.add(batch.shingles(), batch.ids, batch.days, batch.publishers)
        self._found(batch.without([bool(original) for original in originals]), {})
        members = [self.members[original or name] for original, name in zip(originals, batch.ids, strict=True)]
        if len(self.members) > 2 * len(self.copies.names()) + TOGETHER:
            self.members = {name: self.members[name] for name in self.copies.names()}
        return originals, members

    def restore(self, batch: _Batch, stories: dict[str, Story]) -> None:
        """Takes in originals whose stories, by the ids of articles, are known."""
        self.copies.restore(batch.shingles(), batch.ids, batch.days, batch.publishers)
        self._found(batch, stories)

    def _found(self, batch: _Batch, known: dict[str, Story]) -> None:
        if batch.ids:
            codes = batch.codes()
            vectors = self.features.vectors(batch.words, batch.languages, codes)
            about, topics = map(frozenset, codes.countries), map(frozenset, codes.topics)
            stories = map(known.get, batch.ids)
            entries = list(map(Entry, batch.ids, batch.days, batch.languages, about, topics, stories))
            self.members.update(zip(batch.ids, self.stories.add(vectors, entries), strict=True))


class Grouper:
    """Finds copies and stories in batch after batch; `window_days` is how long a story waits for its next article."""

    def __init__(self, window_days: float = WINDOW_DAYS) -> None:
        self.window_days = window_days
        self._dated = _Lane(Copies(COPY_DAYS), Stories(window_days))
        self._undated = _Lane(Copies(COPY_DAYS), Stories(window_days, distance=UNDATED_DAYS))
        self._latest = -np.inf
        self._count = 0
        """Undated articles so far."""
        self.moved: dict[str, float] = {}
        """The centralities of earlier articles that the last batch changed, by id."""

    @classmethod
    def of(cls, articles: pd.DataFrame, window_days: float = WINDOW_DAYS) -> Grouper:
        """One that goes on after `articles`, grouped ones with INPUT_COLUMNS and GROUP_COLUMNS.

        Of dated articles those of the last COPY_DAYS are read, of undated ones as many as are compared. How rare words
        are is learnt from these alone, so a story may end up otherwise than without the break; copies may not.
        """
        grouper = cls(window_days)
        days = _days(articles)
        dated = np.flatnonzero(~np.isnan(days))
        grouper._latest = float(days[dated].max()) if len(dated) else -np.inf
        recent = dated[days[dated] >= grouper._latest - COPY_DAYS]
        grouper._restore(articles, _sorted(articles, days, recent), days, grouper._dated)
        undated = grouper._count_undated(days)
        grouper._restore(articles, undated[-int(COPY_DAYS * PER_DAY) :], days, grouper._undated)
        return grouper

    def add(self, batch: pd.DataFrame, progress: Progress | None = None) -> pd.DataFrame:
        """GROUP_COLUMNS for a tagged table, with its index; `progress` is told the share that is done."""
        days = _days(batch)
        dated = np.flatnonzero(~np.isnan(days))
        originals, members = [""] * len(batch), [_NOBODY] * len(batch)
        done = 0
        for places, part in _batches(batch, _sorted(batch, days, dated), days):
            self._latest = max(self._latest, part.days[-1])
            _put(places, self._dated.add(part), originals, members)
            done += len(places)
            if progress:
                progress(done / len(batch))
        undated = self._count_undated(days)
        for places, part in _batches(batch, undated, days):
            _put(places, self._add_undated(part), originals, members)
            done += len(places)
            if progress:
                progress(done / len(batch))
        self.moved = _moved(members)
        columns = {
            "copy_of": pd.Series(originals, batch.index, dtype="str"),
            "story": pd.Series([member.story.name for member in members], batch.index, dtype="str"),
            "centrality": pd.Series([member.centrality for member in members], batch.index, dtype=np.float32),
        }
        return pd.DataFrame(columns, index=batch.index)

    @property
    def work(self) -> tuple[int, int]:
        """Comparisons of shingles and of pairs of articles so far, for tests of how they grow."""
        lanes = (self._dated, self._undated)
        return sum(lane.copies.work for lane in lanes), sum(lane.stories.work for lane in lanes)

    @property
    def held(self) -> tuple[int, int]:
        """Dated articles that are kept to find copies, and to find stories."""
        return len(self._dated.copies.names()), self._dated.stories.held

    def _count_undated(self, days: Floats) -> Numbers:
        """Gives the undated articles days of their own, counted on from those before; where they stand."""
        undated = np.flatnonzero(np.isnan(days))
        days[undated] = (self._count + np.arange(len(undated))) / PER_DAY
        self._count += len(undated)
        return undated

    def _add_undated(self, batch: _Batch) -> tuple[list[str], list[Member]]:
        """As :meth:`_Lane.add`; copies of dated articles first."""
        latest = [self._latest] * len(batch.ids)
        originals = self._dated.copies.find(batch.shingles(), batch.ids, latest, batch.publishers)
        rest = batch.without([bool(original) for original in originals])
        own = dict(zip(rest.ids, zip(*self._undated.add(rest), strict=True), strict=True)) if rest.ids else {}
        both = [
            (original, self._dated.members[original]) if original else own[name]
            for original, name in zip(originals, batch.ids, strict=True)
        ]
        return [original for original, _ in both], [member for _, member in both]

    def _restore(self, articles: pd.DataFrame, order: Numbers, days: Floats, lane: _Lane) -> None:
        stories: dict[str, Story] = {}
        ids, names = articles["id"].tolist(), articles["story"].tolist()
        originals = (articles["copy_of"] == "").to_numpy()
        for places, part in _batches(articles, order[originals[order]], days):
            known = {ids[place]: stories.setdefault(names[place], Story(names[place])) for place in places}
            lane.restore(part, known)


_NOBODY = Member("", Story("", total=1.0))


def group(articles: pd.DataFrame, progress: Progress | None = None) -> pd.DataFrame:
    """The tagged table with GROUP_COLUMNS: which articles are copies of which, and the story of each."""
    groups = Grouper().add(articles, progress)
    return articles.assign(**{name: groups[name] for name in GROUP_COLUMNS})


def _days(articles: pd.DataFrame) -> Floats:
    """Days since 1970 of each article, NaN for undated ones."""
    times = articles["published"].dt.tz_localize(None).to_numpy("datetime64[us]")
    return np.where(np.isnat(times), np.nan, times.astype(np.int64) / _DAY)


def _sorted(articles: pd.DataFrame, days: Floats, chosen: Numbers) -> Numbers:
    """The places `chosen`, in the order of time; of one moment the longest text first, as others may be cut from it."""
    part = articles.iloc[chosen]
    keys = {"day": days[chosen], "length": -part["text"].str.len().to_numpy(), "id": part["id"].to_numpy(object)}
    order: Numbers = pd.DataFrame(keys).sort_values(list(keys), kind="stable").index.to_numpy()
    return chosen[order]


def _batches(articles: pd.DataFrame, order: Numbers, days: Floats) -> Iterator[tuple[list[int], _Batch]]:
    """The articles at `order` a few at a time, with their places."""
    table = articles[list(INPUT_COLUMNS)]
    start = 0
    while start < len(order):
        rows = records(table.iloc[order[start : start + TOGETHER]])
        ends = np.cumsum([sum(map(len, _parts(row))) for row in rows])
        amount = max(int(np.searchsorted(ends, CHARACTERS)), 1)
        places = order[start : start + amount].tolist()
        yield places, _Batch(rows[:amount], days[places].tolist())
        start += amount


def _put(
    places: Sequence[int], found: tuple[list[str], list[Member]], originals: list[str], members: list[Member]
) -> None:
    for place, original, member in zip(places, *found, strict=True):
        originals[place], members[place] = original, member


def _moved(members: Sequence[Member]) -> dict[str, float]:
    """The centralities of the other articles of the stories of `members`."""
    new = set(map(id, members))
    stories = {id(member.story): member.story for member in members}
    return {
        other.name: other.centrality for story in stories.values() for other in story.members if id(other) not in new
    }
