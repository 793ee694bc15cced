"""News into an empty store in a real browser: files, a list of feeds, GDELT and an export; found, summed up, undone."""

from __future__ import annotations

import http.server
import re
import shutil
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import Window, server, window
from tests.corpora import FOLDER, corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SEED, GKG, NEWSAPI = (
    "seed/000_50d9ff73903c0696.txt",
    "gdelt/20150218_gkg21.csv",
    "exports/newsapi_org_top_headlines_in_2023-09.json",
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server on this machine, and the folder that it serves."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_address[1]}", folder
        serving.shutdown()


def dialog(shown: Window) -> Any:
    """The dialog, opened if it is not."""
    box = shown.page.get_by_role("dialog")
    if not box.count():
        shown.page.locator(".st-key-add-news button").click()
        box.wait_for()
    return box


def tab(shown: Window, name: str) -> Any:
    """A tab of the dialog."""
    box = dialog(shown)
    box.get_by_role("tab", name=name, exact=True).click()
    return box.get_by_role("tabpanel", name=name, exact=True)


def sums(shown: Window) -> tuple[int, int, int, int]:
    """Rows, stored, already there and rejected, when an addition is done."""
    box = shown.page.get_by_role("dialog")
    words = box.locator("p", has_text=re.compile(r"rows? = "))
    for _ in range(120):
        if words.count():
            break
        shown.page.wait_for_timeout(500)
    else:
        pytest.fail(f"no summary, but: {box.all_inner_texts()}")
    rows, stored, known, rejected, *_ = (int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", words.inner_text()))
    return rows, stored, known, rejected


def more(shown: Window) -> None:
    shown.page.get_by_role("dialog").get_by_role("button", name="Add more").click()
    shown.page.get_by_role("dialog").get_by_role("tab", name="Files", exact=True).wait_for()


def done(shown: Window) -> None:
    shown.page.get_by_role("dialog").get_by_role("button", name="Done", exact=True).click()
    shown.page.get_by_role("dialog").wait_for(state="detached")
    shown.settle()


def add_files(shown: Window, *files: Path) -> tuple[int, int, int, int]:
    """Uploads files and adds them."""
    panel = tab(shown, "Files")
    panel.locator("input[type=file]").set_input_files([str(file) for file in files])
    panel.locator(".st-key-add-files-start button").click(timeout=60_000)
    return sums(shown)


def add_link(shown: Window, address: str) -> tuple[int, int, int, int]:
    """Pastes a link and adds what is there."""
    panel = tab(shown, "Link")
    panel.get_by_role("textbox", name="Address").fill(address)
    panel.get_by_role("textbox", name="Address").press("Enter")
    panel.locator(".st-key-add-link-start button").click()
    return sums(shown)


def hits(shown: Window) -> list[tuple[str, str]]:
    """What axe finds wrong with the dialog."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(shown.page, context="[role=dialog]").response["violations"]
    nodes = [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]
    return [(rule, html) for rule, html in nodes if "stFileUploaderDropzone" not in html]  # Streamlit's own


def test_from_an_empty_store_to_news_found_and_taken_back(
    browser: Any, served: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [corpus(name) for name in (SEED, GKG, NEWSAPI)]
    feed = next(file for file in sorted((FOLDER / "feeds" / "news").iterdir()) if file.stat().st_size > 10_000)
    address, folder = served
    shutil.copy(feed, folder / "feed.xml")
    outline = f'<outline text="Local &amp; far" xmlUrl="{address}/feed.xml"/>'
    (folder / "list.opml").write_text(
        f'<opml version="2.0"><body><outline text="Mine">{outline}</outline></body></opml>'
    )
    monkeypatch.setenv("NEWS_ALLOW_LOOPBACK", "1")
    store = tmp_path / "store"
    with server(store=store) as page, window(browser) as shown:
        shown.open(page)
        built_in = shown.numbers()
        assert "Built-in set" in shown.page.locator(".st-key-header").inner_text()
        added = []
        steps: tuple[Callable[[], tuple[int, int, int, int]], ...] = (
            partial(add_files, shown, files[0]),
            partial(add_link, shown, f"{address}/list.opml"),
            partial(add_files, shown, files[1]),
            partial(add_files, shown, files[2]),
        )
        for step in steps:
            added.append(step())
            rows, stored, known, rejected = added[-1]
            assert rows == stored + known + rejected > 0
            more(shown)
        again = add_files(shown, files[1])
        assert again == (added[2][0], 0, added[2][1], added[2][3])
        done(shown)
        everything = sum(stored for _, stored, _, _ in added)
        assert shown.numbers() == (everything, everything)
        assert "Store" in shown.page.locator(".st-key-header").inner_text()

        title = str(shown.page.locator(".st-key-card-stories .title").first.inner_text())
        phrase = " ".join(re.findall(r"\w+", title)[:3])
        shown.open(f"{page}?q=%22{phrase.replace(' ', '%20')}%22")
        assert 0 < shown.numbers()[0] < everything

        shown.open(page)
        for name in ("Link", "Feeds", "GDELT", "Files"):
            tab(shown, name).wait_for()
            assert hits(shown) == []
        dialog(shown).locator(".st-key-add-undo-latest button").click()  # that of what was there already
        shown.page.get_by_role("dialog").get_by_text("newsapi").wait_for()
        dialog(shown).locator(".st-key-add-undo-latest button").click()
        shown.page.get_by_role("dialog").get_by_text("gkg21").wait_for()
        shown.page.keyboard.press("Escape")
        shown.settle()
        assert shown.numbers()[1] == everything - added[3][1]
        for _ in range(3):
            dialog(shown).locator(".st-key-add-undo-latest button").click()
            shown.page.wait_for_timeout(500)
            shown.settle()
        shown.page.keyboard.press("Escape")
        shown.settle()
        assert shown.numbers() == built_in
        assert not (store / "incoming").exists()
        assert (shown.errors, shown.outside) == ([], [])


def test_a_reader_is_offered_nothing_to_add(browser: Any, tmp_path: Path) -> None:
    with server("--read-only", store=tmp_path / "none") as page, window(browser) as shown:
        shown.open(page)
        assert shown.page.locator(".st-key-add-news").count() == 0
        assert not (tmp_path / "none").exists()
