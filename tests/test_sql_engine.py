"""The cases of test_engines.py asked of engines of SQL, and what only these can get wrong."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from deltalake import write_deltalake

from components import opening
from data.corrections import Rule, TagCorrection
from data.engines import ORDERS, TIME_BINS, UNITS, Totals
from data.engines.sql import engine as sql_engine
from data.engines.sql import open_sql, platform
from data.engines.stored import open_stored
from data.errors import StoreError
from data.facets import FACETS, NONE
from data.selection import Selection
from data.store import Store
from data.store.schema import ARTICLES, to_arrow
from data.tagging.corpus import keys_of
from tests.browser import ROOT
from tests.samples import grouped, newsroom, tagged
from tests.test_engines import (
    ALL,
    MARCH,
    stored,
    test_a_wrong_question_is_answered_with_the_right_ones,
    test_copies_stand_behind_their_original,
    test_counts_by_one,
    test_counts_by_two,
    test_pages_of_articles,
    test_texts_come_in_the_order_asked_for,
    test_totals,
    test_which_articles_match,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from data.corrections import Correction
    from data.engines import Engine

__all__ = [
    "test_a_wrong_question_is_answered_with_the_right_ones",
    "test_copies_stand_behind_their_original",
    "test_counts_by_one",
    "test_counts_by_two",
    "test_pages_of_articles",
    "test_texts_come_in_the_order_asked_for",
    "test_totals",
    "test_which_articles_match",
]

NO_DUCKDB = pytest.mark.skipif(
    not (find_spec("ibis") and find_spec("duckdb")), reason="DuckDB or Ibis is not installed"
)
NO_SPARK = pytest.mark.skipif(
    not (find_spec("ibis") and find_spec("pyspark") and shutil.which("java")), reason="Java, PySpark or Ibis is missing"
)
PLACES = [pytest.param("duckdb", marks=NO_DUCKDB), pytest.param("local[2]", marks=NO_SPARK, id="spark")]


@pytest.fixture(scope="module", params=PLACES)
def where(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def engine(where: str) -> Engine:
    return open_sql(where, stored(grouped()))


SELECTIONS = (
    ALL,
    MARCH,
    ALL.choose("topic", ["politics", NONE]).choose("region", ["Europe", "no such region"]),
    ALL.choose("day", [NONE]),
    ALL.choose("story", ["flood0", "trial0", "s7", "a"]),
    ALL.choose("publisher", ["P1", "P2", NONE]).between(date(2025, 1, 5), date(2025, 4, 1)),
    Selection(text="flood OR dam OR title:pair1 OR budget"),
    Selection(text="-harbour -school"),
    ALL.choose("keyword", ["dam"]),
    Selection(text="no such words at all"),
)
PAIRS = (["region", "topic"], ["week", "topic"], ["story", "day"], ["keyword", "country"], ["topic", "topic"])


SINGLE = tuple([name] for name in dict.fromkeys([*FACETS, *TIME_BINS]))


def agree(one: Engine, other: Engine, selections: Sequence[Selection], ways: Sequence[list[str]] = ()) -> None:
    """Asks both about these selections, of each in one unit and one order of articles."""
    for place, selection in enumerate(selections):
        unit, order = UNITS[place % 3], ORDERS[(place + place // 3) % 3]
        assert one.totals(selection, unit) == other.totals(selection, unit), (selection, unit)
        for by in ways:
            limit = None if len(by) == 1 else 7
            pd.testing.assert_frame_equal(
                one.counts(selection, by, unit, limit), other.counts(selection, by, unit, limit)
            )
        asked = (selection, order, place % 2, 30, place % 4 > 1)
        pd.testing.assert_frame_equal(one.articles(*asked), other.articles(*asked))


@pytest.mark.parametrize("frame", [grouped(), newsroom()], ids=["grouped", "newsroom"])
def test_the_answers_are_those_of_the_store_in_memory(where: str, frame: pd.DataFrame) -> None:
    store = stored(frame)
    one, other = open_sql(where, store), open_stored(store)
    assert one.version == other.version
    some = slice(None) if where == "duckdb" else slice(3)  # a question takes Spark half a second
    agree(one, other, SELECTIONS[some], (*SINGLE, *PAIRS)[some])


@pytest.mark.parametrize("by", [["topic"], ["region", "topic"]])
def test_a_limit_keeps_the_largest(engine: Engine, by: list[str]) -> None:
    for place, unit in enumerate(UNITS):
        whole = engine.counts(ALL, by, unit)
        for limit in (place + 1, len(whole) - 1):
            pd.testing.assert_frame_equal(engine.counts(ALL, by, unit, limit), whole.head(limit))


def words() -> pd.DataFrame:
    """Keywords in several written forms, some twice in an article once they are the same."""
    said = [["elections", "election"], ["election", "Cup"], ["election"], ["Cup", "budget"], [], ["cups", "Budget"]]
    return grouped().assign(keywords=pd.Series(said))


@pytest.mark.parametrize("keyed", ["all", "some", "none"])
def test_keywords_are_shown_in_their_best_form(where: str, keyed: str) -> None:
    frame = words()
    keys = keys_of(frame["keywords"].tolist(), frame["language"].tolist())
    some = [kept if keyed == "all" or (keyed == "some" and place % 2) else [] for place, kept in enumerate(keys)]
    store = stored(frame.assign(keyword_keys=pd.Series(some)))
    agree(open_sql(where, store), open_stored(store), [ALL, ALL.choose("keyword", ["election"])], [["keyword"]])


@pytest.mark.parametrize("rule", [False, True])
def test_corrections_are_applied(where: str, rule: bool) -> None:
    frame = words()
    frame["tags"] = [
        tags | {"keywords": [{"keyword": word, "score": 1.0, "evidence": []} for word in said]}
        for tags, said in zip(frame["tags"], frame["keywords"], strict=True)
    ]
    said: list[Correction] = [
        TagCorrection(id="1", article="d", facet="topic", action="add", value="sport"),
        TagCorrection(id="2", article="a", facet="country", action="remove", value="DE"),
        TagCorrection(id="3", article="d", facet="keyword", action="add", value="comets"),
        TagCorrection(id="4", article="f", facet="keyword", action="remove", value="budget"),
        TagCorrection(id="5", article="nobody", facet="topic", action="add", value="sport"),
    ]
    said += [Rule(id="6", facet="keyword", surface="elections", value="")] if rule else []
    store = stored(frame)
    one, other = open_sql(where, store, corrections=said), open_stored(store, corrections=said)
    agree(one, other, [ALL, ALL.choose("topic", ["sport"])], [["keyword"]])
    assert one.totals(ALL).corrections == 4 + rule
    assert one.version == other.version != open_stored(store).version
    pd.testing.assert_series_equal(one.texts(["d"])["topics"], other.texts(["d"])["topics"])


def test_many_found_articles_are_asked_for_alike(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored(grouped())
    one, other = open_sql(where, store), open_stored(store)
    monkeypatch.setattr(sql_engine, "_FEW", 1)
    for text in ('"election and budget"', "title:title -summit", "budg* OR publisher:post", "", "-budget"):
        agree(one, other, [Selection(text=text)])


def test_texts_are_those_of_the_store(engine: Engine) -> None:
    asked = ["d", "nobody", "a", "\ud800", "d"]
    pd.testing.assert_frame_equal(engine.texts(asked), open_stored(stored(grouped())).texts(["d", "nobody", "a", "d"]))


HOSTILE = (
    "it's",
    "back\\slash",
    "${x}",
    "{{y}}",
    "a\nb",
    "nul\0l",
    "\u202eleft",
    "😀",
    '"',
    "`",
    "%s",
    "--",
    "\\'",
    "?",
    ":p",
)


def test_any_text_may_be_a_value_an_id_or_a_search(where: str) -> None:
    frame = tagged(tuple((text, "2025-03-01", text, "", [text], [text], [text]) for text in HOSTILE))
    frame["keywords"] = [[text] for text in HOSTILE]
    store = stored(frame)
    one, other = open_sql(where, store), open_stored(store)
    for name in ("publisher", "country"):
        assert one.totals(ALL.choose(name, ["\udfff"])).n == 0
        for text in HOSTILE:
            assert one.counts(ALL.choose(name, [text, "\ud800"]), [name])[name].tolist() == [text]
    for text in ("it's", "${x}", "\ud800"):
        assert one.totals(Selection(text=text)) == other.totals(Selection(text=text))
    pd.testing.assert_frame_equal(one.counts(ALL, ["publisher"]), other.counts(ALL, ["publisher"]))
    pd.testing.assert_frame_equal(one.texts(HOSTILE), other.texts(HOSTILE))


def test_an_older_store_is_read(where: str, tmp_path: Path) -> None:
    """One without some columns, one that got them later, with nothing in them for the older rows."""
    store = Store(tmp_path / "läden {a} b")
    store.folder.mkdir()
    table = to_arrow(grouped(), ARTICLES, added=datetime.now(UTC), run="run")
    younger = ["keyword_keys", "subtopics", "centrality", "story", "title_derived"]
    write_deltalake(store.path, table.slice(0, 3).drop_columns(younger))
    agree(open_sql(where, store), open_stored(store), [ALL], [["subtopic"]])
    write_deltalake(store.path, table.slice(3), mode="append", schema_mode="merge")
    agree(open_sql(where, store), open_stored(store), [ALL, MARCH], [["subtopic"]])
    assert open_sql(where, store, 0).totals(ALL).n == 3


def test_no_articles_at_all(where: str) -> None:
    engine = open_sql(where, stored(tagged(())))
    assert engine.totals(ALL) == Totals(0, 0, 0, 0, 0, 0, 0, None, None)
    assert engine.articles(ALL.choose("topic", ["sport"])).empty
    for name in ("day", "week", "topic", "keyword", "story"):
        assert engine.counts(ALL, [name], "stories").empty


def test_a_version_is_read_while_the_store_goes_on(where: str) -> None:
    store = stored(grouped().iloc[:4])
    engine = open_sql(where, store)
    rows = to_arrow(grouped().iloc[4:], ARTICLES, added=datetime.now(UTC), run="run")
    write_deltalake(store.path, rows, mode="append")
    assert engine.totals(ALL).of == 4
    assert open_sql(where, store).totals(ALL).of == 6


def lose(held: Any) -> None:
    """What a database that is gone looks like from here."""
    held._base.close() if held.dialect == "duckdb" else held._session._jsparkSession.stop()


def test_a_lost_connection_is_said_and_made_anew(where: str) -> None:
    engine = open_sql(where, stored(grouped()))
    lose(platform(where))
    with pytest.raises(StoreError, match="Try again"):
        engine.counts(ALL, ["topic"])
    assert engine.totals(ALL).n == 6
    assert engine.counts(Selection(text="budget"), ["topic"])["n"].sum() == 4


def test_tables_go_with_the_engine(where: str) -> None:
    engine = open_sql(where, stored(grouped()))
    name = engine._ready().facets.name
    assert platform(where).fetch(f"SELECT count(*) FROM {name}").num_rows == 1
    del engine
    gc.collect()
    with pytest.raises(StoreError):
        platform(where).fetch(f"SELECT count(*) FROM {name}")


def test_an_engine_that_does_not_exist_is_said() -> None:
    with pytest.raises(StoreError, match="choose one of duckdb"):
        open_sql("abacus", Store.at())


@pytest.mark.parametrize(("name", "missing", "extra"), [("duckdb", "duckdb", "sql"), ("sc://host", "pyspark", "spark")])
def test_what_is_not_installed_is_said(name: str, missing: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [module for module in sys.modules if module.startswith("data.engines.sql.")]:
        monkeypatch.delitem(sys.modules, module)
    for module in [module for module in sys.modules if module.partition(".")[0] == missing]:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(StoreError, match=rf"pip install '.\[{extra}\]'"):
        platform.__wrapped__(name)


def test_nothing_of_it_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, data.engines.sql; print(sorted({'ibis', 'duckdb', 'pyspark', 'sqlglot'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).strip() == "[]"


def test_the_command_line_names_an_engine() -> None:
    assert opening.asked(["app.py", "--engine", "sc://host"]) == opening.Asked((), "", "sc://host")


@NO_DUCKDB
def test_the_page_opens_on_an_engine() -> None:
    store = stored(newsroom())
    began = opening.Opening((), store, engine="duckdb")
    began.run()
    gc.unfreeze()  # or the end of the process would find leaks
    assert isinstance(began.result, opening.Opened)
    assert began.result.count == 322
    assert began.result.engine.version == open_sql("duckdb", store).version
    wrong = opening.Opening((), store, engine="abacus")
    wrong.run()
    assert "No engine 'abacus'" in str(wrong.result)
