"""The built-in set against its authors' own labels: ``python -m tests.evaluation.starter``.

The labels were written with the briefs and before any tagger ran on them. They are one careful reader's opinion.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from data import ingest, starter
from data.frames import records


def main() -> None:
    """Prints one line a language."""
    labels = {row["id"]: row for file in starter.FILES for row in _rows(Path(file))}
    tagged = records(ingest.ingest(starter.FILES).articles)
    by_language: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for row in tagged:
        by_language[row["language"]].append((row, labels[row["id"]]))
        by_language["all"].append((row, labels[row["id"]]))
    print(f"{'language':<10}{'briefs':>7}{'about F1':>10}{'main':>7}{'topic':>7}{'unsure':>8}")
    for language, pairs in sorted(by_language.items()):
        print(f"{language:<10}{len(pairs):>7}", "".join(f"{value:>8.3f}" for value in _figures(pairs)))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _figures(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> tuple[float, float, float, float]:
    """Micro-F1 of the about-lists; shares of right main countries, of first topics among the author's, of unsure."""
    hits = sum(len(set(row["countries"]) & set(label["about"])) for row, label in pairs)
    named = sum(len(row["countries"]) + len(label["about"]) for row, label in pairs)
    with_country = [(row, label) for row, label in pairs if label["about"]]
    main = sum(row["main_country"] == label["about"][0] for row, label in with_country) / len(with_country)
    sure = [(row, label) for row, label in pairs if row["topics"]]
    topic = sum(row["topics"][0] in label["topics"] for row, label in sure) / len(sure)
    return 2 * hits / named, main, topic, 1 - len(sure) / len(pairs)


if __name__ == "__main__":
    main()
