"""Comparing two selections: what both hold, differences with intervals, words that differ, and their sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.comparing.examples import examples, has, sentences_with
from data.comparing.overlap import meeting, overlap
from data.comparing.periods import days_of, previous_period, year_before
from data.comparing.shares import COLUMNS, compared
from data.comparing.words import apart
from data.engines.memory import MemoryEngine
from data.facets import NONE
from data.selection import Selection
from data.sentences import flat, spans
from data.statistics import adjusted, chance_of_difference, discoveries, newcombe, times_as_often
from tests.hostile_texts import HOSTILE
from tests.samples import article as sample
from tests.samples import newsroom, table, tagged

ALL = Selection()
SMALL = MemoryEngine(tagged())
LARGE = MemoryEngine(newsroom())
PAIRS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("a", "of_a", "b", "of_b", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (10, 10, 0, 20, 0.6791, 1.0),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_that_of_the_paper(
    a: int, of_a: int, b: int, of_b: int, low: float, high: float
) -> None:
    found = newcombe([a], of_a, [b], of_b)
    assert found[0][0] == pytest.approx(low, abs=6e-5)
    assert found[1][0] == pytest.approx(high, abs=6e-5)


@settings(deadline=None)
@given(PAIRS, PAIRS, st.floats(0, 1))
def test_the_interval_holds_the_difference_and_what_is_shared_narrows_it(
    a: tuple[int, int], b: tuple[int, int], part: float
) -> None:
    shared = int(part * min(a[1], b[1]))
    low, high = newcombe(a[0], a[1], b[0], b[1], shared)
    whole_low, whole_high = newcombe(a[0], a[1], b[0], b[1])
    gap = a[0] / a[1] - b[0] / b[1]
    assert -1 <= low <= gap + 1e-12
    assert gap - 1e-12 <= high <= 1
    assert whole_low <= low + 1e-12
    assert high <= whole_high + 1e-12


@settings(deadline=None)
@given(PAIRS, PAIRS)
def test_chances_are_probabilities_and_the_same_from_both_sides(a: tuple[int, int], b: tuple[int, int]) -> None:
    one = chance_of_difference(a[0], a[1], b[0], b[1])
    other = chance_of_difference(b[0], b[1], a[0], a[1])
    assert 0 <= one <= 1
    assert float(one) == pytest.approx(float(other), rel=1e-6)


@settings(deadline=None)
@given(PAIRS, PAIRS)
def test_a_part_against_the_whole_is_tested_as_the_part_against_the_rest(
    part: tuple[int, int], rest: tuple[int, int]
) -> None:
    whole = part[0] + rest[0], part[1] + rest[1]
    inside = chance_of_difference(part[0], part[1], *whole, both=part[0], shared=part[1])
    apart_from_it = chance_of_difference(part[0], part[1], *rest)
    assert float(inside) == pytest.approx(float(apart_from_it), rel=1e-6)


def test_a_chance_is_that_of_the_score_test() -> None:
    # N - 1 chi-squared of 90/200 against 60/200: (N - 1)(ad - bc)^2 / (m n r s) = 9.5760, p = 0.001971.
    assert float(chance_of_difference(90, 200, 60, 200)) == pytest.approx(0.001971, rel=1e-3)
    assert float(chance_of_difference(5, 50, 5, 50)) == pytest.approx(1)
    assert float(chance_of_difference(3, 50, 0, 50)) == pytest.approx(0.25)  # exact: 2 * 0.5 ** 3
    assert float(chance_of_difference(3, 0, 0, 50)) == 1


def test_chance_alone_makes_hardly_any_difference_clear() -> None:
    draw = np.random.default_rng(3)
    base = draw.uniform(0.001, 0.6, 4000)
    chance = chance_of_difference(draw.binomial(300, base), 300, draw.binomial(900, base), 900)
    assert (chance <= 0.05).mean() <= 0.055
    assert not (adjusted(chance, len(chance)) <= 0.05).any()


def test_adjusted_chances_keep_what_discoveries_keep() -> None:
    p = [0.001, 0.012, 0.02, 0.3, 0.008, 0.9]
    assert (adjusted(p, 6) <= 0.05).tolist() == discoveries(p, 6).tolist()
    assert adjusted(p, 6) == pytest.approx([0.006, 0.024, 0.03, 0.36, 0.024, 0.9])
    assert (adjusted(p, 600) >= adjusted(p, 6)).all()
    assert adjusted([], 0).tolist() == []


@settings(deadline=None)
@given(PAIRS, PAIRS)
def test_times_as_often_lies_in_its_interval_and_turns_round(a: tuple[int, int], b: tuple[int, int]) -> None:
    ratio, low, high = times_as_often(a[0], a[1], b[0], b[1])
    turned = times_as_often(b[0], b[1], a[0], a[1])
    assert 0 <= low <= high
    assert float(ratio) == pytest.approx(1 / float(turned[0]))
    if a[0] + b[0] > 2 and a[0] and b[0]:
        assert low < ratio < high


def test_times_as_often_is_shrunk_towards_one() -> None:
    ratio, low, _ = times_as_often([60, 3, 0], 100, [10, 0, 0], 100)
    assert ratio[0] == pytest.approx(60.5 / 10.5)
    assert ratio[1] == pytest.approx(7)
    assert low[1] < 1
    assert ratio[2] == pytest.approx(1)


def chosen(**values: list[str]) -> Selection:
    selection = ALL
    for name, each in values.items():
        selection = selection.choose(name, each)
    return selection


MARCH, APRIL = ALL.between(date(2025, 3, 1), date(2025, 3, 31)), ALL.between(date(2025, 4, 1), None)
CASES: tuple[tuple[Selection, Selection, int | None], ...] = (
    (ALL, ALL, 6),
    (chosen(country=["FR"]), ALL, 3),
    (chosen(country=["FR"]), chosen(country=["DE"]), 1),
    (chosen(country=["FR"]), chosen(country=["NG"]), 0),
    (chosen(country=["FR", "NG"]), chosen(country=["FR", "DE"]), 3),
    (chosen(publisher=["Herald", "Post"]), chosen(publisher=["Post", "Globe"]), 2),
    (chosen(publisher=["Herald"]), chosen(publisher=["Post"]), 0),
    (chosen(country=["FR"], topic=["politics"]), chosen(country=["JP"], topic=["sport"]), 0),
    (chosen(country=["FR"], topic=["politics"]), chosen(country=["DE"], topic=["economy"]), 1),
    (MARCH, APRIL, 0),
    (MARCH, ALL.between(date(2025, 3, 2), None), 2),
    (chosen(day=[NONE]), MARCH, 0),
    (chosen(day=[NONE]), chosen(topic=["politics"]), 1),
    (Selection(text="budget"), Selection(text="summit"), 1),
    (Selection(text="budget"), Selection(text="(summit"), None),
    (Selection(text='"budget'), Selection(text="summit"), None),
    (
        chosen(country=["FR"], topic=["politics"], keyword=["budget"]),
        chosen(country=["DE"], topic=["economy"], keyword=["summit"]),
        None,
    ),
)


@pytest.mark.parametrize(("a", "b", "n"), CASES)
def test_what_both_hold_is_counted(a: Selection, b: Selection, n: int | None) -> None:
    assert overlap(SMALL, a, b).n == n
    assert overlap(SMALL, b, a).n == n


VALUES = {
    "country": ["FR", "DE", "NG", "JP"],
    "topic": ["politics", "sport", "economy"],
    "publisher": ["Herald", "Post"],
}


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    selection = ALL
    for name, values in VALUES.items():
        selection = selection.choose(name, draw(st.lists(st.sampled_from(values), max_size=2, unique=True)))
    return selection


@settings(max_examples=40, deadline=None)
@given(selections(), selections())
def test_what_both_hold_is_what_the_rows_say(a: Selection, b: Selection) -> None:
    ids = [set(SMALL.articles(side)["id"]) for side in (a, b)]
    met = overlap(SMALL, a, b)
    assert met.n == len(ids[0] & ids[1])
    topics = met.counts(SMALL, "topic")
    rows = SMALL.articles(ALL).set_index("id")
    for topic in VALUES["topic"]:
        assert topics.get(topic, 0) == sum(topic in rows["topics"][each] for each in ids[0] & ids[1])


def test_selections_that_cannot_meet_ask_nothing() -> None:
    assert meeting(MARCH, APRIL) == ()


def test_shares_are_of_each_selections_own_total() -> None:
    found = compared(LARGE, chosen(country=["ES"]), chosen(country=["US"]), "topic")
    assert tuple(found.columns) == COLUMNS
    assert found["a_of"].unique().tolist() == [12]
    assert found["b_of"].unique().tolist() == [8]
    by_topic = found.set_index("value")
    assert by_topic.loc["disaster", ["a_n", "b_n", "a_share", "b_share", "difference"]].tolist() == [12, 0, 1, 0, 1]
    assert by_topic.loc["disaster", "clear"]
    assert by_topic.loc["crime", "difference"] == -1
    assert ((found["low"] <= found["difference"]) & (found["difference"] <= found["high"])).all()
    assert found[["a_share", "b_share"]].max(axis=1).is_monotonic_decreasing


def test_a_selection_does_not_differ_from_itself() -> None:
    found = compared(LARGE, ALL, ALL, "topic")
    assert (found["difference"] == 0).all()
    assert not found["clear"].any()
    listed, tested = apart(LARGE, ALL, ALL)
    assert listed.empty
    assert tested > 0


@pytest.mark.parametrize("unit", ["stories", "publishers"])
def test_other_units_are_compared_too(unit: Any) -> None:
    found = compared(LARGE, chosen(country=["ES"]), chosen(country=["US"]), "topic", unit)
    of = [LARGE.totals(chosen(country=[code]), unit).n for code in ("ES", "US")]
    assert found[["a_of", "b_of"]].iloc[0].tolist() == of


def test_only_the_named_values_are_compared() -> None:
    found = compared(LARGE, chosen(country=["ES"]), ALL, "topic", only={"disaster", "sport"})
    assert set(found["value"]) <= {"disaster", "sport"}


def test_nothing_against_something_says_nothing() -> None:
    found = compared(LARGE, chosen(country=["ZW"]), ALL, "topic")
    assert (found["a_share"] == 0).all()
    assert not found["clear"].any()


def test_words_belong_to_the_side_that_has_them() -> None:
    listed, tested = apart(LARGE, chosen(topic=["disaster"]), ALL)
    assert tested >= len(listed)
    clear = listed[listed["clear"] & (listed["side"] == "A")]
    assert set(clear["word"]) == {"flood", "dam"}
    assert clear[["a_n", "a_of", "b_n", "b_of"]].iloc[0].tolist() == [12, 12, 12, 322]
    assert (clear["times"] > 5).all()
    assert (clear["least"] > 1).all()
    turned, _ = apart(LARGE, ALL, chosen(topic=["disaster"]))
    assert set(turned.loc[turned["side"] == "B", "word"]) == {"flood", "dam"}
    assert turned["z"].tolist() == pytest.approx((-listed["z"]).tolist())


def test_the_surest_words_come_first() -> None:
    listed, _ = apart(LARGE, chosen(topic=["disaster"]), chosen(topic=["crime"]))
    assert listed["clear"].tolist() == sorted(listed["clear"], reverse=True)
    assert listed.loc[listed["clear"], "z"].abs().is_monotonic_decreasing


SPELT = (
    (
        "Ministers agreed on a ceasefire. Nobody laughed at all.",
        "ceasefire",
        "en",
        ["Ministers agreed on a ceasefire."],
    ),
    ("Elections are held in the north on Sunday.", "election", "en", ["Elections are held in the north on Sunday."]),
    ("The National Bank of Georgia raised rates again.", "national bank", "en", 1),
    ("Short ceasefire.", "ceasefire", "en", []),
    ("A ceasefire line that never ends and has no mark at its end", "ceasefire", "en", []),
    ("Read more: Ceasefire talks go on in Geneva this week.", "ceasefire", "en", []),
    ("中国政府宣布经济改革新计划并公布时间表。", "经济", "zh", 1),
)


@pytest.mark.parametrize(("text", "word", "language", "found"), SPELT)
def test_sentences_with_a_word_are_found(text: str, word: str, language: str, found: list[str] | int) -> None:
    said = sentences_with(text, word, language)
    assert (len(said) if isinstance(found, int) else said) == found


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert not has("The ambassador spoke to them.", "assad", "en")


def test_examples_come_from_both_sides_and_stand_in_their_articles() -> None:
    texts = {
        "x": "Rivers rose in the night. A flood took two bridges near Valencia on Tuesday morning.",
        "y": "Prices fell. Insurers counted what the flood had cost them in the south.",
    }
    frame = table([sample(name, text=text) for name, text in texts.items()])
    frame = frame.assign(keywords=[["flood"], ["flood"]], countries=[["ES"], ["FR"]])
    engine = MemoryEngine(frame)
    sides = (chosen(country=["ES"]), chosen(country=["FR"]))
    found = examples(engine, [("flood", sides), ("drought", sides)])
    assert list(found) == ["flood"]
    assert [name for _, name in found["flood"]] == ["x", "y"]
    assert all(said in texts[name] for said, name in found["flood"])
    assert examples(engine, [("flood", (sides[0], ALL))])["flood"][0][1] == "x"


def test_a_chosen_keyword_stays_chosen_in_examples() -> None:
    frame = table([sample("x", text="A flood took two bridges near Valencia on Tuesday.")])
    engine = MemoryEngine(frame.assign(keywords=[["flood"]]))
    assert examples(engine, [("flood", (chosen(keyword=["fire"]),))]) == {}


CUT = (
    ("One is here. Two is there.", "", ["One is here.", "Two is there."]),
    ("Mr. Smith met the U.S. envoy. He left.", "en", ["Mr. Smith met the U.S. envoy.", "He left."]),
    ("It rose 3.5 percent! Who knew? Nobody…", "en", ["It rose 3.5 percent!", "Who knew?", "Nobody…"]),
    ("“Stop.” She left.", "en", ["“Stop.”", "She left."]),
    ("Am 3. Mai kam er. Dann ging er.", "de", ["Am 3. Mai kam er.", "Dann ging er."]),
    ("It was chapter 3. Then came more.", "en", ["It was chapter 3.", "Then came more."]),
    ("第一句话。第二句话！第三句？", "zh", ["第一句话。", "第二句话！", "第三句？"]),
    ("هل وصل؟ نعم وصل اليوم.", "ar", ["هل وصل؟", "نعم وصل اليوم."]),
    ("यह पहला है। यह दूसरा है।", "hi", ["यह पहला है।", "यह दूसरा है।"]),
    ("A heading\n\nA sentence here.", "en", ["A heading", "A sentence here."]),
    ("A heading\nA sentence here.", "en", ["A heading", "A sentence here."]),
    ("A line that goes\non here. Next.", "en", ["A line that goes on here.", "Next."]),
    ("", "en", []),
)


@pytest.mark.parametrize(("text", "language", "found"), CUT)
def test_texts_are_cut_into_sentences(text: str, language: str, found: list[str]) -> None:
    assert [flat(text[start:end]) for start, end in spans(text, language)] == found


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    lines = [
        "The ministers of nine states met on Friday in Geneva and the Bank",
        "Of England said that Nine of the Ten rates would stay as they are",
        "Until the end of the year, the chairman of the council told them",
        "When the talks ended. Nobody objected to the plan of the council",
        "Before the vote.",
    ]
    assert len(list(spans("\n".join(lines), "en"))) == 2


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(list('aA1 .!?\n"“”。؟()…\t')), max_size=80))
def test_sentences_are_parts_in_order_and_leave_no_letter_out(text: str) -> None:
    found = list(spans(text))
    reached, left = 0, ""
    for start, end in found:
        assert reached <= start < end
        left += text[reached:start]
        reached = end
    assert not (left + text[reached:]).strip()


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_cut(kind: str) -> None:
    text = HOSTILE[kind](60_000)
    for language in ("en", "zh", ""):
        assert all(end <= 20_000 for _, end in spans(text, language))
    sentences_with(text, "election", "en")


def test_previous_and_earlier_periods() -> None:
    totals = SMALL.totals(ALL)
    month = ALL.between(date(2025, 3, 1), date(2025, 3, 31)).choose("topic", ["sport"])
    before = previous_period(month, totals)
    assert before
    assert (before.first, before.last) == (date(2025, 2, 1), date(2025, 2, 28))
    assert before.chosen("topic") == ("sport",)
    week = previous_period(ALL.between(date(2025, 3, 3), date(2025, 3, 9)), totals)
    assert week
    assert (week.first, week.last) == (date(2025, 2, 24), date(2025, 3, 2))
    year = year_before(ALL.between(date(2024, 2, 1), date(2024, 2, 29)), totals)
    assert year
    assert (year.first, year.last) == (date(2023, 2, 1), date(2023, 2, 28))
    open_ended = previous_period(ALL, totals)
    assert open_ended
    assert open_ended.last == date(2025, 2, 28)


def test_without_dates_there_is_no_period_before() -> None:
    undated = SMALL.totals(chosen(day=[NONE]))
    assert days_of(ALL, undated) is None
    assert previous_period(ALL, undated) is None
    assert year_before(ALL, undated) is None
    assert previous_period(ALL.between(date.min, date.max), undated) is None


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_the_period_before_ends_the_day_before(first: date, length: int) -> None:
    selection = ALL.between(first, date.fromordinal(first.toordinal() + length))
    before = previous_period(selection, SMALL.totals(ALL))
    assert before
    assert before.first
    assert before.last
    assert (first - before.last).days == 1
    assert abs((before.last - before.first).days - length) <= 3
