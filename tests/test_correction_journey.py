"""Corrections in a real browser: tags taken off and added, a rule, and what is left of them after a restart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from data.corrections import FILE
from tests.browser import Window, server, window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARTICLE = "Northbridge chosen for the games"
ROWS = [
    (ARTICLE, "The parliament of Kenya voted on the budget and the election law in Nairobi.", "Herald"),
    ("The storm is here", "Officials in Georgia said that the storm reached Georgia on Monday.", "Herald"),
    ("Tbilisi waits", "Officials in Georgia said that parliament in Tbilisi will vote on Monday.", "Post"),
    ("A match", "The football team won the final of the championship in Brazil.", "Post"),
]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("news") / "news.jsonl"
    lines = [json.dumps({"title": title, "text": text, "publisher": publisher}) for title, text, publisher in ROWS]
    file.write_text("\n".join(lines))
    return str(file)


@pytest.fixture(scope="module")
def running(news: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    store = tmp_path_factory.mktemp("corrected")
    with server(news, store=store) as address:
        yield address, store


@pytest.fixture
def address(running: tuple[str, Path]) -> Iterator[str]:
    """The dashboard without a correction."""
    address, store = running
    yield address
    (store / FILE).unlink(missing_ok=True)


def open_article(shown: Window, title: str) -> Any:
    """Opens an article of the list and returns its panel."""
    shown.page.locator(".st-key-card-stories .title", has_text=title).click()
    panel = shown.page.locator(".st-key-card-stories .panel")
    panel.wait_for()
    shown.settle()
    return panel


def told(shown: Window, words: str) -> Any:
    """Waits until these words stand at the foot of the window, and the page is drawn."""
    foot = shown.page.locator(".told", has_text=words)
    foot.wait_for()
    shown.settle()
    return foot


def tags(panel: Any) -> list[str]:
    return [text.strip() for text in panel.locator("tbody .chip").all_inner_texts()]


def countries(panel: Any) -> list[str]:
    offered = panel.get_by_role("button", name="Take country").evaluate_all("all => all.map(one => one.title)")
    return [title.removeprefix("Take country ").removesuffix(" off this article") for title in offered]


def take_off(shown: Window, panel: Any, name: str) -> None:
    panel.get_by_role("button", name=f"Take {name} off this article", exact=True).click()
    told(shown, f"{name.capitalize().split()[0]} {name.partition(' ')[2]} taken off")


def choose(shown: Window, label: str, value: str) -> None:
    """Chooses a value of a select box in the open dialog."""
    box = shown.page.get_by_role("dialog").get_by_label(label, exact=False).locator("visible=true").last
    box.click()
    shown.page.keyboard.type(value)
    shown.page.wait_for_timeout(200)
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_timeout(500)


def press(shown: Window, name: str) -> None:
    """Presses a button of the open dialog, which closes it."""
    shown.page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
    shown.page.get_by_role("dialog").wait_for(state="detached")
    shown.settle()


def test_a_topic_is_taken_off_and_put_back(browser: Any, address: str) -> None:
    with window(browser) as shown:
        shown.open(f"{address}?topic=politics")
        before = shown.numbers()
        assert "correction" not in shown.sentence()
        panel = open_article(shown, ARTICLE)
        take_off(shown, panel, "topic Politics")
        assert shown.numbers() == (before[0] - 1, before[1])
        foot = shown.page.locator(".told")
        assert foot.get_attribute("role") == "status"
        foot.get_by_role("button", name="Undo").click()
        told(shown, "Undone")
        assert shown.numbers() == before
        assert "correction" not in shown.sentence()
        assert shown.errors == []


def test_the_keyboard_takes_off_and_stays_in_the_panel(browser: Any, address: str) -> None:
    with window(browser) as shown:
        shown.open(address)
        panel = open_article(shown, ARTICLE)
        panel.get_by_role("button", name="Take country Kenya off this article").focus()
        shown.page.keyboard.press("Enter")
        told(shown, "Country Kenya taken off")
        assert "Kenya" not in countries(panel)
        assert shown.sentence().split("Count")[0].strip().endswith("1 correction applies.")
        focused = "document.activeElement.shadowRoot?.activeElement?.className ?? document.activeElement.className"
        assert shown.page.evaluate(focused) == "add"
        undo = panel.get_by_role("button", name="Undo: Country Kenya taken off")
        undo.focus()
        shown.page.keyboard.press("Enter")
        told(shown, "Taken back: Country Kenya taken off")
        assert "Kenya" in countries(panel)


def test_a_tag_is_added_and_every_session_sees_it(browser: Any, address: str) -> None:
    with window(browser) as shown, window(browser) as other:
        other.open(f"{address}?topic=sport")
        before = other.numbers()
        shown.open(address)
        panel = open_article(shown, ARTICLE)
        panel.locator(".add").click()
        choose(shown, "Topic", "Sport")
        press(shown, "Add")
        told(shown, "Topic Sport added")
        assert "Sport" in tags(panel)
        assert "corrected by hand" in panel.locator("tbody").inner_text()
        other.page.reload()
        other.settle()
        assert other.numbers() == (before[0] + 1, before[1])
        assert "1 correction applies" in other.sentence()


def test_a_rule_for_one_publisher_survives_a_restart(browser: Any, news: str, tmp_path: Path) -> None:
    with window(browser) as shown:
        with server(news, store=tmp_path) as address:
            shown.open(f"{address}?publisher=Herald")
            panel = open_article(shown, "The storm is here")
            read_as = countries(panel)[0]
            panel.get_by_role("button", name=f"Not this place… {read_as}").click()
            choose(shown, "Means", "Fiji")
            assert "1 article of 4" in shown.page.get_by_role("dialog").inner_text()
            press(shown, "Keep this rule")
            told(shown, "means Fiji")
            assert "Fiji" in countries(panel)
            assert read_as not in countries(panel)
        with server(news, store=tmp_path) as address:
            shown.open(f"{address}?country=FJ")
            assert shown.numbers() == (1, 4)
            assert "1 correction applies" in shown.sentence()
            shown.open(f"{address}?country=GE")
            assert shown.numbers()[0] == 1
            assert "correction" not in shown.sentence()
            shown.page.locator(".st-key-corrections button").click()
            dialog = shown.page.get_by_role("dialog")
            dialog.get_by_role("button", name="Undo all").click()
            dialog.get_by_text("None so far").wait_for()
            shown.page.keyboard.press("Escape")
            shown.settle()
            shown.open(f"{address}?country=FJ")
            assert shown.numbers()[0] == 0


def test_the_list_is_downloaded_and_loaded(browser: Any, address: str, tmp_path: Path) -> None:
    with window(browser) as shown:
        shown.open(address)
        panel = open_article(shown, ARTICLE)
        take_off(shown, panel, "topic Politics")
        take_off(shown, panel, "country Kenya")
        assert "2 corrections apply" in shown.sentence()
        shown.page.locator(".st-key-corrections button", has_text="Corrections (2)").click()
        dialog = shown.page.get_by_role("dialog")
        with shown.page.expect_download() as download:
            dialog.get_by_role("button", name="Download").click()
        file = tmp_path / "saved.jsonl"
        download.value.save_as(file)
        assert [json.loads(line)["action"] for line in file.read_text().splitlines()] == ["remove", "remove"]
        dialog.get_by_role("button", name="Undo", exact=True).first.click()
        dialog.get_by_text("Country Kenya taken off").wait_for(state="detached")
        dialog.get_by_role("button", name="Undo all").click()
        dialog.get_by_text("None so far").wait_for()
        file.write_text(file.read_text() + "not a correction\n")
        dialog.locator("input[type=file]").set_input_files(file)
        dialog.get_by_text("Country Kenya taken off").wait_for()
        shown.page.keyboard.press("Escape")
        told(shown, "2 corrections loaded; 1 line could not be read")
        assert "2 corrections apply" in shown.sentence()
        assert shown.errors == []


def test_a_server_for_reading_only_offers_no_corrections(browser: Any, news: str, tmp_path: Path) -> None:
    with server(news, "--read-only", store=tmp_path / "none") as address, window(browser) as shown:
        shown.open(address)
        panel = open_article(shown, ARTICLE)
        assert "Politics" in tags(panel)
        assert panel.locator(".off, .add, .act").count() == 0
        assert shown.page.locator(".st-key-corrections").count() == 0
        assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_of_ours(browser: Any, address: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with window(browser, dark=dark) as shown:
        shown.open(address)
        panel = open_article(shown, ARTICLE)
        take_off(shown, panel, "topic Politics")
        found = Axe().run(shown.page, context=".st-key-card-stories, .st-key-told").response["violations"]
        assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found] == []
