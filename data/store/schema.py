"""The columns of the store, and how a table of tagged articles becomes rows of it and comes back.

The table only grows: a newer program adds columns, an older store gets them when it is next written to, and until then
they are read as their empty value. Columns of a program newer than this one are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import WriterProperties

from data.articles import ARTICLE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
STRINGS = pd.StringDtype("pyarrow", na_value=float("nan"))
"""What "str" is in pandas."""
_OTHER: dict[str, pa.DataType] = {
    **dict.fromkeys(("published", "added"), pa.timestamp("us", "UTC")),
    "title_derived": pa.bool_(),
    "centrality": pa.float32(),
    **dict.fromkeys(("countries", "regions", "topics", "subtopics", "keywords", "keyword_keys"), _TEXTS),
}
"""Columns that do not hold one text a row."""
_TAGGED = (
    *("countries", "main_country", "regions", "topics", "subtopics", "keywords", "keyword_keys", "tags"),
    *("copy_of", "story", "centrality"),
)

ARTICLES: pa.Schema = pa.schema(
    [(name, _OTHER.get(name, _TEXT)) for name in dict.fromkeys((*ARTICLE_COLUMNS, *_TAGGED))]
    + [("identity", _TEXT), ("added", _OTHER["added"]), ("run", _TEXT)]
)
"""Rows of the articles table: the article, its tags (`tags` as JSON; `keyword_keys` are those under which all forms of
a word are one, see :func:`data.tagging.corpus.keys_of`), its story, what tells it from others that have the same id
(see :mod:`data.store.same`), and the run that added it."""

REJECTS: pa.Schema = pa.schema(
    {
        "id": _TEXT,
        "file": _TEXT,
        "row": pa.int64(),
        "reason": _TEXT,
        "raw": _TEXT,
        "added": _OTHER["added"],
        "run": _TEXT,
    }
)

WRITING = WriterProperties(compression="ZSTD", max_row_group_size=8192)
"""Delta's own default, Snappy, takes half as much space again. Groups of few rows make a single article quick to read,
as all of its group has to be unpacked."""

HEAVY = ("text", "tags", "published_raw", "given", "origin")
"""Columns that the page reads for single articles only: opening a store never loads them."""


def to_arrow(articles: pd.DataFrame, schema: pa.Schema, **constant: Any) -> pa.Table:
    """The rows as a table of exactly `schema`; a column that is missing is empty, one that is not known is left out.

    `constant` gives columns that hold one value in all rows.
    """
    columns = [
        pa.array([constant[field.name]] * len(articles), field.type)
        if field.name in constant
        else _column(articles, field)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _column(articles: pd.DataFrame, field: pa.Field) -> pa.Array:
    if field.name not in articles:
        return pa.array([empty(field.type)] * len(articles), field.type)
    values = articles[field.name]
    if field.name == "tags":
        return pa.array([_dump(value) for value in values], field.type)
    if field.type == _TEXTS:
        return pa.array(values.tolist(), field.type)
    array = pa.Array.from_pandas(values, type=field.type)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _dump(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """The rows as the tagged table that engines work on: lists as lists, `tags` as the record that tagging made."""
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True, types_mapper={_TEXT: STRINGS}.get)
    for name in frame.columns:
        if table.schema.field(name).type == _TEXTS:
            frame[name] = pd.Series([list(value) for value in frame[name]], index=frame.index, dtype=object)
    if "tags" in frame:
        frame["tags"] = pd.Series([orjson.loads(value or "{}") for value in frame["tags"]], frame.index, dtype=object)
    return frame


def filled(table: pa.Table, names: Iterable[str]) -> pa.Table:
    """The columns `names` of `table`, in that order and with our types; empty where the store is older than they."""
    fields = [ARTICLES.field(name) for name in names]
    return pa.table([_filled(table, field) for field in fields], schema=pa.schema(fields))


def _filled(table: pa.Table, field: pa.Field) -> pa.Array | pa.ChunkedArray:
    nothing = empty(field.type)
    if field.name not in table.column_names:
        return pa.array([nothing] * len(table), field.type)
    column = table.column(field.name).cast(field.type)
    return column if nothing is None or not column.null_count else pc.fill_null(column, pa.scalar(nothing, field.type))


def empty(kind: pa.DataType) -> Any:
    """What a column of this type holds where nothing is known."""
    if kind == _TEXT:
        return ""
    if kind == _TEXTS:
        return []
    return False if kind == pa.bool_() else None
