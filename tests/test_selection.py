from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import SelectionError
from data.facets import FACETS, NONE
from data.selection import Selection

EMPTY = Selection()
MAY = EMPTY.between(date(2025, 5, 3), date(2025, 6, 8))


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (EMPTY, "All articles"),
        (EMPTY.choose("topic", ["politics"]), "Articles on Politics"),
        (EMPTY.choose("topic", ["politics", "sport"]), "Articles on Politics or Sport"),
        (EMPTY.choose("country", ["FR", "DE", "NA"]), "Articles about France, Germany or Namibia"),
        (EMPTY.choose("country", [NONE]), "Articles about no country"),
        (EMPTY.choose("topic", [NONE]).choose("region", ["Europe"]), "Articles on unsure, about Europe"),
        (MAY, "Articles from 3 May 2025 to 8 June 2025"),
        (EMPTY.between(date(2025, 5, 3), None), "Articles since 3 May 2025"),
        (EMPTY.choose("day", [NONE]), "Undated articles"),
        (Selection(text="peace talks"), "Articles that say peace talks"),
    ],
)
def test_it_says_itself_in_words(selection: Selection, words: str) -> None:
    assert selection.describe() == words


@pytest.mark.parametrize(
    ("selection", "noun", "words"),
    [
        (EMPTY, "stories", "All stories"),
        (EMPTY.choose("topic", ["sport"]), "publishers of articles", "Publishers of articles on Sport"),
        (EMPTY.choose("day", [NONE]), "publishers of articles", "Publishers of undated articles"),
        (EMPTY.choose("story", ["x1"]), "articles", "Articles in the story X1"),
    ],
)
def test_it_says_what_is_counted_and_names_what_facets_cannot(selection: Selection, noun: str, words: str) -> None:
    def say(facet: str, value: str) -> str:
        return value.upper() if facet == "story" else FACETS[facet].text(value)

    assert selection.describe(noun, say) == words


@pytest.mark.parametrize(
    ("before", "click", "after"),
    [
        (EMPTY, ("topic", "sport"), EMPTY.choose("topic", ["sport"])),
        (EMPTY.choose("topic", ["sport"]), ("topic", "sport"), EMPTY),
        (EMPTY.choose("topic", ["sport"]), ("topic", "arts"), EMPTY.choose("topic", ["sport", "arts"])),
        (
            EMPTY.choose("topic", ["sport"]),
            ("country", "FR"),
            EMPTY.choose("topic", ["sport"]).choose("country", ["FR"]),
        ),
    ],
)
def test_a_second_click_takes_the_first_back(before: Selection, click: tuple[str, str], after: Selection) -> None:
    assert before.toggle(*click) == after


def test_a_mark_of_two_facets_switches_both() -> None:
    marks = [("region", "Europe"), ("topic", "sport")]
    half = EMPTY.choose("topic", ["sport"])
    on = half.toggle_all(marks)
    assert on == EMPTY.choose("region", ["Europe"]).choose("topic", ["sport"])
    assert on.toggle_all(marks) == EMPTY


@pytest.mark.parametrize(
    ("chosen", "click", "after"),
    [
        (["Europe"], "Northern Europe", ("Northern Europe",)),
        (["Northern Europe", "Asia"], "Europe", ("Asia", "Europe")),
        (["Americas"], "Caribbean", ("Caribbean",)),
        (["Europe"], "Middle East", ("Europe", "Middle East")),
    ],
)
def test_a_region_replaces_those_around_and_inside_it(chosen: list[str], click: str, after: tuple[str, ...]) -> None:
    assert EMPTY.choose("region", chosen).toggle("region", click).chosen("region") == after


def test_a_panel_leaves_its_own_facet_out() -> None:
    chosen = MAY.choose("topic", ["sport"]).choose("country", ["FR"])
    assert chosen.without("topic") == MAY.choose("country", ["FR"])
    assert chosen.without("day", "country") == EMPTY.choose("topic", ["sport"])


def test_days_in_the_wrong_order_are_put_right_and_replace_undated() -> None:
    assert EMPTY.choose("day", [NONE]).between(date(2025, 6, 8), date(2025, 5, 3)) == MAY


def test_an_unknown_facet_is_named_with_the_known_ones() -> None:
    with pytest.raises(SelectionError, match=r"colour.*topic"):
        EMPTY.choose("colour", ["red"])


def test_the_order_of_choosing_facets_does_not_matter() -> None:
    one = EMPTY.choose("topic", ["sport"]).choose("country", ["FR"])
    other = EMPTY.choose("country", ["FR"]).choose("topic", ["sport"])
    assert one == other
    assert hash(one) == hash(other)


texts = st.text(min_size=1, max_size=20).filter(lambda text: text.strip() != "")
selections = st.builds(
    lambda values, first, last, text: _made(values, first, last, text),
    st.dictionaries(st.sampled_from([name for name in FACETS if name != "day"]), st.lists(texts, max_size=3)),
    st.none() | st.dates(),
    st.none() | st.dates(),
    st.just("") | texts,
)


def _made(values: dict[str, list[str]], first: date | None, last: date | None, text: str) -> Selection:
    selection = Selection(text=text).between(first, last)
    for name, chosen in values.items():
        selection = selection.choose(name, chosen)
    return selection


@given(selections)
def test_an_address_restores_it(selection: Selection) -> None:
    assert Selection.from_query(selection.to_query()) == selection


@pytest.mark.parametrize(
    "query",
    [
        {"from": ["yesterday"]},
        {"from": []},
        {"day": ["2025-01-01"]},
        {"colour": ["red"]},
        {"topic": [""]},
        {"q": []},
    ],
)
def test_what_an_address_should_not_say_is_passed_over(query: dict[str, list[str]]) -> None:
    assert Selection.from_query(query) == EMPTY
