"""One table of cases over every engine; they must agree to the digit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.engines import TIME_BINS, Engine, Totals
from data.engines.cached import CachedEngine
from data.engines.memory import MemoryEngine
from data.engines.table import FacetTable
from data.errors import SelectionError
from data.facets import FACETS, NONE
from data.selection import Selection
from tests.samples import tagged

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

ENGINES: dict[str, Callable[[pd.DataFrame], Engine]] = {
    "memory": MemoryEngine,
    "cached": lambda frame: CachedEngine(MemoryEngine(frame)),
}
ALL = Selection()
MARCH = ALL.between(date(2025, 3, 1), date(2025, 3, 31))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param](tagged())


def ids(engine: Engine, selection: Selection) -> str:
    return "".join(sorted(engine.articles(selection)["id"]))


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (ALL, "abcdef"),
        (ALL.choose("topic", ["politics"]), "acf"),
        (ALL.choose("topic", ["politics", "sport"]), "abcf"),
        (ALL.choose("topic", [NONE]), "e"),
        (ALL.choose("country", ["FR"]).choose("topic", ["politics"]), "af"),
        (ALL.choose("country", ["NA"]), "e"),
        (ALL.choose("country", [NONE]), "d"),
        (ALL.choose("region", ["Europe"]), "abf"),
        (ALL.choose("region", ["Western Africa"]), "c"),
        (ALL.choose("region", ["Europe", "Africa"]), "abcef"),
        (ALL.choose("publisher", ["Herald"]), "ab"),
        (ALL.choose("publisher", [NONE]), "f"),
        (ALL.choose("published_in", ["NG"]), "cd"),
        (ALL.choose("keyword", ["budget"]), "ace"),
        (ALL.choose("keyword", ["no such word"]), ""),
        (MARCH, "abcd"),
        (ALL.between(date(2025, 3, 2), None), "cde"),
        (ALL.between(None, date(2025, 3, 1)), "ab"),
        (ALL.between(date(2026, 1, 1), date(2026, 2, 1)), ""),
        (ALL.choose("day", [NONE]), "f"),
        (Selection(text="budget"), "ace"),
        (Selection(text="BUDGET -summit"), "ce"),
        (Selection(text='"election and budget"'), "c"),
        (Selection(text="budge"), ""),
        (Selection(text="(["), ""),
    ],
)
def test_which_articles_match(engine: Engine, selection: Selection, found: str) -> None:
    assert ids(engine, selection) == found
    assert engine.totals(selection).n == len(found)


@pytest.mark.parametrize(
    ("selection", "by", "unit", "counts"),
    [
        (ALL, ["topic"], "articles", {"politics": 3, "economy": 1, NONE: 1, "science": 1, "sport": 1}),
        (ALL, ["topic"], "publishers", {"politics": 2, "economy": 1, NONE: 1, "science": 1, "sport": 1}),
        (MARCH, ["country"], "articles", {"FR": 2, "DE": 1, "NG": 1, NONE: 1}),
        (ALL, ["published_in"], "articles", {"GB": 2, "NG": 2, "CA": 1, NONE: 1}),
        (ALL, ["publisher"], "publishers", {"Globe": 1, "Herald": 1, "Post": 1}),
        (ALL, ["day"], "articles", {"2025-03-01": 2, "2025-03-02": 1, "2025-03-09": 1, "2025-04-20": 1, NONE: 1}),
        (ALL, ["week"], "articles", {"2025-02-24": 3, "2025-03-03": 1, "2025-04-14": 1, NONE: 1}),
        (ALL, ["month"], "articles", {"2025-03-01": 4, "2025-04-01": 1, NONE: 1}),
        (ALL, ["year"], "publishers", {"2025-01-01": 3}),
        (ALL.choose("topic", ["sport"]), ["keyword"], "articles", {"cup": 1}),
        (ALL.choose("keyword", ["none such"]), ["topic"], "articles", {}),
    ],
)
def test_counts_by_one(engine: Engine, selection: Selection, by: list[str], unit: str, counts: dict[str, int]) -> None:
    answer = engine.counts(selection, by, unit)
    assert dict(zip(answer[by[0]], answer["n"], strict=True)) == counts
    assert answer["n"].is_monotonic_decreasing


def test_counts_by_two(engine: Engine) -> None:
    answer = engine.counts(ALL, ["region", "topic"])
    found = {(row.region, row.topic): row.n for row in answer.itertuples() if row.region in ("Europe", "Africa", NONE)}
    assert found == {
        ("Europe", "politics"): 2,
        ("Europe", "economy"): 1,
        ("Europe", "sport"): 1,
        ("Africa", "politics"): 1,
        ("Africa", NONE): 1,
        (NONE, "science"): 1,
    }
    months = engine.counts(ALL, ["month", "topic"], "publishers")
    assert months.set_index(["month", "topic"])["n"]["2025-03-01", "politics"] == 2


@pytest.mark.parametrize(
    ("selection", "unit", "totals"),
    [
        (ALL, "articles", Totals(6, 6, 1, 1, 1, 3, 5, date(2025, 3, 1), date(2025, 4, 20))),
        (ALL, "publishers", Totals(3, 3, 0, 1, 1, 3, 5, date(2025, 3, 1), date(2025, 4, 20))),
        (MARCH, "articles", Totals(4, 6, 0, 1, 0, 2, 3, date(2025, 3, 1), date(2025, 3, 9))),
        (ALL.choose("day", [NONE]), "articles", Totals(1, 6, 1, 0, 0, 0, 2, None, None)),
        (Selection(text="nothing like it"), "articles", Totals(0, 6, 0, 0, 0, 0, 0, None, None)),
    ],
)
def test_totals(engine: Engine, selection: Selection, unit: str, totals: Totals) -> None:
    assert engine.totals(selection, unit) == totals


@pytest.mark.parametrize(
    ("order", "offset", "limit", "found"),
    [("newest", 0, 9, "edcbaf"), ("oldest", 0, 9, "abcdef"), ("newest", 2, 2, "cb"), ("oldest", 6, 5, "")],
)
def test_pages_of_articles(engine: Engine, order: str, offset: int, limit: int, found: str) -> None:
    page = engine.articles(ALL, order, offset, limit)
    assert "".join(page["id"]) == found
    assert "text" not in page


def test_texts_come_in_the_order_asked_for(engine: Engine) -> None:
    found = engine.texts(["d", "nobody", "a"])
    assert list(found["id"]) == ["d", "a"]
    assert found["text"][0] == "Text d says comet."


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine: engine.counts(ALL, ["colour"]),
        lambda engine: engine.counts(ALL, ["topic"], "gallons"),
        lambda engine: engine.totals(ALL, "gallons"),
        lambda engine: engine.articles(ALL, "backwards"),
    ],
)
def test_a_wrong_question_is_answered_with_the_right_ones(engine: Engine, ask: Callable[[Engine], object]) -> None:
    with pytest.raises(SelectionError, match="choose one"):
        ask(engine)


@pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)
def test_no_articles_at_all(make: Callable[[pd.DataFrame], Engine]) -> None:
    engine = make(tagged(()))
    assert engine.totals(ALL) == Totals(0, 0, 0, 0, 0, 0, 0, None, None)
    assert engine.articles(ALL.choose("topic", ["sport"])).empty
    for name in (*FACETS, *TIME_BINS):
        assert engine.counts(ALL, [name]).empty


lists = st.lists(st.lists(st.sampled_from("uvwxyz"), max_size=4), min_size=1, max_size=30)


@given(lists, st.data())
def test_every_way_of_counting_agrees_with_plain_loops(rows: list[list[str]], data: st.DataObject) -> None:
    table = FacetTable.of_lists(rows)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    groups = np.array(data.draw(st.lists(st.integers(-1, 3), min_size=len(rows), max_size=len(rows))))
    held = [set(row) or {NONE} for row in rows]
    pairs = table.times(table)
    for code, value in enumerate(table.values[0]):
        having = [i for i, row in enumerate(held) if value in row and mask[i]]
        assert table.count(mask)[code] == len(having)
        assert table.count(mask, groups)[code] == len({groups[i] for i in having} - {-1})
        for other, second in enumerate(table.values[0]):
            both = [i for i in having if second in held[i]]
            assert pairs.count(mask)[code * table.width + other] == len(both)
    assert table.rows_with("ux").tolist() == [bool({"u", "x"} & row) for row in held]
