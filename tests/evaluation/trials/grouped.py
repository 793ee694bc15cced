"""Tagged articles as documents, and their groups, for the trials of copies and of stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from data import grouping
from data.frames import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.evaluation.table import Row


def documents(table: pd.DataFrame) -> list[Row]:
    """The rows of a tagged table, each with itself under `tagged`: the time for tags is not counted as grouping's."""
    return [row | {"tagged": row} for row in records(table)]


def grouped(found: Sequence[Row]) -> list[dict[str, Any]]:
    """The documents as rows with `copy_of` and `story`."""
    return records(grouping.group(pd.DataFrame([row["tagged"] for row in found])))
