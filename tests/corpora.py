"""Where the real data for tests and evaluation lie: outside the project, named by NEWS_CORPORA."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(os.environ.get("NEWS_CORPORA", Path(__file__).parents[2] / "shared" / "corpora"))


def corpus(name: str) -> Path:
    """The file `name` of the corpora; skips the calling test where it is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"needs {name}: set NEWS_CORPORA to the folder of the corpora")
    return path


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def for_looking(row_id: str) -> bool:
    """Whether a row belongs to the half whose errors may be read; the other half is for the figure only."""
    return int(hashlib.sha256(row_id.encode()).hexdigest(), 16) % 2 == 0
