"""The panels that compare two selections: what they draw, say and list, and that all their numbers agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from components import panels, theme
from components.asking import Ask
from components.compare import map as compare_map
from components.compare import pairs, words
from components.compare.sides import LONGEST, Sides
from components.content import Apart, Course, Paired, Places, Ranked, Source
from components.method import Method
from components.view import View
from components.wording import percent, points
from data.comparing.periods import previous_period
from data.engines import UNITS
from data.engines.memory import MemoryEngine
from data.frames import rows
from data.selection import Selection
from tests.plotted import plotted
from tests.samples import DAYS, FIRST_DAY, newsroom, tagged

ALL = Selection()
ENGINE = MemoryEngine(newsroom())
SPAIN, AMERICA = (ALL.choose("country", [code]) for code in ("ES", "US"))
LATE = ALL.between(FIRST_DAY + timedelta(50), FIRST_DAY + timedelta(DAYS - 1))
EARLY = ALL.between(FIRST_DAY, FIRST_DAY + timedelta(49))
HOSTILE = "=1+1 <script>alert(1)</script> **bold** \u202e\x00"


def ask(a: Selection, b: Selection, engine: MemoryEngine = ENGINE, **view: Any) -> Ask:
    return Ask(engine, a, View(mode="compare", **view), Source("Tests"), b)


CASES = {
    "countries": (SPAIN, AMERICA),
    "part": (SPAIN, ALL),
    "periods": (LATE, EARLY),
    "same": (SPAIN, SPAIN),
    "empty": (SPAIN, ALL.choose("country", ["ZW"])),
    "nothing": (ALL.choose("country", ["ZW"]), ALL.choose("country", ["AQ"])),
    "hostile": (replace(ALL, text=HOSTILE), ALL),
    "publishers": (ALL.choose("publisher", ["P1"]), ALL.choose("publisher", ["P2"])),
}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("panel", panels.COMPARED)
def test_every_panel_says_everything_it_has_to(panel: str, case: str, unit: Any) -> None:
    made = panels.content(panel, ask(*CASES[case], unit=unit))
    assert made.panel == panel
    assert (made.marks is None) == bool(made.empty)
    for said in (made.title, made.caption, made.alt):
        assert said.strip()
        assert "\x00" not in said
        assert "\u202e" not in said
    assert made.sentence or made.empty
    assert "\x00" not in made.sentence
    assert {label for label, _ in made.method.rows()} >= {"Selection", "Counted", "Base of shares", "Method"}
    if made.figure:
        for palette in (theme.LIGHT, theme.DARK):
            drawn = made.figure(palette)
            plotted(drawn)
            assert "<script" not in drawn.to_json()


def test_both_sides_are_named_by_what_they_differ_in() -> None:
    shared = ALL.choose("topic", ["disaster"])
    both = Sides(ask(shared.choose("country", ["ES"]), shared.choose("country", ["US"])))
    assert both.names == ("About Spain", "About United States")
    assert both.phrases == ("about Spain", "about United States")
    part = Sides(ask(shared.choose("country", ["ES"]), shared))
    assert part.names == ("About Spain", "On Disasters")
    assert Sides(ask(SPAIN, ALL)).names == ("About Spain", "All articles")
    assert Sides(ask(SPAIN, ALL)).phrases == ("about Spain", "in all articles")
    assert Sides(ask(SPAIN, replace(ALL, text="flood"))).phrases[1] == "in articles that say flood"
    alike = Sides(ask(replace(ALL, text="x" * 90), replace(ALL, text="x" * 91))).names
    assert alike[0] != alike[1]
    assert all(len(name) <= LONGEST + 3 for name in alike)


def test_the_card_says_both_selections_and_counts_either() -> None:
    card = Sides(ask(SPAIN, AMERICA)).method("how")
    assert isinstance(card, Method)
    assert card.selection == "A: Articles about Spain (12 articles). B: Articles about United States (8 articles)."
    assert (card.n, card.of) == (20, 322)
    assert card.base == "each selection's own articles: 12 in A, 8 in B"
    assert (card.first, card.last) == (FIRST_DAY + timedelta(10), FIRST_DAY + timedelta(99))
    assert card.query == {"country": ["ES"], "b.country": ["US"], "mode": ["compare"]}
    part = Sides(ask(SPAIN, ALL)).method("how")
    assert part.n == 322
    assert "On both sides: 12 articles: A lies within B; intervals allow for it." in part.selection


def test_an_overlap_that_is_not_known_is_said() -> None:
    assert "is not known" in Sides(ask(replace(ALL, text="(flood"), replace(ALL, text="dam"))).caption()
    assert "not known for this unit" in Sides(ask(SPAIN, ALL, unit="stories")).caption()
    assert Sides(ask(SPAIN, AMERICA)).shared() == ""


def test_topics_are_paired_with_their_difference() -> None:
    made = panels.content("compare-topics", ask(SPAIN, AMERICA))
    assert isinstance(made.marks, Paired)
    assert made.marks.names == ("About Spain", "About United States")
    row = next(row for row in rows(made.marks.frame) if row.value == "disaster")
    assert (row.label, row.a_share, row.b_share, row.clear) == ("Disasters", 1.0, 0.0, True)
    assert "2 of 2 topics differ clearly" in made.caption


def test_a_sentence_says_the_largest_difference_that_nobody_chose() -> None:
    politics = ALL.choose("topic", ["politics"])
    regions = panels.content("compare-regions", ask(SPAIN, AMERICA))
    assert regions.sentence == "No other region is clearly more frequent about Spain than about United States"
    topics = panels.content("compare-topics", ask(politics, ALL)).sentence
    assert topics == "Education: 31 % in all articles, none on Politics"


FRAMES = (
    (38, 100, 16, 100, "Conflict is 2.4 times as frequent here as there: 38 % against 16 %"),
    (16, 100, 38, 100, "Conflict is 2.4 times as frequent there as here: 38 % against 16 %"),
    (70, 100, 50, 100, "Conflict is more frequent here than there: 70 % against 50 %"),
    (70, 100, 0, 100, "Conflict: 70 % here, none there"),
    (10, 100, 11, 100, "No topic is clearly more frequent here than there"),
)


@pytest.mark.parametrize(("a", "of_a", "b", "of_b", "said"), FRAMES)
def test_a_difference_is_said_from_its_figures(a: int, of_a: int, b: int, of_b: int, said: str) -> None:
    import pandas as pd

    from data.comparing.shares import differences

    frame = differences(pd.DataFrame({"value": ["conflict"], "a_n": [a], "b_n": [b]}), of_a, of_b)
    assert pairs.sentence(frame.assign(label="Conflict"), ("here", "there"), "topic") == said


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (0.22, "+22 points"),
        (-0.004, "−0.4 points"),
        (0.01, "+1 point"),
        (0.0, "±0 points"),
        (-0.0004, "±0 points"),
        (1.0, "+100 points"),
    ],
)
def test_differences_are_said_in_points(difference: float, words: str) -> None:
    assert points(difference) == words


@pytest.mark.parametrize(("ratio", "words"), [(2.4, "2.4"), (6.0, "6"), (9.6, "10"), (38.4, "38"), (1234.0, "1,230")])
def test_ratios_are_said_without_false_precision(ratio: float, words: str) -> None:
    assert pairs.times(ratio) == words


def test_the_figure_holds_the_numbers_of_the_marks() -> None:
    made = panels.content("compare-topics", ask(SPAIN, AMERICA))
    assert made.figure
    assert isinstance(made.marks, Paired)
    drawn = made.figure(theme.LIGHT)
    dots = {trace["name"][0]: trace for trace in drawn.data if trace.get("mode") == "markers"}
    for side, name in (("a", "A"), ("b", "B")):
        assert dots[name]["x"] == made.marks.frame[f"{side}_share"].tolist()[::-1]
    texts = [note["text"] for note in drawn.layout["annotations"]]
    assert "<b>+100 points</b>" in texts
    assert percent(1.0) in texts
    assert made.table["A share"].tolist() == made.marks.frame["a_share"].tolist()


def test_the_map_shows_differences_and_pales_what_may_be_chance() -> None:
    made = panels.content("compare-map", ask(ALL.choose("keyword", ["flood"]), ALL))
    assert isinstance(made.marks, Places)
    assert made.marks.scale == "difference"
    by_code = made.marks.frame.set_index("code")
    assert by_code.loc["ES", "value"] == pytest.approx(1 - 12 / 322)
    assert by_code.loc["ES", "said"] == "100 % against 4 %: +96 points"
    assert by_code.loc["JP", "said"].endswith(", may be chance")
    assert made.figure
    data = made.figure(theme.LIGHT).data
    areas = {trace["marker"]["opacity"]: trace["locations"] for trace in data if "zmin" in trace}
    assert "ESP" in areas[1.0]
    assert "JPN" in areas[compare_map._UNSURE]
    assert all(-trace["zmin"] == trace["zmax"] for trace in data if "zmin" in trace)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK])
def test_the_colours_of_both_sides_stand_out(palette: theme.Palette) -> None:
    page = theme.relative_luminance(palette.page)
    for colour in theme.sides(palette):
        light, dark = sorted((theme.relative_luminance(colour), page), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_courses_lie_on_one_axis_as_shares_of_all() -> None:
    made = panels.content("compare-timeline", ask(SPAIN, AMERICA))
    assert isinstance(made.marks, Course)
    frame = made.marks.frame
    assert made.marks.numbers == "shares"
    assert [series.column for series in made.marks.series] == ["a", "b"]
    assert made.table["A Articles".replace("Articles", "articles")].sum() == 12
    assert made.table["B articles"].sum() == 8
    assert frame["start"].is_monotonic_increasing
    assert ((frame["a"].dropna() >= 0) & (frame["a"].dropna() <= 1)).all()
    assert not frame["gap"].any()


def test_periods_without_a_common_day_are_laid_over_each_other() -> None:
    late = SPAIN.between(date(2025, 4, 4), date(2025, 4, 10))
    made = panels.content("compare-timeline", ask(late, replace(late, first=date(2025, 3, 28), last=date(2025, 4, 3))))
    assert made.empty == "No articles match on side B."
    politics = ALL.choose("topic", ["politics"]).between(date(2025, 4, 4), date(2025, 4, 10))
    before = previous_period(politics, ENGINE.totals(politics))
    assert before
    made = panels.content("compare-timeline", ask(politics, before))
    assert isinstance(made.marks, Course)
    assert len(made.marks.frame) == 7
    assert made.marks.series[1].label == "B · From 28 March 2025 to 3 April 2025, from 28 Mar 2025"
    assert "day 0 is 4 Apr 2025 for A and 28 Mar 2025 for B" in made.caption
    assert made.table["A articles"].sum() == ENGINE.totals(politics).n
    assert made.table["B articles"].sum() == ENGINE.totals(before).n


def test_where_a_side_is_everything_counts_are_drawn() -> None:
    made = panels.content("compare-timeline", ask(LATE, EARLY))
    assert isinstance(made.marks, Course)
    assert made.marks.numbers == "counts"
    assert made.marks.frame["a"].sum() == ENGINE.totals(LATE).n
    longer = panels.content("compare-timeline", ask(LATE, EARLY.between(FIRST_DAY, FIRST_DAY + timedelta(9))))
    assert isinstance(longer.marks, Course)
    assert longer.marks.frame["b"].isna().sum() == len(longer.marks.frame) - 10


def test_days_outside_a_selection_are_no_zeros() -> None:
    january = ALL.choose("topic", ["politics"]).between(FIRST_DAY, FIRST_DAY + timedelta(30))
    made = panels.content("compare-timeline", ask(january, ALL.choose("topic", ["sport"])))
    assert isinstance(made.marks, Course)
    late = made.marks.frame[made.marks.frame["start"] > FIRST_DAY + timedelta(31)]
    assert late["a"].isna().all()
    assert late["b"].notna().any()


def test_words_are_listed_with_effect_and_sentences() -> None:
    made = panels.content("compare-words", ask(ALL.choose("topic", ["disaster"]), ALL.choose("topic", ["politics"])))
    assert isinstance(made.marks, Apart)
    flood = made.marks.frame.set_index("word").loc["flood"]
    assert (flood["side"], flood["a_n"], flood["b_n"]) == ("A", 12, 0)
    assert flood["effect"].startswith("12 of 12 against none of ")
    assert "clearly" in made.caption
    assert made.sentence.endswith("against 0 of 100")


def test_examples_are_cited() -> None:
    texts = {
        "a": "A flood took two bridges near Valencia on Tuesday.",
        "b": "Insurers saw what the flood had cost them.",
    }
    rows_of = [
        (f"{side}{n}", "2025-03-01", "P", "GB", [place], [], ["flood"] if n < many else ["budget"])
        for side, place, many in (("a", "ES", 50), ("b", "FR", 4))
        for n in range(60)
    ]
    frame = tagged(tuple(rows_of))
    engine = MemoryEngine(frame.assign(text=[texts[name[0]] for name in frame["id"]]))
    made = panels.content("compare-words", ask(SPAIN, ALL.choose("country", ["FR"]), engine))
    assert isinstance(made.marks, Apart)
    said = made.marks.examples["flood"]
    assert [text for text, _ in said] == [texts["a"], texts["b"]]
    assert [cited.id for _, cited in said] == [cited.id for cited in made.cited]


EFFECTS = (
    ("A", 60, 100, 10, 100, 5.8, 3.2, "about 5.8 times as often"),
    ("B", 10, 100, 60, 100, 38.2, 3.2, "about 38 times as often"),
    ("A", 12, 12, 0, 90, 180.0, 22.4, "12 of 12 against none of 90, at least 22 times as often"),
    ("B", 0, 90, 3, 90, 7.0, 0.9, "3 of 90 against none of 90"),
    ("A", 52, 100, 50, 100, 1.04, 0.8, "slightly more often"),
)


@pytest.mark.parametrize(("side", "a_n", "a_of", "b_n", "b_of", "times", "least", "said"), EFFECTS)
def test_effects_are_said_in_words(
    side: str, a_n: int, a_of: int, b_n: int, b_of: int, times: float, least: float, said: str
) -> None:
    from types import SimpleNamespace

    row = SimpleNamespace(side=side, a_n=a_n, a_of=a_of, b_n=b_n, b_of=b_of, times=times, least=least)
    assert words.effect(row) == said


def test_the_totals_stand_side_by_side() -> None:
    made = panels.content("compare-totals", ask(SPAIN, AMERICA))
    assert isinstance(made.marks, Ranked)
    heads = [head for head, _ in made.marks.parts]
    assert heads == ["A · About Spain", "B · About United States"]
    numbers = {entry.name: entry.number for entry in made.marks.parts[0][1]}
    assert numbers["Articles"] == "12"
    assert numbers["Stories"] == "1"
    assert numbers["Leading topic: Disasters"] == "100 %"
    assert made.table.set_index("What").loc["Articles"].tolist() == ["12", "8"]
    assert made.sentence == "1.5 times as many articles about Spain as about United States: 12 against 8"
    assert panels.content("compare-totals", ask(SPAIN, ALL)).sentence == "About Spain: 12 articles; all articles: 322"
