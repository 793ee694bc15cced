"""Adding news from the page: what is decided and said, one addition at a time, cancel, undo, and what is shown."""

from __future__ import annotations

import csv
import http.server
import io
import os
import threading
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from components import add_feeds, add_files, add_news, add_summary, adding, opening, ways
from components.adding import Job, Seen
from data.articles import Reject, rejects_frame
from data.errors import NewsError, SourceError, StoreError
from data.sources.feeds import Feed
from data.sources.feeds.state import State
from data.sources.feeds.subscriptions import Subscriptions
from data.sources.feeds.update import Outcome as Asked
from data.sources.files.preview import Described, Preview
from data.sources.looking import look
from data.sources.rows import Row
from data.sources.worker import Limits
from data.store import Store
from data.storing import Outcome, Part, Summary
from tests.browser import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEED = """<rss version="2.0"><channel><title>Post</title><item><title>A vote in Kenya</title>
<link>https://post.example/1</link></item><item><title>Floods in Peru</title><link>https://post.example/2</link></item>
</channel></rss>"""


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setenv("NEWS_STORE", str(tmp_path / "user"))
    opening.opening.cache_clear()
    adding._desk.cache_clear()
    yield
    opening.opening.cache_clear()
    adding._desk.cache_clear()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """A server on this machine, and the folder that it serves."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    folder = tmp_path / "served"
    folder.mkdir()
    monkeypatch.setenv("NEWS_ALLOW_LOOPBACK", "1")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_address[1]}", folder
        serving.shutdown()


def part(name: str, *titles: str) -> Part:
    return Part(name, lambda: iter([Row({"title": title}, name, number) for number, title in enumerate(titles, 1)]))


def added(work: adding.Work) -> Job:
    """An addition that has ended."""
    job = adding.start("Adding", work)
    assert job is not None
    assert job.done.wait(60)
    return job


def add(*titles: str, name: str = "a.csv") -> Job:
    return added(lambda job: job.store([part(name, *titles)], Store.at()))


# ------------------------------------------------------------------------------------------------------- what is said


def summary(*outcomes: Outcome) -> Summary:
    return Summary("run", "added", outcomes, False, 1)


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ((), "0 rows = 0 stored + 0 already there + 0 rejected."),
        ((Outcome("a", 1, 1),), "1 row = 1 stored + 0 already there + 0 rejected."),
        (
            (Outcome("a", 1500, 1200, 200, 1, 100), Outcome("b", fault="gone")),
            "1,500 rows = 1,200 stored + 200 already there + 100 rejected. 1 copy of other articles among the stored. "
            "1 source could not be read, or not to the end.",
        ),
    ],
)
def test_totals_in_words(outcomes: tuple[Outcome, ...], words: str) -> None:
    assert add_summary.sums(summary(*outcomes)) == words


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Seen("a\u202e.csv"), "a.csv: waiting"),
        (Seen("a", 1, began=True), "a: reading, 1 row"),
        (Seen("a", 2000, began=True, ended=True), "a: read, 2,000 rows"),
    ],
)
def test_a_part_in_words(seen: Seen, words: str) -> None:
    assert add_news.line(seen) == words


@pytest.mark.parametrize(("begun", "first"), [(0, 0), (3, 0), (20, 14), (30, 18)])
def test_of_many_parts_those_under_way_are_named(begun: int, first: int) -> None:
    parts = [Seen(str(number), began=number < begun) for number in range(30)]
    assert [part.name for part in add_news.under_way(parts)] == [str(n) for n in range(first, first + add_news.LINES)]
    assert add_news.under_way(parts[:5]) == parts[:5]


def test_how_far_it_is() -> None:
    job = Job("Adding 2 files")
    assert (add_news.doing(job), job.share()) == ("Adding 2 files", 0.0)
    job.stage = "Asked 1 of 2 feeds"
    assert add_news.doing(job) == "Asked 1 of 2 feeds"
    job.stage, job.parts = "", [Seen("a", ended=True), Seen("b")]
    job.progress.read, job.progress.outcomes = 1200, [Outcome("a", stored=1000)]
    assert (add_news.doing(job), job.share()) == ("Adding 2 files: 1,200 read, 1,000 stored", 0.5)
    job.progress.share = 1.5
    assert job.share() == 1.0


def test_rejects_run_nothing_in_a_spreadsheet() -> None:
    frame = rejects_frame([Reject("=a.csv", 3, "broken", '=HYPERLINK("x")'), Reject("b", 0, "gone", "")])
    rows = list(csv.reader(io.StringIO(add_summary.rejects_csv(frame).decode())))
    assert rows == [
        ["file", "row", "reason", "raw"],
        ["'=a.csv", "3", "broken", '\'=HYPERLINK("x")'],
        ["b", "0", "gone", ""],
    ]


# --------------------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("news.csv", "news.csv"),
        ("../../etc/passwd", "etc_passwd"),
        ("a b\\c\x00\ud800.json", "a_b_c__.json"),
        (".hidden", "hidden"),
        ("Nachrichten für alle.csv", "Nachrichten_für_alle.csv"),
        ("", "file"),
        ("x" * 300 + ".zip", "x" * 56 + ".zip"),
    ],
)
def test_names_of_uploads_lead_nowhere(name: str, kept: str) -> None:
    assert ways.safe(name) == kept


@pytest.mark.parametrize(
    ("described", "words"),
    [
        (Described("n_s.csv", "tables", "by its rows"), "**n s\\.csv** · tables"),
        (Described("n_s.csv", "", "empty"), "**n s\\.csv** · :orange[cannot be read]"),
        (Described("in/b.csv", "*t*", ""), "**n s\\.csv** › in\\/b\\.csv · \\*t\\*"),
    ],
)
def test_what_a_file_is(described: Described, words: str) -> None:
    assert add_files.heading("n s.csv", described) == words


@pytest.mark.parametrize(
    ("certain", "ambiguous", "fault", "asked"),
    [(True, False, "", False), (False, False, "", True), (True, True, "", True), (True, False, "no title", True)],
)
def test_only_what_is_not_sure_is_asked(certain: bool, ambiguous: bool, fault: str, asked: bool) -> None:
    table = Preview("a.csv", "", "", ("a",), (), {}, "s", "utf-8", certain, ambiguous, fault)
    assert add_files.asks(table) is asked


def test_a_choice_of_columns() -> None:
    choice = add_files.chosen({"title": "a", "text": "", "order": "month"}, "cp1252")
    assert (choice.columns, choice.day_first, choice.encoding) == ({"title": "a"}, False, "cp1252")
    assert add_files.chosen({"order": "day"}).day_first is True
    assert add_files.chosen({"order": ""}).day_first is None


def test_no_column_is_shown_under_the_name_of_another() -> None:
    assert add_files._unique(["a", "a\u200b", "", "b"]) == ["a", "a (2)", "column", "b"]


def test_a_file_is_looked_at_in_another_process(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("title,text\nA vote,Parliament voted.\n")
    found = look(str(file))
    assert [(table.columns, table.rows, table.certain) for table in found.tables] == [
        (("title", "text"), (("A vote", "Parliament voted."),), True)
    ]
    assert found.files[0].label
    with pytest.raises(SourceError, match="limits"):
        look(str(file), limits=Limits(silence=0.001))
    with pytest.raises(SourceError, match="no encoding"):
        look(str(file), "klingon")


def test_uploads_are_removed_and_forgotten_ones_too() -> None:
    first = adding.folder(Store.at())
    assert first.is_dir()
    os.utime(first, (0, 0))
    second = adding.folder(Store.at())
    assert (first.exists(), second.is_dir()) == (False, True)
    adding.remove(second)
    assert not second.parent.exists()
    adding.remove(second)


# ----------------------------------------------------------------------------------------------------------- additions


def test_one_addition_at_a_time() -> None:
    go, ended = threading.Event(), threading.Event()

    def work(job: Job) -> Summary:
        go.wait(60)
        return job.store([part("a.csv", "A vote in Kenya", "")], Store.at())

    job = adding.start("Adding", work, ended.set)
    assert job is not None
    assert adding.under_way()
    assert adding.start("Another", work) is None
    go.set()
    assert job.done.wait(60)
    assert (adding.under_way(), ended.is_set(), adding.current()) == (False, True, job)
    assert job.summary is not None
    assert [job.summary.total(name) for name in ("rows", "stored", "rejected")] == [2, 1, 1]
    assert job.parts == [Seen("a.csv", 2, began=True, ended=True)]


def test_a_fault_is_told_and_the_next_can_begin() -> None:
    def work(_: Job) -> Summary:
        raise NewsError("The disk is full.")

    job = added(work)
    assert (job.fault, job.summary) == ("The disk is full.", None)
    assert add("A vote in Kenya").fault == ""


def test_an_unexpected_fault_ends_it_and_goes_to_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(_: Job) -> Summary:
        raise ZeroDivisionError

    logged: list[Any] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: logged.append(told.exc_type))
    assert added(work).fault == adding.UNEXPECTED
    for thread in threading.enumerate():
        if thread.name == "adding":
            thread.join(60)
    assert logged == [ZeroDivisionError]


def test_a_cancelled_addition_leaves_a_whole_store() -> None:
    def rows(job: Job) -> Iterator[Row]:
        yield Row({"title": "A vote in Kenya"}, "a", 1)
        job.cancel()
        yield Row({"title": "Floods in Peru"}, "a", 2)

    job = added(lambda job: job.store([Part("a", lambda: rows(job))], Store.at()))
    assert job.summary is not None
    assert job.summary.cancelled
    assert Store.at().rows() == 0


def test_undo_takes_back_the_latest_only() -> None:
    first, second = add("A vote in Kenya"), add("Floods in Peru", name="b.csv")
    assert first.summary is not None
    assert second.summary is not None
    with pytest.raises(StoreError, match="added since"):
        adding.undo(Store.at(), first.summary.run)
    Subscriptions.of_user().note({"https://a.example/": State(etag="e", modified="m", failures=1)})
    adding.undo(Store.at(), second.summary.run)
    assert (Store.at().rows(), second.undone, first.undone) == (1, True, False)
    assert Subscriptions.of_user().states() == {"https://a.example/": State(failures=1)}


# -------------------------------------------------------------------------------------------------- links and feeds


def test_a_link_is_a_feed_a_list_of_feeds_or_a_file(served: tuple[str, Path]) -> None:
    address, folder = served
    (folder / "feed.xml").write_text(FEED)
    (folder / "news.json").write_text('[{"title": "A cup in Ghana"}, {"title": "A storm in Fiji"}]')
    (folder / "page.html").write_text("<html><body><p>Nothing here</p></body></html>")
    (folder / "list.opml").write_text(
        f'<opml version="2.0"><body><outline text="Post" xmlUrl="{address}/feed.xml"/>'
        f'<outline text="Gone" xmlUrl="{address}/gone.xml"/></body></opml>'
    )
    target = Store.at()
    found = {}
    for name in ("feed.xml", "news.json", "page.html", "list.opml"):
        job = added(ways.link(f"{address}/{name}", target, partial(adding.folder, target)))
        assert job.summary is not None, job.fault
        found[name] = [(each.rows, each.stored, bool(each.fault)) for each in job.summary.outcomes]
    assert found == {
        "feed.xml": [(2, 2, False)],
        "news.json": [(2, 2, False)],
        "page.html": [(0, 0, True)],
        "list.opml": [(2, 0, False), (0, 0, True)],
    }
    assert not (target.folder / "incoming").exists()
    states = Subscriptions.of_user().states()
    assert states[f"{address}/gone.xml"].failing_since
    assert states[f"{address}/feed.xml"].succeeded


@pytest.mark.parametrize("address", ["file:///etc/passwd", "/etc/passwd", "http://127.0.0.1:9/", "ftp://a.example/"])
def test_a_link_leads_to_the_public_web_only(address: str) -> None:
    job = added(ways.link(address, Store.at(), partial(adding.folder, Store.at())))
    assert job.fault
    assert job.summary is None


def test_what_was_not_stored_is_asked_for_again() -> None:
    item = Row({"title": "x"}, "a", 1)
    kinds: list[Any] = ["new", "unchanged", "waiting", "failed"]
    outcomes = [Asked(Feed(kind), kind, (item,) if kind == "new" else (), State()) for kind in kinds]
    assert [each.kind for each in ways.to_note(outcomes, False)] == ["new", "unchanged", "failed"]
    assert [each.kind for each in ways.to_note(outcomes, True)] == ["unchanged", "failed"]


FEEDS = [
    Feed("https://a.example/rss", "Herald: World", "Herald", "KE", group="Africa"),
    Feed("https://b.example/rss", "Post", "The Post", "FJ", group="Oceania"),
]


@pytest.mark.parametrize(
    ("group", "words", "found"),
    [
        ("", "", ["a", "b"]),
        ("Africa", "", ["a"]),
        ("", "POST the", ["b"]),
        ("", "example", ["a", "b"]),
        ("Africa", "post", []),
    ],
)
def test_feeds_are_searched(group: str, words: str, found: list[str]) -> None:
    assert [feed.address[8] for feed in add_feeds.matching(FEEDS, group, words)] == found


def test_a_failing_feed_says_since_when() -> None:
    assert add_feeds.trouble(None) == add_feeds.trouble(State()) == ""
    state = State(failing_since=datetime(2026, 5, 3, tzinfo=UTC), reason="gone")
    assert add_feeds.trouble(state) == "Failing since 03 May 2026: gone"


def test_an_imported_list_is_told() -> None:
    body = b'<opml><body><outline text="A" xmlUrl="https://a.example/"/><outline xmlUrl="nowhere"/></body></opml>'
    listed = Subscriptions.of_user()
    assert add_feeds.imported(listed, body) == (
        "1 feed in the list, 1 of them new and switched on; 1 more could not be read"
    )
    assert [feed.on for feed in listed.feeds() if feed.address == "https://a.example/"] == [True]
    listed.switch_all(["https://a.example/"], False)
    assert [feed.on for feed in listed.feeds() if feed.address == "https://a.example/"] == [False]


# ------------------------------------------------------------------------------------------------------------ the page


def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def articles(page: AppTest) -> str:
    page.run()
    assert not page.exception
    return next(str(metric.value) for metric in page.metric if metric.label == "Articles")


def test_the_first_addition_replaces_the_built_in_set_and_undo_brings_it_back() -> None:
    page = app()
    built_in = articles(page)
    job = add("A vote in Kenya", "Floods in Peru")
    assert articles(page) == "2"
    assert job.summary is not None
    adding.undo(Store.at(), job.summary.run)
    assert articles(page) == built_in
    add("A vote in Kenya")
    assert articles(page) == "1"


def test_the_dialog_opens_and_undoes() -> None:
    add("A vote in Kenya")
    add("Floods in Peru", name="b*.csv")
    page = app()
    assert articles(page) == "2"
    page.button(key="add-news").click().run()
    assert not page.exception
    assert {tab.label for tab in page.tabs} >= {"Files", "Link", "Feeds", "GDELT"}
    assert any("b\\*\\.csv" in each.value for each in page.markdown)
    page.button(key="add-undo-latest").click().run()
    assert not page.exception
    assert articles(page) == "1"


def test_a_page_that_will_not_show_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    add("A vote in Kenya")
    pinned = Store.at().version()
    add("Floods in Peru", name="b.csv")
    page = app()
    page.query_params["version"] = str(pinned)
    assert articles(page) == "1"
    page.button(key="add-news").click().run()
    assert f"This page shows version {pinned} of the store, whatever is added." in [each.value for each in page.info]

    file = tmp_path / "c.csv"
    file.write_text("title,publisher\nA cup in Ghana,Herald\n")
    monkeypatch.setattr("sys.argv", ["app.py", str(file)])
    opening.begin().done.wait(60)
    page = app()
    assert articles(page) == "1"
    page.button(key="add-news").click().run()
    assert any("your store" in each.value for each in page.info)


def test_a_reader_is_offered_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["app.py", "--read-only"])
    page = app()
    articles(page)
    assert not [button for button in page.button if button.key == "add-news"]
    assert add_news.start("Adding", lambda job: job.store([], Store.at())) is False
    assert adding.current() is None
