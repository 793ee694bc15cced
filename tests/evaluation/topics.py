"""How well the topic tagger does on the labelled corpora: ``python -m tests.evaluation.topics [corpus ...]``.

*Closed* takes the best of the topics that the labels of the corpus map to, *open* the best of all 17; an article
without any seed term counts as wrong in both. *Unsure* is the share that gets no topic, *sure* the open accuracy of the
rest, *either* that of their one or two topics. The half "look" may be read for errors, "figure" is only scored.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.tagging.topics import tag_topics, topic_scores
from data.taxonomy import TOPICS
from tests.corpora import FOLDER, for_looking, rows
from tests.evaluation.halves import HALVES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Row = dict[str, Any]
Labels = dict[str, frozenset[str]]
"""Label of a corpus -> the topics that are right for it."""
REPEAT = 0.05
"""An article that shares more of its 4-word runs with an earlier one is a repeat."""


def labels(**topics: str) -> Labels:
    return {label: frozenset(names.split()) for label, names in topics.items()}


WORLD = " ".join(TOPICS.keys() - {"economy", "labour", "science", "environment", "sport"})
MASAKHA = labels(
    business="economy", entertainment="arts", health="health", politics="politics", sports="sport", technology="science"
)
CORPORA: dict[str, Labels] = {
    "bbc5": labels(business="economy", entertainment="arts", politics="politics", sport="sport", tech="science"),
    "ag_news": labels(Business="economy labour", Sports="sport", World=WORLD)
    | {"Sci/Tech": frozenset({"science", "environment"})},
    "kpcrowd": labels(
        art_and_culture="arts",
        business="economy",
        crime="crime",
        fashion="lifestyle arts",
        health="health",
        politics_us="politics",
        politics_world="politics conflict",
        science="science environment health",
        sports="sport",
        tech="science",
    ),
    "masakhanews_eng_dev": MASAKHA,
    "masakhanews_fra_dev": MASAKHA,
    "sib200_dev": labels(travel="lifestyle", politics="politics", sports="sport", health="health", entertainment="arts")
    | {"science/technology": frozenset({"science"})},
}
HEADING = (
    f"{'corpus':<22}{'half':<8}{'rows':>5}{'closed':>8}{'F1':>7}{'open':>7}{'F1':>7}{'unsure':>8}{'sure':>7}"
    f"{'closed sure':>13}{'either':>8}{'two':>6}{'a second':>10}"
)


@dataclass(frozen=True)
class Outcome:
    """What the tagger said of one article: best topic among those of the corpus, best of all, and its tags."""

    label: str
    closed: str
    best: str
    tags: tuple[str, ...]


def main(names: Iterable[str] = ()) -> None:
    print(HEADING)
    for name in names or CORPORA:
        for part, found in parts(name):
            measure(part, found, CORPORA[name])


def parts(name: str) -> Iterator[tuple[str, list[Row]]]:
    """The rows of a corpus that have a label of ours, one part for each language."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(FOLDER / f"topics/{name}.jsonl.gz"):
        if row["label"] in CORPORA[name]:
            found[row["lang"]].append(row)
    for language, group in found.items():
        yield (name if len(found) == 1 else f"{name} {language}"), without_repeats(group) if name == "bbc5" else group


def without_repeats(found: list[Row]) -> list[Row]:
    """`found` without the articles that repeat much of one earlier article."""
    holders: dict[str, list[int]] = defaultdict(list)
    kept: list[Row] = []
    for row in found:
        said = row["text"].lower().split()
        runs = {" ".join(said[start : start + 4]) for start in range(max(1, len(said) - 3))}
        shared = Counter(number for run in runs for number in holders[run])
        if not shared or max(shared.values()) <= REPEAT * len(runs):
            for run in runs:
                holders[run].append(len(kept))
            kept.append(row)
    return kept


def measure(name: str, found: list[Row], right: Labels) -> None:
    """Print one line a half."""
    tag_topics("", "war", language=found[0]["lang"])  # loads the seed terms
    for half, wanted in HALVES.items():
        group = [row for row in found if for_looking(row["id"]) in wanted]
        outcomes = [outcome(row, frozenset().union(*right.values())) for row in group]
        started = time.perf_counter()
        for row in group:
            tag_topics(row.get("title") or "", row["text"], language=row["lang"])
        print(line(name, half, outcomes, right) + f"{len(group) / (time.perf_counter() - started):>10.0f}")


def outcome(row: Row, choice: frozenset[str]) -> Outcome:
    title, text = row.get("title") or "", row["text"]
    scores = topic_scores(title, text, language=row["lang"])
    known = any(scores.values())
    tags = tuple(tag.topic for tag in tag_topics(title, text, language=row["lang"]))
    closed = max((topic for topic in scores if topic in choice), key=scores.__getitem__)
    return Outcome(row["label"], closed if known else "", max(scores, key=scores.__getitem__) if known else "", tags)


def line(name: str, half: str, outcomes: list[Outcome], right: Labels) -> str:
    sure = [found for found in outcomes if found.tags]
    return (
        f"{name:<22}{half:<8}{len(outcomes):>5}"
        f"{share(found.closed in right[found.label] for found in outcomes):>8}"
        f"{macro_f1([(found.label, found.closed) for found in outcomes], right):>7}"
        f"{share(found.best in right[found.label] for found in outcomes):>7}"
        f"{macro_f1([(found.label, found.best) for found in outcomes], right):>7}"
        f"{share(not found.tags for found in outcomes):>8}"
        f"{share(found.tags[0] in right[found.label] for found in sure):>7}"
        f"{share(found.closed in right[found.label] for found in sure):>13}"
        f"{share(bool(right[found.label].intersection(found.tags)) for found in sure):>8}"
        f"{share(len(found.tags) == 2 for found in sure):>6}"
    )


def share(values: Iterable[bool]) -> str:
    found = list(values)
    return f"{100 * sum(found) / len(found):.1f}" if found else "-"


def macro_f1(pairs: list[tuple[str, str]], right: Mapping[str, frozenset[str]]) -> str:
    """Mean F1 over the labels; a topic that is right for several labels is read as the true one of them if possible."""
    hits: Counter[str] = Counter(label for label, topic in pairs if topic in right[label])
    given: Counter[str] = Counter()
    for label, topic in pairs:
        meant = [label] if topic in right[label] else [other for other in right if topic in right[other]]
        given.update(meant[:1])
    true = Counter(label for label, _ in pairs)
    return f"{100 * sum(2 * hits[label] / (given[label] + true[label]) for label in true) / len(true):.1f}"


if __name__ == "__main__":
    main(sys.argv[1:])
