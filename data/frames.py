"""Rows of a DataFrame with the names of its columns, for code that reads one row at a time."""

from __future__ import annotations

from collections import namedtuple
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row as a named tuple: as ``itertuples``, which takes longer to make the type than a page has rows."""
    columns = (column.tolist() for _, column in frame.items())
    return map(_row(tuple(frame.columns))._make, zip(*columns, strict=True))


@lru_cache(maxsize=256)
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)  # the names are known at run time only


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a dictionary from column to value."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
