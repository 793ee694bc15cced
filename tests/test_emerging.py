"""What rises against its own past, and the themes that a set falls into."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from components import emerging
from data import themes
from data.bursts import rising
from data.engines import UNITS, Unit
from data.engines.memory import MemoryEngine
from data.facets import NONE
from data.periods import Split, core, latest
from data.selection import Selection
from tests.samples import FIRST_DAY, newsroom, tagged

ALL = Selection()
ENGINE = MemoryEngine(newsroom())
WEEK = Split(FIRST_DAY, FIRST_DAY + timedelta(93), FIRST_DAY + timedelta(99))


def days_of(counts: dict[int, int]) -> pd.DataFrame:
    days = [(FIRST_DAY + timedelta(day)).isoformat() for day in counts]
    return pd.DataFrame({"day": [*days, NONE], "n": [*counts.values(), 9]})


@pytest.mark.parametrize(
    ("counts", "length"),
    [
        (dict.fromkeys(range(100), 5), 7),  # a week is the shortest that is a 25th of the time
        (dict.fromkeys(range(100), 2), 30),  # 14 days hold 28 articles, too few
        (dict.fromkeys(range(730), 1), 30),
        (dict.fromkeys(range(3), 40), 1),
        ({0: 1, 5000: 50, 5001: 50, 5002: 50}, 1),  # one article of long ago is no past
    ],
)
def test_the_latest_period_is_short_but_says_enough(counts: dict[int, int], length: int) -> None:
    split = latest(days_of(counts))
    assert split is not None
    assert split.length == length
    assert split.last == FIRST_DAY + timedelta(max(counts))


@pytest.mark.parametrize("counts", [{}, {3: 500}, {3: 500, 4: 500}, dict.fromkeys(range(59), 1), {0: 500, 90: 29}])
def test_without_a_past_or_a_present_there_is_no_period(counts: dict[int, int]) -> None:
    assert latest(days_of(counts)) is None


def test_now_and_before_are_all_and_do_not_overlap() -> None:
    now, before = WEEK.now(ALL), WEEK.before(ALL)
    assert ENGINE.totals(now).n + ENGINE.totals(before).n == 322
    assert (now.first, before.last) == (date(2025, 4, 4), date(2025, 4, 3))
    assert core(ENGINE.counts(ALL, ("day",))) == (WEEK.first, WEEK.last)
    assert latest(ENGINE.counts(ALL, ("day",))) == WEEK


def test_what_rises_is_told_with_its_base() -> None:
    found = rising(ENGINE, ALL, "keyword", WEEK)
    clear = found[found["clear"]]
    assert clear["keyword"].tolist() == ["dam", "flood"]
    assert clear[["now", "of_now", "before", "of_before"]].to_numpy().tolist() == [[12, 33, 0, 289]] * 2
    assert (found["now"] >= 3).all()
    assert {"budget", "cup"} <= set(found.loc[~found["clear"], "keyword"])


def test_stories_rise_too() -> None:
    found = rising(ENGINE, ALL, "story", WEEK)
    assert found.loc[found["clear"], "story"].tolist() == ["flood0"]


@pytest.mark.parametrize(("unit", "now"), [("articles", 12), ("stories", 1), ("publishers", 12)])
def test_each_unit_counts_its_own(unit: Unit, now: int) -> None:
    found = rising(ENGINE, ALL, "keyword", WEEK, unit).set_index("keyword")
    assert found["now"].get("flood", 1) == now
    assert ("flood" in found.index) == (now >= 3)


def test_a_past_too_rare_to_be_listed_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rising(ENGINE, ALL, "keyword", WEEK)
    monkeypatch.setattr("data.bursts._MOST", 3)
    part = rising(ENGINE, ALL, "keyword", WEEK).set_index("keyword")
    expected = whole.set_index("keyword").loc[part.index, ["now", "before"]]
    pd.testing.assert_frame_equal(part[["now", "before"]], expected)


def test_chance_alone_raises_hardly_anything() -> None:
    draw = np.random.default_rng(5)
    wrong = 0
    for _ in range(20):
        words = draw.integers(0, 60, (400, 3))
        rows = tuple(
            (
                f"a{n}",
                (FIRST_DAY + timedelta(int(draw.integers(0, 100)))).isoformat(),
                "P",
                "GB",
                [],
                [],
                [f"w{w}" for w in three],
            )
            for n, three in enumerate(words)
        )
        engine = MemoryEngine(tagged(rows))
        split = latest(engine.counts(ALL, ("day",)))
        assert split
        wrong += bool(rising(engine, ALL, "keyword", split)["clear"].any())
    assert wrong <= 2


def test_the_list_says_now_and_before_and_what_a_click_does() -> None:
    terms, stories = emerging.risen(ENGINE, ALL, WEEK, "articles")
    chosen = ALL.choose("keyword", ["flood"])
    drawn = emerging.parts(terms, stories, {"flood0": "Title of flood2"}, chosen)
    assert [part["head"] for part in drawn["parts"]] == ["Terms", "Stories"]
    dam, flood = drawn["parts"][0]["rows"]
    assert (dam["on"], flood["on"]) == (False, True)
    assert flood["marks"] == ["keyword", "flood"]
    assert flood["about"] == "12 of 33 now, 0 of 289 before"
    assert [bar["text"] for bar in flood["bars"]] == ["36 % now", "0 % before"]
    assert drawn["parts"][1]["rows"][0]["name"] == "Title of flood2"
    table = emerging.as_table(terms, stories, {"flood0": "Title of flood2"})
    assert table["Now"].tolist() == [12, 12, 12]
    assert (table["At least"] > 1).all()


def test_where_nothing_is_clear_the_most_likely_are_shown_as_such() -> None:
    rows = [
        (f"a{n}", (FIRST_DAY + timedelta(n % 100)).isoformat(), "P", "GB", [], [], [f"w{n % 150}"]) for n in range(500)
    ]
    rows += [(f"b{n}", (FIRST_DAY + timedelta(95)).isoformat(), "P", "GB", [], [], ["comet"]) for n in range(3)]
    engine = MemoryEngine(tagged(tuple(rows)))
    split = latest(engine.counts(ALL, ("day",)))
    assert split
    terms, stories = emerging.risen(engine, ALL, split, "articles")
    assert terms["keyword"].tolist() == ["comet"]
    assert not terms["clear"].any()
    drawn = emerging.parts(terms, stories, {}, ALL, " that may be chance")["parts"]
    assert [part["head"] for part in drawn] == ["Terms that may be chance"]
    assert "chance raises a few" in emerging.caption(split, "articles", clear=False)


@pytest.mark.parametrize("unit", UNITS)
def test_the_caption_says_the_period_and_the_unit(unit: Unit) -> None:
    words = emerging.caption(WEEK, unit)
    assert "the last 7 days, 4 Apr 2025 to 10 Apr 2025" in words
    assert f"Counted in {unit}" in words


def clusters(n: int) -> list[list[str]]:
    draw = np.random.default_rng(3)
    kinds = [[f"{kind}{i}" for i in range(6)] for kind in ("sea", "war", "law", "art")]
    return [draw.choice(kinds[i % 4], 4, replace=False).tolist() for i in range(n)]


def test_themes_are_the_words_that_go_together() -> None:
    found = themes.discover(clusters(400))
    assert themes.discover(clusters(400)) == found
    assert sum(theme.n for theme in found) == 400
    for theme in found:
        assert len({word[:3] for word in theme.words}) == 1
        assert 1 <= len(theme.words) <= themes.WORDS


@pytest.mark.parametrize(
    "keywords", [[], clusters(themes.FEWEST - 1), [[] for _ in range(400)], [[f"w{n}"] for n in range(400)]]
)
def test_too_little_has_no_themes(keywords: list[list[str]]) -> None:
    assert themes.discover(keywords) == ()


@pytest.mark.parametrize(("articles", "k"), [(300, 5), (10, 4), (1_000, 10), (20_000, 20)])
def test_more_articles_have_more_themes(articles: int, k: int) -> None:
    assert themes.how_many(articles) == k


def test_a_theme_filters_by_any_of_its_words() -> None:
    found = (themes.Theme(("sea", "ship"), 30), themes.Theme(("law",), 10))
    rows = emerging.themes_parts(found, 50, ALL.choose("keyword", ["law"]))["parts"][0]["rows"]
    assert [row["on"] for row in rows] == [False, True]
    assert rows[0]["marks"] == ["keyword", "sea", "keyword", "ship"]
    assert rows[0]["bars"][0]["text"] == "60 %"
    assert "newest 50 of 70 articles" in emerging.themes_caption(2, 50, 70)
    assert emerging.themes_table(found, 50)["Share"].tolist() == [0.6, 0.2]
