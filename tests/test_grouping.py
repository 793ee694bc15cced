"""Copies and stories: what is one, what is not, and that batches, order and hostile text do not matter."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import ingest, starter
from data.articles import Article, to_frame
from data.grouping import GROUP_COLUMNS, Grouper, group, runs, tokens
from data.grouping.copies import Copies, is_copy
from data.grouping.shingles import shingles
from data.grouping.stories import Stories
from tests.corpora import corpus, for_looking, rows
from tests.evaluation import duplicates, stories

if TYPE_CHECKING:
    from collections.abc import Sequence

START = datetime(2025, 3, 1, 6, tzinfo=UTC)
QUAKE = (
    "A strong earthquake struck the coast of Chile before dawn, bringing down houses in Valparaiso and cutting the "
    "power to a hundred thousand homes. Officials in Santiago said that at least twelve people had died, most of them "
    "in the old quarter by the harbour. Soldiers were sent to clear the roads of stones. Schools in three provinces "
    "stay closed until further notice while engineers look at them, and the navy is bringing water and tents by sea."
)
QUAKE_LATER = (
    "Rescuers pulled two children from the rubble in Valparaiso, a day after the earthquake that killed at least "
    "twelve people on the coast of Chile. Aftershocks went on all night, and half of the homes are without power still."
)
BUDGET = (
    "Parliament in Lisbon passed the budget by three votes after a debate that went on past midnight. The minister of "
    "finance promised lower taxes for the young and more money for hospitals; the unions called the plan a disgrace."
)
COMET = (
    "Astronomers at an observatory in Hawaii have found a comet that will pass the Earth in autumn and may be seen "
    "with the naked eye. It comes from far beyond Neptune and has probably never been so near the Sun, they said."
)
FOOTER = (
    "Read all about it every morning in our free newsletter for the curious, which thousands of readers love so much."
)


def table(*articles: dict[str, Any]) -> pd.DataFrame:
    """A tagged table of articles given by some of their columns; `day` counts from START, None is undated."""
    made = [
        Article(
            id=one.get("id", f"{number:03d}"),
            title=one.get("title", ""),
            text=one.get("text", ""),
            title_derived=one.get("title_derived", False),
            published=None if one.get("day", 0) is None else START + timedelta(days=one.get("day", 0)),
            publisher=one.get("publisher", ""),
            language=one.get("language", "en"),
        )
        for number, one in enumerate(articles)
    ]
    countries = [one.get("countries", []) for one in articles]
    main = pd.Series([(about or [""])[0] for about in countries], dtype="str")
    return to_frame(made).assign(
        countries=countries, main_country=main, topics=[one.get("topics", []) for one in articles]
    )


def of(*texts: str, **same: Any) -> pd.DataFrame:
    """A table of articles that differ in their texts alone; their titles have nothing in common."""
    return table(*({"title": f"Title{number}", "text": text, **same} for number, text in enumerate(texts)))


def groups_of(column: pd.Series[Any]) -> list[int]:
    """A number for each label, in the order in which labels first come."""
    return list(pd.factorize(column)[0])


# Words


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Élection", "election"), ("STRASSE", "strasse"), ("naïve", "naive"), ("كِتَاب", "كتاب"), ("أحمد", "احمد"),
        ("Path\u00adology", "pathology"), ("a\u200bb", "ab"), ("\u202erussia\u202c", "russia"), ("ＮＡＴＯ", "nato"),
    ],
)  # fmt: skip
def test_spellings_of_one_word(one: str, two: str) -> None:
    first, second = tokens.hashes([one, two])
    assert first == second != 0


def test_words_know_what_they_are() -> None:
    found = tokens.words(["Quake of 7.6 hits", "", "地震7级", "x 🌋 Ω"])
    assert found.text.tolist() == [0, 0, 0, 0, 0, 2, 2, 2, 2, 3, 3]
    assert found.capital.tolist() == [True] + 9 * [False] + [True]
    assert found.digit.tolist() == [False, False, True, True, *(3 * [False]), True, *(3 * [False])]
    assert found.sign.tolist() == [*(5 * [False]), True, True, False, True, False, False]
    assert found.single.tolist() == [False, False, True, True, False, False, False, True, False, True, True]


def test_a_stem_is_the_beginning_of_a_word() -> None:
    found = tokens.words(["election elections elected anagram nagaram"])
    assert len(set(found.stem[:3].tolist())) == 1
    assert len(set(found.full.tolist())) == 5


def test_words_of_some_texts() -> None:
    texts = ["one two", "three", "", "four five six"]
    assert tokens.words(texts).of([1, 3]).full.tolist() == tokens.words(["three", "four five six"]).full.tolist()
    assert tokens.words(texts).of([1, 3]).text.tolist() == [0, 1, 1, 1]


@given(st.lists(st.integers(0, 3), max_size=20))
def test_places_in_runs(values: list[int]) -> None:
    places = runs.places(np.array(values, np.int64))
    expected: list[int] = []
    for number, value in enumerate(values):
        expected.append(expected[-1] + 1 if number and values[number - 1] == value else 0)
    assert places.tolist() == expected


# Copies


HALF = QUAKE[: len(QUAKE) // 2]
CHINESE = (
    "智利沿海黎明前发生强烈地震，瓦尔帕莱索房屋倒塌，十万户停电。圣地亚哥官员说至少十二人遇难，军队已前往清理道路。"
)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (QUAKE, QUAKE, True),
        (QUAKE, QUAKE.upper(), True),
        (QUAKE, f"SANTIAGO (Wire) - {HALF}", True),
        (QUAKE, f"{BUDGET} {HALF}", True),
        (CHINESE, f"（新华社）{CHINESE}", True),
        (QUAKE, BUDGET, False),
        (QUAKE, QUAKE_LATER, False),
        (f"{QUAKE} {FOOTER}", f"{BUDGET} {FOOTER}", False),
        (CHINESE, CHINESE[:8] + "里斯本议会以三票优势通过预算，辩论持续到午夜之后，财政部长承诺为年轻人减税。", False),
    ],
)
def test_copies_of_a_text(one: str, two: str, same: bool) -> None:
    found = group(table({"text": one, "title": "A"}, {"text": two, "title": "B", "day": 1}))
    assert (found["copy_of"].tolist() == ["", "000"]) is same


@pytest.mark.parametrize(
    ("first", "second", "days", "same"),
    [
        ("Three held after fire in Porto warehouse", "THREE HELD after fire in Porto warehouse!", 2, True),
        ("Three held after fire in Porto warehouse", "Three held after fire in Lisbon warehouse", 2, False),
        ("Live updates", "Live updates", 0, False),
        ("智利沿海发生强烈地震", "智利沿海发生强烈地震", 1, True),
        ("Three held after fire in Porto warehouse", "Three held after fire in Porto warehouse", 31, False),
    ],
)
def test_headlines_alone_are_copies_if_they_are_equal(first: str, second: str, days: int, same: bool) -> None:
    found = group(table({"title": first}, {"title": second, "day": days}))
    assert (found["copy_of"][1] == "000") is same


@pytest.mark.parametrize(
    ("title", "text", "day", "same"),
    [
        ("Markets today: shares fall in Tokyo", f"{FOOTER} Shares fell in Tokyo.", 1, False),
        ("Strong quake hits coast of Chile", HALF, 1, True),
        ("Strong quake hits coast of Chile", HALF, 9, False),
        ("Strong quake 2 hits coast of Chile", HALF, 1, False),
        ("Another title altogether", HALF, 1, False),
    ],
)
def test_a_publisher_repeats_itself_without_copying(title: str, text: str, day: int, same: bool) -> None:
    """Form letters and footers come again in one publisher's articles; under another name the same would be a copy."""
    first = {"title": "Strong quake hits coast of Chile", "text": f"{QUAKE} {FOOTER}", "publisher": "Post"}
    found = group(table(first, {"title": title, "text": text, "day": day, "publisher": "Post"}))
    assert (found["copy_of"][1] == "000") is same


def test_a_footer_in_many_articles_says_nothing() -> None:
    chance = random.Random(1)
    words = [f"word{number}" for number in range(3000)]
    texts = [" ".join(chance.choices(words, k=14)) + " " + FOOTER for _ in range(60)]
    found = group(of(*texts))
    assert (found["copy_of"] == "").all()


def test_a_copy_is_one_of_the_longest_of_its_moment_and_shares_its_story() -> None:
    found = group(table({"id": "a", "text": HALF}, {"id": "b", "text": QUAKE}, {"id": "c", "text": HALF, "day": 20}))
    assert found["copy_of"].tolist() == ["b", "", "b"]
    assert set(found["story"]) == {"b"}


def test_equal_articles_of_one_moment_are_ordered_by_id() -> None:
    found = group(table(*({"id": name, "text": QUAKE} for name in "cab")))
    assert found["copy_of"].tolist() == ["a", "", "a"]


def test_what_makes_a_copy() -> None:
    assert is_copy(50, 200)
    assert not is_copy(49, 200)
    assert is_copy(24, 40)
    assert not is_copy(23, 40)
    assert is_copy(8, 10)
    assert not is_copy(7, 10)


# Stories


CHILE = {"countries": ["CL"], "topics": ["disaster"]}
EVENT = (
    {"id": "a", "title": "Strong earthquake hits Chile", "text": QUAKE, **CHILE},
    {"id": "b", "title": "Lisbon passes budget", "text": BUDGET, "countries": ["PT"], "topics": ["economy"]},
    {"id": "c", "title": "Comet found", "text": COMET, "topics": ["science"]},
    {"id": "d", "title": "Children rescued after Chile earthquake", "text": QUAKE_LATER, "day": 1.2, **CHILE},
    {
        "id": "e", "title": "Terremoto en Chile deja doce muertos", "day": 0.5, "language": "es", **CHILE,
        "text": "Al menos doce personas murieron en Valparaíso tras un fuerte sismo que dejó sin luz miles de hogares.",
    },
)  # fmt: skip


def test_articles_on_one_event_are_a_story() -> None:
    found = group(table(*EVENT))
    assert found["story"].tolist() == ["a", "b", "c", "a", "a"]
    assert (found["copy_of"] == "").all()
    assert found["centrality"][[1, 2]].tolist() == [1.0, 1.0]
    assert found["centrality"][[0, 3, 4]].between(0.3, 0.99).all()


@pytest.mark.parametrize(("days", "same"), [(2, True), (30, False)])
def test_a_story_waits_some_days(days: float, same: bool) -> None:
    found = group(table(EVENT[0], {**EVENT[3], "day": days}))
    assert (found["story"].nunique() == 1) is same


def test_a_story_goes_on_longer_than_it_waits() -> None:
    chapters = [
        {**EVENT[3], "id": f"x{day}", "text": f"{QUAKE_LATER} Day {day}.", "day": day} for day in range(0, 28, 2)
    ]
    chapters = [{**one, "text": " ".join(one["text"].split()[number:])} for number, one in enumerate(chapters)]
    assert set(group(table(*chapters))["story"]) == {"x0"}


def test_the_same_place_and_topic_is_not_yet_one_event() -> None:
    other = "A ferry with forty tourists ran aground in the fjords of Patagonia; all were brought ashore by the navy."
    found = group(table(*EVENT, {"id": "z", "title": "Ferry aground", "text": other, "day": 1, **CHILE}))
    assert found["story"][5] == "z"


# Contract


def test_columns_and_types_and_index() -> None:
    articles = table(*EVENT).set_index(pd.Index([7, 3, 9, 1, 5]))
    found = Grouper().add(articles)
    assert tuple(found) == GROUP_COLUMNS
    assert found.index.equals(articles.index)
    assert [str(kind) for kind in found.dtypes] == ["str", "str", "float32"]
    assert list(group(articles)) == [*articles, *GROUP_COLUMNS]


def test_no_articles() -> None:
    empty = group(table())
    assert len(empty) == 0
    assert set(GROUP_COLUMNS) <= set(empty)
    assert len(Grouper.of(empty).add(table())) == 0
    assert len(Grouper.of(empty).add(table(*EVENT))) == 5


def test_progress_comes_to_the_end() -> None:
    shares: list[float] = []
    group(table(*EVENT, {"id": "u", "text": COMET, "day": None}), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1


SENTENCES = tuple(sentence for text in (QUAKE, QUAKE_LATER, BUDGET, COMET, FOOTER) for sentence in text.split(". "))


@st.composite
def streams(draw: st.DrawFn) -> tuple[pd.DataFrame, list[int]]:
    """Articles in the order of time, no two of one moment, and where to cut them into batches."""
    count = draw(st.integers(1, 14))
    articles, day = [], 0.0
    for number in range(count):
        day += draw(st.sampled_from([0.01, 0.4, 2.0, 6.0, 31.0]))
        text = ". ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5)))
        about = draw(st.sampled_from([[], ["CL"], ["PT"], ["CL", "PT"]]))
        topics = draw(st.sampled_from([[], ["disaster"], ["economy"]]))
        speech, paper = draw(st.sampled_from(["en", "es", ""])), draw(st.sampled_from(["", "Post", "Globe"]))
        articles.append({
            "id": f"{number:02d}", "title": text[:30], "text": text, "day": day, "countries": about, "topics": topics,
            "language": speech, "publisher": paper,
        })  # fmt: skip
    return table(*articles), sorted(draw(st.lists(st.integers(0, count), max_size=4)))


def in_batches(articles: pd.DataFrame, cuts: Sequence[int], grouper: Grouper | None = None) -> pd.DataFrame:
    going = grouper or Grouper()
    ends = [*cuts, len(articles)]
    parts = [going.add(articles.iloc[start:end]) for start, end in zip([0, *cuts], ends, strict=True)]
    return pd.concat(parts)


@settings(max_examples=60, deadline=None)
@given(streams())
def test_batches_in_order_do_not_matter(stream: tuple[pd.DataFrame, list[int]]) -> None:
    articles, cuts = stream
    whole, parts = group(articles), in_batches(articles, cuts)
    assert parts["copy_of"].tolist() == whole["copy_of"].tolist()
    assert parts["story"].tolist() == whole["story"].tolist()
    assert whole["centrality"].between(0, 1).all()


@settings(max_examples=40, deadline=None)
@given(streams(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(stream: tuple[pd.DataFrame, list[int]], chance: random.Random) -> None:
    articles, _ = stream
    shuffled = articles.sample(frac=1, random_state=chance.randrange(1000))
    pd.testing.assert_frame_equal(group(shuffled).sort_index(), group(articles))


@settings(max_examples=40, deadline=None)
@given(streams())
def test_what_a_grouped_table_looks_like(stream: tuple[pd.DataFrame, list[int]]) -> None:
    """Copies have originals that are none, are later, and share their story; a story is named after its founder."""
    found = group(stream[0]).set_index("id")
    copies = found[found["copy_of"] != ""]
    originals = found.loc[copies["copy_of"]]
    assert (originals["copy_of"] == "").all()
    assert (originals["story"].to_numpy() == copies["story"].to_numpy()).all()
    assert (originals["published"].to_numpy() <= copies["published"].to_numpy()).all()
    for name, story in found.groupby("story"):
        assert story["published"].idxmin() == name


def test_late_articles_join_and_change_nothing() -> None:
    articles = table(*EVENT)
    going = Grouper()
    first = going.add(articles.iloc[[1, 2, 3]])
    late = going.add(articles.iloc[[0, 4]])
    assert first["story"].tolist() == ["b", "c", "d"]
    assert set(late["story"]) == {"d"}


def test_the_centralities_of_earlier_articles_can_be_brought_up_to_date() -> None:
    articles = table(*EVENT)
    going = Grouper()
    going.add(articles.iloc[:3])
    assert going.moved == {}
    going.add(articles.iloc[3:])
    whole = group(articles)
    assert going.moved == {"a": pytest.approx(whole["centrality"][0], abs=1e-6)}


@pytest.fixture(scope="module")
def built_in() -> pd.DataFrame:
    return ingest.ingest(starter.FILES).articles


def test_going_on_where_a_table_stopped(built_in: pd.DataFrame) -> None:
    articles = built_in.sort_values(["published", "id"])
    articles = articles[articles["published"].notna()].reset_index(drop=True)
    half = len(articles) // 2
    begun, rest = articles[:half], articles[half:].drop(columns=list(GROUP_COLUMNS))
    found = Grouper.of(begun).add(rest)
    assert found["copy_of"].tolist() == articles["copy_of"][half:].tolist()
    same = [one == two for one, two in zip(found["story"], articles["story"][half:], strict=True)]
    assert np.mean(same) > 0.95


def test_a_copy_and_a_story_go_on_after_a_restart() -> None:
    begun = group(table(*EVENT[:3]))
    again = table({"id": "y", "text": f"(Wire) {BUDGET}", "day": 12}, EVENT[3])
    found = Grouper.of(begun).add(again)
    assert found["copy_of"].tolist() == ["b", ""]
    assert found["story"].tolist() == ["b", "a"]


def test_undated_articles_are_grouped_among_themselves() -> None:
    undated = [{**one, "id": f"u{one['id']}", "day": None} for one in EVENT]
    later = {**EVENT[3], "id": "uu", "text": QUAKE_LATER.replace("two children", "three children"), "day": None}
    found = group(table(EVENT[1], *undated, later)).set_index("id")
    assert found["copy_of"]["ub"] == "b"
    assert found["copy_of"]["uu"] == "ud"
    assert found["story"]["ua"] == "ua"
    assert found["story"]["uc"] == "uc"


def test_undated_batches_in_order_do_not_matter() -> None:
    articles = table(*({**one, "day": None} for one in (*EVENT, *({**one, "id": one["id"] * 2} for one in EVENT))))
    whole, parts = group(articles), in_batches(articles, [2, 3, 7])
    assert parts["story"].tolist() == whole["story"].tolist()
    assert parts["copy_of"].tolist() == whole["copy_of"].tolist()


def test_the_built_in_set_comes_grouped(built_in: pd.DataFrame) -> None:
    assert built_in["story"].isin(built_in["id"]).all()
    assert 100 < built_in["story"].nunique() < len(built_in)


# Hostile text


HOSTILE = (
    "", "word", "\x00", "\ud800", "\ud800 lone \udfff surrogates and some words more here \udc00", "\u202e\u200f\u200b",
    "🙂" * 50, "\u0301" * 90, "a" * 3000, "ⅷ ² ½", "<script>alert(1)</script>", "中" * 300, "𠀀𠀁𠀂" * 40, "ไทย" * 90,
    "한국어 기사 " * 60, "\n" * 500, "İstanbul ŞİŞLİ ß ŉ ǰ", "\U000e0001\U0010ffff\U0001f9ff",
)  # fmt: skip


def raw(articles: pd.DataFrame, texts: Sequence[str]) -> pd.DataFrame:
    """The table with other texts, such as no Arrow array can hold among them."""
    titles = pd.Series([text[:50] for text in texts], dtype=object)
    return articles.assign(title=titles, text=pd.Series(texts, dtype=object))


def test_hostile_text_is_grouped_like_any_other() -> None:
    articles = table(*({"language": "zz-ZZ"} for _ in HOSTILE))
    found = group(raw(articles, HOSTILE))
    assert len(found) == len(HOSTILE)
    assert found["centrality"].between(0, 1).all()


def test_the_big_list_of_naughty_strings() -> None:
    strings = json.loads(corpus("hostile/blns.json").read_text(encoding="utf-8"))
    assert len(group(table(*({"title": text, "text": text * 5} for text in strings)))) == len(strings)


@given(st.lists(st.text(st.characters(codec=None), max_size=60), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_grouped(texts: list[str]) -> None:
    assert len(group(raw(table(*({} for _ in texts)), texts))) == len(texts)


def test_one_line_of_five_megabytes() -> None:
    found = group(of("x" * 5_000_000, "word " * 1_000_000, "中" * 5_000_000, QUAKE))
    assert found["copy_of"].tolist() == ["", "", "", ""]


def test_a_thousand_times_the_same() -> None:
    found = group(table(*({"text": QUAKE, "title": "Quake", "day": number / 500} for number in range(1000))))
    assert (found["copy_of"][1:] == "000").all()
    assert set(found["story"]) == {"000"}


# How the work grows: counted, not timed


def invented(count: int, a_day: int, seed: int = 3) -> pd.DataFrame:
    """Articles of random words, `a_day` of them a day."""
    chance = random.Random(seed)
    words = [f"{chance.randrange(10**9):x}" for _ in range(2000)]
    return table(
        *(
            {
                "id": f"{number:05d}", "title": " ".join(chance.choices(words, k=5)), "day": number / a_day,
                "text": " ".join(chance.choices(words, k=60)) + " " + FOOTER, "countries": [f"C{chance.randrange(30)}"],
            }
            for number in range(count)
        )
    )  # fmt: skip


def work(articles: pd.DataFrame) -> tuple[int, int]:
    """Comparisons of shingles and of pairs."""
    going = Grouper()
    going.add(articles)
    return going.work


def test_the_work_grows_with_the_articles() -> None:
    once, twice = work(invented(600, a_day=40)), work(invented(1200, a_day=40))
    assert 0 < twice[0] <= 2.2 * once[0]
    assert 0 < twice[1] <= 2.2 * once[1]


def test_copies_cost_no_more_than_other_articles() -> None:
    many = table(*({"text": QUAKE, "title": "Quake", "day": number / 50} for number in range(400)))
    shared, pairs = work(many)
    assert shared <= 400 * len(QUAKE.split())
    assert pairs <= 1


def test_old_articles_are_forgotten() -> None:
    articles, going = invented(1000, a_day=10), Grouper()
    for start in range(0, len(articles), 50):
        going.add(articles.iloc[start : start + 50])
    copies, pairs = going.held
    assert copies <= 30 * 10 * 1.6
    assert pairs <= 5 * 10 * 1.6 + 50


def test_an_index_of_copies_merges_its_parts() -> None:
    """Looked up in batches of any size, shingles are found in the merged and in the latest part of the index."""
    texts = [f"{QUAKE} {number}" for number in range(30)] + [BUDGET, COMET] * 5
    index, found = Copies(window=30), []
    for number, text in enumerate(texts):
        made = shingles(tokens.words(["", text]), 1)
        found += index.add(made, [str(number)], [0.0], [""])
    assert found == ["", *["0"] * 29, "", "", *["30", "31"] * 4]


def test_nothing_is_live_at_first() -> None:
    assert Stories(5).add(None, []) == []  # type: ignore[arg-type]


# Evaluation


def test_copies_of_the_corpus_reach_their_figures() -> None:
    found = list(rows(corpus(duplicates.CORPUS)))
    every = {row["id"]: row for row in found}
    grouped = group(duplicates.bare([duplicates.article(row) for row in found]))
    copy_of = dict(zip(grouped["id"], grouped["copy_of"], strict=True))
    total = dict(zip(duplicates.COLUMNS, duplicates.counts(found, copy_of, every).sum(axis=0), strict=True))
    assert total["right"] == total["found"] > 200
    assert [total[f"hit {level}"] / total[f"planted {level}"] for level in duplicates.LEVELS] >= [1.0, 0.99, 0.95]


def test_pairs_are_counted_once() -> None:
    found = pd.DataFrame({"event": list("AABBC"), "story": list("xxxyz"), "language": ["en", "en", "en", "es", "en"]})
    assert stories.counts(found).sum(axis=0).tolist() == [1, 3, 2]
    assert stories.counts(found, across=True).sum(axis=0).tolist() == [0, 0, 1]
    assert stories.figures(stories.counts(found)) == pytest.approx((1 / 3, 1 / 2, 2 / 5))


def test_the_gold_has_both_halves_and_no_text() -> None:
    gold = stories.gold()
    events = pd.Series(gold).value_counts()
    assert len(gold) > 500
    assert (events > 1).sum() > 50
    assert 0.3 < np.mean([for_looking(event) for event in gold.values()]) < 0.7
    assert max(map(len, [*gold, *gold.values()])) < 50
