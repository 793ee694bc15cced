"""Findings and reports: their file, their link, and the document that is made of them."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import panels
from components.asking import Ask
from components.report.building import build, finding_of, usual
from components.report.findings import MOST, Finding, Report, from_json, query_of, to_json
from components.report.links import LONGEST, pack, unpack
from components.state import State
from components.view import View
from data.engines.memory import MemoryEngine
from data.errors import ReportError, StoppedError
from data.selection import Selection
from tests.documents import SOURCE
from tests.samples import ROWS, tagged

EUROPE = Selection().choose("region", ["Europe"])


def ask(selection: Selection = EUROPE, **view: object) -> Ask:
    return Ask(MemoryEngine(tagged()), selection, View(**view), SOURCE)  # type: ignore[arg-type]


def pinned(*names: str, **view: object) -> Report:
    question = ask(**view)  # type: ignore[arg-type]
    return Report(tuple(finding_of(question, panels.content(name, question)) for name in names), "Europe", "3")


texts = st.text(max_size=60)
findings = st.builds(
    Finding,
    panel=st.sampled_from(sorted(panels.PANELS)),
    query=st.dictionaries(st.sampled_from(["region", "topic", "q"]), st.lists(texts, max_size=3)).map(query_of),
    sentence=texts.filter(bool),
    suggested=texts.filter(bool),
    note=texts,
    figures=texts,
    said=texts,
)
reports = st.builds(Report, st.lists(findings, max_size=6).map(tuple), texts, texts)


@given(reports)
@settings(max_examples=60, deadline=None)
def test_a_report_comes_back_from_its_file_and_from_its_link(report: Report) -> None:
    clean = json.loads(json.dumps(report.title)) == report.title
    assert from_json(to_json(report).encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")) == report
    if clean and report and not any("\ud800" <= c <= "\udfff" for c in to_json(report)):
        assert unpack(pack(report)) == report


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": "other"}', '{"format": "world-news-themes report"}', "[" * 100_000]
    + [json.dumps({"format": "world-news-themes report", "findings": found}) for found in (3, [3], [{"panel": "map"}])]
    + [json.dumps({"format": "world-news-themes report", "findings": [{"panel": "", "query": {}}] * (MOST + 1)})],
)
def test_what_is_no_report_is_told_so(text: str) -> None:
    with pytest.raises(ReportError, match="report"):
        from_json(text)


@pytest.mark.parametrize("packed", ["x", "!!!", "AAAA", "é", pack(Report((Finding("map", (), "s"),)))[:-6]])
def test_a_broken_link_is_told_so(packed: str) -> None:
    with pytest.raises(ReportError, match="cannot be read"):
        unpack(packed)


def test_findings_can_be_put_in_order_changed_and_removed() -> None:
    report = pinned("topics", "map", "timeline")
    names = lambda made: [finding.panel for finding in made.findings]  # noqa: E731
    assert names(report.move(2, -1)) == ["topics", "timeline", "map"]
    assert names(report.move(0, -1)) == ["topics", "map", "timeline"]
    assert names(report.move(0, 9)) == ["map", "timeline", "topics"]
    assert names(report.remove(1)) == ["topics", "timeline"]
    changed = report.change(1, sentence="Mine").change(1, note="Said")
    assert (changed.findings[1].sentence, changed.findings[1].note) == ("Mine", "Said")
    assert changed.findings[1].suggested == report.findings[1].suggested
    full = Report((report.findings[0],) * MOST)
    with pytest.raises(ReportError, match="at most"):
        full.add(report.findings[0])


def test_a_finding_shows_what_was_pinned() -> None:
    report = pinned("topics", unit="stories", numbers="shares")
    made = build(report, ask(Selection()))
    (only,) = made.slides
    assert only.content.method.selection == "Stories about Europe."
    assert only.content.table["Stories"].tolist() == [2, 1, 1]
    assert only.sentence == "Politics leads with 67 % of 3 stories about Europe, ahead of Economy (33 %)"
    assert not only.moved
    assert made.title == "Europe"
    assert {each.id for each in made.cited} == {"a", "b", "f"}
    assert made.cited_of == "all 3 articles"


def test_a_finding_says_when_its_data_moved() -> None:
    report = pinned("topics")
    later = replace(ask(), engine=MemoryEngine(tagged((*ROWS, ("g", "", "", "", ["ES"], [], [])))))
    moved = build(report, later).slides[0].moved
    assert moved == "The data moved: 3 of 6 articles (50 %) when this was pinned, 4 of 7 articles (57 %) now."


def test_without_findings_the_usual_panels_are_shown_but_no_empty_ones() -> None:
    names = [finding.panel for finding in usual(ask(), panels.EXPLORED).findings]
    assert "topics" in names
    assert "emerging" not in names  # too few articles to tell what rises


def test_building_can_be_stopped() -> None:
    told: list[str] = []

    def step(share: float, words: str) -> None:
        told.append(words)
        if len(told) == 2:
            raise StoppedError("enough")

    with pytest.raises(StoppedError):
        build(pinned("topics", "map", "timeline"), ask(), step)
    assert told == ["Counting 1 of 3", "Counting 2 of 3"]


def test_an_unknown_panel_is_told_so() -> None:
    with pytest.raises(ReportError, match="No panel"):
        build(Report((Finding("weather", (), ""),)), ask())


def test_one_link_holds_two_selections_the_view_and_findings() -> None:
    report = pinned("topics", "map", "region-topic", "stories")
    state = State(EUROPE, Selection(text="cup"), View(mode="compare", side="b", unit="stories"), pack(report))
    back = State.from_query(state.to_query())
    assert back == state
    assert back.edited == Selection(text="cup")
    assert unpack(back.report) == report
    assert len(urlencode(state.to_query(), doseq=True)) < LONGEST


def test_a_finding_of_a_comparison_keeps_both_selections() -> None:
    state = State(EUROPE, Selection(text="cup"), View(mode="compare"))
    there = State(Selection(), report="kept", view=View(version="5")).at(state.figures())
    assert (there.a, there.b, there.view.mode) == (EUROPE, Selection(text="cup"), "compare")
    assert (there.view.version, there.report) == ("5", "kept")
    alone = State(EUROPE, Selection(text="cup"))
    assert "b.q" not in alone.figures()
