"""Slides without a browser: their order, what they say, and which articles lie behind a mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from components import opening, panels, present
from components.asking import Ask
from components.content import Bars, Cited, Course, Entry, Grid, Places, Ranked, Sentences, Source, Words
from components.present import pages
from components.present.behind import behind, extent, listed, sides
from components.present.making import Documents
from components.present.pages import SOURCES, Page, bounded
from components.report.building import finding_of
from components.report.document import Slide
from components.report.findings import Finding, Report
from components.report.links import pack
from components.shown import WORDS_OF_SLIDE, Way, apart, last_of, quote, ranked, with_days
from components.state import EVERYTHING
from components.theme import LIGHT
from components.view import View
from data.engines.cached import CachedEngine
from data.engines.memory import MemoryEngine
from data.errors import StoppedError
from data.selection import Selection
from data.store import Store
from data.store.adding import Addition
from tests import documents
from tests.browser import ROOT
from tests.hostile_texts import HOSTILE
from tests.samples import newsroom, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from data.engines import Engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return CachedEngine(MemoryEngine(newsroom()))


def asking(engine: Engine, selection: Selection = EVERYTHING, **view: Any) -> Ask:
    return Ask(engine, selection, View(**view), Source("Tests"))


def test_slides_come_in_order() -> None:
    document = documents.document()
    found = pages.pages(document)
    assert found[0] == Page("opening")
    assert found[1 : 1 + len(document.slides)] == tuple(Page("finding", n) for n in range(len(document.slides)))
    assert found[1 + len(document.slides) :] == (Page("method"), Page("sources"))


@pytest.mark.parametrize(("cited", "slides"), [(0, 0), (1, 1), (SOURCES, 1), (SOURCES + 1, 2), (60, 4)])
def test_sources_are_paged_and_none_is_lost(cited: int, slides: int) -> None:
    articles = tuple(Cited(str(n), f"Title {n}", "A publisher", None, "") for n in range(cited))
    document = replace(documents.document(), cited=articles)
    found = [page for page in pages.pages(document) if page.kind == "sources"]
    assert len(found) == slides
    blocks = [pages.sources(document, page.place)[-1] for page in found]
    assert [each["title"] for block in blocks for each in block["articles"]] == [each.title for each in articles]
    assert [block["first"] for block in blocks] == [1 + SOURCES * n for n in range(slides)]


@given(some.integers(), some.integers(1, 200))
def test_a_slide_is_always_one_that_is_there(number: int, of: int) -> None:
    assert 1 <= bounded(number, of) <= of
    assert bounded(number, of) == number or not 1 <= number <= of


def said(blocks: Sequence[pages.Block]) -> list[str]:
    return [block["text"] for block in blocks if "text" in block]


def test_a_slide_says_sentence_note_caption_and_what_moved() -> None:
    slide = Slide("What it says", "To be said", documents.content("topics"), "was 37 %, is 38 % now")
    assert said(pages.head(slide)) == ["What it says", "was 37 %, is 38 % now"]
    assert said(pages.foot(slide)) == ["To be said", slide.content.caption]
    bare = Slide("What it says", " ", documents.content("topics"))
    assert [block["kind"] for block in (*pages.head(bare), *pages.foot(bare))] == ["title", "caption"]


def test_the_opening_says_title_data_and_day() -> None:
    words = " ".join(said(pages.opening(documents.document(), "This link is broken.")))
    for part in ("Rivers and ports", "about Europe", "Store of tests, version 7", "1,204 of 9,113", "4 Mar 2026"):
        assert part in words
    assert "This link is broken." in words


def test_the_method_is_the_whole_card() -> None:
    assert pages.method(documents.METHOD)[-1]["rows"] == [list(row) for row in documents.METHOD.rows()]


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_stay_one_line_of_text(kind: str) -> None:
    text = HOSTILE[kind](5_000)
    document = documents.document(note=text, sentence=text, title=text)
    blocks = [*pages.opening(document, text), *pages.head(document.slides[0]), *pages.foot(document.slides[0])]
    for words in (*said(blocks), pages.named(document, Page("finding", 0))):
        assert not any(ord(sign) < 32 or 0x202A <= ord(sign) <= 0x202E for sign in words)
        words.encode("utf-8")


def test_no_slide_says_what_a_click_does_on_the_page(engine: Engine) -> None:
    for name in panels.USUAL:
        caption = panels.content(name, asking(engine)).caption
        assert not any(word in caption for word in ("click", "Drag", "filters by")), caption


EUROPE = Selection().choose("region", ("Europe",)).choose("topic", ("disaster",))


@pytest.mark.parametrize("name", ["topics", "map", "region-topic", "cloud", "top-stories", "timeline"])
@pytest.mark.parametrize("selection", [Selection(), EUROPE, Selection().choose("country", ("FR", "ES"))])
def test_behind_a_mark_are_as_many_articles_as_it_counts(engine: Engine, name: str, selection: Selection) -> None:
    made = panels.content(name, asking(engine, selection))
    checked = 0
    for picked, n in marks_of(made.marks):
        inside = behind(selection, name, picked)
        assert engine.totals(inside).n == n, picked
        checked += 1
    assert checked > 0


def marks_of(marks: object) -> Iterator[tuple[Sequence[str], int]]:
    """What a click on each mark hands over, and the number of articles that it shows."""
    if isinstance(marks, Bars):
        for row in marks.frame.itertuples():
            yield ("topic" if row.level == 0 else "subtopic", row.value), row.n
    elif isinstance(marks, Places):
        yield from ((("country", row.code), row.n) for row in marks.frame.itertuples())
    elif isinstance(marks, Grid):
        for row in marks.frame.itertuples():
            yield ("region", row.column, "topic", row.row), row.n
    elif isinstance(marks, Words):
        yield from ((("keyword", row.word), row.n) for row in marks.frame.itertuples())
    elif isinstance(marks, Ranked):
        for _, entries in marks.parts:
            yield from ((entry.marks, int(entry.number.replace(",", ""))) for entry in entries)
    elif isinstance(marks, Course):
        for row in marks.frame.itertuples():
            last = last_of(row.start, marks.bin)
            yield ("from", row.start.isoformat(), "to", last.isoformat()), row.all


def test_behind_an_open_topic_are_all_of_its_articles(engine: Engine) -> None:
    inside = behind(EUROPE, "topics", ("topic", "disaster", "subtopic", "flood"))
    assert inside == Selection().choose("region", ("Europe",)).choose("topic", ("disaster",))


def test_without_a_mark_all_that_is_selected_lies_behind() -> None:
    assert behind(EUROPE, "topics", ()) == EUROPE


def test_no_facet_from_outside_is_taken() -> None:
    assert behind(Selection(), "topics", ("nonsense", "x")) == Selection()


@pytest.mark.parametrize(
    ("shown", "n", "copies", "words"),
    [
        (1, 1, 0, "1 article."),
        (3, 3, 0, "All 3 articles."),
        (2, 3, 1, "All 3 articles; 1 copy left out."),
        (20, 45, 0, "20 of 45 articles, the most central of every story first."),
        (20, 45, 3, "20 of 45 articles, the most central of every story first; 3 copies left out."),
    ],
)
def test_the_extent_of_a_list_is_said(shown: int, n: int, copies: int, words: str) -> None:
    assert extent(shown, n, copies) == words


def test_a_list_holds_at_most_so_many(engine: Engine) -> None:
    cited, words = listed(asking(engine), Selection())
    assert len(cited) == 20
    assert words.startswith(f"20 of {engine.totals(Selection()).n} articles")


def test_two_selections_have_names() -> None:
    ask = replace(asking(MemoryEngine(table(["a"])), mode="compare"), other=EUROPE)
    assert sides(ask) == (("A", Selection()), ("B", EUROPE))
    assert sides(replace(ask, view=View())) == (("", Selection()),)


@pytest.mark.parametrize(
    ("start", "width", "last"),
    [
        (date(2025, 5, 3), "day", date(2025, 5, 3)),
        (date(2025, 5, 5), "week", date(2025, 5, 11)),
        (date(2024, 2, 1), "month", date(2024, 2, 29)),
        (date(2025, 1, 1), "year", date(2025, 12, 31)),
    ],
)
def test_the_last_day_of_a_bin(start: date, width: str, last: date) -> None:
    assert last_of(start, width) == last


def test_marks_over_time_stand_for_their_days(engine: Engine) -> None:
    made = panels.content("timeline", asking(engine))
    assert made.figure
    assert isinstance(made.marks, Course)
    figure = made.figure(LIGHT)
    with_days(figure.data, made.marks)
    first = made.marks.frame["start"].iloc[0]
    last = last_of(first, made.marks.bin)
    assert list(figure.data[0]["customdata"][0]) == ["from", first.isoformat(), "to", last.isoformat()]


WAY = Way("key", True, lambda picked: None, None)
FILTERS = Way("key", False, lambda picked: None, Selection().choose("keyword", ["ceasefire"]))


def test_lists_are_drawn_with_their_marks() -> None:
    entry = Entry("A story", "2 publishers", "4", "articles", (1, 3), "May", marks=("story", "s1"))
    (part,) = ranked(Ranked((("", (entry, Entry("A line", "of text"))),)), "Top stories", WAY)
    assert part["label"] == "Top stories"
    first, second = part["rows"]
    assert (first["marks"], first["course"], first["number"]) == (["story", "s1"], [1, 3], "4")
    assert "on" not in first
    assert set(second) == {"name", "about"}


def test_words_apart_are_drawn_on_both_sides() -> None:
    left, right = apart(documents.apart(), LIGHT, FILTERS)
    assert (left["head"], right["head"]) == ("A · About Europe", "B · About Asia")
    (word,) = left["rows"]
    assert (word["word"], word["on"], word["times"]) == ("ceasefire", True, "far more often, 6.2 times")
    assert [side["said"] for side in word["sides"]] == ["7 % of A", "1 % of B"]
    assert [round(side["length"], 3) for side in word["sides"]] == [0.961, 0.143]
    assert len(word["examples"]) == 2
    assert apart(documents.apart(), LIGHT, WAY)[0]["rows"][0]["examples"] == []


def test_a_slide_says_how_many_words_it_leaves_out() -> None:
    marks = documents.apart()
    many = replace(marks, frame=pd.concat([marks.frame] * (WORDS_OF_SLIDE + 1), ignore_index=True))
    left = apart(many, LIGHT, WAY)[0]
    assert len(left["rows"]) == WORDS_OF_SLIDE
    assert left["head"].endswith(f"the surest {WORDS_OF_SLIDE} of {WORDS_OF_SLIDE + 1}")
    assert len(apart(many, LIGHT, FILTERS)[0]["rows"]) == WORDS_OF_SLIDE + 1


def test_a_quotation_names_its_article() -> None:
    marks = documents.sentences()
    assert isinstance(marks, Sentences)
    shown = quote(*marks.said[2])
    assert (shown["language"], shown["when"], shown["url"]) == ("ar", "", "https://example.org/a3")


def test_a_document_is_made_once(engine: Engine) -> None:
    kept, steps = Documents(2), []
    ask = asking(engine)
    report = Report((finding_of(ask, panels.content("topics", ask)),))
    first = kept.get(ask, report, lambda share, words: steps.append(words))
    assert steps
    told = len(steps)
    assert kept.get(replace(ask, view=View(slide=3, page=2)), report, lambda *_: steps.append("again")) is first
    assert len(steps) == told
    assert kept.get(ask, replace(report, title="Another"), lambda *_: None) is not first
    assert kept.get(ask, replace(report, title="A third"), lambda *_: None).title == "A third"
    assert kept.get(ask, report, lambda *_: None) is not first, "it was the oldest of more than two"


def test_what_stops_halfway_is_not_kept(engine: Engine) -> None:
    kept, ask = Documents(), asking(engine)
    report = Report((finding_of(ask, panels.content("topics", ask)),))

    def stop(share: float, words: str) -> None:
        raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        kept.get(ask, report, stop)
    assert len(kept.get(ask, report, lambda *_: None).slides) == 1


# The page.


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[AppTest]:
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setenv("NEWS_STORE", str(tmp_path))
    opening.opening.cache_clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    opening.opening.cache_clear()


def slide(app: AppTest, number: int, **query: str) -> AppTest:
    for name, value in {"slide": str(number), **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_a_slide_stands_alone_on_the_page(app: AppTest) -> None:
    slide(app, 2)
    assert not app.header
    assert not app.metric
    assert not app.error


def test_a_report_that_cannot_be_made_is_said(app: AppTest) -> None:
    report = Report((Finding("no-such-panel", (), "A sentence"),))
    slide(app, 1, report=pack(report))
    assert "no-such-panel" in app.error[0].value.replace("\\", "")


def test_a_presentation_stays_on_the_version_it_began_with(app: AppTest) -> None:
    Addition(Store.at(), "added by a test").write(table(["a", "b"]))
    version = str(Store.at().version())
    slide(app, 1)
    assert "version" not in app.query_params, "a rewritten address would catch the Back button"
    assert app.session_state[present._PINNED] == version
    Addition(Store.at(), "added by a test").write(table(["c"]))
    slide(app, 2, version=version)
    assert opening.begin(int(version)).done.wait(60)
    opened = opening.begin(int(version)).result
    assert isinstance(opened, opening.Opened)
    assert opened.count == 2


def test_a_pinned_version_that_is_open_is_not_opened_again(app: AppTest) -> None:
    Addition(Store.at(), "added by a test").write(table(["a"]))
    latest = opening.begin()
    assert latest.done.wait(60)
    pinned = opening.begin(Store.at().version())
    assert pinned.done.is_set()
    assert pinned.result is latest.result
