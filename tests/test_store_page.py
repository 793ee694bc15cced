"""The page on a store: opened by default, newer versions seen, older ones pinned by the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from components import opening
from data.store import Store
from data.store.adding import Addition
from tests.browser import ROOT
from tests.samples import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setenv("NEWS_STORE", str(tmp_path))
    opening.opening.cache_clear()
    yield
    opening.opening.cache_clear()


def add(*ids: str) -> None:
    Addition(Store.at(), "added by a test").write(table(list(ids)))


def articles(**query: str) -> str:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return next(metric.value for metric in app.metric if metric.label == "Articles")


def test_a_store_with_articles_is_opened_and_a_newer_version_is_seen() -> None:
    add("a", "b")
    assert articles() == "2"
    add("c")
    assert articles() == "3"
    Store.at().undo()
    assert articles() == "2"


def test_a_version_can_be_pinned() -> None:
    add("a", "b")
    pinned = str(Store.at().version())
    add("c")
    assert articles(version=pinned) == "2"
    assert articles() == "3"
    assert articles(version=pinned) == "2"
    assert articles(version="no number") == "3"


def test_a_version_that_is_not_there_is_said() -> None:
    add("a")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["version"] = "99"
    app.run()
    assert not app.exception
    assert "version 99" in app.error[0].value.replace("\\", "")


def test_search_reads_the_store() -> None:
    add("a", "b")
    word = Store.at().texts(["a"])["text"].iloc[0].split()[0]
    assert int(articles(q=word)) > 0
    assert articles(q="quite-unheard-of") == "0"
    assert (Store.at().folder / "search.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["app.py"], opening.Asked()),
        (["app.py", "a.csv", "b"], opening.Asked(("a.csv", "b"))),
        (["app.py", "--store", "/srv/news"], opening.Asked((), "/srv/news")),
        (["app.py", "--read-only", "a.csv"], opening.Asked(("a.csv",))),
        (["pytest", "tests"], opening.Asked()),
    ],
)
def test_what_the_command_line_asks_for(arguments: list[str], found: opening.Asked) -> None:
    assert opening.asked(arguments) == found
