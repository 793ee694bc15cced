from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.evidence import runs
from components.filters import chips, region_levels, sentence
from components.view import View
from components.wording import count, escape, for_plotly, percent, plain
from data.engines.memory import MemoryEngine
from data.facets import NONE
from data.selection import Selection
from tests.samples import tagged


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.004, "under 1 %"), (0.384, "38 %"), (1, "100 %")],
)
def test_shares_in_words(share: float, words: str) -> None:
    assert percent(share) == words


def test_counts_in_words() -> None:
    assert [count(n, "articles") for n in (0, 1, 1204)] == ["0 articles", "1 article", "1,204 articles"]
    assert [count(1, noun) for noun in ("stories", "copies", "publishers")] == ["1 story", "1 copy", "1 publisher"]


@given(st.text())
def test_escaped_text_has_no_bare_markup(text: str) -> None:
    shown = escape(text)
    assert "\n" not in shown
    assert not [i for i, c in enumerate(shown) if c in "*_`[]<>$:!|~#&@" and shown[i - 1 : i] != "\\"]


@given(st.text(alphabet=st.characters()))
def test_plain_text_can_be_written_anywhere(text: str) -> None:
    plain(text + "\ud800\u202e\x00").encode("utf-8")
    assert not set(plain(text)) & set("\x00\u202e\u200b")


def test_labels_of_figures_hold_no_tags() -> None:
    assert for_plotly("<b>a</b> & <img>") == "&lt;b&gt;a&lt;/b&gt; &amp; &lt;img&gt;"
    assert len(for_plotly("x" * 100)) == 40


spans = st.lists(
    st.tuples(
        st.integers(0, 60), st.integers(0, 60), st.sampled_from(["topic", "country", "keyword"]), st.text(max_size=5)
    ),
    max_size=8,
)


@given(st.text(alphabet="abc é日\n", max_size=50), spans)
def test_runs_are_the_text_again(text: str, marks: list[tuple[int, int, str, str]]) -> None:
    marks = [(min(a, b), max(a, b), kind, said) for a, b, kind, said in marks]
    parts = runs(text, marks)
    assert "".join(part["text"] for part in parts) == text
    for start, end, kind, _ in marks:
        place = 0
        for part in parts:
            inside = start <= place and place + len(part["text"]) <= end
            assert (kind in part["kinds"]) >= (inside and bool(part["text"]))
            place += len(part["text"])
    json.dumps(parts)


def test_a_view_travels_in_the_address() -> None:
    view = View(map="published", unit="stories", top="growing", tables=("map", "topics"), page=3, article="x")
    assert View.from_query(view.to_query()) == view
    assert View().to_query() == {}
    assert View.from_query({"page": ["many"], "colour": ["red"]}) == View()


def test_region_menu_opens_level_by_level() -> None:
    assert [label for label, _ in region_levels(())] == ["Regions", "Groups"]
    assert [label for label, _ in region_levels(("Africa",))][2:] == ["Parts of Africa"]
    assert [label for label, _ in region_levels(("Western Africa",))][2:] == [
        "Parts of Africa",
        "Parts of Sub-Saharan Africa",
    ]
    assert "Middle East" in dict(region_levels(()))["Groups"]


def test_chips_take_back_one_choice_each() -> None:
    selection = Selection(text="peace").choose("topic", ["sport", NONE])
    words = {label: left for _, label, left in chips(selection)}
    assert words == {
        "Topic: Sport": Selection(text="peace").choose("topic", [NONE]),
        "Topic: unsure": Selection(text="peace").choose("topic", ["sport"]),
        "Says: peace": Selection().choose("topic", ["sport", NONE]),
    }


def test_the_sentence_has_its_numbers() -> None:
    engine = MemoryEngine(tagged())
    politics = Selection().choose("topic", ["politics"])
    assert sentence(politics, engine.totals(politics)) == "**3 of 6 articles** (50 %): Articles on Politics."
    stories = engine.totals(politics, "stories")
    assert sentence(politics, stories, "stories") == "**3 of 6 stories** (50 %): Stories on Politics."
    publishers = sentence(politics, engine.totals(politics, "publishers"), "publishers")
    assert publishers == "**2 of 3 publishers** (67 %): Publishers of articles on Politics."
    hostile = Selection().choose("publisher", ["![x](http://x.example)"])
    assert "![" not in sentence(hostile, engine.totals(hostile)).replace(r"\!", "").replace(r"\[", "")
