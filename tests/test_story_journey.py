"""What a person does with stories and units, in a real browser on a hand-made set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import ROOT, Window, server, window

if TYPE_CHECKING:
    from collections.abc import Iterator

CARDS = ("map", "topics", "timeline", "region-topic", "cloud")


@pytest.fixture(scope="module")
def newsroom() -> Iterator[str]:
    with server(app=ROOT / "tests" / "story_app.py") as address:
        yield address


def captions(shown: Window) -> dict[str, str]:
    """What stands below each figure."""
    return {
        card: shown.page.locator(f".st-key-card-{card} [data-testid=stCaptionContainer]").last.inner_text()
        for card in CARDS
    }


def count_by(shown: Window, unit: str) -> None:
    shown.page.locator(".st-key-units").get_by_text(unit, exact=True).click()
    shown.settle()


def test_the_unit_changes_every_number(browser: Any, newsroom: str) -> None:
    with window(browser) as shown:
        shown.open(f"{newsroom}?topic=disaster&topic=crime")
        assert shown.sentence().startswith("20 of 322 articles (6 %): Articles on")
        for unit, numbers in (("Stories", "2 of 303 stories"), ("Publishers", "12 of 12 publishers")):
            count_by(shown, unit)
            assert shown.query()["unit"] == [unit.lower()]
            assert shown.sentence().startswith(numbers)
            assert all(unit.lower() in caption for caption in captions(shown).values())
            figure = shown.page.locator(".st-key-card-topics [role=figure]").get_attribute("aria-label")
            assert figure.startswith(f"Bar chart of {unit.lower()} by topic")
        shown.page.reload()
        shown.settle()
        assert shown.sentence().startswith("12 of 12 publishers")
        count_by(shown, "Articles")
        assert "unit" not in shown.query()
        assert shown.errors == []


def test_a_top_story_filters_and_a_second_click_takes_it_back(browser: Any, newsroom: str) -> None:
    with window(browser) as shown:
        shown.open(newsroom)
        rows = shown.page.locator(".st-key-card-top-stories .row")
        assert rows.locator(".name").all_inner_texts() == [f"Title of {name}" for name in ("flood2", "trial7", "pair0")]
        rows.first.click()
        shown.settle()
        assert shown.query() == {"story": ["flood0"]}
        assert shown.sentence() == "12 of 322 articles (4 %): Articles in the story “Title of flood2”."
        assert rows.count() == 3
        assert rows.first.get_attribute("aria-pressed") == "true"
        assert "Story: “Title of flood2”" in shown.page.locator(".st-key-chips").inner_text()
        assert shown.page.locator(".st-key-card-stories .title").count() == 8
        shown.page.locator(".st-key-card-stories").get_by_text("Copies (4)").click()
        shown.settle()
        assert shown.query() == {"story": ["flood0"], "copies": ["shown"]}
        assert shown.page.locator(".st-key-card-stories .title").count() == 10
        rows.first.focus()
        shown.page.keyboard.press("Enter")
        shown.settle()
        assert "story" not in shown.query()
        assert shown.numbers() == (322, 322)


def test_what_grows_and_what_rises_can_be_chosen(browser: Any, newsroom: str) -> None:
    with window(browser) as shown:
        shown.open(newsroom)
        shown.page.locator(".st-key-card-top-stories").get_by_text("Growing", exact=True).click()
        shown.settle()
        assert shown.page.locator(".st-key-card-top-stories .name").all_inner_texts() == ["Title of flood2"]
        terms = shown.page.locator(".st-key-card-emerging .row")
        assert terms.locator(".name").all_inner_texts() == ["dam", "flood", "Title of flood2"]
        terms.nth(1).click()
        shown.settle()
        assert shown.query() == {"top": ["growing"], "keyword": ["flood"]}
        assert terms.nth(1).get_attribute("aria-pressed") == "true"
        shown.page.locator(".st-key-card-emerging").get_by_text("Discovered", exact=True).click()
        shown.settle()
        theme = shown.page.locator(".st-key-card-emerging .row").first
        words = theme.locator(".name").inner_text().split(" · ")
        theme.click()
        shown.settle()
        assert set(shown.query()["keyword"]) >= set(words)
        assert shown.errors == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", ["", "?story=flood0&unit=stories&top=growing&emerging=themes"], ids=["all", "story"])
def test_axe_finds_nothing(browser: Any, newsroom: str, view: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with window(browser, dark=dark) as shown:
        shown.open(f"{newsroom}{view}")
        found = Axe().run(shown.page).response["violations"]
        ours = [
            (rule["id"], node["html"][:200])
            for rule in found
            for node in rule["nodes"]
            if "kbd" not in str(node["target"]) and "hortcut" not in node["html"] + str(node["target"])
        ]
        assert ours == []


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_cut(browser: Any, newsroom: str, width: int) -> None:
    with window(browser, width=width) as shown:
        shown.open(f"{newsroom}?story=flood0")
        wider = shown.page.evaluate(
            """() => [...document.querySelectorAll('[data-testid=stMain] *')]
                .flatMap(e => [e, ...(e.shadowRoot?.querySelectorAll('*') ?? [])])
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.getBoundingClientRect().width > 0)
                .map(e => e.className.toString().slice(0, 60))"""
        )
        assert wider == []
