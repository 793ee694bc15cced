"""What a person does with the page, in a real browser on the built-in set."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser import Window, window

AXE_OURS = "axe"


def click_bar(shown: Window, topic: str) -> None:
    """Clicks the bar of a topic, found by its label on the axis."""
    plot = shown.page.locator(".st-key-card-topics .js-plotly-plot")
    label = plot.locator(".ytick text", has_text=re.compile(f"^{topic}$")).bounding_box()
    origin = plot.locator(".nsewdrag").first.bounding_box()
    shown.page.mouse.click(origin["x"] + 6, label["y"] + label["height"] / 2)
    shown.settle()


def click_country(shown: Window, iso3: str) -> None:
    """Clicks the middle of a country's largest outline."""
    shown.page.wait_for_function(
        "iso3 => [...document.querySelectorAll('.choroplethlayer path')].some(path => path.__data__?.loc === iso3)",
        arg=iso3,
    )
    place = shown.page.evaluate(
        """iso3 => {
            const path = [...document.querySelectorAll('.st-key-card-map .choroplethlayer path')]
                .filter(path => path.__data__?.loc === iso3).pop();
            const box = path.getBBox(), screen = path.getScreenCTM(), point = path.ownerSVGElement.createSVGPoint();
            const inside = (x, y) => { point.x = x; point.y = y; return path.isPointInFill(point); };
            for (let i = 5; i < 45; i++) for (let j = 5; j < 45; j++) {
                const x = box.x + box.width * i / 50, y = box.y + box.height * j / 50;
                if ([[0, 0], [6, 0], [-6, 0], [0, 6], [0, -6]].every(([dx, dy]) => inside(x + dx, y + dy))) {
                    point.x = x;
                    point.y = y;
                    const at = point.matrixTransform(screen);
                    return [at.x, at.y];
                }
            }
        }""",
        iso3,
    )
    assert place, f"{iso3} is not on the map"
    shown.page.mouse.click(*place)
    shown.settle()


def test_open_shows_everything_and_asks_no_other_machine(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(dashboard)
        n, of = shown.numbers()
        assert n == of >= 200
        for card in ("map", "topics", "timeline", "region-topic", "top-stories", "emerging", "cloud", "stories"):
            assert shown.page.locator(f".st-key-card-{card} h2").is_visible()
        assert shown.page.locator(".st-key-card-map .choroplethlayer path").count() > 200
        assert shown.page.locator("[data-testid=stException]").count() == 0
        assert (shown.outside, shown.errors) == ([], [])


def test_a_bar_filters_and_a_second_click_takes_it_back(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(dashboard)
        _, of = shown.numbers()
        click_bar(shown, "Politics")
        assert shown.query()["topic"] == ["politics"]
        n, base = shown.numbers()
        assert 0 < n < of == base
        click_bar(shown, "Economy")
        assert shown.query()["topic"] == ["politics", "economy"]
        assert shown.numbers()[0] > n
        click_bar(shown, "Politics")
        click_bar(shown, "Economy")
        assert "topic" not in shown.query()
        assert shown.numbers() == (of, of)


def test_the_map_filters_by_what_it_shows(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(dashboard)
        click_country(shown, "USA")
        assert shown.query() == {"country": ["US"]}
        assert "about United States" in shown.sentence()
        click_country(shown, "CHN")
        assert shown.query() == {"country": ["US", "CN"]}
        click_country(shown, "USA")
        click_country(shown, "CHN")
        shown.page.get_by_text("Published in", exact=True).last.click()
        shown.settle()
        click_country(shown, "IND")
        assert shown.query() == {"map": ["published"], "published_in": ["IN"]}
        assert "published in India" in shown.sentence()


def test_a_cell_filters_by_region_and_topic(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(dashboard)
        cell = shown.page.locator(".st-key-card-region-topic .scatterlayer text").first
        shown.page.locator(".st-key-card-region-topic").scroll_into_view_if_needed()
        box = cell.bounding_box()
        for expected in (2, 0):
            shown.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            shown.settle()
            assert len({"region", "topic"} & set(shown.query())) == expected
            shown.page.locator(".st-key-card-region-topic").scroll_into_view_if_needed()
            if expected:
                on = shown.page.locator(".st-key-card-region-topic .scatterlayer text").first
                box = on.bounding_box()


def test_a_word_filters_by_mouse_and_by_keyboard(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(dashboard)
        words = shown.page.locator(".st-key-card-cloud svg text")
        word = words.first.get_attribute("data-value")
        words.first.focus()
        shown.page.keyboard.press("Enter")
        shown.settle()
        assert shown.query()["keyword"] == [word]
        pressed = shown.page.locator(".st-key-card-cloud svg text[aria-pressed=true]")
        assert pressed.get_attribute("data-value") == word
        pressed.click()
        shown.settle()
        assert "keyword" not in shown.query()


def test_a_brush_over_the_timeline_chooses_days(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(dashboard)
        shown.page.locator(".st-key-card-timeline").scroll_into_view_if_needed()
        area = shown.page.locator(".st-key-card-timeline .xy > .nsewdrag").bounding_box()
        middle = area["y"] + area["height"] / 2
        shown.page.mouse.move(area["x"] + area["width"] * 0.3, middle)
        shown.page.mouse.down()
        shown.page.mouse.move(area["x"] + area["width"] * 0.5, middle, steps=6)
        shown.page.mouse.up()
        shown.settle()
        query = shown.query()
        assert query["from"][0] < query["to"][0]
        n, of = shown.numbers()
        assert 0 < n < of


def test_a_link_a_reload_and_the_back_button_restore_the_page(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(f"{dashboard}?topic=politics&region=Europe&cloud=distinctive&tables=topics")
        first = shown.sentence()
        assert "Politics" in first
        assert "Europe" in first
        assert shown.page.locator(".st-key-card-topics [data-testid=stDataFrame]").is_visible()
        shown.page.locator(".st-key-clear button").click()
        shown.settle()
        assert shown.sentence().startswith("All")
        shown.page.go_back()
        shown.settle()
        assert shown.sentence() == first
        shown.page.reload()
        shown.settle()
        assert shown.sentence() == first


def test_an_article_opens_with_the_words_behind_its_tags(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(f"{dashboard}?country=JP")
        shown.page.locator(".st-key-card-stories .title").first.click()
        shown.settle()
        panel = shown.page.locator(".st-key-card-stories .panel")
        assert "Japan" in panel.locator("mark.country").all_inner_texts() or panel.locator("mark.country").count() > 0
        assert panel.locator("table caption").inner_text() == "Why these tags"
        assert shown.query()["article"]
        panel.locator("button.chip").first.click()
        shown.settle()
        assert "article" not in shown.query()
        assert len(shown.query()) == 2 or shown.query().get("country") != ["JP"]


def test_filters_by_menu_and_search(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(dashboard)
        shown.page.locator(".st-key-menu-region button").first.click()
        shown.page.get_by_role("button", name="Middle East", exact=True).click()
        shown.settle()
        assert shown.query() == {"region": ["Middle East"]}
        shown.page.keyboard.press("Escape")
        box = shown.page.locator(".st-key-filter-text input")
        box.fill("ceasefire")
        box.press("Enter")
        shown.settle()
        assert shown.query() == {"region": ["Middle East"], "q": ["ceasefire"]}
        n, of = shown.numbers()
        assert 0 < n < of
        shown.page.locator(".st-key-chips button").first.click()
        shown.settle()
        assert len(shown.query()) == 1


def test_nothing_matches_and_every_panel_says_so(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.open(f"{dashboard}?q=zzzzqqqq")
        assert shown.numbers()[0] == 0
        assert shown.page.locator(".st-key-card-stories [data-testid=stAlert]").is_visible()
        assert shown.page.locator("[data-testid=stException]").count() == 0
        assert shown.errors == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 800), (390, 844)])
def test_nothing_is_cut_at_any_size(browser: Any, dashboard: str, width: int, height: int, dark: bool) -> None:
    with window(browser, width=width, height=height, dark=dark) as shown:
        shown.open(f"{dashboard}?region=Europe&topic=politics")
        wider = shown.page.evaluate(
            """() => [...document.querySelectorAll('[data-testid=stMain] *')]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.getBoundingClientRect().width > 0
                             && !e.closest('[data-testid=stDataFrame], svg'))
                .map(e => e.className.toString().slice(0, 60))"""
        )
        assert wider == []
        cut = shown.page.evaluate(
            """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
                const box = plot.getBoundingClientRect();
                return [...plot.querySelectorAll('text')].filter(t => t.textContent.trim()).filter(t => {
                    const r = t.getBoundingClientRect();
                    const sideways = r.left < box.left - 2 || r.right > box.right + 2;
                    return r.width && (sideways || r.bottom > box.bottom + 3 || r.top < box.top - 3);
                }).map(t => t.textContent);
            })"""
        )
        assert cut == []
        background = shown.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        assert background == ("rgb(17, 22, 29)" if dark else "rgb(255, 255, 255)")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "view", ["", "?country=FR&article=en1-083&tables=topics", "?q=zzzzqqqq"], ids=["all", "open", "empty"]
)
def test_axe_finds_nothing_of_ours(browser: Any, dashboard: str, view: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # Streamlit's own: the dimmed hint of a keyboard shortcut, and the canvas that a data frame scrolls.
    theirs = (".stDataFrame", "stTooltip", "kbd", "shortcut", "gdg-", "dvn-")
    with window(browser, dark=dark) as shown:
        shown.open(f"{dashboard}{view}")
        found = Axe().run(shown.page).response["violations"]
        ours = [
            (rule["id"], node["html"][:200])
            for rule in found
            for node in rule["nodes"]
            if not any(mark in node["html"] or mark in str(node["target"]) for mark in theirs)
        ]
        assert ours == []
