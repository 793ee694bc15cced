"""The engine of this project over the made-up articles, filled as :mod:`data.engines.stored` fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from data.engines.memory import MemoryEngine
from data.facets import NONE
from data.store.schema import STRINGS
from tests.benchmarks.refresh.asked import LATEST, OWN, TOP, Answer
from tests.benchmarks.refresh.made import FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.engines import Totals, Unit
    from data.selection import Selection
    from tests.benchmarks.refresh.made import Lists, Made


class NoTexts:
    """The made-up articles have none."""

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """Is not asked here."""
        raise NotImplementedError

    def matching(self, text: str) -> Sequence[str]:
        """Is not asked here."""
        raise NotImplementedError


def engine(made: Made) -> MemoryEngine:
    """The engine over these articles; lists stay Arrow's, and no row has an object of Python's."""
    columns = {
        "id": _numbered("", np.arange(len(made)), len(made)),
        "title": pa.array(["A title of about seventy characters, as most titles of the news have"] * len(made)),
        "published": pa.array(FIRST.astype("datetime64[us]") + made.seconds.astype("timedelta64[s]")),
        "publisher": _numbered("Publisher ", made.publisher, int(made.publisher.max(initial=-1)) + 1),
        "story": _numbered("", made.story, int(made.story.max(initial=-1)) + 1),
        "copy_of": pa.array([""] * len(made)),
        "topics": _lists(made.topics),
        "countries": _lists(made.countries),
        "regions": _lists(made.regions),
        "keywords": _lists(made.keywords),
    }
    frame = pa.table(columns).to_pandas(types_mapper=_kind)
    frame["published"] = frame["published"].dt.tz_localize("UTC")
    return MemoryEngine(frame, "made up", NoTexts())


def _numbered(before: str, numbers: np.ndarray, most: int) -> pa.Array:
    """Texts that end in numbers, zeros in front, so that their order is that of the numbers."""
    words = pa.array([f"{before}{number:08}" for number in range(most)], pa.string())
    return words.take(pa.array(numbers))


def _lists(lists: Lists) -> pa.ListArray:
    words = pa.DictionaryArray.from_arrays(pa.array(lists.codes), pa.array(lists.words))
    return pa.ListArray.from_arrays(pa.array(lists.starts.astype(np.int32)), words)


def _kind(arrow: pa.DataType) -> object:
    if pa.types.is_string(arrow):
        return STRINGS
    return pd.ArrowDtype(arrow) if pa.types.is_list(arrow) else None


class Ours:
    """Asks as the page asks, without the cache around the engine: every selection is a new one."""

    name = "this engine"

    def __init__(self, made: Made) -> None:
        self.made, self.engine = made, engine(made)

    def refresh(self, selection: Selection, unit: Unit = "articles") -> Frames:
        """All panels; the engine keeps the masks and counts that the panels of one refresh share."""
        ask = {name: selection.without(*own) for name, own in OWN.items()}
        return Frames(
            self.engine.totals(selection, unit),
            self.engine.counts(ask["topics"], ("topic",), unit),
            self.engine.counts(ask["countries"], ("country",), unit),
            self.engine.counts(ask["grid"], ("region", "topic"), unit),
            self.engine.counts(ask["weeks"], ("week", "topic"), unit),
            self.engine.counts(ask["keywords"], ("keyword",), unit, TOP),
            self.engine.articles(selection, limit=LATEST),
        )

    def forget(self) -> None:
        """Makes the next selection a new one."""
        for name in ("_mask", "_having", "_chosen", "_counted"):
            getattr(self.engine, name).cache_clear()

    def answer(self, frames: Frames) -> Answer:
        """The same as arrays."""
        made, totals = self.made, frames.totals
        topics, regions = ((*lists.words, NONE) for lists in (made.topics, made.regions))
        weeks = tuple(str(FIRST + 7 * number) for number in range(105))
        panels = {
            "topics": _array(frames.topics, topic=topics),
            "countries": _array(frames.countries, country=(*made.countries.words, NONE)),
            "grid": _array(frames.grid, region=regions, topic=topics),
            "weeks": _array(frames.weeks, topic=topics, week=weeks),
        }
        words = [made.keywords.words.index(word) for word in frames.keywords["keyword"]]
        days = [int((np.datetime64(day) - FIRST).astype(int)) if day else -1 for day in (totals.first, totals.last)]
        numbers = (totals.n, totals.no_country, totals.unsure, totals.publishers, totals.countries, *days)
        latest = frames.latest["id"].astype(int).to_numpy()
        return Answer(numbers, panels, np.array([frames.keywords["n"], words]), latest)


class Frames(NamedTuple):
    """What the page gets."""

    totals: Totals
    topics: pd.DataFrame
    countries: pd.DataFrame
    grid: pd.DataFrame
    weeks: pd.DataFrame
    keywords: pd.DataFrame
    latest: pd.DataFrame


def _array(frame: pd.DataFrame, **axes: Sequence[str]) -> np.ndarray:
    found = np.zeros([len(words) for words in axes.values()], np.int64)
    places = [pd.Index(words).get_indexer(frame[name]) for name, words in axes.items()]
    found[tuple(places)] = frame["n"]
    return found
