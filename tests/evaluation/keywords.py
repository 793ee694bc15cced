"""How well the keyword tagger does on 500N-KPCrowd: ``python -m tests.evaluation.keywords``.

A keyword is right if the readers gave one with the same stems; hyphens are taken out first, as the readers' have none.
P@10 divides by ten also where an article has fewer (one in nine is a bare headline), *given* by the number given.
"""

from __future__ import annotations

import time
from typing import Any

from data.tagging.keywords import fold, tag_keywords
from tests.corpora import FOLDER, for_looking, rows
from tests.evaluation.halves import HALVES

COUNT = 10
ARTICLE = 1_200
"""Characters of an article for the measurement of speed."""


def key(keyword: str) -> str:
    return fold(keyword.replace("-", ""), "en")


def main() -> None:
    found = list(rows(FOLDER / "topics/kpcrowd.jsonl.gz"))
    print(f"{'corpus':<10}{'half':<8}{'rows':>5}{'P@10':>7}{'given':>7}{'recall':>8}{'F1':>7}{'number':>8}{'a s':>10}")
    for half, wanted in HALVES.items():
        measure(half, [row for row in found if for_looking(row["id"]) in wanted])


def measure(half: str, group: list[dict[str, Any]]) -> None:
    """Print the line of one half; the speed is that on texts of ARTICLE characters once the stems are known."""
    given = [[key(tag.keyword) for tag in tag_keywords("", row["text"], language="en", limit=COUNT)] for row in group]
    true = [{key(phrase) for phrase in row["keyphrases"]} for row in group]
    hits = [sum(word in gold for word in words) for words, gold in zip(given, true, strict=True)]
    figures = (
        sum(hits) / COUNT,
        sum(hit / max(1, len(words)) for hit, words in zip(hits, given, strict=True)),
        sum(hit / len(gold) for hit, gold in zip(hits, true, strict=True)),
        sum(2 * hit / (len(words) + len(gold)) for hit, words, gold in zip(hits, given, true, strict=True)),
    )
    precision, of_given, recall, f1 = (figure / len(group) for figure in figures)
    long = [row["text"][:ARTICLE] for row in group if len(row["text"]) >= ARTICLE]
    started = time.perf_counter()
    for text in long:
        tag_keywords("", text, language="en")
    speed = len(long) / (time.perf_counter() - started)
    print(
        f"{'kpcrowd':<10}{half:<8}{len(group):>5}{precision:>7.3f}{of_given:>7.3f}{recall:>8.3f}{f1:>7.3f}"
        f"{sum(map(len, given)) / len(group):>8.1f}{speed:>10.0f}"
    )


if __name__ == "__main__":
    main()
