"""datasketch: MinHash with locality-sensitive hashing, on the same runs of four words as our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RUN = 4
WORD = re.compile(r"\w+")


def load(threshold: float) -> Callable[[Sequence[dict[str, Any]]], list[frozenset[str]]]:
    """From articles to the ids of the others whose estimated Jaccard similarity with each is at least `threshold`."""
    from datasketch import MinHash, MinHashLSH

    def similar(rows: Sequence[dict[str, Any]]) -> list[frozenset[str]]:
        index = MinHashLSH(threshold=threshold, num_perm=128)
        sketches = {}
        for row in rows:
            sketch = sketches[row["id"]] = MinHash(num_perm=128)
            sketch.update_batch([run.encode() for run in runs(row["text"])])
            index.insert(row["id"], sketch)
        return [
            frozenset(
                other for other in index.query(sketch) if other != name and sketch.jaccard(sketches[other]) >= threshold
            )
            for name, sketch in sketches.items()
        ]

    return similar


def runs(text: str) -> set[str]:
    words = WORD.findall(text.lower())
    return {" ".join(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1))}
