"""A journey in a real browser with DuckDB or Apache Spark behind the page: its numbers are those of memory."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from data.engines.stored import open_stored
from data.selection import Selection
from data.store import Store
from tests import spark_cluster
from tests.benchmarks.opening import make
from tests.browser import Window, server, window
from tests.test_sql_engine import PLACES

if TYPE_CHECKING:
    from pathlib import Path

    from data.engines import Unit

PATIENCE = 240_000
"""Milliseconds that a whole page may take."""
JOURNEY: tuple[tuple[str, Selection, Unit], ...] = (
    ("", Selection(), "articles"),
    ("?region=Africa", Selection().choose("region", ["Africa"]), "articles"),
    ("?region=Africa&topic=sport", Selection().choose("region", ["Africa"]).choose("topic", ["sport"]), "articles"),
    (
        "?region=Africa&topic=sport&unit=stories",
        Selection().choose("region", ["Africa"]).choose("topic", ["sport"]),
        "stories",
    ),
)
"""Addresses, and what they ask."""


def whole(shown: Window) -> None:
    """Waits until all panels stand."""
    shown.page.wait_for_timeout(600)
    shown.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=PATIENCE)
    shown.page.wait_for_timeout(300)


@pytest.mark.parametrize("where", PLACES)
def test_the_page_on_an_engine_shows_the_numbers_of_memory(where: str, browser: Any, tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    make(store, 2_000)
    memory = open_stored(store)
    with server("--engine", where, store=tmp_path) as address, window(browser) as shown:
        for query, selection, unit in JOURNEY:
            shown.page.goto(f"{address}{query}")
            shown.page.locator(".st-key-sentence").wait_for(timeout=PATIENCE)
            whole(shown)
            totals = memory.totals(selection, unit)
            assert shown.numbers() == (totals.n, totals.of)
            assert shown.page.locator("[class*=st-key-card-failed]").count() == 0
            assert shown.page.locator("[class*=st-key-card-]").count() >= 8
        assert not shown.errors


@pytest.mark.skipif(not spark_cluster.THERE, reason=spark_cluster.WHY_NOT)
def test_a_master_that_goes_away_and_comes_back_under_an_open_page(browser: Any, tmp_path: Path) -> None:
    folder, logs = tmp_path / "store", tmp_path / "logs"
    logs.mkdir()
    store = Store.at(folder)
    make(store, 300)
    asked = Selection().choose("region", ["Africa"])
    totals = open_stored(store).totals(asked, "articles")
    with ExitStack() as up:
        where, _ = up.enter_context(spark_cluster.cluster(logs, 1))
        with server("--engine", where, store=folder) as address, window(browser) as shown:
            shown.page.goto(address)
            shown.page.locator(".st-key-sentence").wait_for(timeout=PATIENCE)
            whole(shown)
            before = shown.numbers()
            up.close()
            shown.page.goto(f"{address}?region=Africa")
            failed = shown.page.locator("[class*=st-key-card-failed]").first
            failed.wait_for(timeout=PATIENCE)
            assert f"Spark at {where} gave no answer" in failed.inner_text()
            shown.page.goto(address)  # what was counted before is still shown
            whole(shown)
            assert shown.numbers() == before
            with spark_cluster.cluster(logs, 1, int(where.rpartition(":")[2])):
                shown.page.goto(f"{address}?region=Africa")
                shown.page.locator(".st-key-sentence").wait_for(timeout=PATIENCE)
                whole(shown)
                assert shown.numbers() == (totals.n, totals.of)
                assert shown.page.locator("[class*=st-key-card-failed]").count() == 0
