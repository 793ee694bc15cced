"""How well the topic tagger does on the labelled corpora: ``python -m tests.evaluation.topics [corpus ...]``.

*Closed* takes the best of the topics that the labels of the corpus map to, *open* the best of all 17; an article
without any evidence counts as wrong in both. *Half* is the closed accuracy of the half with the higher scores.
*Unsure* is the share that gets no topic, *sure* the open accuracy of the rest, *either* that of their one or two
topics. The half "look" may be read for errors, "figure" is only scored.

Below stands how often the best of all topics is right at each score, The sentences in
Russian, Portuguese and Swahili are our own, see ``topic_sentences.toml``; no open corpus has these languages.
"""

from __future__ import annotations

import sys
import time
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
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
SENTENCES = Path(__file__).with_name("topic_sentences.toml")
HEADING = (
    f"{'corpus':<22}{'half':<8}{'rows':>5}{'closed':>8}{'F1':>7}{'half':>7}{'open':>7}{'F1':>7}{'unsure':>8}{'sure':>7}"
    f"{'closed sure':>13}{'either':>8}{'two':>6}{'a second':>10}"
)


@dataclass(frozen=True)
class Outcome:
    """What the tagger said of one article: best topic among those of the corpus, best of all, its score, its tags."""

    label: str
    closed: str
    best: str
    tags: tuple[str, ...]
    score: float = 0.0


def main(names: Iterable[str] = ()) -> None:
    print(HEADING)
    scored: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for name in names or CORPORA:
        right = CORPORA[name]
        for part, found in parts(name):
            for half, outcomes in measure(part, found, right).items():
                scored[half] += [(one.score, one.best in right[one.label]) for one in outcomes]
    for half in ("look", "figure"):
        print(f"\n{half:<8}" + "".join(f"{cell:>16}" for cell in calibration(scored[half])))
    if not names:
        own_sentences()


def calibration(scored: Iterable[tuple[float, bool]]) -> list[str]:
    """For each tenth of the scores its first value, the share that is right, and the number of articles."""
    tenths: dict[int, list[bool]] = defaultdict(list)
    for score, right in scored:
        tenths[min(int(10 * score), 9)].append(right)
    return [f".{tenth}: {share(found)} ({len(found)})" for tenth, found in sorted(tenths.items())]


def own_sentences() -> None:
    """Print the line of each language in SENTENCES: all 17 topics, one sentence an article."""
    topics: Labels = {topic: frozenset({topic}) for topic in TOPICS}
    for language, listed in tomllib.loads(SENTENCES.read_text(encoding="utf-8")).items():
        found = [
            {"title": "", "text": text, "lang": language, "label": label} for label in listed for text in listed[label]
        ]
        outcomes = [outcome(row, frozenset(TOPICS)) for row in found]
        print(line(f"own sentences {language}", "all", outcomes, topics))


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


def measure(name: str, found: list[Row], right: Labels) -> dict[str, list[Outcome]]:
    """Print one line a half; the outcomes of each."""
    tag_topics("", "war", language=found[0]["lang"])  # loads the seed terms
    halves: dict[str, list[Outcome]] = {}
    for half, wanted in HALVES.items():
        group = [row for row in found if for_looking(row["id"]) in wanted]
        halves[half] = [outcome(row, frozenset().union(*right.values())) for row in group]
        started = time.perf_counter()
        for row in group:
            tag_topics(row.get("title") or "", row["text"], language=row["lang"])
        print(line(name, half, halves[half], right) + f"{len(group) / (time.perf_counter() - started):>10.0f}")
    return halves


def outcome(row: Row, choice: frozenset[str]) -> Outcome:
    title, text = row.get("title") or "", row["text"]
    scores = topic_scores(title, text, language=row["lang"])
    known = any(scores.values())
    tags = tuple(tag.topic for tag in tag_topics(title, text, language=row["lang"]))
    closed = max((topic for topic in scores if topic in choice), key=scores.__getitem__) if known else ""
    best = max(scores, key=scores.__getitem__) if known else ""
    return Outcome(row["label"], closed, best, tags, max(scores.values()))


def line(name: str, half: str, outcomes: list[Outcome], right: Labels) -> str:
    sure = [found for found in outcomes if found.tags]
    confident = sorted(outcomes, key=lambda found: -found.score)[: len(outcomes) // 2]
    return (
        f"{name:<22}{half:<8}{len(outcomes):>5}"
        f"{share(found.closed in right[found.label] for found in outcomes):>8}"
        f"{macro_f1([(found.label, found.closed) for found in outcomes], right):>7}"
        f"{share(found.closed in right[found.label] for found in confident):>7}"
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
