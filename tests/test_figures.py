"""What the figures draw and say, from frames alone."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from components import keyword_cloud, kpis, layouts, region_topic, theme, timeline, topics, world_map
from components.charts import days, marks
from components.shapes import shapes
from components.view import View
from components.wording import one
from data import geography
from data.engines import UNITS, Unit
from data.engines.memory import MemoryEngine
from data.facets import NONE
from data.selection import Selection
from data.statistics import shares
from tests.plotted import plotted
from tests.samples import tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = MemoryEngine(tagged())
ALL = Selection()
LIGHT = theme.LIGHT


@pytest.mark.parametrize("path", sorted(Path("components").glob("*.py")), ids=lambda path: path.stem)
def test_figures_do_not_touch_the_page(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name == "figure":
            assert "st" not in {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def test_bars_carry_their_facet_and_their_words() -> None:
    counts = topics.ordered(shares(ENGINE.counts(ALL, ["topic"]), 6))
    bars = plotted(topics.figure(counts, ("sport",), LIGHT)).data[0]
    assert [tuple(mark) for mark in bars.customdata][-1] == ("topic", "politics")
    assert tuple(bars.customdata[0]) == ("topic", NONE)
    assert bars.y[0] == "Unsure"
    assert bars.text[-1] == "3 · 50 %"
    opacity = dict(zip((mark[1] for mark in bars.customdata), bars.marker.opacity, strict=True))
    assert opacity["sport"] == 1
    assert opacity["politics"] == theme.FADED


def test_the_map_draws_every_country_and_small_ones_as_points() -> None:
    counts = shares(pd.DataFrame({"country": ["FR", "SG", "XK", NONE, "??"], "n": [5, 3, 2, 9, 1]}), 20)
    ground, *_, areas, points = plotted(world_map.figure(counts, (), LIGHT)).data
    assert set(areas.locations) | set(ground.locations) >= set(shapes())
    assert set(areas.locations) == {"FRA", "SGP", "XKX"}
    assert [tuple(mark) for mark in points.customdata] == [("country", "SG"), ("country", "XK")]
    assert "France" in areas.text[0]
    assert "5 articles" in areas.text[0]


def test_countries_outside_a_chosen_region_stand_back() -> None:
    counts = shares(pd.DataFrame({"country": ["FR", "US"], "n": [5, 3]}), 8)
    lit = world_map.lit(ALL.choose("region", ["Europe"]), "country")
    _, back, _, front, _ = plotted(world_map.figure(counts, (), LIGHT, lit)).data
    assert (list(back.locations), list(front.locations)) == (["USA"], ["FRA"])
    assert back.marker.opacity < front.marker.opacity == 1


@pytest.mark.parametrize("unit", UNITS)
def test_figures_and_captions_name_what_they_count(unit: Unit) -> None:
    totals, noun = ENGINE.totals(ALL, unit), unit
    by_country = shares(ENGINE.counts(ALL, ["country"], unit), totals.n)
    *_, areas, _ = plotted(world_map.figure(by_country, (), LIGHT, None, unit)).data
    assert all(re.search(rf"\d (?:{noun}|{one(noun)}) ", text) for text in areas.text)
    assert areas.colorbar.title.text == f"{noun.capitalize()} (log scale)"
    assert f"{totals.n} {noun}" in world_map.caption(by_country, totals, "country", unit)
    by_topic = topics.ordered(shares(ENGINE.counts(ALL, ["topic"], unit), totals.n))
    assert noun in plotted(topics.figure(by_topic, (), LIGHT, unit)).data[0].hovertext[-1]
    assert noun.capitalize() in topics.as_table(by_topic, unit)
    cells = region_topic.grid(
        ENGINE.counts(ALL, ["region", "topic"], unit),
        ENGINE.counts(ALL, ["region"], unit),
        by_topic,
        region_topic.columns_for(()),
    )
    assert any(
        noun in text
        for line in plotted(region_topic.figure(cells, ALL, LIGHT, unit)).data[0].hovertext
        for text in line
    )
    assert f"fewer than 10 {noun}" in region_topic.caption(totals, unit)
    axis = timeline.Axis(date(2025, 3, 1), date(2025, 4, 20), "month")
    months = ENGINE.counts(ALL, ["month"], unit)
    bins = timeline.binned(months, ENGINE.counts(ALL, ["month", "topic"], unit), axis, ())
    assert noun in plotted(timeline.figure(bins, (), LIGHT, unit=unit)).data[0].hovertext[0]
    assert timeline.caption(totals, axis, ENGINE.totals(ALL), 0, unit).startswith(f"{totals.n} {noun} by month")
    view = View(unit=unit)
    assert f"in {totals.n} {noun}. Size: number of {noun}" in keyword_cloud.caption(
        4, ENGINE.counts(ALL, ["keyword"], unit), totals, view, False
    )


def test_every_figure_is_one_that_plotly_knows() -> None:
    drawn = 0
    for palette in (theme.LIGHT, theme.DARK):
        for engine in (ENGINE, MemoryEngine(tagged(()))):
            for figure in figures_of(engine, palette):
                plotted(figure)
                drawn += 1
    assert drawn == 24


def figures_of(engine: MemoryEngine, palette: theme.Palette) -> Iterator[theme.Figure]:
    n = engine.totals(ALL).n
    chosen = ALL.choose("topic", ["politics"]).choose("region", ["Europe"]).between(date(2025, 3, 1), None)
    yield world_map.figure(shares(engine.counts(ALL, ["country"]), n), ("FR",), palette)
    by_topic = topics.ordered(shares(engine.counts(ALL, ["topic"]), n))
    yield topics.figure(by_topic, ("politics",), palette)
    yield world_map.figure(shares(engine.counts(ALL, ["country"]), n), ("FR",), palette, numbers="shares")
    yield topics.figure(by_topic, ("politics",), palette, numbers="shares")
    columns = region_topic.columns_for(())
    cells = region_topic.grid(
        engine.counts(ALL, ["region", "topic"]), engine.counts(ALL, ["region"]), by_topic, columns
    )
    yield region_topic.figure(cells, chosen, palette)
    if axis := timeline.axis_of(engine.counts(ALL, ["day"])):
        by_bin, names = engine.counts(ALL, [axis.bin]), ("politics", "sport")
        bins = timeline.binned(by_bin, engine.counts(ALL, [axis.bin, "topic"]), axis, names)
        for numbers in ("counts", "shares"):
            yield timeline.figure(bins, names, palette, (chosen.first, chosen.last), numbers=numbers)


def test_figures_of_nothing_are_empty_but_whole() -> None:
    nothing = MemoryEngine(tagged(()))
    for facet in ("country", "published_in"):
        counts = shares(nothing.counts(ALL, [facet]), 0)
        assert len(plotted(world_map.figure(counts, (), LIGHT)).data[0].locations) >= 250
        assert world_map.caption(counts, nothing.totals(ALL), facet).startswith("Shares of 0 articles")
    assert (
        len(plotted(topics.figure(topics.ordered(shares(nothing.counts(ALL, ["topic"]), 0)), (), LIGHT)).data[0].y) == 0
    )


def test_every_country_is_on_the_map_or_has_a_place_for_its_point() -> None:
    codes = list(geography.COUNTRIES)
    counts = shares(pd.DataFrame({"country": codes, "n": range(1, len(codes) + 1)}), 10_000)
    *_, areas, points = plotted(world_map.figure(counts, (), LIGHT)).data
    drawn = {iso3 for iso3 in areas.locations if iso3 in shapes() and not shapes()[iso3].small}
    dotted = {mark[1] for mark in points.customdata}
    assert {c.iso2 for c in geography.COUNTRIES.values() if c.iso3 not in drawn} == dotted


@pytest.mark.parametrize(
    ("days", "axis"),
    [
        ({"2025-03-01": 300, "2025-03-20": 300}, ("2025-03-01", "2025-03-20", "day")),
        ({"2025-03-01": 5, "2025-06-20": 5}, ("2025-03-01", "2025-06-20", "week")),
        ({"2025-01-01": 120, "2025-12-30": 120}, ("2025-01-01", "2025-12-30", "month")),
        ({"2019-01-01": 900, "2025-12-30": 900}, ("2019-01-01", "2025-12-30", "month")),
        ({"1990-01-01": 900, "2025-12-30": 900}, ("1990-01-01", "2025-12-30", "year")),
        ({"2007-10-13": 1, "2024-01-01": 120, "2025-12-30": 120, NONE: 7}, ("2024-01-01", "2025-12-30", "month")),
        ({"2025-03-01": 1}, ("2025-03-01", "2025-03-01", "day")),
    ],
)
def test_the_axis_suits_the_days(days: dict[str, int], axis: tuple[str, str, str]) -> None:
    found = timeline.axis_of(pd.DataFrame({"day": list(days), "n": list(days.values())}))
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat(), found.bin) == axis
    assert len(found.starts) >= 1


def test_no_axis_without_dated_articles() -> None:
    assert timeline.axis_of(pd.DataFrame({"day": [NONE], "n": [4]})) is None
    assert timeline.axis_of(pd.DataFrame({"day": [], "n": []})) is None


def test_bins_hold_all_articles_and_empty_bins_are_zero() -> None:
    axis = timeline.Axis(date(2025, 3, 1), date(2025, 4, 20), "month")
    bins = timeline.binned(ENGINE.counts(ALL, ["month"]), ENGINE.counts(ALL, ["month", "topic"]), axis, ("politics",))
    assert bins.counts["all"].tolist() == [4, 1]
    assert bins.counts["politics"].tolist() == [2, 0]
    totals = ENGINE.totals(ALL)
    assert "1 article without a date" in timeline.caption(totals, axis, totals, 0)
    march = timeline.Axis(date(2025, 3, 1), date(2025, 3, 31), "month")
    assert timeline.beyond(ENGINE.counts(ALL, ["month"]), march) == 1


def test_shares_over_time_are_of_all_that_the_same_publishers_published() -> None:
    starts = ("2025-01-01", "2025-02-01", "2025-03-01")
    axis = timeline.Axis(date(2025, 1, 1), date(2025, 3, 31), "month")
    counts = pd.DataFrame({"month": starts[:2], "n": [5, 2]})
    by_topic = pd.DataFrame({"topic": ["sport"], "month": ["2025-01-01"], "n": [4]})
    base = pd.DataFrame({"month": starts[:2], "n": [20, timeline.FEWEST - 1]})
    publishers = pd.DataFrame({"month": starts[:2], "n": [3, 1]})
    bins = timeline.binned(counts, by_topic, axis, ("sport",), base, publishers)
    drawn = bins.drawn("shares")
    assert drawn["all"].iloc[0] == 0.25
    assert drawn["sport"].iloc[0] == 0.2
    assert drawn["all"].isna().tolist() == [False, True, True]  # too few for a share, and none at all
    assert bins.gaps.tolist() == [False, False, True]
    figure = plotted(timeline.figure(bins, ("sport",), LIGHT, numbers="shares"))
    assert list(figure.data[-1].x) == ["2025-03-01"]  # the gap is hatched
    assert "20 % of 20" in figure.data[1].hovertext[0]
    kept = timeline.background(ALL.choose("topic", ["sport"]).choose("publisher", ["A"]))
    assert kept == ALL.choose("publisher", ["A"])


@pytest.mark.parametrize(
    ("chosen", "columns"),
    [
        ((), ("Africa", "Americas", "Asia", "Europe", "Oceania", NONE)),
        (("Europe",), ("Europe", "Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe")),
        (("Northern Europe",), ("Europe", "Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe")),
        (("Caribbean",), ("Latin America and the Caribbean", "Caribbean", "Central America", "South America")),
        (("Europe", "Asia"), ("Africa", "Americas", "Asia", "Europe", "Oceania", NONE)),
        (("Middle East",), ("Africa", "Americas", "Asia", "Europe", "Oceania", NONE)),
    ],
)
def test_one_region_opens_into_its_parts(chosen: tuple[str, ...], columns: tuple[str, ...]) -> None:
    assert region_topic.columns_for(chosen) == columns


def test_cells_have_the_base_of_their_region() -> None:
    cells = region_topic.grid(
        ENGINE.counts(ALL, ["region", "topic"]),
        ENGINE.counts(ALL, ["region"]),
        ENGINE.counts(ALL, ["topic"]),
        region_topic.columns_for(()),
    )
    politics = cells.set_index(["region", "topic"]).loc[("Europe", "politics")]
    assert (politics["n"], politics["base"]) == (2, 3)
    drawn = plotted(region_topic.figure(cells, ALL, LIGHT))
    assert "2 of 3" in drawn.data[1].text
    assert not drawn.layout.shapes
    both = ALL.choose("region", ["Europe"]).choose("topic", ["politics"])
    assert len(plotted(region_topic.figure(cells, both, LIGHT)).layout.shapes) == 1


def test_the_cloud_s_layout_keeps_words_apart_and_is_the_same_each_time() -> None:
    sizes = (("budget", 9.0), ("election", 5.0), ("選挙", 4.0), ("予算", 3.0), ("cup", 1.0))
    placed = layouts.layout(sizes)
    assert [word["word"] for word in placed] == [word for word, _ in sizes]
    layouts.begin.cache_clear()
    assert layouts.layout(sizes) == placed
    boxes = [(w["x"], w["y"] - w["size"] * 0.5, w["x"] + w["length"], w["y"]) for w in placed if not w["turned"]]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_no_words_no_layout() -> None:
    assert layouts.layout(()) == ()


def test_distinctive_words_are_those_of_the_selection() -> None:
    inside = pd.DataFrame({"keyword": ["cup", "budget", NONE], "n": [8, 5, 2]})
    everything = pd.DataFrame({"keyword": ["budget", "cup", "poll", NONE], "n": [90, 9, 50, 2]})
    words = keyword_cloud.distinctive(inside, everything)
    assert words["keyword"].tolist() == ["cup"]
    assert keyword_cloud.frequent(inside)["keyword"].tolist() == ["cup", "budget"]


@pytest.mark.parametrize("selection", [ALL, Selection(text="none such")], ids=["all", "nothing"])
def test_key_figures_say_their_base(selection: Selection) -> None:
    shown = {
        label: (value, about)
        for label, value, about in kpis.figures(
            {unit: ENGINE.totals(selection, unit) for unit in UNITS}, ENGINE.counts(selection, ["topic"])
        )
    }
    if selection:
        assert shown["Articles"] == ("0", "0 % of 6")
        assert shown["Leading topic"][0] == "none"
    else:
        assert shown["Articles"] == ("6", "100 % of 6")
        assert shown["Leading topic"] == ("Politics", "50 % of 6 articles; 1 unsure")
        assert shown["Published"][1] == "5 articles dated, 1 undated"


@pytest.mark.parametrize(
    ("customdata", "found"),
    [
        (["topic", "sport"], (("topic", "sport"),)),
        (["region", "Asia", "topic", "arts"], (("region", "Asia"), ("topic", "arts"))),
        ([], ()),
    ],
)
def test_a_click_names_its_facets(customdata: list[str], found: tuple[tuple[str, str], ...]) -> None:
    assert marks(customdata) == found


def test_a_brush_names_its_days() -> None:
    assert days(["2025-03-09 10:00", "2025-03-01"]) == (date(2025, 3, 1), date(2025, 3, 9))
