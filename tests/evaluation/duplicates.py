"""How well copies are found: ``python -m tests.evaluation.duplicates``.

The corpus holds Wikinews stories and copies planted among them: light (another dateline, a sentence fewer), medium (70
% of the sentences) and heavy (40 %, with a quarter of another story, so that the other one is right too). Precision: of
the articles that were called a copy, those that have a source in common with their original. Recall: of the planted
copies, those in one cluster with a source. Story and copy are of one day, so which one is the original is left open.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from data import grouping
from data.articles import Article, to_frame
from data.dates import to_utc
from data.grouping.copies import Copies
from data.grouping.shingles import shingles
from data.grouping.tokens import words
from tests.corpora import FOLDER, for_looking, rows
from tests.evaluation.halves import HALVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

CORPUS = "duplicates/wikinews_edits.jsonl.gz"
LEVELS = ("light", "medium", "heavy")
COLUMNS = ("found", "right", *(f"{kind} {level}" for level in LEVELS for kind in ("planted", "hit")))


def article(row: dict[str, Any]) -> Article:
    """A row of the corpora as an article; its publisher is not told."""
    published, precision = to_utc(row.get("date") or None)
    return Article(
        id=row["id"], title=row["title"], text=row["text"] or "", published=published, precision=precision,
        language=row.get("lang") or row.get("language") or "",
    )  # fmt: skip


def bare(articles: Sequence[Article]) -> pd.DataFrame:
    """The table that grouping takes, without tags: copies need none."""
    empty = [[] for _ in articles]
    return to_frame(articles).assign(countries=empty, main_country="", topics=empty)


def sources(row: dict[str, Any]) -> set[str]:
    """The stories that the text of a row was made of."""
    return {row["copy_of"] or row["id"]} | ({row["donor"]} if row["donor"] else set())


def counts(chosen: Sequence[dict[str, Any]], copy_of: dict[str, str], every: dict[str, dict[str, Any]]) -> NDArray[Any]:
    """One line a row with COLUMNS: whether it was called a copy, rightly; of each level what was planted and hit."""
    table = np.zeros((len(chosen), len(COLUMNS)))
    for line, row in zip(table, chosen, strict=True):
        original = copy_of[row["id"]]
        right = bool(original) and bool(sources(row) & sources(every[original]))
        line[0], line[1] = bool(original), right
        if row["copy_of"]:
            place = 2 + 2 * LEVELS.index(row["level"])
            cluster = copy_of[row["id"]] or row["id"]
            line[place], line[place + 1] = 1, any((copy_of[name] or name) == cluster for name in sources(row))
    return table


def speed(texts: Sequence[str], characters: int = 1_200) -> float:
    """Articles of so many characters a second of one core, words and shingles included."""
    long = [text[:characters] for text in texts if len(text) >= characters]
    index, started = Copies(window=30), time.process_time()
    for start in range(0, len(long), 512):
        part = long[start : start + 512]
        found = shingles(words([piece for text in part for piece in ("", text)]), len(part))
        index.add(found, list(map(str, range(start, start + len(part)))), [0.0] * len(part), [""] * len(part))
    return len(long) / (time.process_time() - started)


def main() -> None:
    """Prints one line a half, and the speed on Reuters."""
    found = list(rows(FOLDER / CORPUS))
    every = {row["id"]: row for row in found}
    grouped = grouping.group(bare([article(row) for row in found]))
    copy_of = dict(zip(grouped["id"], grouped["copy_of"], strict=True))
    print(f"{'half':<8}{'rows':>5}{'copies':>8}{'precision':>11}", *(f"{level:>8}" for level in LEVELS))
    for half, wanted in HALVES.items():
        sums = counts([row for row in found if for_looking(row["id"]) in wanted], copy_of, every)
        total = sums.sum(axis=0)
        recalls = "".join(f"{hit / planted:>9.3f}" for planted, hit in zip(total[2::2], total[3::2], strict=True))
        print(f"{half:<8}{len(sums):>5}{int(total[2::2].sum()):>8}{total[1] / total[0]:>11.3f}{recalls}")
    texts = [row["text"] for row in rows(FOLDER / "dated/reuters21578_first6000.jsonl.gz")]
    print(f"copies: {speed(texts):,.0f} articles of 1,200 characters a second of one core")


if __name__ == "__main__":
    main()
