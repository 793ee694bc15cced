"""Slow and bad days: what is said when something fails under an open page, that the rest stands, and the next click."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from components import asking_slowly, exporting, opening
from components.asking import Ask
from components.content import Source
from components.exports import Options
from components.view import View
from data.engines.memory import MemoryEngine
from data.engines.shared import SharedEngine
from data.engines.sql import platform
from data.engines.stopping import Stop, stoppable
from data.errors import NewsError, StoppedError, StoreError
from data.selection import Selection
from data.store import Store
from data.store.adding import Addition
from data.store.upkeep import clean
from tests.browser import ROOT, server, window
from tests.samples import newsroom, table
from tests.test_sql_engine import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Which = Callable[[str, tuple[Any, ...]], bool]
    """Tells questions apart, by name and what they are asked."""

ALL = Selection()
SPORT = ALL.choose("topic", ["sport"])


def until(true: Callable[[], bool], patience: float = 20.0) -> bool:
    """Waits until something is true; whether it became so."""
    end = time.monotonic() + patience
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.01)
    return found


class Slow:
    """An engine that counts how often it is asked, and answers a held question when it is let."""

    def __init__(self, held: Which = lambda *_: True, failing: Which = lambda *_: True) -> None:
        self._engine = MemoryEngine(newsroom())
        self.version = self._engine.version
        self._held, self._failing = held, failing
        self.let = threading.Event()
        self.stopped = threading.Event()
        self.asked: list[str] = []
        self.fault: NewsError | None = None

    def __getattr__(self, question: str) -> Callable[..., Any]:
        return lambda *given: self._answer(question, given)

    def _answer(self, question: str, given: tuple[Any, ...]) -> Any:
        self.asked.append(question)
        if self._held(question, given):
            ended = threading.Event()
            with stoppable(ended.set):
                until(lambda: self.let.is_set() or ended.is_set())
            if ended.is_set():
                self.stopped.set()
                raise StoreError("interrupted")
        if self.fault and self._failing(question, given):
            raise self.fault
        return getattr(self._engine, question)(*given)


def test_a_question_is_asked_once_for_all_who_wait() -> None:
    slow = Slow()
    shared = SharedEngine(slow)
    found: list[Any] = []
    askers = [threading.Thread(target=lambda: found.append(shared.totals(ALL))) for _ in range(5)]
    for asker in askers:
        asker.start()
    assert until(lambda: shared._asked[("totals", ALL, "articles")].waiting == 5)
    slow.let.set()
    for asker in askers:
        asker.join()
    assert [each.n for each in found] == [322] * 5
    assert shared.totals(ALL).n == 322
    assert slow.asked == ["totals"]


def test_a_question_that_nobody_waits_for_is_stopped_and_can_be_asked_again() -> None:
    slow = Slow()
    shared = SharedEngine(slow, linger=0.0)
    with shared.asking("counts", ALL, ("topic",), "articles", None):
        pass
    assert slow.stopped.wait(20)
    slow.let.set()
    assert shared.counts(ALL, ["topic"])["n"].sum() > 0


def test_who_comes_back_soon_finds_the_question_still_asked() -> None:
    slow = Slow()
    shared = SharedEngine(slow, linger=0.05)
    with shared.asking("totals", ALL, "articles"):
        pass
    with shared.asking("totals", ALL, "articles") as pending:
        time.sleep(0.2)
        slow.let.set()
        assert pending.done.wait(20)
        assert pending.answer().n == 322
    assert slow.asked == ["totals"]


def test_an_abandoned_question_does_not_block_the_next() -> None:
    slow = Slow(lambda question, given: given[0] == ALL)
    shared = SharedEngine(slow, patience=0.05)
    with pytest.raises(StoreError, match="no answer within"):
        shared.totals(ALL)
    assert shared.totals(SPORT).n == 100


def test_failures_are_not_kept_and_answers_are_bounded() -> None:
    slow = Slow(lambda *_: False)
    shared = SharedEngine(slow, size=3)
    slow.fault = StoreError("gone")
    with pytest.raises(StoreError, match="gone"):
        shared.totals(ALL)
    slow.fault = None
    assert shared.totals(ALL).n == 322
    for word in ("cup", "vote", "school", "dam"):
        assert shared.totals(ALL.choose("keyword", [word])).n
    assert len(shared._asked) == 3
    assert not shared.knows("totals", ALL, "articles")
    assert len(shared.texts(["s1"])) == 1
    assert not shared.knows("texts", ("s1",))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_leaves_nobody_waiting() -> None:
    class Broken(Slow):
        def _answer(self, question: str, given: tuple[Any, ...]) -> Any:
            raise ZeroDivisionError

    with pytest.raises(StoreError, match="see the log"):
        SharedEngine(Broken()).totals(ALL)
    for thread in threading.enumerate():
        if thread.name == "question":
            thread.join()  # the fault is in the log by then


def test_what_was_stopped_before_it_began_does_not_begin() -> None:
    stop = Stop()
    stop.ask()
    with stop.in_force(), pytest.raises(StoppedError), stoppable(lambda: None):
        pytest.fail("it began")


LONG = {
    "duckdb": "SELECT count(*) AS n FROM range(1000000000000) AS t(a) WHERE hash(a) % 7 = 1",
    "local[2]": "SELECT count(*) AS n FROM range(1000000000000) WHERE hash(id) % 7 = 1",
}


@pytest.mark.parametrize("where", PLACES)
def test_a_database_ends_what_nobody_wants_to_know(where: str) -> None:
    held, stop, said = platform(where), Stop(), []
    held.fetch("SELECT 1 AS n")

    def ask() -> None:
        with stop.in_force(), pytest.raises(NewsError) as told:
            held.fetch(LONG[where])
        said.append(told.value)

    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    assert not until(lambda: bool(said), 0.5)
    stop.ask()
    asker.join(60)
    assert said
    assert held.fetch("SELECT 1 AS n").column("n").to_pylist() == [1]


# The page


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[AppTest]:
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setenv("NEWS_STORE", str(tmp_path))
    Addition(Store.at(), "added by a test").write(newsroom())
    opening.opening.cache_clear()
    opening.begin().done.wait(60)
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    opening.opening.cache_clear()
    gc.unfreeze()  # or the end of the process would find leaks


def on(engine: Any) -> None:
    """Has the page asked of another engine."""
    begun = opening.begin()
    assert isinstance(begun.result, opening.Opened)
    begun.result = replace(begun.result, engine=engine)


def headers(page: AppTest) -> list[str]:
    return [header.value for header in page.header]


def texts(elements: Any) -> str:
    return " ".join(element.value for element in elements).replace("\\", "")


def of_map(question: str, given: tuple[Any, ...]) -> bool:
    return question == "counts" and given[1] == ("country",)


def test_a_panel_that_fails_says_so_and_the_others_stand(page: AppTest) -> None:
    page.run()
    whole = headers(page)
    assert not page.error
    engine = Slow(lambda *_: False, of_map)
    engine.fault = StoreError("The database is *gone*.")
    on(SharedEngine(engine))
    page.run()
    assert not page.exception
    assert "The database is *gone*." in texts(page.error)
    assert set(whole) - {"Countries the news is about"} <= set(headers(page))
    assert next(metric.value for metric in page.metric if metric.label == "Articles") == "322"
    engine.fault = None
    page.button(key="again-map").click().run()
    assert not page.error
    assert headers(page) == whole


def test_a_slow_answer_can_be_stopped_and_gone_on_with(page: AppTest) -> None:
    slow = Slow(of_map)
    on(SharedEngine(slow, linger=0.0))
    page.session_state["counting-stopped"] = "[]"  # what the button does, here, in an address without parameters
    page.run()
    assert "Stopped before it was counted" in texts(page.info)
    slow.let.set()
    page.button(key="again-map").click().run()
    assert not page.info
    assert not page.error
    assert "Countries the news is about" in headers(page)


def test_something_else_is_asked_though_counting_was_stopped(page: AppTest) -> None:
    on(SharedEngine(Slow(lambda *_: False)))
    page.session_state["counting-stopped"] = "[]"
    page.query_params["topic"] = "sport"
    page.run()
    assert "Stopped" not in texts(page.info)
    assert next(metric.value for metric in page.metric if metric.label == "Articles") == "100"


def test_after_one_long_failure_the_panels_below_are_not_waited_for(page: AppTest) -> None:
    slow = Slow()
    on(SharedEngine(slow, patience=asking_slowly.LONG + 0.5))
    began = time.monotonic()
    page.run()
    assert time.monotonic() - began < 30
    assert not page.exception
    assert len(page.error) >= 9
    assert "no answer within" in texts(page.error)
    slow.let.set()
    page.button(key="again-map").click().run()
    assert not page.error


def test_memory_is_asked_without_a_detour(page: AppTest) -> None:
    result = opening.begin().result
    assert isinstance(result, opening.Opened)
    assert asking_slowly.patient(result.engine) is result.engine
    page.run()
    assert not [button for button in page.button if str(button.key).startswith("stop-")]


# Stores


def test_a_version_that_was_cleaned_away_leads_to_the_latest(page: AppTest) -> None:
    store = Store.at()
    pinned = store.version()
    store.undo()
    Addition(store, "added later").write(table(["a", "b"]))
    shutil.rmtree(store.folder / "holds")  # the marks of whoever has it open
    clean(store, hours=0)
    opening.opening.cache_clear()
    page.query_params["version"] = str(pinned)
    page.query_params["article"] = "s1"
    page.run()
    assert not page.exception
    assert "cannot be read" in texts(page.error)  # its figures are kept apart from the files; its texts are gone
    assert next(metric.value for metric in page.metric if metric.label == "Articles") == "322"
    shutil.rmtree(store.folder / "opened")
    opening.opening.cache_clear()
    page.run()
    assert not page.exception
    assert "Read" in texts(page.error) or "cannot be read" in texts(page.error)
    assert not page.metric
    page.button(key="latest").click().run()
    assert not page.error
    assert "version" not in page.query_params
    assert next(metric.value for metric in page.metric if metric.label == "Articles") == "2"


def test_what_could_not_be_opened_is_opened_once_it_is_whole_again(page: AppTest) -> None:
    store = Store.at()
    away = store.folder.parent / "away"
    log = store.folder / "articles" / "_delta_log"
    opening.opening.cache_clear()
    first = min(log.glob("*.json"))
    kept = first.read_bytes()
    for file in log.glob("*.json"):
        file.write_bytes(b"no log")
    page.run()
    assert not page.exception
    assert page.error
    assert not away.exists()
    for file in log.glob("*.json"):
        file.unlink()
    first.write_bytes(kept)
    page.button(key="again").click().run()
    assert not page.exception
    assert not page.error


@pytest.mark.parametrize("name", ["a[b]", "a|b", "a%20b", "a#b", "a?b", "a*b", "a\nb", "\udcff"])
def test_a_folder_that_tables_cannot_lie_in_is_refused(name: str, tmp_path: Path, page: AppTest) -> None:
    with pytest.raises(StoreError, match="Choose another folder"):
        Store.at(tmp_path / name)
    began = opening.opening(opening.Asked(store=str(tmp_path / name)))
    assert began.done.wait(20)
    assert "Choose another folder" in str(began.result)


@pytest.mark.parametrize("name", ["a b", "100 %", "läden {a}", "it's", "a:b"])
def test_other_folders_are_not(name: str, tmp_path: Path) -> None:
    store = Store.at(tmp_path / name)
    Addition(store, "added").write(table(["a"]))
    assert store.rows() == 1
    assert len(store.versions()) == 2


# Exports


def test_an_export_that_nobody_waits_for_ends_and_lets_its_memory_go() -> None:
    """What happens to it when the browser is closed: only the session held it."""
    engine = SharedEngine(slow := Slow())
    ask = Ask(engine, ALL, View(), Source("tests"))
    job = exporting.start(partial(_report, ask), ask, ("json",), Options())
    assert until(lambda: bool(slow.asked))
    seen = weakref.ref(engine)
    del job, ask, engine
    slow.let.set()
    assert until(lambda: not [each for each in threading.enumerate() if each.name in ("export", "question")])
    gc.collect()
    assert seen() is None


def _report(ask: Ask) -> Any:
    from components.report.building import usual

    return usual(ask)


def test_the_page_stands_while_an_export_is_cut_off(browser: Any, tmp_path: Path) -> None:
    with server(store=tmp_path) as address:
        with window(browser) as leaving:
            leaving.open(address)
            leaving.page.locator(".st-key-export button").click()
            leaving.page.locator(".st-key-export-make button").click()
            leaving.page.locator("[role=dialog] [data-testid=stProgress]").first.wait_for(timeout=20_000)
        with window(browser) as next_one:
            next_one.open(address)
            before = next_one.numbers()
            next_one.page.locator(".st-key-unit button", has_text="Stories").first.click()
            next_one.settle()
            assert next_one.numbers() != before
            assert not next_one.errors


FULL = """
import resource, sys
from data.engines.stored import open_stored
from data.selection import Selection
from data.store import Store
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
engine = open_stored(Store.at(sys.argv[1]))
print(engine.totals(Selection()).n, engine.totals(Selection(text="budget")).n)
from components.exports.__main__ import main
sys.exit(main(["--store", sys.argv[1], "--format", "json", "--out", sys.argv[2]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_a_full_disk_keeps_no_export_from_being_said_and_no_page_from_being_opened(tmp_path: Path) -> None:
    store = Store.at(tmp_path / "store")
    Addition(store, "added").write(newsroom())
    command = [sys.executable, "-c", FULL, str(store.folder), str(tmp_path / "out")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.stdout.splitlines()[0] == "322 120"
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "out" in ended.stderr
    assert not list((tmp_path / "out").glob("*.json"))
    freed = [*command[:2], FULL.replace("2_000", "200_000_000"), *command[3:]]
    assert subprocess.run(freed, cwd=ROOT, capture_output=True).returncode == 0
    assert list((tmp_path / "out").glob("*.json"))
