"""One table of cases over every engine; they must agree to the digit."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from deltalake import write_deltalake
from hypothesis import given
from hypothesis import strategies as st

from data import frames
from data.corrections import Rule, TagCorrection, apply
from data.engines import TIME_BINS, UNITS, Engine, Totals, products
from data.engines.cached import CachedEngine
from data.engines.chosen import Chosen
from data.engines.copies import Copies
from data.engines.groups import GroupedTable
from data.engines.memory import MemoryEngine
from data.engines.stored import open_stored
from data.engines.table import FacetTable
from data.errors import SelectionError
from data.facets import FACETS, NONE
from data.folders import folder
from data.selection import Selection
from data.store import Store
from data.store.schema import ARTICLES, to_arrow
from data.tagging.corpus import keys_of, same_forms
from tests.samples import grouped, tagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.corrections import Correction


def stored(frame: pd.DataFrame) -> Store:
    """A store of these articles with the stories that they have."""
    store = Store.at(tempfile.mkdtemp(dir=folder()))
    store.folder.mkdir(exist_ok=True)
    for part in np.array_split(np.arange(len(frame)), 2):
        rows = frame.iloc[part].assign(**{name: frame.get(name, "") for name in ("copy_of", "story")})
        write_deltalake(store.path, to_arrow(rows, ARTICLES, added=datetime.now(UTC), run="run"), mode="append")
    return store


ENGINES: dict[str, Callable[[pd.DataFrame], Engine]] = {
    "memory": MemoryEngine,
    "cached": lambda frame: CachedEngine(MemoryEngine(frame)),
    "stored": lambda frame: open_stored(stored(frame)),
}
ALL = Selection()
MARCH = ALL.between(date(2025, 3, 1), date(2025, 3, 31))


@pytest.mark.parametrize("by_keys", [False, True])
def test_the_store_shows_what_memory_shows(by_keys: bool) -> None:
    frame = grouped()
    frame["keywords"] = pd.Series([["elections", "election"], ["election"], ["election"], ["Cup"], [], ["cups"]])
    keys = pd.Series(keys_of(frame["keywords"].tolist(), frame["language"].tolist()))
    words = same_forms(frame["keywords"].tolist(), frame["language"].tolist())
    assert words[0] == ["election"]
    held = MemoryEngine(frame.assign(keywords=pd.Series(words)))
    kept = open_stored(stored(frame.assign(keyword_keys=keys) if by_keys else frame))
    for name in (*FACETS, *TIME_BINS):
        assert kept.counts(ALL, [name]).equals(held.counts(ALL, [name])), name
    for selection in (ALL, ALL.choose("topic", ["politics"]), Selection(text="budget -summit")):
        one, other = (engine.articles(selection) for engine in (kept, held))
        assert frames.records(one) == frames.records(other[one.columns]), selection
    assert kept.texts(["c", "x", "a"])["text"].tolist() == held.texts(["c", "x", "a"])["text"].tolist()


@pytest.mark.parametrize("rule", [False, True])
def test_the_store_is_read_with_corrections(rule: bool) -> None:
    frame = grouped().assign(keywords=pd.Series([["cup"], ["budget"], [], [], ["budget"], []]))
    frame["tags"] = [
        tags | {"keywords": [{"keyword": word, "score": 1.0} for word in words]}
        for tags, words in zip(frame["tags"], frame["keywords"], strict=True)
    ]
    said: list[Correction] = [TagCorrection(id="1", article="d", facet="topic", action="add", value="sport")]
    said += [Rule(id="2", facet="keyword", surface="budget", value="")] if rule else []
    engine = open_stored(stored(frame), corrections=said)
    held = MemoryEngine(apply(frame, said))
    for name in ("topic", "keyword"):
        assert engine.counts(ALL, [name]).equals(held.counts(ALL, [name]))
    assert engine.totals(ALL) == held.totals(ALL)
    assert engine.texts(["d"])["topics"].tolist() == held.texts(["d"])["topics"].tolist()
    assert engine.version != open_stored(stored(frame)).version


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param](grouped())


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
        (ALL.choose("story", ["a"]), "acf"),
        (ALL.choose("story", ["d", "b", "nothing"]), "bde"),
        (MARCH, "abcd"),
        (ALL.between(date(2025, 3, 2), None), "cde"),
        (ALL.between(None, date(2025, 3, 1)), "ab"),
        (ALL.between(date(2026, 1, 1), date(2026, 2, 1)), ""),
        (ALL.choose("day", [NONE]), "f"),
        (Selection(text="budget"), "ace"),
        (Selection(text="BUDGET -summit"), "ce"),
        (Selection(text='"election and budget"'), "c"),
        (Selection(text="budge"), ""),
        (Selection(text="(["), "abcdef"),  # signs alone look for nothing
    ],
)
def test_which_articles_match(engine: Engine, selection: Selection, found: str) -> None:
    assert ids(engine, selection) == found
    assert engine.totals(selection).n == len(found)


@pytest.mark.parametrize(
    ("selection", "by", "unit", "counts"),
    [
        (ALL, ["topic"], "articles", {"politics": 3, "economy": 1, NONE: 1, "science": 1, "sport": 1}),
        (ALL, ["topic"], "stories", {"politics": 1, "economy": 1, NONE: 1, "science": 1, "sport": 1}),
        (MARCH, ["country"], "stories", {"FR": 2, "DE": 1, "NG": 1, NONE: 1}),
        (ALL, ["publisher"], "stories", {"Herald": 2, "Post": 2, "Globe": 1, NONE: 1}),
        (ALL, ["story"], "articles", {"a": 3, "d": 2, "b": 1}),
        (ALL, ["story"], "stories", {"a": 1, "d": 1, "b": 1}),
        (ALL, ["story"], "publishers", {"a": 2, "d": 2, "b": 1}),
        (ALL, ["week"], "stories", {"2025-02-24": 2, "2025-03-03": 1, "2025-04-14": 1, NONE: 1}),
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


@pytest.mark.parametrize("by", [["topic"], ["story"], ["region", "topic"], ["story", "day"]])
@pytest.mark.parametrize("unit", UNITS)
def test_a_limit_keeps_the_largest(engine: Engine, by: list[str], unit: str) -> None:
    whole = engine.counts(ALL, by, unit)
    for limit in range(1, len(whole) + 2):
        pd.testing.assert_frame_equal(engine.counts(ALL, by, unit, limit), whole.head(limit))


@pytest.mark.parametrize("unit", UNITS)
def test_pairs_too_many_to_keep_are_counted_alike(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for selection in (ALL, MARCH, ALL.choose("publisher", ["Herald"]), Selection(text="no such text")):
        kept = MemoryEngine(grouped()).counts(selection, ["region", "keyword"], unit)
        with monkeypatch.context() as patched:
            patched.setattr("data.engines.memory._WIDEST", 1)
            anew = MemoryEngine(grouped()).counts(selection, ["region", "keyword"], unit)
        pd.testing.assert_frame_equal(anew, kept)


@pytest.mark.parametrize(
    ("selection", "unit", "totals"),
    [
        (ALL, "articles", Totals(6, 6, 1, 1, 1, 3, 5, date(2025, 3, 1), date(2025, 4, 20), copies=2)),
        (ALL, "stories", Totals(3, 3, 1, 1, 1, 3, 5, date(2025, 3, 1), date(2025, 4, 20), copies=2)),
        (ALL, "publishers", Totals(3, 3, 0, 1, 1, 3, 5, date(2025, 3, 1), date(2025, 4, 20), copies=2)),
        (MARCH, "articles", Totals(4, 6, 0, 1, 0, 2, 3, date(2025, 3, 1), date(2025, 3, 9), copies=1)),
        (MARCH, "stories", Totals(3, 3, 0, 1, 0, 2, 3, date(2025, 3, 1), date(2025, 3, 9), copies=1)),
        (ALL.choose("day", [NONE]), "articles", Totals(1, 6, 1, 0, 0, 0, 2, None, None)),
        (Selection(text="nothing like it"), "articles", Totals(0, 6, 0, 0, 0, 0, 0, None, None)),
    ],
)
def test_totals(engine: Engine, selection: Selection, unit: str, totals: Totals) -> None:
    assert engine.totals(selection, unit) == totals


@pytest.mark.parametrize(
    ("order", "offset", "limit", "found"),
    [
        ("newest", 0, 9, "edcbaf"),
        ("oldest", 0, 9, "abcdef"),
        ("central", 0, 9, "bceadf"),
        ("newest", 2, 2, "cb"),
        ("oldest", 6, 5, ""),
    ],
)
def test_pages_of_articles(engine: Engine, order: str, offset: int, limit: int, found: str) -> None:
    page = engine.articles(ALL, order, offset, limit)
    assert "".join(page["id"]) == found
    assert "text" not in page


@pytest.mark.parametrize(
    ("selection", "order", "found"),
    [
        (ALL, "newest", "e0 d0 b0 a2"),
        (ALL, "oldest", "a2 b0 d0 e0"),
        (ALL.choose("topic", ["politics"]), "newest", "a2"),
        (ALL.choose("publisher", ["Post", NONE]), "oldest", "c1 d0"),
        (ALL.choose("publisher", ["Post"]), "oldest", "c0 d0"),
    ],
)
def test_copies_stand_behind_their_original(engine: Engine, selection: Selection, order: str, found: str) -> None:
    page = engine.articles(selection, order, copies=False)
    assert " ".join(f"{row.id}{row.copies}" for row in page.itertuples()) == found
    assert len(page) + engine.totals(selection).copies == engine.totals(selection).n
    assert engine.articles(selection, order)["copies"].sum() == 0


def test_without_grouping_every_article_is_its_own_story() -> None:
    engine = MemoryEngine(tagged())
    assert engine.totals(ALL, "stories").n == 6
    assert engine.totals(ALL).copies == 0
    assert ids(engine, ALL.choose("story", ["c"])) == "c"


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
        for unit in UNITS:
            assert engine.counts(ALL, [name], unit).empty


lists = st.lists(st.lists(st.sampled_from("uvwxyz"), max_size=4), min_size=1, max_size=30)


@given(lists, st.data())
def test_every_way_of_counting_agrees_with_plain_loops(rows: list[list[str]], data: st.DataObject) -> None:
    table = FacetTable.of_lists(rows)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    groups = np.array(data.draw(st.lists(st.integers(-1, 3), min_size=len(rows), max_size=len(rows))))
    held = [set(row) or {NONE} for row in rows]
    pairs = table.times(table)
    grouped = GroupedTable.of(table, groups)
    for code, value in enumerate(table.values[0]):
        having = [i for i, row in enumerate(held) if value in row and mask[i]]
        assert table.count(Chosen(mask))[code] == len(having)
        assert grouped.count(Chosen(mask))[code] == len({groups[i] for i in having} - {-1})
        for other, second in enumerate(table.values[0]):
            both = [i for i in having if second in held[i]]
            assert pairs.count(Chosen(mask))[code * table.width + other] == len(both)
    assert table.rows_with("ux").tolist() == [bool({"u", "x"} & row) for row in held]


@given(st.lists(st.tuples(st.integers(-1, 5), st.booleans()), max_size=12))
def test_copies_agree_with_plain_loops(articles: list[tuple[int, bool]]) -> None:
    originals = [str(n) if 0 <= n != i else "" for i, (n, _) in enumerate(articles)]
    frame = pd.DataFrame({"id": list(map(str, range(len(articles)))), "copy_of": originals}, dtype=object)
    mask = np.array([chosen for _, chosen in articles], np.bool_)
    families: dict[str, list[int]] = {}
    for i in np.flatnonzero(mask):
        families.setdefault(originals[i] or str(i), []).append(int(i))
    copies = Copies.of(frame)
    leads = {min(rows, key=lambda row: (originals[row] != "", row)): len(rows) - 1 for rows in families.values()}
    assert np.flatnonzero(copies.without(mask)).tolist() == sorted(leads)
    assert copies.hidden(mask) == sum(leads.values())
    assert copies.behind(mask, np.array(sorted(leads), np.int64)).tolist() == [leads[row] for row in sorted(leads)]


@given(lists, st.data())
def test_wide_selections_and_narrow_ones_are_counted_alike(rows: list[list[str]], data: st.DataObject) -> None:
    many = rows * 12
    groups = np.array(data.draw(st.lists(st.integers(-1, 3), min_size=len(many), max_size=len(many))))
    grouped, row = GroupedTable.of(FacetTable.of_lists(many), groups), data.draw(st.integers(0, len(many) - 1))
    one = np.arange(len(many)) == row
    held = set(many[row]) or {NONE}
    expected = [int(value in held and groups[row] >= 0) for value in grouped.table.values[0]]
    assert grouped.count(Chosen(one)).tolist() == expected


@given(lists, st.integers(1, 9), st.data())
def test_the_most_frequent_codes_are_found_without_counting_the_others(
    rows: list[list[str]], limit: int, data: st.DataObject
) -> None:
    many = rows * 9
    table = FacetTable.of_lists(many)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(many), max_size=len(many))))
    counts = table.count(Chosen(mask))
    assert table.ranked.most(Chosen(mask), limit, 0) is None or limit < table.width
    found = table.ranked.most(Chosen(mask), limit, len(table.codes) * 2)
    assert (found is None) == (limit >= table.width)
    codes, n = found or table.most(Chosen(mask), limit)
    assert n.tolist() == counts[codes].tolist()
    expected = sorted(np.flatnonzero(counts), key=lambda code: (-counts[code], code))[:limit]
    assert sorted(codes.tolist(), key=lambda code: (-counts[code], code))[: len(expected)] == expected


@given(lists, st.data())
def test_blocks_of_codes_are_counted_alike(rows: list[list[str]], data: st.DataObject) -> None:
    table = FacetTable.of_lists(rows)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    mask[data.draw(st.integers(0, len(rows) - 1))] = True
    ranked, chosen, plain = table.ranked, Chosen(mask), table.plain
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("data.engines.products._BLOCK", data.draw(st.integers(1, 8)))
        counted = products.weigh(chosen.weights, plain.starts, plain.codes, plain.width)
        summed = products.sums(chosen.weights, ranked.starts, ranked.rows)
        tallied = products.tally(
            products.codes_of(np.flatnonzero(mask), plain.starts, plain.codes, plain.width), plain.width
        )
    assert counted.tolist() == table.count(chosen).tolist() == summed[ranked.ranks].tolist() == tallied.tolist()
    assert ranked.count(chosen, 0, table.width)[ranked.ranks].tolist() == counted.tolist()
    for code in range(table.width):
        assert ranked.rows_of(code).tolist() == [row for row, codes in enumerate(rows_of(table)) if code in codes]


def rows_of(table: FacetTable) -> list[list[int]]:
    return [codes.tolist() for codes in np.split(table.plain.codes, table.plain.starts[1:-1])]


def test_common_codes_and_rare_ones_are_counted_alike() -> None:
    rows = [["a", *(["b"] if row % 2 else []), f"word{row // 2}"] for row in range(400)]
    table = FacetTable.of_lists(rows)
    assert len(table.ranked.bits) == 2  # a and b; every other word stands in two rows
    for mask in (np.arange(400) % 3 == 0, np.arange(400) < 150, np.zeros(400, np.bool_), np.ones(400, np.bool_)):
        counts = table.count(Chosen(mask))
        codes, n = table.ranked.most(Chosen(mask), 4, 1_000) or table.most(Chosen(mask), 4)
        assert n.tolist() == counts[codes].tolist()
        assert np.sort(n)[::-1][:4].tolist() == [each for each in np.sort(counts)[::-1][:4].tolist() if each]


@given(st.lists(st.booleans(), max_size=200), st.data())
def test_chosen_rows_are_those_of_the_mask_however_they_are_asked_for(mask: list[bool], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(mask)))
    last = data.draw(st.integers(first, len(mask)))
    within = np.array([here and first <= row < last for row, here in enumerate(mask)], np.bool_)
    for chosen in (Chosen(within), Chosen(within, slice(first, last))):
        assert chosen.listed.tolist() == np.flatnonzero(within).tolist()
        assert (chosen.n, chosen.others.n) == (within.sum(), (~within).sum())
        assert np.arange(len(mask))[chosen.rows].tolist() == np.flatnonzero(within).tolist()
        assert np.unpackbits(chosen.bits.view(np.uint8), count=len(mask)).tolist() == within.tolist()
        assert chosen.weights.tolist() == within.astype(int).tolist()


def test_rows_with_the_same_codes_share_an_itemset() -> None:
    rows = [["b", "a"], ["a"], [], ["a"], ["b", "a"], [], ["a"], []]
    table = FacetTable.of_lists(rows)
    assert table.itemsets is not None
    assert len(table.starts) == 4  # (b, a), (a), none
    assert rows_of(table) == rows_of(table.plain)
    assert table.times(table).itemsets is not None
    assert FacetTable.of_lists([[word] for word in "abcd"]).itemsets is None  # nothing is shared
