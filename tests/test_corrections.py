"""Corrections: what they do to a row, that they can be undone, and that the log loses none."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import opening
from components.correcting import surfaces
from components.corrections_list import lines
from data import __main__ as terminal
from data import folders
from data.articles import rejects_frame
from data.corrections import BY_HAND, Correction, Log, Rule, TagCorrection, Undo, apply, in_force, reach
from data.corrections.changes import corrected
from data.corrections.log import FILE, dump, parse
from data.corrections.records import from_line, to_line
from data.engines.memory import MemoryEngine
from data.errors import StoreError
from data.frames import records
from data.ingest import ingest
from data.selection import Selection
from tests.browser import ROOT
from tests.samples import tagged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd


def proof(text: str, rule: str = "country name") -> dict[str, Any]:
    return {"field": "text", "start": 0, "end": len(text), "text": text, "rule": rule}


def with_evidence() -> pd.DataFrame:
    """The sample table; article a names Georgia (twice, once as "georgia"), Atlanta and Germany."""
    frame = tagged()
    named = [
        {"country": "GE", "score": 1.0, "evidence": (proof("Georgia"), proof("GEORGIA"), proof("Tbilisi"))},
        {"country": "US", "score": 0.2, "evidence": (proof("Atlanta"),)},
        {"country": "DE", "score": 0.1, "evidence": (proof("Germany"),)},
    ]
    records_of: list[dict[str, Any]] = []
    for row in records(frame):
        about = ["GE"] if row["id"] in "ab" else row["countries"]
        records_of.append(
            {
                "mentioned": named
                if row["id"] in "ab"
                else [{"country": c, "score": 1.0, "evidence": ()} for c in about],
                "countries": about,
                "topics": [{"topic": t, "score": 0.9, "evidence": (proof(t, "seed term"),)} for t in row["topics"]],
                "keywords": [{"keyword": w, "score": 0.9, "evidence": ()} for w in row["keywords"]],
            }
        )
    countries = [record["countries"] for record in records_of]
    return frame.assign(tags=records_of, countries=countries, main_country=[next(iter(each), "") for each in countries])


TABLE = with_evidence()
"""Shared by all tests; none may change it."""


def tags_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """All that corrections can change."""
    names = ("topics", "countries", "main_country", "regions", "keywords", "tags", "corrections")
    return records(frame[[name for name in names if name in frame]])


def off(facet: Any, value: str, article: str = "a") -> TagCorrection:
    return TagCorrection(article=article, facet=facet, value=value, action="remove")


def on(facet: Any, value: str, article: str = "a") -> TagCorrection:
    return TagCorrection(article=article, facet=facet, value=value, action="add")


def row_of(frame: pd.DataFrame, article: str) -> dict[str, Any]:
    return next(row for row in records(frame) if row["id"] == article)


@pytest.mark.parametrize(
    ("corrections", "column", "expected"),
    [
        ([off("topic", "politics")], "topics", ["economy"]),
        ([off("topic", "sport")], "topics", ["politics", "economy"]),
        ([on("topic", "sport")], "topics", ["politics", "economy", "sport"]),
        ([on("topic", "politics")], "topics", ["politics", "economy"]),
        ([off("topic", "politics"), on("topic", "crime")], "topics", ["economy", "crime"]),
        ([off("topic", "politics"), off("topic", "economy")], "topics", []),
        ([off("topic", "politics", "b")], "topics", ["politics", "economy"]),
        ([off("keyword", "Budgets")], "keywords", ["summit"]),
        ([on("keyword", "tax cut")], "keywords", ["budget", "summit", "tax cut"]),
        ([on("keyword", "budgets")], "keywords", ["budget", "summit"]),
        ([Rule(surface="budget", facet="keyword")], "keywords", ["summit"]),
        ([Rule(surface="budget", facet="keyword", publisher="Post")], "keywords", ["budget", "summit"]),
        ([Rule(surface="budget", facet="keyword"), on("keyword", "budget")], "keywords", ["summit", "budget"]),
        ([on("keyword", "budget"), Rule(surface="budget", facet="keyword")], "keywords", ["summit", "budget"]),
        ([off("country", "GE")], "countries", []),
        ([on("country", "FR")], "countries", ["GE", "FR"]),
        ([on("country", "US")], "countries", ["GE", "US"]),
        # Two of Georgia's three spans move: Georgia keeps 1/3, the United States have .2 + 2/3.
        ([Rule(surface="georgia", value="US")], "countries", ["US", "GE"]),
        ([Rule(surface="Georgia", value="US", publisher="herald")], "countries", ["US", "GE"]),
        ([Rule(surface="Georgia", value="US", publisher="Post")], "countries", ["GE"]),
        ([Rule(surface="Georgia", value="")], "countries", ["GE", "US", "DE"]),
        ([Rule(surface="Georgia", value="GE")], "countries", ["GE"]),
        ([Rule(surface="Georg", value="US")], "countries", ["GE"]),
        (
            [Rule(surface="Georgia"), Rule(surface="Tbilisi"), Rule(surface="Atlanta"), Rule(surface="Germany")],
            "countries",
            [],
        ),
        ([on("country", "FR"), Rule(surface="Georgia", value="US")], "countries", ["US", "GE", "FR"]),
    ],
)
def test_what_a_correction_does(corrections: list[Correction], column: str, expected: list[str]) -> None:
    row = row_of(apply(TABLE, corrections), "a")
    assert row[column] == expected
    group = {"topics": "topic", "keywords": "keyword"}.get(column)
    if group:
        assert [each[group] for each in row["tags"][column]] == expected
    else:
        assert row["tags"]["countries"] == expected
        assert row["main_country"] == (expected[0] if expected else "")
        assert {each["country"] for each in row["tags"]["mentioned"]} >= set(expected)


def test_only_what_changes_something_applies() -> None:
    one, other, idle = off("topic", "politics"), Rule(surface="Georgia", value="US"), off("topic", "health")
    frame = apply(TABLE, [one, idle, other])
    assert dict(zip(frame["id"], frame["corrections"], strict=True)) == {
        "a": (other.id, one.id), "b": (other.id,), "c": (), "d": (), "e": (), "f": ()
    }  # fmt: skip


def test_a_person_s_word_is_its_evidence() -> None:
    row = row_of(apply(TABLE, [on("topic", "crime"), Rule(surface="Georgia", value="US")]), "a")
    assert [each["rule"] for each in row["tags"]["topics"][-1]["evidence"]] == [BY_HAND]
    america = row["tags"]["mentioned"][0]
    assert [(each["text"], each["rule"]) for each in america["evidence"]] == [
        ("Georgia", BY_HAND),
        ("GEORGIA", BY_HAND),
        ("Atlanta", "country name"),
    ]
    assert [each["words"] for each in row["tags"]["corrections"]] == [
        "“Georgia” means United States",
        "Topic Crime & justice added",
    ]


def test_subtopics_go_with_their_topic() -> None:
    row = {
        **row_of(TABLE, "c"),
        "subtopics": ["politics.election"],
        "tags": {
            **row_of(TABLE, "c")["tags"],
            "subtopics": [{"topic": "politics.election", "score": 1, "evidence": ()}],
        },
    }
    without = corrected(row, off("topic", "politics", "c"))
    assert (without["topics"], without["subtopics"], without["tags"]["subtopics"]) == ([], [], [])
    beside = corrected(row, on("subtopic", "sport.discipline", "c"))
    assert (beside["topics"], beside["subtopics"][1:]) == (["politics", "sport"], ["sport.discipline"])
    assert corrected(row, off("subtopic", "politics.election", "c"))["topics"] == ["politics"]


def test_regions_follow_the_countries() -> None:
    row = row_of(apply(TABLE, [off("country", "GE"), on("country", "KE")]), "a")
    assert "Eastern Africa" in row["regions"]
    assert "Asia" not in row["regions"]


values = {
    "topic": st.sampled_from(["politics", "sport", "economy", "health"]),
    "country": st.sampled_from(["GE", "US", "FR", "NG"]),
    "keyword": st.sampled_from(["budget", "Budgets", "cup", "storm"]),
}
single = st.sampled_from(list(values)).flatmap(
    lambda facet: st.builds(
        TagCorrection,
        article=st.sampled_from("abcz"),
        facet=st.just(facet),
        value=values[facet],
        action=st.sampled_from(["add", "remove"]),
    )
)
rules = st.builds(
    Rule,
    surface=st.sampled_from(["Georgia", "atlanta", "Germany", "Nowhere"]),
    publisher=st.sampled_from(["", "Herald", "Post"]),
    value=st.sampled_from(["", "US", "GE", "KE"]),
) | st.builds(Rule, surface=st.sampled_from(["budget", "cup"]), facet=st.just("keyword"))
several = st.lists(single | rules, max_size=6)


@settings(max_examples=40, deadline=None)
@given(several, several)
def test_corrections_start_from_the_taggers_word(first: list[Correction], then: list[Correction]) -> None:
    once = apply(TABLE, first)
    assert tags_of(apply(once, first)) == tags_of(once)
    assert tags_of(apply(once, ())) == tags_of(apply(TABLE, ()))
    assert tags_of(apply(once, then)) == tags_of(apply(TABLE, then))


def test_the_given_table_is_left_alone() -> None:
    apply(TABLE, [off("topic", "politics"), on("country", "KE"), Rule(surface="Georgia"), off("keyword", "budget")])
    assert tags_of(TABLE) == tags_of(with_evidence())


@settings(max_examples=40, deadline=None)
@given(several)
def test_columns_and_record_agree(corrections: list[Correction]) -> None:
    for row in records(apply(TABLE, corrections)):
        assert [each["topic"] for each in row["tags"]["topics"]] == row["topics"]
        assert set(row["countries"]) <= {each["country"] for each in row["tags"]["mentioned"]}
        assert row["tags"]["countries"] == row["countries"]
        assert len(set(row["countries"])) == len(row["countries"])
        assert bool(row["corrections"]) == ("as_tagged" in row["tags"])


@settings(max_examples=20, deadline=None)
@given(several)
def test_the_engine_counts_the_corrections_that_apply(corrections: list[Correction]) -> None:
    frame = apply(TABLE, corrections)
    engine = MemoryEngine(frame)
    for selection in (Selection(), Selection().choose("topic", ["politics"])):
        found = set(engine.articles(selection)["id"])
        expected = {
            each for row in records(frame) if row["id"] in found for each in row["corrections"]
        }  # fmt: skip
        assert engine.totals(selection).corrections == len(expected)


def test_no_articles_and_no_column() -> None:
    assert len(apply(TABLE.head(0), [off("topic", "politics")])) == 0
    assert MemoryEngine(tagged()).totals(Selection()).corrections == 0


def test_corrections_survive_a_re_read(tmp_path: Path) -> None:
    news = tmp_path / "news.csv"
    news.write_text("title,text,publisher\nVote,Parliament of Kenya votes on the election law in Nairobi.,Post\n")
    first = ingest([str(news)]).articles
    made = [off("country", "KE", first["id"][0]), Rule(surface="Nairobi", value="TZ")]
    Log(tmp_path / FILE).add(*made)
    again = apply(ingest([str(news)]).articles, Log(tmp_path / FILE).read().in_force)
    assert again["countries"][0] == ["TZ"]
    assert len(again["corrections"][0]) == 2


# ------------------------------------------------------------------------------------------------------------ the log

texts = st.text(st.characters(), min_size=1, max_size=20).filter(str.strip)


@given(
    st.builds(TagCorrection, article=texts, facet=st.just("keyword"), value=texts, action=st.just("add"), note=texts)
    | st.builds(Rule, surface=texts, publisher=st.text(st.characters(), max_size=20), value=st.sampled_from(["", "US"]))
    | st.builds(Undo, id=texts)
)
def test_a_line_holds_any_text(event: Any) -> None:
    assert "\n" not in to_line(event)
    assert from_line(to_line(event)) == event


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[" * 9_000, "no JSON"),
        ("[1]", "none of"),
        ('{"kind": ["tag"]}', "none of"),
        ('{"kind": "tag", "article": "a"}', "lacks"),
        ('{"kind": "undo"}', "lacks"),
        ('{"kind": "undo", "id": ""}', "empty id"),
        ('{"kind": "tag", "article": "a", "facet": "colour", "value": "red", "action": "add"}', "facet is none of"),
        ('{"kind": "tag", "article": "a", "facet": "topic", "value": "red", "action": "add"}', "unknown topic"),
        ('{"kind": "tag", "article": "a", "facet": "country", "value": "QQ", "action": "add"}', "unknown country"),
        ('{"kind": "tag", "article": "a", "facet": "keyword", "value": " ", "action": "add"}', "no tag"),
        ('{"kind": "tag", "article": 7, "facet": "keyword", "value": "x", "action": "add"}', "no short text"),
        ('{"kind": "rule", "surface": "x", "value": "QQ"}', "unknown country"),
        ('{"kind": "rule", "surface": "x", "made": "today"}', "no time"),
        (json.dumps({"kind": "rule", "surface": "x" * 301}), "no short text"),
        ("x" * 5_000_000, "too long"),
        ("\ud800", "UTF-8"),
    ],
)
def test_a_damaged_line_is_reported_and_the_others_are_read(line: str, reason: str) -> None:
    good = to_line(off("topic", "politics"))
    read = parse(f"{good}\n\n{line}\n{good}".encode("utf-8", "surrogatepass"))
    assert len(read.events) == 2
    assert [(each.line, reason in each.reason) for each in read.damaged] == [(3, True)]


def test_a_line_written_by_hand_may_be_short() -> None:
    line = '{"kind": "rule", "surface": "Georgia", "value": "US"}'
    assert from_line(line).id == from_line(line).id


def test_the_later_of_two_holds_until_it_is_undone() -> None:
    early, late = Rule(surface="Georgia", value="US"), Rule(surface="GEORGIA", value="")
    assert in_force([early, late]) == (late,)
    assert in_force([early, late, Undo(id=late.id)]) == (early,)
    assert in_force([Undo(id=early.id), early, off("topic", "sport")])[0].key[0] == "tag"


def test_making_and_undoing(tmp_path: Path) -> None:
    log = Log(tmp_path / "new" / FILE)
    assert log.read().in_force == ()
    assert log.stamp() == (0, 0)
    log.add(off("topic", "politics"))
    log.add(off("topic", "politics"))
    assert len(log.read().events) == 1
    log.add(on("topic", "politics"))  # the opposite takes it back instead of standing beside it
    assert log.read().in_force == ()
    log.add(Rule(surface="Georgia", value="US"))
    log.add(Rule(surface="Georgia", value=""))
    (held,) = log.read().in_force
    log.undo([held.id])
    assert [each.value for each in log.read().in_force if isinstance(each, Rule)] == ["US"]
    log.add(off("topic", "politics"))
    log.undo_all()
    assert log.read().in_force == ()
    assert dump(log.read().in_force) == ""
    assert log.path.stat().st_mode & 0o077 == 0


def test_a_torn_line_does_not_take_the_next_with_it(tmp_path: Path) -> None:
    log = Log(tmp_path / FILE)
    log.add(off("topic", "politics"))
    whole = log.path.read_bytes()
    log.path.write_bytes(whole + whole[:30])
    log.add(off("topic", "economy"))
    read = log.read()
    assert len(read.in_force) == 2
    assert [each.line for each in read.damaged] == [2]
    assert log.path.read_bytes().startswith(whole + whole[:30])


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    log = Log(tmp_path / "file" / FILE)
    with pytest.raises(StoreError, match="not kept"):
        log.add(off("topic", "politics"))
    assert log.read().in_force == ()
    (tmp_path / "folder").mkdir()
    assert Log(tmp_path / "folder").read().damaged[0].line == 0


_ADDING = """
import sys
from pathlib import Path
from data.corrections import Log, TagCorrection
log = Log(Path(sys.argv[1]))
for n in range(30):
    log.add(TagCorrection(article=f"{sys.argv[2]}{n}", facet="keyword", value="x" * n + "y", action="add"))
"""


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    path = tmp_path / FILE
    running = [
        subprocess.Popen([sys.executable, "-c", _ADDING, str(path), name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in "pq"
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [(b"", 0)] * 2
    read = Log(path).read()
    assert read.damaged == ()
    expected = {f"{name}{n}" for name in "pq" for n in range(30)}
    assert {each.article for each in read.in_force if isinstance(each, TagCorrection)} == expected


# ------------------------------------------------------------------------------------------------------------ the page


@pytest.mark.parametrize("soon", [opening.SOON, 0], ids=["at once", "behind the page"])
def test_a_change_of_the_log_reaches_every_session(soon: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWS_STORE", str(tmp_path))
    monkeypatch.setattr(opening, "SOON", soon)
    frame = apply(TABLE, ())
    opened = opening.Opened((), True, len(frame), frame, rejects_frame([]), MemoryEngine(frame))
    shared = opening.Opening((), result=opened)
    politics = Selection().choose("topic", ["politics"])
    refreshed(shared)
    assert shared.result is opened
    Log.of_user().add(off("topic", "politics"))
    corrected = refreshed(shared)
    assert (opened.engine.totals(politics).n, corrected.engine.totals(politics).n) == (3, 2)
    assert corrected.engine.version != opened.engine.version
    Log.of_user().undo_all()
    again = refreshed(shared)
    assert again.engine.totals(politics).n == 3
    assert again.engine.version == opened.engine.version
    assert tags_of(again.articles) == tags_of(frame)


def refreshed(shared: opening.Opening) -> opening.Opened:
    shared.refresh()
    for thread in threading.enumerate():
        if thread.name == "applying":
            thread.join(60)
    assert isinstance(shared.result, opening.Opened)
    return shared.result


def test_a_correction_in_words() -> None:
    made = replace(off("topic", "politics"), note="see page 2", made=datetime(2026, 5, 3, tzinfo=UTC))
    assert lines(made, {"a": "Title"}) == ["Topic Politics taken off", "Title", "3 May 2026 · see page 2"]
    assert "not among these" in lines(made, {})[1]
    rule = Rule(surface="Hill", publisher="Herald", made=made.made)
    assert lines(rule, {}) == ["“Hill” from Herald means no country", "3 May 2026"]


def test_the_words_that_a_rule_can_be_about() -> None:
    tags = row_of(TABLE, "a")["tags"]
    assert surfaces(tags, "country", "GE") == ["Georgia", "Tbilisi"]
    assert surfaces(tags, "country", "FR") == []
    assert surfaces(tags, "keyword", "budget") == ["budget"]


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        (Rule(surface="georgia"), 2),
        (Rule(surface="Georgia", publisher="Post"), 0),
        (Rule(surface="budgets", facet="keyword"), 3),
    ],
)
def test_how_far_a_rule_reaches(rule: Rule, rows: int) -> None:
    assert reach(TABLE, rule) == rows
    assert reach(apply(TABLE, [rule]), rule) == rows


# ------------------------------------------------------------------------------------------------- folder and terminal


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, "{home}/.local/share"),
        ("linux", {"XDG_DATA_HOME": "/srv/share"}, "/srv/share"),
        ("linux", {"XDG_DATA_HOME": "share"}, "{home}/.local/share"),
        ("darwin", {"XDG_DATA_HOME": "/srv/share"}, "{home}/Library/Application Support"),
        ("win32", {"LOCALAPPDATA": "/users/me/local"}, "/users/me/local"),
    ],
)
def test_where_the_folder_is(
    platform: str, variables: dict[str, str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "NEWS_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert folders.folder().as_posix() == expected.format(home=tmp_path) + "/world-news-themes"
    monkeypatch.setenv("NEWS_STORE", str(tmp_path / "mine"))
    assert folders.folder() == tmp_path / "mine"


def test_the_terminal_applies_a_file_of_corrections(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    news = tmp_path / "news.csv"
    news.write_text("id,title,text\nn1,Vote,Parliament of Kenya votes on the election law in Nairobi.\n")
    (plain,) = _tag([str(news)], capsys)[0]
    rows: Sequence[Correction] = [off("country", "KE", plain["id"]), on("topic", "weather", plain["id"])]
    (tmp_path / "c.jsonl").write_text(f"{dump(rows)}oops\n")
    (row,), said = _tag([str(news), "--corrections", str(tmp_path / "c.jsonl")], capsys)
    assert (plain["countries"], row["countries"]) == (["KE"], [])
    assert row["topics"][-1]["label"] == "weather"
    assert row["topics"][-1]["evidence"][0]["rule"] == BY_HAND
    assert "c.jsonl line 4" not in said
    assert "c.jsonl line 3: is no JSON" in said


def test_a_file_of_corrections_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["tag", str(ROOT / "README.md"), "--corrections", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err


def _tag(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    assert terminal.main(["tag", *arguments]) == 0
    shown = capsys.readouterr()
    return [json.loads(line) for line in shown.out.splitlines()], shown.err
