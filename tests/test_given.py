"""Tags that came with an article: how they are kept, and how they and its words decide together."""

from __future__ import annotations

import pytest
from hypothesis import given as having
from hypothesis import strategies as some

from data import tagging
from data.articles import Article, to_frame
from data.given import GDELT_PLACE, GDELT_THEME, Given, dump, load
from data.tagging import given
from data.tagging.tags import CountryTag, CountryTags

TITLE = "Talks go on after a long night"
"""Names no country and no topic."""
LONG = (
    "The football team won the cup final in Madrid after its striker scored two goals. The coach praised the players. "
    "Fans of the club in Spain celebrated the victory of the season, the first title of the league since 2019."
)


def theme(name: str, topic: str, weight: float = 1.0) -> Given:
    return Given(GDELT_THEME, name, topic=topic, weight=weight)


def place(country: str, weight: float = 1.0, scheme: str = GDELT_PLACE) -> Given:
    return Given(scheme, country.lower(), label=f"Place of {country}", country=country, weight=weight)


HEALTH = [theme("TAX_DISEASE_MALARIA", "health", 5), theme("WB_635_PUBLIC_HEALTH", "health", 3), theme("KILL", "")]


def tagged(title: str, text: str, *tags: Given, language: str = "en", derived: bool = False) -> dict[str, object]:
    found = Article(id="1", title=title, text=text, given=dump(tags), language=language, title_derived=derived)
    return dict(tagging.tag(to_frame([found])).iloc[0])


@pytest.mark.parametrize(
    ("title", "text", "bare"),
    [
        *((title, text, True) for title, text in (("A", ""), ("A", " \n"), ("A", "A"), ("A b", "A b\n"), ("", ""))),
        *((title, text, False) for title, text in (("A", "B"), ("", "B"), ("A", "A b"))),
    ],
)
def test_bare(title: str, text: str, bare: bool) -> None:
    assert given.is_bare(title, text) is bare


def test_the_source_decides_on_a_title_that_says_nothing() -> None:
    assert tagged(TITLE, "")["topics"] == []
    row = tagged(TITLE, "", *HEALTH, place("KE", 4))
    assert row["topics"] == ["health"]
    assert (row["countries"], row["main_country"]) == (["KE"], "KE")
    proofs = row["tags"]["topics"][0]["evidence"]  # type: ignore[index]
    names = ("start", "end", "text", "rule")
    assert [tuple(proof[name] for name in names) for proof in proofs if proof["field"] == "source"] == [
        (0, 0, "TAX_DISEASE_MALARIA", GDELT_THEME),
        (0, 0, "WB_635_PUBLIC_HEALTH", GDELT_THEME),
    ]


def test_a_clear_title_outweighs_the_source() -> None:
    title = "Striker scores twice as football club wins the cup final"
    assert tagged(title, "", *HEALTH)["topics"][0] == tagged(title, "")["topics"][0] == "sport"  # type: ignore[index]


def test_a_text_decides_and_the_source_is_added_where_it_agrees() -> None:
    alone = tagged(TITLE, LONG)
    row = tagged(TITLE, LONG, *HEALTH, theme("S", "sport"), place("KE", 40), place("ES"))
    same = ("topics", "subtopics", "countries", "main_country", "keywords", "regions")
    assert {name: row[name] for name in same} == {name: alone[name] for name in same}
    assert row["topics"] == ["sport"]
    tags = row["tags"]
    assert [proof["text"] for proof in tags["topics"][0]["evidence"]][-1] == "S"  # type: ignore[index]
    assert [tag["country"] for tag in tags["mentioned"]] == ["ES", "KE"]  # type: ignore[index]
    assert tags["mentioned"][0]["evidence"][-1]["field"] == "source"  # type: ignore[index]


def test_in_a_language_without_seed_terms_the_source_decides_on_topics() -> None:
    assert tagged("Tiêu đề", "Một văn bản dài hơn.", *HEALTH, language="vi")["topics"] == ["health"]


def test_a_title_that_was_made_is_read_where_there_is_no_text() -> None:
    assert tagged("Football club wins the cup final in Spain", "", derived=True)["countries"] == ["ES"]
    assert tagged("Football club wins in Spain", "It rains.", derived=True)["countries"] == []


TITLED = CountryTags((CountryTag("GB", 1.0), CountryTag("FR", 0.5)), ("GB", "FR"), "GB")
PLACES = [
    ([place("KE", 1)], CountryTags(), True, [], ["KE"]),
    ([place("KE", 2)], CountryTags(), True, ["KE"], ["KE"]),
    ([place("KE", 1, "press region")], CountryTags(), True, ["KE"], ["KE"]),
    ([place("KE", 20), place("UG", 2)], CountryTags(), True, ["KE"], ["KE", "UG"]),
    ([place("KE", 20), place("UG", 9)], CountryTags(), True, ["KE", "UG"], ["KE", "UG"]),
    ([place("KE", 1), place("GB", 3)], TITLED, True, ["GB"], ["GB", "FR", "KE"]),
    ([place("FR", 9)], TITLED, True, ["FR", "GB"], ["FR", "GB"]),
    ([place("KE", 9)], TITLED, False, ["GB", "FR"], ["GB", "FR", "KE"]),
    ([Given("feed category", "World", topic="politics")], TITLED, True, ["GB", "FR"], ["GB", "FR"]),
    ([place("KE", 0)], TITLED, True, ["GB", "FR"], ["GB", "FR"]),
]


@pytest.mark.parametrize(("tags", "words", "bare", "about", "mentioned"), PLACES)
def test_countries(tags: list[Given], words: CountryTags, bare: bool, about: list[str], mentioned: list[str]) -> None:
    found = given.with_countries(words, tags, bare=bare)
    assert list(found.countries) == about
    assert [tag.country for tag in found.mentioned] == mentioned
    assert found.main_country == (about[0] if about else "")


def test_a_subtopic_that_was_given_speaks_for_its_topic() -> None:
    codes = [Given("subject code", "11003000", "Elections", topic="politics.election", weight=2)]
    assert set(given.topic_evidence(codes)) == {"politics"}
    assert tagged(TITLE, "", *codes * 4)["topics"] == ["politics"]


def test_topics_that_are_none_say_nothing() -> None:
    assert (
        given.topic_evidence([Given("s", "c", topic="no-such-topic"), Given("s", "c", topic="sport", weight=-1)]) == {}
    )


_TAG = some.builds(
    Given,
    scheme=some.sampled_from([GDELT_PLACE, GDELT_THEME, "feed category"]),
    code=some.text(max_size=5),
    label=some.text(max_size=5),
    topic=some.sampled_from(["", "sport", "politics.election", "nonsense"]),
    country=some.sampled_from(["", "KE", "GB"]),
    weight=some.floats(0, 1e6),
)


@having(some.lists(_TAG, max_size=6))
def test_what_is_kept_is_read_again(tags: list[Given]) -> None:
    assert list(load(dump(tags))) == tags


@having(some.lists(_TAG, max_size=6), some.booleans())
def test_laws_of_countries(tags: list[Given], bare: bool) -> None:
    found = given.with_countries(TITLED, tags, bare=bare)
    scores = [tag.score for tag in found.mentioned]
    assert {"GB", "FR"} <= {tag.country for tag in found.mentioned}
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert set(found.countries) <= {tag.country for tag in found.mentioned}
    assert bare or found.countries == TITLED.countries
    assert found == given.with_countries(TITLED, tags, bare=bare)


def test_lone_surrogates_cost_no_tags() -> None:
    (tag,) = load(dump([Given("feed category", "a\ud800b", "\udfff")]))
    assert tag == Given("feed category", "a?b", "?")


@pytest.mark.parametrize("text", ["", "{}", "[1]", "nonsense", '[{"scheme":"a","code":"b","more":1}]', "\ud800"])
def test_what_is_no_list_of_tags_is_none(text: str) -> None:
    assert load(text) == ()


def test_evidence_of_the_source_marks_nothing_in_the_text() -> None:
    from components.evidence import spans

    tags = tagged(TITLE, "", *HEALTH, place("KE", 4))["tags"]
    assert all(not spans(tags, field) or field == "title" for field in ("title", "text"))  # type: ignore[arg-type]
    marked = {said for *_, said in spans(tags, "title")}  # type: ignore[arg-type]
    assert not any(GDELT_THEME in said for said in marked)
