"""From exploring to a meeting in a real browser: compare, pin, edit, put in order, present, export, and open again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.exports import FORMATS
from components.report.links import unpack
from tests.browser import Window, window

if TYPE_CHECKING:
    from pathlib import Path


def pin(shown: Window, panel: str) -> None:
    shown.page.locator(f".st-key-more-{panel} button").first.click()
    shown.page.get_by_role("menuitem", name="Pin as a finding").or_(
        shown.page.get_by_text("Pin as a finding")
    ).first.click()
    shown.ran()


def findings(shown: Window) -> list[str]:
    return [finding.panel for finding in unpack(shown.query()["report"][0]).findings]


def dialog(shown: Window) -> Any:
    found = shown.page.locator("[role=dialog]")
    found.wait_for()
    return found


def close(shown: Window) -> None:
    shown.page.keyboard.press("Escape")
    shown.page.locator("[role=dialog]").wait_for(state="detached")
    shown.ran()


def test_from_a_filter_to_a_meeting_and_back(browser: Any, dashboard: str, tmp_path: Path) -> None:
    with window(browser, width=1440, height=1000) as shown:
        shown.open(f"{dashboard}?region=Europe")
        pin(shown, "topics")
        pin(shown, "map")

        shown.page.locator(".st-key-mode").get_by_text("Compare").click()
        shown.page.locator(".st-key-side-b").wait_for()
        shown.page.locator(".st-key-side").get_by_text("B", exact=True).click()
        shown.ran()
        shown.page.locator(".st-key-menu-region button").first.click()
        shown.page.locator(".st-key-filter-region-Regions").get_by_text("Asia", exact=True).click()
        shown.ran()
        shown.page.keyboard.press("Escape")
        assert shown.query()["b.region"] == ["Asia"]
        assert shown.query()["region"] == ["Europe"]
        shown.page.locator(".st-key-card-compare-words").wait_for()
        pin(shown, "compare-topics")
        pin(shown, "compare-words")
        assert findings(shown) == ["topics", "map", "compare-topics", "compare-words"]

        shown.page.locator(".st-key-findings button").first.click()
        box = dialog(shown)
        sentence = box.locator(".st-key-finding-sentence-1 input")
        sentence.fill("Where Europe's coverage goes")
        sentence.press("Enter")
        shown.ran()
        box.locator(".st-key-finding-up-1 button").first.click()
        shown.ran()
        assert findings(shown) == ["map", "topics", "compare-topics", "compare-words"]
        with shown.page.expect_download() as saved:
            box.locator(".st-key-findings-save button").first.click()
        report = tmp_path / "report.json"
        saved.value.save_as(report)
        kept = json.loads(report.read_text(encoding="utf-8"))
        assert kept["findings"][0]["sentence"] == "Where Europe's coverage goes"

        box.locator(".st-key-findings-present button").first.click()
        present(shown, len(kept["findings"]))

        shown.page.locator(".st-key-export button").first.click()
        export(shown, tmp_path)
        assert not shown.outside
        assert not shown.errors

    with window(browser, width=1440, height=1000) as other:
        other.open(dashboard)
        other.page.locator(".st-key-findings button").first.click()
        box = dialog(other)
        box.locator("input[type=file]").set_input_files(report)
        box.locator(".st-key-finding-sentence-3 input").wait_for()
        assert box.locator(".st-key-finding-sentence-0 input").input_value() == "Where Europe's coverage goes"
        assert findings(other) == ["map", "topics", "compare-topics", "compare-words"]
        assert "The data moved" not in box.inner_text()
        assert not other.errors


def present(shown: Window, n: int) -> None:
    """Goes through the slides with the keys and leaves with Escape."""
    titles = []
    slide_shown(shown, 1)
    for slide in range(2, n + 2):
        shown.page.keyboard.press("ArrowRight")
        slide_shown(shown, slide)
        titles.append(shown.page.locator(".st-key-slide h1").first.inner_text())
    assert titles[0] == "Where Europe's coverage goes"
    assert len(set(titles)) == n
    shown.page.keyboard.press("ArrowLeft")
    slide_shown(shown, n)
    shown.page.keyboard.press("Escape")
    shown.page.wait_for_function("!location.search.includes('slide=')")
    shown.ran()


def slide_shown(shown: Window, slide: int) -> None:
    shown.page.locator(".st-key-stage .number", has_text=f"{slide} /").wait_for(timeout=60_000)
    shown.ran()


def export(shown: Window, folder: Path) -> None:
    """Makes every format and looks whether each file is there."""
    box = dialog(shown)
    for key, each in FORMATS.items():
        if key != "pptx":  # chosen from the start
            box.locator(".st-key-export-formats").get_by_text(each.label, exact=True).click()
            shown.ran()
    box.locator(".st-key-export-make button").first.click()
    box.locator(".st-key-export-again").wait_for(timeout=120_000)
    assert not box.get_by_test_id("stAlert").count(), box.inner_text()
    for key, each in FORMATS.items():
        with shown.page.expect_download() as saved:
            box.locator(f".st-key-export-file-{key} button").first.click()
        name = saved.value.suggested_filename
        assert name.endswith(each.suffix)
        saved.value.save_as(folder / name)
        assert (folder / name).stat().st_size > 200
    close(shown)
