"""The page without a browser: what Streamlit draws for an address, and what its widgets write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from components import opening
from tests.browser import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("sys.argv", ["app.py"])
    opening.begin().done.wait(120)
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_it_opens_on_the_built_in_set(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.title[0].value == "World News Themes"
    assert int(metrics(app)["Articles"]) >= 200
    assert any("Built-in set" in markdown.value for markdown in app.markdown)
    titles = {header.value for header in app.header}
    assert titles >= {"Countries the news is about", "Topics", "Over time", "Topics by region", "Keywords", "Articles"}
    assert titles >= {"Top stories", "Emerging"}


def test_an_address_is_the_state(app: AppTest) -> None:
    app.query_params["topic"] = ["sport"]
    app.query_params["map"] = "published"
    app.run()
    assert not app.exception
    assert app.multiselect(key="filter-topic").value == ["sport"]
    assert metrics(app)["Leading topic"] == "Sport"
    assert any(header.value == "Countries it is published in" for header in app.header)


def test_widgets_write_the_address(app: AppTest) -> None:
    app.run()
    everything = int(metrics(app)["Articles"])
    app.multiselect(key="filter-topic").select("politics").run()
    assert app.query_params["topic"] == "politics"
    some = int(metrics(app)["Articles"])
    assert 0 < some < everything
    app.text_input(key="filter-text").set_value("election").run()
    assert app.query_params["q"] == "election"
    fewer = int(metrics(app)["Articles"])
    assert 0 < fewer < some
    app.button(key="clear").click().run()
    assert not app.query_params
    assert int(metrics(app)["Articles"]) == everything


@pytest.mark.parametrize(("unit", "noun"), [("stories", "stories"), ("publishers", "publishers")])
def test_the_unit_changes_every_panel(app: AppTest, unit: str, noun: str) -> None:
    app.query_params["tables"] = ["map", "topics", "timeline", "region-topic", "cloud"]
    app.run()
    before = [frame.value for frame in app.dataframe]
    app.segmented_control(key="unit").set_value(unit).run()
    assert not app.exception
    assert app.query_params["unit"] == unit
    after = [frame.value for frame in app.dataframe]
    assert len(after) == len(before) == 5
    for one, other in zip(before, after, strict=True):
        assert "Articles" in one
        assert unit.capitalize() in other
        assert "Articles" not in other
    sentence = next(markdown.value for markdown in app.markdown if markdown.value.startswith("**All"))
    assert noun in sentence
    assert sum(noun in caption.value for caption in app.caption) >= 5


def test_a_region_opens_into_its_parts_and_countries(app: AppTest) -> None:
    app.query_params["region"] = ["Africa"]
    app.run()
    offered = app.multiselect(key="filter-country").options
    assert "Kenya" in offered
    assert "France" not in offered
    assert not app.exception


@pytest.mark.parametrize("panel", ["map", "topics", "timeline", "region-topic", "cloud", "stories"])
def test_every_panel_has_a_table(app: AppTest, panel: str) -> None:
    app.run()
    assert not app.dataframe
    app.button(key=f"table-{panel}").click().run()
    assert not app.exception
    assert app.query_params["tables"] == panel
    assert len(app.dataframe) == 1
    assert len(app.dataframe[0].value) > 3
    app.button(key=f"table-{panel}").click().run()
    assert not app.dataframe


@pytest.mark.parametrize(
    "query",
    [
        {"q": "nothing says this"},
        {"country": "ZZ"},
        {"topic": "gardening"},
        {"from": "1900-01-01", "to": "1901-01-01"},
        {"unit": "gallons", "top": "?", "emerging": "?", "copies": "?", "story": "nobody"},
        {"map": "sideways", "cloud": "upside-down", "page": "-5", "article": "nobody", "tables": "none", "order": "?"},
        {"day": "none"},
        {"country": "none", "topic": "none"},
    ],
)
def test_odd_addresses_are_no_errors(app: AppTest, query: dict[str, str]) -> None:
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception


def test_own_news_is_opened_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = tmp_path / "mine.csv"
    rows = [f"Parliament of Kenya votes {n},Nairobi sees vote {n} on the election law.,Post" for n in range(5)]
    news.write_text("\n".join(["title,text,publisher", *rows, ",,"]), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["app.py", str(news)])
    opening.begin().done.wait(60)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert metrics(app)["Articles"] == "5"
    assert metrics(app)["Published"] == "undated"
    assert any("1 row not read" in markdown.value for markdown in app.markdown)


def test_what_cannot_be_opened_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py", "no/such/file.csv"])
    opening.begin().done.wait(60)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "no/such/file" in app.error[0].value.replace("\\", "")
