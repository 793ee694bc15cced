"""The pictures of the README: ``python -m tests.screenshots [FOLDER]`` (default: `.readme`).

Those of exported files need LibreOffice and poppler, which draw them as other programs would show them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser import CHROMIUM, ROOT, server, window

SHOTS = {
    "page-light": ("", 1920, 1080, False),
    "page-dark": ("", 1920, 1080, True),
    "filtered": ("?region=Asia&topic=politics&cloud=distinctive", 1280, 1500, False),
    "evidence": ("?country=JP&article=en2-001", 1280, 900, False),
    "phone": ("?topic=environment", 390, 844, True),
    "compare": ("?mode=compare&region=Europe&b.region=Asia", 1280, 1500, False),
    "slide": ("?region=Europe&slide=4", 1280, 720, False),
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
                shown.page.goto(f"{address}{query}")
                shown.ran()
                shown.page.wait_for_timeout(4000)
                if "article=" in query:
                    shown.page.locator(".st-key-card-stories").scroll_into_view_if_needed()
                    shown.page.wait_for_timeout(500)
                shown.page.screenshot(path=folder / f"{name}.png")
    exported(folder)


EXPORTED = {"pptx": 4, "pdf": 5}
"""Page of each format that is shown."""


def exported(folder: Path) -> None:
    """Takes a picture of a page of each of these files, as another program draws it."""
    command = [sys.executable, "-m", "components.exports", "--select", "region=Europe"]
    with tempfile.TemporaryDirectory() as passing:
        environment = {**os.environ, "NEWS_STORE": passing}
        formats = ["--format", ",".join(EXPORTED), "--out", passing, "--name", "file"]
        subprocess.run([*command, *formats], cwd=ROOT, env=environment, check=True)
        office = ["soffice", "--headless", "--convert-to", "pdf:impress_pdf_Export", "--outdir", f"{passing}/drawn"]
        subprocess.run([*office, f"{passing}/file.pptx"], check=True, stdout=subprocess.DEVNULL)
        drawn = {"pptx": f"{passing}/drawn/file.pdf", "pdf": f"{passing}/file.pdf"}
        for name, page in EXPORTED.items():
            pages = ["-f", str(page), "-l", str(page), "-r", "72", "-png", "-singlefile"]
            subprocess.run(["pdftoppm", *pages, drawn[name], str(folder / name)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".readme")
