"""The engine of this project over the made-up articles, filled as :mod:`data.engines.stored` fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from data.engines.memory import MemoryEngine
from data.store.schema import STRINGS
from tests.benchmarks.refresh.made import FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

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
