"""In brief: sentences that exist, that can stand alone, of the largest stories, without repeats."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import brief as panel
from components.asking import Ask
from components.content import Sentences, Source
from components.view import View
from data import starter
from data.brief import MOST, READ, brief
from data.engines.memory import MemoryEngine
from data.quotable import fitting, stands_alone
from data.selection import Selection
from data.sentences import flat
from tests.hostile_texts import HOSTILE
from tests.samples import article, table, tagged

ALL = Selection()


@cache
def briefs() -> MemoryEngine:
    """The built-in set, each event as a story."""
    rows = [json.loads(line) for file in starter.FILES for line in Path(file).read_text(encoding="utf-8").splitlines()]
    names = ("title", "text", "publisher", "language")
    when = [datetime.fromisoformat(row["published"]).astimezone(UTC) for row in rows]
    made = [
        article(row["id"], **{name: row[name] for name in names}, published=day)
        for row, day in zip(rows, when, strict=True)
    ]
    return MemoryEngine(
        table(made).assign(
            story=[row["event"] for row in rows],
            copy_of="",
            centrality=np.linspace(0, 1, len(rows), dtype=np.float32),
        )
    )


SELECTIONS = (ALL, *(ALL.choose("language", [code]) for code in ("en", "fr", "es", "ar", "zh")))


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda selection: "".join(selection.chosen("language")) or "all")
def test_every_sentence_stands_word_for_word_in_its_article(selection: Selection) -> None:
    engine = briefs()
    found = brief(engine, selection)
    assert 3 <= len(found.said) <= MOST
    assert found.read <= READ
    for said in found.said:
        text = engine.texts([str(said.article["id"])])["text"].iloc[0]
        assert said.text in flat(text)
        assert stands_alone(said.text, str(said.article["language"]))
    assert len({said.text for said in found.said}) == len(found.said)


def test_there_is_one_sentence_a_story_and_the_largest_come_first() -> None:
    found = brief(briefs(), ALL)
    sizes = [said.of for said in found.said]
    assert sizes == sorted(sizes, reverse=True)
    assert len({said.story for said in found.said}) == len(found.said)
    assert sizes[0] == max(briefs().counts(ALL, ("story",))["n"])


def test_a_brief_is_the_same_every_time() -> None:
    assert [said.text for said in brief(briefs(), ALL).said] == [said.text for said in brief(briefs(), ALL).said]


def test_sentences_have_the_languages_of_the_selection() -> None:
    both = ALL.choose("language", ["fr", "es"])
    spoken = [said.article["language"] for said in brief(briefs(), both).said]
    assert abs(spoken.count("fr") - spoken.count("es")) <= 1
    mostly = [said.article["language"] for said in brief(briefs(), ALL).said]
    assert mostly.count("en") > len(mostly) / 2


def test_what_was_said_is_not_said_again() -> None:
    first = "The council of Northport agreed on Monday to build a new harbour wall for nine million crowns."
    others = [
        "Fishermen in the port of Northport said on Tuesday that their boats would have to move in May.",
        "Engineers from Southport warned last year that the old harbour wall was close to falling down.",
    ]
    texts = [f"{first} {others[n % 2]}" for n in range(6)]
    engine = MemoryEngine(table([article(f"a{n}", text=text) for n, text in enumerate(texts)]).assign(story="s"))
    said = [each.text for each in brief(engine, ALL).said]
    assert sorted(said) == sorted([first, *others])


def test_one_story_gives_up_to_three_sentences() -> None:
    text = """Voters in Northport chose a new mayor on Sunday after nine years. Rain kept half of all polling stations
        empty until late in the afternoon. Fishermen hope for lower harbour fees, as Anna Berg had promised.
        Schools stay closed on Monday so that every ballot can be counted again.
        Nobody in the town expects the race to be a close one."""
    engine = MemoryEngine(table([article("a", text=text)]))
    assert len(brief(engine, ALL).said) == 3


@pytest.mark.parametrize("text", ["", "Too short.", "no end mark and no capital either", "?" * 500])
def test_texts_without_sentences_make_no_brief(text: str) -> None:
    engine = MemoryEngine(table([article(f"a{n}", text=text) for n in range(3)]))
    assert brief(engine, ALL).said == ()


def test_an_empty_selection_makes_no_brief() -> None:
    assert brief(MemoryEngine(tagged()), ALL.choose("country", ["ZW"])).said == ()


ALONE: tuple[tuple[str, str, bool], ...] = (
    ("Ministers of nine states agreed on Friday to dredge two rivers.", "en", True),
    ("“Northport will not go back,” the mayor of Northport told reporters on Sunday.", "en", True),
    ("He said that the plan would be looked at again in the spring.", "en", False),
    ("This came after nine days of talks between both of the sides.", "en", False),
    ("It’s the third time that the river has left its bed this year.", "en", False),
    ("But the ministry of finance in Paris did not want to say more.", "en", False),
    ("The company said that it would look at the matter in the spring.", "en", False),
    ("“We will not go back, and nobody in this town will ever go back to it,” he said.", "en", False),
    ("Nobody in the town of Northport will ever go back to it, we were told.”", "en", False),
    ("Who will pay for the new wall of the harbour in Northport?", "en", False),
    ("Ministers of nine states agreed on Friday to dredge two rivers", "en", False),
    ("of nine states agreed on Friday to dredge two rivers in May.", "en", False),
    ("Ministers agreed.", "en", False),
    (f"Ministers of {'nine states and ' * 20} more agreed.", "en", False),
    ("Write to the paper at news@example.org or call us on Friday for more.", "en", False),
    ("Ministers of nine states agreed\u202e on Friday to dredge two rivers.", "en", False),
    ("Ministers of nine states agreed\ud800 on Friday to dredge two rivers.", "en", False),
    ("El ministro dijo el lunes que el plan se estudiará en primavera.", "es", True),
    ("Sin embargo, el ministro dijo que el plan se estudiará en primavera.", "es", False),
    ("Il a dit que le projet serait examiné de nouveau au printemps prochain.", "fr", False),
    ("Er sagte, dass der Plan im Frühjahr noch einmal geprüft werden soll.", "de", False),
    ("台湾总统选举13日揭晓，赖清德以四成得票率胜出。", "zh", True),
    ("但他没有说明这项计划什么时候开始实施。", "zh", False),
    ("أعلنت قطر مساء الأربعاء توصل الجانبين إلى اتفاق لوقف إطلاق النار.", "ar", True),
    ("لكن الوزير رفض التعليق على موعد بدء تنفيذ الخطة الجديدة في البلاد.", "ar", False),
)


@pytest.mark.parametrize(("sentence", "language", "alone"), ALONE)
def test_some_sentences_can_stand_alone(sentence: str, language: str, alone: bool) -> None:
    assert stands_alone(sentence, language) == alone


def test_page_furniture_is_no_sentence() -> None:
    text = "Read more: Ministers of nine states agree on rivers. Ministers of nine states agreed to dredge two rivers."
    assert [each.text for each in fitting("a", text, "en")] == ["Ministers of nine states agreed to dredge two rivers."]


WORDS = st.sampled_from(["Ministers", "agreed", "rivers.", "Then", "\n", "  ", "“They", "said”", "U.S.", "中国。", "!"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=60).map(" ".join), min_size=1, max_size=6))
def test_whatever_the_texts_sentences_stand_in_them(texts: list[str]) -> None:
    frame = table([article(f"a{n}", text=text, published=_day(n)) for n, text in enumerate(texts)])
    engine = MemoryEngine(frame)
    for said in brief(engine, ALL).said:
        text = engine.texts([str(said.article["id"])])["text"].iloc[0]
        assert said.text in flat(text)


def _day(n: int) -> datetime:
    return datetime(2025, 3, 1, tzinfo=UTC) + timedelta(n)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_read(kind: str) -> None:
    text = HOSTILE[kind](30_000)
    for sentence in fitting("a", text, "en"):
        assert sentence.text.encode().decode() in flat(text)
    kept = text.encode("utf-8", "replace").decode()
    brief(MemoryEngine(table([article(f"a{n}", text=kept) for n in range(2)])), ALL)


def ask(engine: MemoryEngine, selection: Selection = ALL, **view: Any) -> Ask:
    return Ask(engine, selection, View(**view), Source("Tests"))


def test_the_panel_cites_the_articles_of_its_sentences() -> None:
    made = panel.content(ask(briefs()))
    assert isinstance(made.marks, Sentences)
    assert [cited.id for _, cited in made.marks.said] == [cited.id for cited in made.cited]
    assert made.table["Sentence"].tolist() == [text for text, _ in made.marks.said]
    assert f"{len(made.cited)} sentences, word for word" in made.caption
    assert made.sentence.startswith(f"In brief: {len(made.cited)} stories of ")
    assert not made.empty


def test_the_panel_says_why_there_is_nothing() -> None:
    headlines = MemoryEngine(table([article("a", text="")]))
    assert panel.content(ask(headlines)).empty == "No text here has sentences that can stand alone."
    none = panel.content(ask(headlines, ALL.choose("country", ["ZW"])))
    assert none.marks is None
    assert none.empty == "No articles match."
