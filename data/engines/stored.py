"""An engine over a version of the store: what filters and counts need in memory, texts and evidence left on the disk.

version --light columns, in order of time, corrected--> MemoryEngine      ids --> texts of the store, corrected
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.articles import make_id
from data.corrections import Rule, TagCorrection, apply
from data.corrections.applying import COLUMN
from data.engines import layout
from data.engines.memory import MemoryEngine
from data.errors import StoreError
from data.search import FIELDS, matches, parse, readable
from data.search.index import Index
from data.store.schema import ARTICLES, HEAVY, STRINGS, to_arrow, to_pandas
from data.tagging.corpus import best_forms, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from data.corrections import Correction
    from data.store import Store

LIGHT = tuple(name for name in ARTICLES.names if name not in (*HEAVY, "identity", "added", "run"))
WORDS = ("keywords", "keyword_keys")
_LIST = pa.list_(pa.string())


def open_stored(store: Store, version: int | None = None, corrections: Sequence[Correction] = ()) -> MemoryEngine:
    """The engine over `version` (default: the latest) with the corrections applied; StoreError if it cannot be read.

    Hold the version, see :func:`data.store.upkeep.hold`, as long as the engine is used: it reads texts from it.
    Centralities are those at the time when an article was stored.
    """
    number = store.version() if version is None else version
    kept = StoredTexts(store, number, tuple(corrections))
    columns = None if corrections else layout.read(store, number)
    if columns is None and corrections:
        light = _corrected(store.read(LIGHT, number), kept)
        columns = _ordered(
            {name: light.column(name) for name in light.column_names if name not in WORDS}, _same_forms(light)
        )
    elif columns is None:
        forms = _same_forms(pa.table(_light(store, number, (*WORDS, "language"))))  # first: these take most room
        columns = _ordered(_light(store, number, [name for name in LIGHT if name not in WORDS]), forms)
        layout.write(store, number, columns)
    frame = columns.to_pandas(ignore_metadata=True, types_mapper=_kind)
    return MemoryEngine(frame, make_id(str(store.folder), str(number), *(each.id for each in corrections)), kept)


def _ordered(light: dict[str, pa.ChunkedArray], keywords: pa.ListArray) -> pa.Table:
    """The light columns, which are taken out of `light`, and the keywords in order of time."""
    keys = {name: light[name] for name in ("published", "id")}
    order = pc.sort_indices(pa.table(keys), [(name, "ascending") for name in keys])  # nulls last
    columns = {"keywords": keywords.take(order)}
    del keywords, keys
    for name in [*light]:  # one by one, so that there are never two of all
        columns[name] = light.pop(name).combine_chunks().take(order)
        pa.default_memory_pool().release_unused()
    return pa.table(columns)


@dataclass(frozen=True, slots=True)
class StoredTexts:
    """The texts of a version of the store."""

    store: Store
    version: int
    corrections: tuple[Correction, ...] = ()

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """The whole articles with these ids, in that order, with corrected tags."""
        found = self.store.texts(ids, self.version).drop(columns=["keyword_keys", "identity", "added", "run"])
        story = found["story"].where(found["story"] != "", found["id"])
        found = found.assign(story=story)
        return apply(found, self.corrections) if self.corrections else found

    def matching(self, text: str) -> list[str]:
        """The ids of all articles that a search text finds: by the index, or by reading where none can be written."""
        query = parse(text)
        try:
            return indexed(self.store, self.version).matching(query)
        except StoreError:
            indexed.cache_clear()  # so that a damaged index is made anew at the next search
            return [row["id"] for row in _rows(self.store, self.version) if matches(query, readable(row))]


@lru_cache(maxsize=4)
def indexed(store: Store, version: int) -> Index:
    """The search index of a store, with all articles of `version` in it; StoreError where it cannot be written."""
    index = Index(store.folder / "search.sqlite")
    known = store.read(("id", "run"), version)
    runs = zip(known.column("id").to_pylist(), known.column("run").to_pylist(), strict=True)
    index.update(runs, _rows(store, version))
    return index


def _rows(store: Store, version: int) -> Iterator[dict[str, str]]:
    for table in store.batches(("id", *FIELDS), version):
        yield from table.to_pylist()


def _light(store: Store, version: int, names: Iterable[str]) -> dict[str, pa.ChunkedArray]:
    """These columns, read one by one; of lists each different value is held once."""
    columns = {}
    for name in names:
        many = pa.types.is_list(ARTICLES.field(name).type)
        columns[name] = store.lists(name, version) if many else store.read([name], version).column(name)
        pa.default_memory_pool().release_unused()
    return columns


def _listed(lengths: npt.NDArray[np.int64], values: pa.Array) -> pa.ListArray:
    return pa.ListArray.from_arrays(pa.array(np.append(0, np.cumsum(lengths)).astype(np.int32)), values)


def _same_forms(light: pa.Table) -> pa.ListArray:
    """The keywords as :func:`data.tagging.corpus.same_forms` has them, without a Python object a row."""
    keywords = light.column("keywords").combine_chunks()
    lengths = pc.list_value_length(keywords).to_numpy(zero_copy_only=False)
    flat, keys = keywords.flatten().dictionary_encode(), _keys(light, lengths)
    words, names = flat.dictionary.to_pylist(), keys.dictionary.to_pylist()
    codes, distinct = pd.factorize(flat.indices.to_numpy().astype(np.int64) * len(names) + keys.indices.to_numpy())
    pairs = [(words[pair // len(names)], names[pair % len(names)]) for pair in distinct.tolist()]
    counts = np.bincount(codes, minlength=len(pairs)).tolist()
    best = best_forms((word, key, n) for (word, key), n in zip(pairs, counts, strict=True))
    forms = pa.array([best[key] for _, key in pairs], pa.string()).dictionary_encode()
    chosen = pa.DictionaryArray.from_arrays(pa.array(forms.indices.to_numpy()[codes]), forms.dictionary)
    return _listed(lengths, chosen)


def _keys(light: pa.Table, lengths: npt.NDArray[np.int64]) -> pa.DictionaryArray:
    """The key of each keyword, one after the other; made anew for articles that an older program stored."""
    keys = light.column("keyword_keys").combine_chunks()
    if (pc.list_value_length(keys).to_numpy(zero_copy_only=False) != lengths).any():
        told = keys_of(*(light.column(name).to_pylist() for name in ("keywords", "language")))
        keys = pa.array(told, pa.list_(pa.string()))
    return keys.flatten().dictionary_encode()


def _kind(arrow: pa.DataType) -> pd.StringDtype[Any] | pd.ArrowDtype | None:
    """Texts and lists stay what they are in Arrow."""
    if pa.types.is_string(arrow):
        return STRINGS
    return pd.ArrowDtype(arrow) if pa.types.is_list(arrow) else None


def _corrected(light: pa.Table, kept: StoredTexts) -> pa.Table:
    """The rows that corrections change replaced, and the column that names the corrections."""
    schema = light.schema.append(pa.field(COLUMN, _LIST))
    found = changed(kept)
    rows = to_arrow(found.assign(**{COLUMN: found[COLUMN].map(list)}), schema)
    others = light.filter(pc.invert(pc.is_in(light.column("id"), rows.column("id").combine_chunks())))
    none = pa.array([[]] * len(others), _LIST)
    return pa.concat_tables([others.append_column(schema.field(COLUMN), none), rows])


def changed(kept: StoredTexts) -> pd.DataFrame:
    """The corrected articles: single ones by their ids; where there is a rule, all have to be looked at."""
    if not any(isinstance(each, Rule) for each in kept.corrections):
        ids = dict.fromkeys(each.article for each in kept.corrections if isinstance(each, TagCorrection))
        found = [kept.texts(list(ids))]
    else:
        tables = kept.store.batches(ARTICLES.names, kept.version)
        found = [apply(to_pandas(table), kept.corrections) for table in tables]
    return pd.concat([table[table[COLUMN].map(len) > 0] for table in found], ignore_index=True)
