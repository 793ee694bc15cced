"""Which articles are in a store already, also where two sources number theirs from 1.

An id that was made from an address or a text belongs to one article. One that came with a file may stand for another
article in the next file; that gets a new id made of its old one and its content, as within one reading (see
:func:`data.normalise.unique`), so that nothing is lost and adding it once more finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data import frames
from data.articles import make_id
from data.normalise import content
from data.sources import addresses

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

_PIECES = 64
"""Arrays that the ids may be in before they are joined."""


class Known:
    """The ids of a store, each with the identity of its article; 40 bytes an article."""

    def __init__(self, ids: pa.ChunkedArray, identities: pa.ChunkedArray) -> None:
        self._ids, self._identities = ids, identities

    def identities(self, ids: Sequence[str]) -> list[str | None]:
        """Those of the articles with these ids: None where there is none, empty where an older store does not say."""
        places = pc.index_in(pa.array(ids, pa.string()), value_set=self._ids)
        found: list[str | None] = self._identities.take(places).to_pylist()
        return found

    def add(self, ids: pa.ChunkedArray, identities: pa.ChunkedArray) -> None:
        """Takes in articles that have been stored."""
        self._ids = pa.chunked_array([*self._ids.chunks, *ids.chunks], pa.string())
        self._identities = pa.chunked_array([*self._identities.chunks, *identities.chunks], pa.string())
        if self._ids.num_chunks > _PIECES:
            self._ids = pa.chunked_array([self._ids.combine_chunks()])
            self._identities = pa.chunked_array([self._identities.combine_chunks()])


def fresh(articles: pd.DataFrame, known: Known) -> tuple[pd.DataFrame, npt.NDArray[np.bool_]]:
    """The table with the ids to store it under and its column `identity`, and which of its rows are not there yet."""
    ids: list[str] = articles["id"].tolist()
    own = identities(articles)
    there = dict(zip(ids, known.identities(ids), strict=True))
    new = np.zeros(len(ids), np.bool_)
    for place, mine in enumerate(own):
        name = ids[place]
        while there[name] not in (None, "", mine):
            name = make_id(name, content(next(frames.rows(articles.iloc[[place]]))))
            there.setdefault(name, known.identities([name])[0])
        new[place] = there[name] is None
        there[name] = mine
        ids[place] = name
    return articles.assign(id=ids, identity=own).astype({"id": "str", "identity": "str"}), new


def identities(articles: pd.DataFrame) -> list[str]:
    """What the articles are told apart by: their address, or where they have none their title and text."""
    columns = (articles[name].tolist() for name in ("url", "title", "text"))
    return [
        make_id(addresses.canonical(url)) if url else make_id(title, text)
        for url, title, text in zip(*columns, strict=True)
    ]
