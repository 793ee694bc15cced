"""How well the second level of topics is told: ``python -m tests.evaluation.subtopics``.

``subtopics.csv`` names for 140 English briefs of the built-in set every subtopic that a careful reader would accept,
best first. The labels were written from the texts alone, before the tagger had run on any of them; the seed terms were
written before the texts were read, but for three of them. They are one reader's opinion.

*Right* is the share of the given subtopics that are accepted, *first* that of each brief's first one, *known* is as
*right* without those whose topic above has no accepted subtopic: there the fault lies with the topic. *Covered* is the
share of briefs with a topic that get a subtopic, *met* the share of labelled briefs with at least one right one.
"""

from __future__ import annotations

import csv
import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from data import starter
from data.tagging.subtopics import tag_subtopics
from data.tagging.topics import tag_topics
from data.taxonomy import parent
from tests.corpora import FOLDER, for_looking, rows
from tests.evaluation.halves import HALVES

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELS = Path(__file__).with_suffix(".csv")
ARTICLE = 1_200
"""Characters of an article for the measurement of speed."""
HEADING = f"{'half':<8}{'briefs':>7}{'right':>8}{'first':>7}{'known':>7}{'covered':>9}{'met':>7}{'two':>6}"


class Outcome(NamedTuple):
    """A brief: its topics and subtopics as tagged, best first, and the accepted subtopics."""

    id: str
    topics: tuple[str, ...]
    given: tuple[str, ...]
    accepted: tuple[str, ...]


def outcomes() -> list[Outcome]:
    """Every labelled brief."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = {row["id"]: tuple(row["label"].split()) for row in csv.DictReader(file)}
    briefs = [json.loads(line) for name in starter.FILES for line in Path(name).read_text("utf-8").splitlines()]
    return [outcome(brief, labels[brief["id"]]) for brief in briefs if brief["id"] in labels]


def outcome(brief: dict[str, Any], accepted: tuple[str, ...]) -> Outcome:
    title, text, language = brief["title"], brief["text"], brief["language"]
    topics = tuple(tag.topic for tag in tag_topics(title, text, language=language))
    given = tuple(tag.topic for tag in tag_subtopics(title, text, topics, language=language))
    return Outcome(brief["id"], topics, given, accepted)


def figures(found: Iterable[Outcome]) -> tuple[float, ...]:
    """right, first, known, covered, met, two."""
    found = list(found)
    pairs = [(key in one.accepted, _may_be(key, one)) for one in found for key in one.given]
    tagged = [one for one in found if one.given]
    return (
        _share(right for right, _ in pairs),
        _share(one.given[0] in one.accepted for one in tagged),
        _share(right for right, known in pairs if known),
        _share(bool(one.given) for one in found if one.topics),
        _share(bool({*one.given} & {*one.accepted}) for one in found if one.accepted),
        _share(len(one.given) == 2 for one in tagged),
    )


def _may_be(key: str, one: Outcome) -> bool:
    return parent(key) in {parent(label) for label in one.accepted}


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def main() -> None:
    found = outcomes()
    print(HEADING)
    for half, wanted in HALVES.items():
        group = [one for one in found if for_looking(one.id) in wanted]
        right, first, known, covered, met, two = figures(group)
        print(f"{half:<8}{len(group):>7}{right:>8.3f}{first:>7.3f}{known:>7.3f}{covered:>9.3f}{met:>7.3f}{two:>6.2f}")
    news()


def news() -> None:
    """What there is to say of real news without labels of this kind: how many get a subtopic, and how fast."""
    path = FOLDER / "topics" / "kpcrowd.jsonl.gz"
    if not path.exists():
        print("500N-KPCrowd is not there: set NEWS_CORPORA to the folder of the corpora")
        return
    texts = [row["text"][:ARTICLE] for row in rows(path)]
    topics = [tuple(tag.topic for tag in tag_topics("", text, language="en")) for text in texts]
    given = [tag_subtopics("", text, above, language="en") for text, above in zip(texts, topics, strict=True)]
    covered = Counter(bool(tags) for tags, above in zip(given, topics, strict=True) if above)
    long = [(text, above) for text, above in zip(texts, topics, strict=True) if len(text) == ARTICLE and above]
    started = time.process_time()
    for text, above in long:
        tag_subtopics("", text, above, language="en")
    spent = (time.process_time() - started) / len(long)
    print(f"500N-KPCrowd: {covered[True] / covered.total():.3f} of {covered.total()} articles with a topic get one")
    print(f"{spent * 1000:.3f} ms for an article of {ARTICLE:,} characters")


if __name__ == "__main__":
    main()
