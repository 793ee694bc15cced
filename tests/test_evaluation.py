"""The evaluation itself: figures of examples counted by hand, laws of the intervals, peers, and the table's words."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation import readme, render, table, topics
from tests.evaluation.bootstrap import Estimate, Sample, estimate
from tests.evaluation.metrics import Confident, Pairs, macro_f1, micro_f1, precision_at, ratio, share
from tests.evaluation.peers import clustering, minhash
from tests.evaluation.table import OURS, Line, Measure, Tool, Trial
from tests.evaluation.trials import duplicates as duplicate_trials
from tests.evaluation.trials import keywords as keyword_trials
from tests.evaluation.trials import places as place_trials
from tests.evaluation.trials import topics as topic_trials
from tests.evaluation.trials import trials

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RIGHT = {"a": frozenset({"x"}), "b": frozenset({"y", "z"}), "c": frozenset({"z"})}


def value(sample: Sample) -> float:
    found = estimate(sample)
    assert found is not None
    return found.value


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (micro_f1([{"FR", "DE"}, set()], [{"FR"}, {"IT"}]), 2 * 1 / (2 + 2)),
        (micro_f1([["FR", "FR"]], [["FR"]]), 1.0),
        (micro_f1([set()], [set()]), 0.0),
        (share([True, False, True, True]), 3 / 4),
        (precision_at(10, [5, 2]), 7 / 20),
        (ratio([(1, 2), (2, 2)]), 3 / 4),
        (macro_f1(["a", "a", "b", "c"], ["x", "y", "z", "z"], RIGHT), (2 / 3 + 2 / 3 + 1) / 3),
        (macro_f1(["a", "a"], ["x", ""], RIGHT), 2 / 3),
        (macro_f1(["a", "b"], ["unknown", "y"], RIGHT), 1 / 2),
        (Confident(np.array([1.0, 1, 0, 0]), np.array([4.0, 3, 2, 1])), 1.0),
        (Confident(np.array([1.0, 0, 1, 0]), np.array([1.0, 4, 2, 3])), 0.0),
        (Confident(np.array([1.0, 0, 0]), np.array([3.0, 2, 1])), 1 / 1.5),
        (Pairs([1, 1, 1, 2], "aabb"), 2 * 1 / (3 + 2)),
        (Pairs([1, 2, 3], "aaa"), 0.0),
        (Pairs("xxyy", "aabb"), 1.0),
    ],
)
def test_figures_counted_by_hand(sample: Sample, expected: float) -> None:
    assert value(sample) == pytest.approx(expected)


def test_macro_f1_is_that_of_the_detailed_table() -> None:
    pairs = [("a", "x"), ("a", "y"), ("b", "y"), ("c", "z"), ("c", ""), ("b", "x"), ("a", "other")]
    labels, given_topics = zip(*pairs, strict=True)
    assert f"{100 * value(macro_f1(labels, given_topics, RIGHT)):.1f}" == topics.macro_f1(pairs, RIGHT)


def test_a_document_drawn_twice_makes_no_pair_with_itself() -> None:
    sample = Pairs("xy", "aa")
    assert sample.figures(np.array([[2.0, 0.0], [1.0, 1.0]])).tolist() == [0.0, 0.0]
    assert Pairs("xxy", "aab").figures(np.array([[2.0, 1.0, 0.0]])).tolist() == [1.0]


counts = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)).map(lambda row: (min(row), row[1])), min_size=1)


@given(counts)
def test_an_interval_holds_its_figure(rows: list[tuple[int, int]]) -> None:
    found = estimate(ratio(rows))
    assert found is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1
    assert found.size == len(rows)


@given(counts)
def test_the_same_documents_give_the_same_interval(rows: list[tuple[int, int]]) -> None:
    assert estimate(ratio(rows)) == estimate(ratio(rows))


def test_intervals_narrow_with_more_documents() -> None:
    """Four times the documents halve it; the interval of a share is near the one from the normal distribution."""
    few, many = (estimate(share([True, False] * n)) for n in (100, 400))
    assert few
    assert many
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(2, rel=0.15)
    assert many.high - many.low == pytest.approx(2 * 1.96 * (0.25 / 800) ** 0.5, rel=0.15)


def test_no_documents_no_estimate() -> None:
    assert estimate(share([])) is None


def toy(answers: Callable[[Sequence[Any]], list[Any]], **more: Any) -> Tool:
    return Tool(more.pop("name", OURS), lambda: answers, **more)


def trial(*tools: Tool, target: float | None = 0.7, halves: bool = True) -> Trial:
    rows = [{"id": str(n), "true": n % 2, "looking": n < 6} for n in range(10)]
    measure = Measure(
        "share", lambda found, said: share([r["true"] == s for r, s in zip(found, said, strict=True)]), target
    )
    return Trial("toys", lambda: rows, tools, (measure,), looking=(lambda row: row["looking"]) if halves else None)


def test_a_trial_has_a_line_for_each_tool() -> None:
    ours = toy(lambda rows: [row["true"] if row["looking"] else 1 for row in rows])
    missing = toy(lambda rows: [], name="peer", needs=("no_such_package_anywhere",))
    first, second = table.run(trial(ours, missing))
    assert first.every is not None
    assert first.unseen is not None
    assert (first.every.value, first.unseen.value, first.unseen.size) == (0.8, 0.5, 4)
    assert first.missed == ("unseen half",)
    assert first.speed is not None
    assert (second.every, second.note) == (None, "not installed: no_such_package_anywhere")


def test_a_trial_without_halves() -> None:
    (line,) = table.run(trial(toy(lambda rows: [1] * len(rows)), halves=False, target=0.5))
    assert line.unseen is None
    assert render.verdict(line) == "reached"


def test_a_corpus_that_is_not_there_is_a_line() -> None:
    def absent() -> list[table.Row]:
        pytest.skip("needs toys.jsonl")

    tools = (toy(lambda rows: []),)
    (line,) = table.run(Trial("toys", absent, tools, (Measure("share", lambda rows, said: share([])),)))
    assert line.note == "not measured: needs toys.jsonl"
    assert "needs toys.jsonl" in render.text_line(line)


HALF = Estimate(0.5, 0.25, 0.75, 8)
LINES = [
    Line("toys", "share", OURS, 0.6, HALF, Estimate(0.6, 0.6, 0.6, 4), 1234.5),
    Line("toys", "share", "peer", None, HALF, None, 10.0),
    Line("toys", "share", "other", note="not installed: other"),
]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LINES[0], "toys share .600 .500 [.250–.750] of 8 .600 [.600–.600] of 4 1,234 MISSED: all rows"),
        (LINES[1], "peer .500 [.250–.750] of 8 10"),
        (LINES[2], "other not installed: other"),
        (Line("t", "m", OURS, 0.9, Estimate(0.8996, 0, 1.0, 1)), "t m .900 .900 [.000–1.000] of 1 reached"),
    ],
)
def test_lines_of_the_table(line: Line, words: str) -> None:
    assert " ".join(render.text_line(line).split()) == words


def test_the_section_of_the_readme() -> None:
    section = readme.section(LINES, [], date(2026, 1, 5))
    assert "Measured on 5 January 2026 with `python -m tests.evaluation`" in section
    row = "| toys, 8 / 4 | share | .60 | .500 [.250–.750] **below** | .600 [.600–.600] | peer .500; other – | 1,234 |"
    assert row in section.splitlines()


def test_the_data_hold_all_figures() -> None:
    data = render.data(LINES, [])
    assert [figure["every"] and figure["every"]["value"] for figure in data["figures"]] == [0.5, 0.5, None]
    assert data["figures"][0]["missed"] == ("all rows",)


ARTICLE = {"id": "1", "title": "Talks in Tokyo", "text": "The ministers of Germany and Kenya met in Tokyo. Kenya won."}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("geotext", {"DE": 1, "KE": 2, "JP": 2}),
        ("flashgeotext", {"DE": 1, "KE": 2}),
        ("list of country names", {"DE": 1, "KE": 2}),
    ],
)
def test_peers_for_countries(name: str, expected: dict[str, int]) -> None:
    tool = next(tool for tool in place_trials.TRIALS[0].tools if tool.name == name)
    ((countries, main),) = loaded(tool)([ARTICLE])
    assert countries == frozenset(expected)
    assert Counter(expected)[main] == max(expected.values())


def loaded(tool: Tool) -> Callable[[Sequence[Any]], Sequence[Any]]:
    for package in tool.needs:
        pytest.importorskip(package)
    return tool.load()


@pytest.mark.parametrize("tool", topic_trials.PEERS, ids=lambda tool: tool.name)
def test_peers_for_topics(tool: Tool) -> None:
    text = "The football team won the sport event; its players praised the competition and the coach."
    (scores,) = loaded(tool)([{"id": "1", "title": "Sport", "text": text}])
    assert max(scores, key=scores.__getitem__) == "sport"
    assert len(scores) == 17


@pytest.mark.parametrize(
    "tool",
    keyword_trials.TOOLS,
    ids=lambda tool: tool.name,
)
def test_tools_for_keywords(tool: Tool) -> None:
    text = "The glacier melts. Scientists measured the glacier and its meltwater. A glacier feeds the river."
    (words,) = loaded(tool)([{"id": "1", "text": text}])
    assert "glacier" in {word.lower() for word in words}
    assert len(words) <= 10


def test_peers_for_copies() -> None:
    pytest.importorskip("datasketch")
    text = " ".join(f"word{number}" for number in range(60))
    rows = [{"id": "a", "text": text}, {"id": "b", "text": f"{text} more"}, {"id": "c", "text": "other words " * 9}]
    assert minhash.load(0.5)(rows) == [{"b"}, {"a"}, frozenset()]


def test_peers_for_stories() -> None:
    pytest.importorskip("sklearn")
    texts = ("The volcano erupts in Iceland", "Iceland volcano erupts again", "Parliament passes budget")
    first, second, third = clustering.load(0.9, 7)(
        [{"title": "", "text": text, "date": "2026-01-05"} for text in texts]
    )
    assert first == second != third


LINKED: list[table.Row] = [
    {"id": "a", "copy_of": None, "donor": None, "level": None},
    {"id": "b", "copy_of": None, "donor": None, "level": None},
    {"id": "x", "copy_of": "a", "donor": "b", "level": "heavy"},
    {"id": "y", "copy_of": "a", "donor": None, "level": "light"},
]


def test_links_between_copies() -> None:
    """A donor is a right match; a link of two originals is not."""
    rows = duplicate_trials.related(LINKED)
    answers = [frozenset({"b"}), frozenset({"a", "x"}), frozenset({"b"}), frozenset()]
    assert value(duplicate_trials.precision(rows, answers)) == pytest.approx(2 / 4)
    assert value(duplicate_trials.recall("heavy", rows, answers)) == 1.0
    assert value(duplicate_trials.recall("light", rows, answers)) == 0.0


def test_all_trials_are_well_formed() -> None:
    found = list(trials())
    names = [trial.corpus for trial in found]
    assert len(names) == len(set(names))
    assert [trial.corpus for trial in found if trial.tools[0].name != OURS] == []
    assert all(trial.measures for trial in found)
