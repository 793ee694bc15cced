"""`update`, `gdelt` and `search` on the terminal, against servers of this machine."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from data.__main__ import main
from data.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>
<item><title>Strike closes the port of Hamburg</title><link>https://news.example/1</link>
<description>Dock workers in Germany walked out over pay.</description>
<pubDate>Mon, 03 Mar 2025 10:00:00 GMT</pubDate></item>
<item><title>Kenya counts votes</title><link>https://news.example/2</link><description>Ballots in Nairobi.</description>
</item></channel></rss>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWS_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("NEWS_ALLOW_LOOPBACK", "1")
    monkeypatch.setattr("data.sources.feeds.subscriptions.catalogue", lambda: ())


def opml(folder: Path, *addresses: str) -> str:
    outlines = "".join(f'<outline type="rss" text="Feed {n}" xmlUrl="{a}"/>' for n, a in enumerate(addresses))
    file = folder / "feeds.opml"
    file.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8")
    return str(file)


def test_feeds_are_asked_stored_and_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    with serving(tmp_path) as address:
        listed = opml(tmp_path, f"{address}/feed.xml", f"{address}/dead.xml")
        assert main(["update", "--import", listed, "--jobs", "1", "--no-progress"]) == 3
        said = capsys.readouterr().out
        assert "2 stored" in said
        assert "Feed 1: failed since" in said
        assert main(["update", "--jobs", "1", "--no-progress"]) == 0  # both were asked a moment ago
        assert "waiting" in capsys.readouterr().out
        assert main(["update", "--now", "--jobs", "1", "--no-progress"]) == 3
        assert Store.at().rows() == 2
    capsys.readouterr()
    assert main(["search", "strik*", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["matches"] == 1
    assert found["shown"][0]["title"] == "Strike closes the port of Hamburg"
    assert main(["search", "nothing-like-it"]) == 0
    assert capsys.readouterr().out.startswith("0 articles match")


def test_feeds_are_listed_with_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(tmp_path) as address:
        listed = opml(tmp_path, f"{address}/dead.xml")
        assert main(["update", "--import", listed, "--jobs", "1"]) == 1
    assert "No feed could be read" in capsys.readouterr().err
    assert main(["update", "--list"]) == 0
    assert "failing since" in capsys.readouterr().out


def test_search_needs_a_store(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "war"]) == 1
    assert "data add" in capsys.readouterr().err


@pytest.mark.parametrize(("hours", "said"), [("0", "more than 0"), ("-1", "more than 0"), ("1", "")])
def test_gdelt_that_cannot_be_had_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], hours: str, said: str
) -> None:
    with serving(tmp_path) as address:
        assert main(["gdelt", f"--hours={hours}", "--server", address]) == 1
    assert said in capsys.readouterr().err
    assert not Store.at().exists()
