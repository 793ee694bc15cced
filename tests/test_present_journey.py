"""The present view in a real browser on the built-in set: keys, marks, full use without a mouse, looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from components.report.findings import Finding, Report
from components.report.links import pack
from tests.browser import window

if TYPE_CHECKING:
    from tests.browser import Window

REPORT = Report(
    (
        Finding("topics", (("region", ("Europe",)),), "Politics leads in Europe", note="Said in the meeting."),
        Finding("map", (), "Where the news is", "", "", "00000000", "7 of 9 articles (78 %)"),
        Finding("timeline", (), "=1+1 <script>alert(1)</script> **most** in ![x](http://outside.example/x.png)"),
        Finding("top-stories", (), "The largest stories"),
        Finding("cloud", (), "Words"),
    ),
    "A report",
)
FINDINGS = len(REPORT.findings)


def present(shown: Window, dashboard: str, slide: int, more: str = "") -> None:
    """Opens a slide and waits until it is drawn."""
    shown.page.goto(f"{dashboard}?slide={slide}&report={pack(REPORT)}{more}")
    settle(shown)


def settle(shown: Window) -> None:
    shown.page.locator(".st-key-stage .number").wait_for(timeout=60_000)
    shown.page.wait_for_timeout(250)
    shown.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
    shown.page.wait_for_timeout(700)


def number(shown: Window) -> tuple[int, int]:
    """The slide and how many there are."""
    at, of = re.findall(r"\d+", shown.page.locator(".st-key-stage .number").inner_text())
    return int(at), int(of)


def title(shown: Window) -> str:
    return str(shown.page.locator(".st-key-slide h1").first.inner_text())


def press(shown: Window, *keys: str) -> None:
    for key in keys:
        shown.page.keyboard.press(key)
    settle(shown)


def dialog(shown: Window) -> Any:
    found = shown.page.locator("[role=dialog]")
    found.wait_for(timeout=20_000)
    settle(shown)
    return found


def test_keys_turn_the_slides_and_escape_leaves(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        present(shown, dashboard, 1, "&region=Europe&cloud=distinctive")
        assert title(shown) == "A report"
        at, of = number(shown)
        assert (at, of) >= (1, FINDINGS + 3)
        press(shown, "ArrowRight")
        assert (number(shown), title(shown)) == ((2, of), "Politics leads in Europe")
        press(shown, "PageDown", "Space", "ArrowRight")
        assert number(shown) == (5, of)
        assert shown.query()["slide"] == ["5"]
        press(shown, "PageUp")
        assert title(shown) == "=1+1 <script>alert(1)</script> **most** in ![x](http://outside.example/x.png)"
        press(shown, "End")
        assert number(shown) == (of, of)
        press(shown, "ArrowRight")
        assert number(shown) == (of, of)
        press(shown, "ArrowLeft")
        assert number(shown) == (of - 1, of)
        press(shown, "Home")
        assert number(shown) == (1, of)
        shown.page.go_back()
        settle(shown)
        assert number(shown) == (of - 1, of)
        shown.page.keyboard.press("Escape")
        shown.settle()
        query = shown.query()
        assert query == {"region": ["Europe"], "cloud": ["distinctive"], "report": [pack(REPORT)]}
        assert shown.page.locator(".st-key-stage").count() == 0
        assert (shown.outside, shown.scripts, shown.errors) == ([], [], [])


def test_the_address_starts_a_presentation_without_findings(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.page.goto(f"{dashboard}?slide=99&topic=politics")
        settle(shown)
        at, of = number(shown)
        assert at == of > 5
        assert title(shown).startswith("Sources")
        press(shown, "Home")
        assert title(shown) == "The news on Politics"


def test_a_click_on_a_mark_opens_its_articles_on_the_slide(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        present(shown, dashboard, 2)
        plot = shown.page.locator(".st-key-slide .js-plotly-plot")
        label = plot.locator(".ytick text", has_text=re.compile("^Politics$")).bounding_box()
        edge = plot.locator(".nsewdrag").first.bounding_box()
        words = plot.locator(".barlayer text").last.text_content()  # the bars are drawn from below
        shown.page.mouse.click(edge["x"] + 8, label["y"] + label["height"] / 2)
        opened = dialog(shown)
        n = int(words.split()[0])
        assert re.search(rf"\b{n} articles", opened.inner_text())
        assert opened.locator("ol li").count() == min(n, 20)
        assert "about Europe" in opened.inner_text()
        assert number(shown)[0] == 2
        press(shown, "ArrowRight")
        assert number(shown)[0] == 2, "keys belong to the dialog while it is open"
        press(shown, "Escape")
        assert shown.page.locator("[role=dialog]").count() == 0
        press(shown, "ArrowRight")
        assert number(shown)[0] == 3
        assert shown.page.locator("[role=dialog]").count() == 0


def test_words_and_stories_open_by_keyboard(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        present(shown, dashboard, 6)
        word = shown.page.locator(".st-key-slide svg text").first
        said = word.get_attribute("aria-label")
        word.focus()
        press(shown, "Enter")
        assert re.search(rf"\b{said.rsplit(', ', 1)[1]}", dialog(shown).inner_text())
        press(shown, "Escape")
        present(shown, dashboard, 5)
        story = shown.page.locator(".st-key-slide button.row").first
        n = story.locator(".number").inner_text().split()[0]
        story.focus()
        press(shown, "Enter")
        assert re.search(rf"\b{n} articles", dialog(shown).inner_text())


def test_a_click_in_time_opens_the_days(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        present(shown, dashboard, 4)
        area = shown.page.locator(".st-key-slide .nsewdrag").first.bounding_box()
        bars = shown.page.locator(".st-key-slide .barlayer .point path").all()
        tall = max((bar.bounding_box() for bar in bars), key=lambda box: box["height"])
        assert area["y"] <= tall["y"] + tall["height"]
        shown.page.mouse.click(tall["x"] + tall["width"] / 2, tall["y"] + 6)
        assert re.search(r"from 1 \w+ 20\d\d to (28|29|30|31) \w+ 20\d\d", dialog(shown).inner_text())


@pytest.mark.parametrize(("key", "name"), [("t", "Table"), ("m", "Method"), ("a", "Articles")])
def test_a_key_shows_table_method_or_articles(browser: Any, dashboard: str, key: str, name: str) -> None:
    with window(browser) as shown:
        present(shown, dashboard, 3)
        press(shown, key)
        assert dialog(shown).inner_text().startswith(name)


def test_moved_note_and_caption_are_said(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        present(shown, dashboard, 2)
        assert "Said in the meeting." in shown.page.locator(".st-key-slide .note").inner_text()
        assert "Shares of" in shown.page.locator(".st-key-slide .caption").inner_text()
        press(shown, "ArrowRight")
        assert "7 of 9 articles" in shown.page.locator(".st-key-slide .moved").inner_text()


def test_full_screen_by_its_button(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        present(shown, dashboard, 1)
        shown.page.locator(".st-key-stage button.full").click()
        shown.page.wait_for_function("document.fullscreenElement === document.documentElement")
        press(shown, "ArrowRight")
        assert number(shown)[0] == 2
        press(shown, "f")
        shown.page.wait_for_function("document.fullscreenElement === null")
        assert number(shown)[0] == 2


SMALLEST = """() => {
    const found = [], walk = (node) => {
        if (node.shadowRoot) walk(node.shadowRoot);
        for (const child of node.childNodes) {
            if (child.nodeType === 3 && child.textContent.trim()) {
                const box = document.createRange();
                box.selectNodeContents(child);
                if (!box.getBoundingClientRect().width) continue;
                let size = parseFloat(getComputedStyle(node.host ?? node).fontSize);
                for (let up = node; up instanceof HTMLElement; up = up.parentElement)
                    size *= parseFloat(getComputedStyle(up).zoom);
                const drawn = node.getScreenCTM?.();
                if (drawn) size *= Math.hypot(drawn.a, drawn.b);
                found.push([size, child.textContent.trim().slice(0, 40)]);
            } else if (child.nodeType === 1 && !['style', 'title', 'script'].includes(child.localName)) walk(child);
        }
    };
    walk(document.querySelector('.st-key-slide'));
    const svg = [...document.querySelectorAll('.st-key-slide .js-plotly-plot text')];
    for (const text of svg) found.push([parseFloat(getComputedStyle(text).fontSize), text.textContent]);
    return found.sort((one, other) => one[0] - other[0])[0];
}"""
OVERFLOW = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const slide = document.querySelector('.st-key-slide');
    return [main.scrollHeight - main.clientHeight, slide.scrollHeight - slide.clientHeight];
}"""


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720)])
def test_type_is_readable_and_nothing_scrolls(browser: Any, dashboard: str, width: int, height: int) -> None:
    with window(browser, width=width, height=height) as shown:
        for slide in range(1, FINDINGS + 4):
            present(shown, dashboard, slide)
            size, words = shown.page.evaluate(SMALLEST)
            assert size * 1920 / width >= 17, (slide, size, words)
            assert max(shown.page.evaluate(OVERFLOW)) <= 1, slide
            large = shown.page.locator(".st-key-slide h1").first.evaluate(
                "e => parseFloat(getComputedStyle(e).fontSize)"
            )
            assert large * 1920 / width >= 43.9, slide


COMPARED = "mode=compare&region=Europe&b.region=Asia"
LOOKS = (
    *(f"slide={number}&report={pack(REPORT)}" for number in (1, 2, 3, 5, 6, 7, 8)),
    "slide=2",
    *(f"slide={number}&{COMPARED}" for number in (2, 3, 7)),
)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("query", LOOKS)
def test_axe_finds_nothing_of_ours(browser: Any, dashboard: str, query: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with window(browser, dark=dark) as shown:
        shown.page.goto(f"{dashboard}?{query}")
        settle(shown)
        found = Axe().run(shown.page).response["violations"]
        assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []
        assert (shown.outside, shown.errors) == ([], [])


def test_a_word_that_sets_sides_apart_opens_both_lists(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.page.goto(f"{dashboard}?slide=7&{COMPARED}")
        settle(shown)
        row = shown.page.locator(".st-key-slide button.row").first
        said = row.locator(".said").all_inner_texts()
        row.focus()
        press(shown, "Enter")
        words = dialog(shown).inner_text()
        assert [said[0][-1], said[1][-1]] == ["A", "B"]
        assert "A · Articles" in words
        assert "B · Articles" in words


def test_on_the_page_such_a_word_filters(browser: Any, dashboard: str) -> None:
    with window(browser) as shown:
        shown.page.goto(f"{dashboard}?{COMPARED}")
        row = shown.page.locator(".st-key-card-compare-words button.row").first
        row.wait_for(timeout=60_000)
        word = row.get_attribute("data-mark")
        row.focus()
        shown.page.keyboard.press("Enter")
        shown.page.wait_for_url(re.compile(r"keyword="), timeout=20_000)
        assert shown.query()["keyword"] == [word]
        assert shown.outside == []
