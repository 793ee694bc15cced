"""Rows of a DataFrame with the names of its columns, for code that reads one row at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Each row as a named tuple."""
    return cast("Iterator[Any]", frame.itertuples(index=False))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a dictionary from column to value."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
