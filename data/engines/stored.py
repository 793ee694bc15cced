"""An engine over a version of the store: what filters and counts need in memory, texts and evidence left on the disk.

version --light columns, in order of time, corrected--> MemoryEngine      ids --> texts of the store, corrected
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.articles import make_id
from data.corrections import Rule, TagCorrection, apply
from data.corrections.applying import COLUMN
from data.engines.memory import MemoryEngine
from data.store.schema import ARTICLES, HEAVY, STRINGS, to_arrow, to_pandas
from data.tagging.corpus import best_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.corrections import Correction
    from data.store import Store

LIGHT = tuple(name for name in ARTICLES.names if name not in (*HEAVY, "identity", "added", "run", "title_derived"))
_LIST = pa.list_(pa.string())


def open_stored(store: Store, version: int | None = None, corrections: Sequence[Correction] = ()) -> MemoryEngine:
    """The engine over `version` (default: the latest) with the corrections applied; StoreError if it cannot be read.

    Hold the version, see :func:`data.store.upkeep.hold`, as long as the engine is used: it reads texts from it.
    Centralities are those at the time when an article was stored.
    """
    number = store.version() if version is None else version
    kept = StoredTexts(store, number, tuple(corrections))
    light = store.read(LIGHT, number)
    if corrections:
        light = _corrected(light, kept)
    order = pc.sort_indices(light, [("published", "ascending"), ("id", "ascending")])  # nulls last
    columns = {}
    for name in light.column_names:  # one by one, so that there are never two of all
        columns[name] = _column(light, name).take(order)
        if name != "language":
            light = light.drop_columns(name)
    frame = pa.table(columns).to_pandas(ignore_metadata=True, types_mapper=_kind)
    return MemoryEngine(frame, make_id(str(store.folder), str(number), *(each.id for each in corrections)), kept)


@dataclass(frozen=True, slots=True)
class StoredTexts:
    """The texts of a version of the store."""

    store: Store
    version: int
    corrections: tuple[Correction, ...] = ()

    def texts(self, ids: Sequence[str]) -> pd.DataFrame:
        """The whole articles with these ids, in that order, with corrected tags."""
        found = self.store.texts(ids, self.version).drop(columns=["identity", "added", "run"])
        story = found["story"].where(found["story"] != "", found["id"])
        found = found.assign(story=story)
        return apply(found, self.corrections) if self.corrections else found

    def matching(self, text: str) -> list[str]:
        """The ids of all articles that a search text finds, by reading all texts."""
        from data.selection import Selection

        found: list[str] = []
        for table in self.store.batches(["id", "title", "text", "published"], self.version):
            engine = MemoryEngine(to_pandas(table).assign(tags=""), version="search")
            found += engine.articles(Selection(text=text), limit=len(table))["id"].tolist()
        return found


def _column(light: pa.Table, name: str) -> pa.Array:
    column = light.column(name).combine_chunks()
    if name != "keywords":
        return column
    return _same_forms(column, light.column("language").combine_chunks())


def _same_forms(keywords: pa.ListArray, languages: pa.StringArray) -> pa.ListArray:
    """As :func:`data.tagging.corpus.same_forms`; folds each word of each language once."""
    flat, spoken = keywords.flatten().dictionary_encode(), languages.dictionary_encode()
    words, names = flat.dictionary.to_pylist(), spoken.dictionary.to_pylist()
    lengths = pc.list_value_length(keywords).to_numpy(zero_copy_only=False)
    pairs = flat.indices.to_numpy().astype(np.int64) * len(names) + np.repeat(spoken.indices.to_numpy(), lengths)
    codes, distinct = pd.factorize(pairs)
    written = [(words[pair // len(names)], names[pair % len(names)]) for pair in distinct.tolist()]
    best = best_forms(dict(zip(written, np.bincount(codes, minlength=len(written)).tolist(), strict=True)))
    forms = pa.array([best[pair] for pair in written], pa.string()).dictionary_encode()
    chosen = pa.DictionaryArray.from_arrays(pa.array(forms.indices.to_numpy()[codes]), forms.dictionary)
    offsets = np.append(0, np.cumsum(lengths)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), chosen)


def _kind(arrow: pa.DataType) -> pd.StringDtype[Any] | pd.ArrowDtype | None:
    """Texts and lists stay what they are in Arrow."""
    if pa.types.is_string(arrow):
        return STRINGS
    return pd.ArrowDtype(arrow) if pa.types.is_list(arrow) else None


def _corrected(light: pa.Table, kept: StoredTexts) -> pa.Table:
    """The rows that corrections change replaced, and the column that names the corrections."""
    schema = light.schema.append(pa.field(COLUMN, _LIST))
    changed = _changed(kept)
    rows = to_arrow(changed.assign(**{COLUMN: changed[COLUMN].map(list)}), schema)
    others = light.filter(pc.invert(pc.is_in(light.column("id"), rows.column("id").combine_chunks())))
    none = pa.array([[]] * len(others), _LIST)
    return pa.concat_tables([others.append_column(schema.field(COLUMN), none), rows])


def _changed(kept: StoredTexts) -> pd.DataFrame:
    """The corrected articles: single ones by their ids; where there is a rule, all have to be looked at."""
    if not any(isinstance(each, Rule) for each in kept.corrections):
        ids = dict.fromkeys(each.article for each in kept.corrections if isinstance(each, TagCorrection))
        found = [kept.texts(list(ids))]
    else:
        tables = kept.store.batches(ARTICLES.names, kept.version)
        found = [apply(to_pandas(table), kept.corrections) for table in tables]
    return pd.concat([table[table[COLUMN].map(len) > 0] for table in found], ignore_index=True)
