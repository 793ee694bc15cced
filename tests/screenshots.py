"""The pictures of the README: ``python -m tests.screenshots [FOLDER]`` (default: `.readme`)."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.browser import CHROMIUM, ROOT, server, window

SHOTS = {
    "page-light": ("", 1920, 1080, False),
    "page-dark": ("", 1920, 1080, True),
    "filtered": ("?region=Asia&topic=politics&cloud=distinctive", 1280, 1500, False),
    "evidence": ("?country=JP&article=en2-001", 1280, 900, False),
    "phone": ("?topic=environment", 390, 844, True),
}
"""Name of the picture: query of the address, width, height, dark."""


def main(folder: Path) -> None:
    """Takes all pictures of the dashboard on the built-in set."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright, server() as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, (query, width, height, dark) in SHOTS.items():
            with window(browser, width=width, height=height, dark=dark) as shown:
                shown.open(f"{address}{query}")
                shown.page.wait_for_timeout(1500)
                if "article=" in query:
                    shown.page.locator(".st-key-card-stories").scroll_into_view_if_needed()
                    shown.page.wait_for_timeout(500)
                shown.page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".readme")
