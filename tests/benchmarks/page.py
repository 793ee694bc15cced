"""The page in a real browser: ``python -m tests.benchmarks.page [--articles 10000] [--clicks 5]``.

Prints the time from the server being up to the first paint of all panels of the built-in set, and for a larger set the
time from a click on each kind of mark to the last change that it makes to the page.
"""

from __future__ import annotations

import argparse
import platform
import re
import statistics
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import synthetic
from tests.browser import CHROMIUM, Window, server, window

if TYPE_CHECKING:
    from collections.abc import Callable

_WATCH = """() => {
    window.changes = {last: 0};
    const changed = new MutationObserver(() => requestAnimationFrame(() => { changes.last = performance.now(); }));
    const all = {subtree: true, childList: true, attributes: true, characterData: true};
    const watch = root => changed.observe(root, all);
    watch(document.querySelector('[data-testid=stApp]'));
    for (const element of document.querySelectorAll('*')) if (element.shadowRoot) watch(element.shadowRoot);
    addEventListener('pointerdown', () => { changes.start = performance.now(); changes.last = 0; }, true);
}"""
_DRAWN = (
    ".st-key-card-map .choroplethlayer path",
    ".st-key-card-topics .bars path",
    ".st-key-card-timeline .bars path",
    ".st-key-card-region-topic .heatmaplayer image",
    *(f".st-key-card-{card} :is(.row, [data-testid=stAlert])" for card in ("top-stories", "emerging")),
    ".st-key-card-cloud svg text",
    ".st-key-card-stories .title",
)
_QUIET = "() => changes.last && performance.now() - changes.last > 400"


def main() -> None:
    """Measures and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--clicks", type=int, default=6, help="clicks on each kind of mark")
    chosen = parser.parse_args()
    from playwright.sync_api import sync_playwright

    names = ("streamlit", "plotly", "pandas", "scipy")
    print(f"{platform.machine()}, Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        paints = [_first_paint(browser) for _ in range(3)]
        paint = statistics.median(paints)
        print(f"built-in set, server up to all panels painted: median {paint:.2f} s of {len(paints)} starts")
        _clicks(browser, chosen.articles, chosen.clicks)


def _first_paint(browser: Any) -> float:
    with server() as address, window(browser) as shown:
        start = time.perf_counter()
        shown.page.goto(address)
        _wait_for_panels(shown)
        return time.perf_counter() - start


def _wait_for_panels(shown: Window) -> None:
    for panel in _DRAWN:
        shown.page.locator(panel).first.wait_for(state="attached", timeout=600_000)


def _clicks(browser: Any, articles: int, repeats: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        location = synthetic.write(Path(folder) / "articles.jsonl", articles)
        with server(str(location)) as address, window(browser, width=1600, height=3600) as shown:
            shown.page.goto(address)
            _wait_for_panels(shown)
            shown.settle()
            shown.page.evaluate(_WATCH)
            times = {name: [_timed(shown, act) for _ in range(repeats)] for name, act in MARKS.items()}
    print(f"{articles:,} articles, click to last change on the page, ms:")
    print(f"{'mark':<10}{'median':>8}{'p95':>8}{'max':>8}")
    for name, unsorted in {**times, "all": [t for some in times.values() for t in some]}.items():
        found = sorted(unsorted)
        print(f"{name:<10}{statistics.median(found):>8.0f}{found[int(len(found) * 0.95)]:>8.0f}{found[-1]:>8.0f}")


def _timed(shown: Window, act: Callable[[Any], None]) -> float:
    act(shown.page)
    shown.page.wait_for_function(_QUIET, timeout=60_000)
    shown.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    taken = float(shown.page.evaluate("changes.last - changes.start"))
    shown.page.wait_for_timeout(200)
    return taken


def _click(page: Any, x: float, y: float) -> None:
    page.mouse.move(x, y)
    page.wait_for_timeout(150)
    page.mouse.click(x, y)


_TURN = {"bar": 0, "word": 0, "cell": 0, "country": 0}


def _next(mark: str) -> int:
    """Another mark each second click, so that every one is switched on and off again."""
    _TURN[mark] += 1
    return (_TURN[mark] - 1) // 2


def _bar(page: Any) -> None:
    topic = ("Politics", "Economy", "Sport", "Health")[_next("bar") % 4]
    box = page.locator(".st-key-card-topics .ytick text", has_text=re.compile(f"^{topic}$")).bounding_box()
    area = page.locator(".st-key-card-topics .nsewdrag").first.bounding_box()
    _click(page, area["x"] + 5, box["y"] + box["height"] / 2)


def _word(page: Any) -> None:
    box = page.locator(".st-key-card-cloud svg text").nth(_next("word")).bounding_box()
    _click(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _cell(page: Any) -> None:
    page.locator(".st-key-card-region-topic .ytick text").first.wait_for()
    box = page.locator(".st-key-card-region-topic .scatterlayer text").first.bounding_box()
    _next("cell")
    _click(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _country(page: Any) -> None:
    code = ("AUS", "BRA", "CHN")[_next("country") % 3]
    x, y = page.evaluate(
        """iso3 => {
            const paths = [...document.querySelectorAll('.choroplethlayer path')];
            const path = paths.filter(p => p.__data__?.loc === iso3).pop();
            const box = path.getBoundingClientRect();
            return [box.left + box.width * .5, box.top + box.height * .5];
        }""",
        code,
    )
    _click(page, x, y)


MARKS: dict[str, Callable[[Any], None]] = {"bar": _bar, "word": _word, "cell": _cell, "country": _country}


if __name__ == "__main__":
    main()
