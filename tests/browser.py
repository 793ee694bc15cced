"""A real server and a real browser for the tests that need one: fixtures and the words to drive them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)


_LISTED = ", ".join(f".st-key-card-stories {part}" for part in (".title", "[data-testid=stAlert]", ".stDataFrame"))


@contextmanager
def server(*locations: str, app: Path = ROOT / "app.py", store: Path | None = None) -> Iterator[str]:
    """The dashboard on a free port of this machine, as a user starts it; yields its address.

    Its user's folder is `store`, or one that is gone afterwards; never that of whoever runs the tests.
    """
    with running(*locations, app=app, store=store) as (address, _):
        yield address


@contextmanager
def running(
    *locations: str, app: Path = ROOT / "app.py", store: Path | None = None, port: int = 0, flags: Sequence[str] = ()
) -> Iterator[tuple[str, int]]:
    """As :func:`server`, with the number of its process; `flags` are options of Streamlit."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}", "--server.headless=true"]
    command += [*flags, "--", *locations]
    with tempfile.TemporaryDirectory() as passing:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "NEWS_STORE": str(store or passing)},
        )
        address = f"http://127.0.0.1:{port}/"
        try:
            _wait_until_up(address, process)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(10)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_up(address: str, process: subprocess.Popen[bytes], patience: float = 60) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}_stcore/health", timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not come up")


@dataclass
class Window:
    """A page of the browser with a record of what it did that it should not."""

    page: Any
    outside: list[str] = field(default_factory=list)
    """Addresses of other machines that it asked for."""
    scripts: list[str] = field(default_factory=list)
    """Dialogs that opened: a sign that a text ran as a script."""
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Opens an address and waits until the page is drawn."""
        self.page.goto(address)
        self.settle()

    def settle(self) -> None:
        """Waits until the last run of the page is drawn."""
        self.ran()
        self.page.locator(_LISTED).first.wait_for(timeout=60_000)
        self.page.wait_for_timeout(350)

    def ran(self) -> None:
        """Waits until the last run has ended, whatever it draws."""
        self.page.wait_for_timeout(250)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        self.page.wait_for_timeout(150)

    def sentence(self) -> str:
        """The line that says the selection with its numbers."""
        return str(self.page.locator(".st-key-sentence").inner_text())

    def numbers(self) -> tuple[int, int]:
        """n and N of that line."""
        import re

        found = [int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", self.sentence())]
        return (found[0], found[0]) if self.sentence().startswith("All") else (found[0], found[1])

    def query(self) -> dict[str, list[str]]:
        """The parameters in the address bar."""
        from urllib.parse import parse_qs, urlsplit

        return parse_qs(urlsplit(self.page.url).query)


@contextmanager
def window(browser: Any, *, width: int = 1280, height: int = 900, dark: bool = False) -> Iterator[Window]:
    """A new window that shares nothing with others."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    page = context.new_page()
    shown = Window(page)
    own = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else shown.outside.append(request.url))
    page.on("dialog", lambda dialog: (shown.scripts.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: shown.errors.append(str(error)))
    try:
        yield shown
    finally:
        context.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium; skips where none is installed."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: install your system's package")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def dashboard() -> Iterator[str]:
    """Address of a dashboard on the built-in set; NEWS_DASHBOARD names one that runs already."""
    if running := os.environ.get("NEWS_DASHBOARD"):
        yield running
        return
    with server() as address:
        yield address


__all__: Sequence[str] = ("ROOT", "Window", "browser", "dashboard", "server", "window")
