"""Countries of articles: traps, policy, languages, bad input and the laws that always hold."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.geography import COUNTRIES
from data.geography.records import read_table
from data.tagging.countries import tag_countries
from data.tagging.places.gazetteer import FILE
from data.tagging.places.scores import ABOUT, MOST_EVIDENCE
from tests.corpora import corpus


def mentioned(title: str, text: str = "", *, language: str = "en", publisher_country: str = "") -> set[str]:
    tags = tag_countries(title, text, language=language, publisher_country=publisher_country)
    return {tag.country for tag in tags.mentioned}


TRAPS = [
    # people and things
    ("Paris Hilton opens a boutique", ""),
    ("Jordan Spieth leads after two rounds", ""),
    ("A statue of Michael Jordan was unveiled", ""),
    ("Chad Smith played the drums all night", ""),
    ("Denzel Washington takes a stage role", ""),
    ("Charlotte Ann-Marie Brown wins spelling contest", ""),
    ("She roasted a turkey and some guinea fowl", ""),
    ("Guinea pigs need company, vets say", ""),
    ("French fries are not from where you think", ""),
    # agreements, groups, pronouns
    ("Delegates hail the Paris climate accord", ""),
    ("Native American artists win prizes", ""),
    ("Latin American writers meet", ""),
    ("A whale crossed the Indian Ocean", ""),
    ("Give us time, said the man WHO knew IT, OK OR not", ""),
    ("The US gives us time", "US"),
    ("GIVE US A CHANCE, SAYS COACH", ""),
    ("IRAN SIGNS ACCORD WITH US", "IR US"),
    # one name, two places
    ("Voters in Georgia queued in Atlanta for the new Gov.", "US"),
    ("Georgia's parliament in Tbilisi debates South Ossetia", "GE"),
    ("A barn burned in Paris, Texas", "US"),
    ("A tram derailed in London, Ontario", "CA"),
    ("Panama City, Florida cleans up", "US"),
    ("Rain floods Santiago de Cuba", "CU"),
    ("The Cambridge, Massachusetts-based start-up hires", "US"),
    ("A man was arrested in Lebanon, Pa.", "US"),
    ("A bakery in Moscow, Idaho reopens", "US"),
    ("BIRMINGHAM, Ala. (AP) - A bridge closed", "US"),
    ("Talks between China, Japan and South Korea", "CN JP KR"),
    # near names
    ("Niger expels the envoy of Nigeria", "NE NG"),
    ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea", "GN GW GQ PG"),
    ("Dominica and the Dominican Republic trade more", "DM DO"),
    ("North Korea and South Korea exchange fire", "KP KR"),
    ("Rebels near Goma in the Democratic Republic of Congo", "CD"),
    ("Congo-Brazzaville counts votes", "CG"),
    ("Northern Ireland and Irish ministers meet", "GB IE"),
    ("Wildfires in New Mexico and in Mexico", "US MX"),
    # seats of power, capitals, capital letters
    ("The Kremlin shrugged", "RU"),
    ("Downing Street had no comment", "GB"),
    ("Washington and Beijing agreed on a date", "US CN"),
    ("TURKEY SHELLS SYRIAN TOWN", "TR SY"),
    ("MOSCOW (Reuters) - Ukraine and Poland quarrel about grain", "RU UA PL"),
    # spellings
    ("Türkiye signs; Burma is now Myanmar", "TR MM"),
    ("Swaziland became Eswatini, and Cabo Verde won", "SZ CV"),
    ("Hong Kongers queue", "HK"),
    ("Judges in The Hague rule", "NL"),
    ("Côte d\u2019Ivoire elects a president", "CI"),
    # compounds
    ("Anglo-French and US-Russian plans, and pro-Iranian fighters", "FR US RU IR"),
    ("Non-smoking bars and Coca-Cola", ""),
    # languages and money
    ("She teaches Spanish and English", ""),
    ("He ordered Thai food", ""),
    ("The fund raised US$40 million", ""),
    ("Prices fell to 40 US dollars.", ""),
]


@pytest.mark.parametrize(("title", "expected"), TRAPS, ids=[title for title, _ in TRAPS])
def test_traps(title: str, expected: str) -> None:
    assert mentioned(title) == set(expected.split())


THINGS = [
    # shops and birds
    ("Iceland cuts the price of frozen peas in its shops", ""),
    ("Iceland to close twenty stores as supermarket sales fall", ""),
    ("Frozen food chain Iceland drops palm oil", ""),
    ("Iceland raises rates as inflation climbs", "IS"),
    ("A volcano erupts in Iceland near shops and stores", "IS"),
    ("Shoppers in Iceland flock to Reykjavik stores", "IS"),
    ("Turkey farms in Iowa fear bird flu", "US"),
    ("Turkey farmers in Minnesota cull flocks", "US"),
    ("Turkey breast recalled by grocer", ""),
    ("Turkey prices jump before Thanksgiving", ""),
    ("Turkey's president was in Iowa on Thanksgiving", "TR US"),
    ("Farmers in Turkey fear bird flu", "TR"),
    ("Turkey reports bird flu at a poultry farm", "TR"),
    # wares, dishes, animals
    ("Fans queue for Jordan sneakers", ""),
    ("Jordan signs a water deal with Israel", "JO IL"),
    ("China plates and cups sold at auction", ""),
    ("China tariffs hit plates and cups", "CN"),
    ("Chile peppers are hotter this year", ""),
    ("Chile votes on Sunday", "CL"),
    ("Guinea fowl escape from a farm", ""),
    ("Guinea worm nearly gone in Chad", "TD"),
    ("Panama hat makers celebrate", ""),
    ("Panama Canal tolls rise", "PA"),
    ("Brazil nuts are rich in selenium", ""),
    ("Canada geese block the road", ""),
    ("Bermuda shorts are back", ""),
    ("Jersey cows win prizes", ""),
    ("Lima beans for dinner", ""),
    ("A German shepherd saved a boy", ""),
    ("Hungry wolves roam", ""),
    # people
    ("Jordan Bardella leads the polls", ""),
    ("Israel Adesanya wins the title", ""),
    ("Chad Bianco runs for governor", ""),
    ("Cuba Gooding Jr. goes on trial", ""),
    ("Tom Holland swings again", ""),
    ("Georgia Stanway scores twice", ""),
    ("Georgia O'Keeffe paintings sold", ""),
    ("Sydney Sweeney stars in a thriller", ""),
    ("Brooklyn Beckham speaks out", ""),
    ("London Breed loses her race", ""),
    # agreements and newspapers
    ("The Oslo Accords are dead, says envoy", ""),
    ("The Minsk agreements failed", ""),
    ("The Budapest Memorandum is recalled", ""),
    ("The Istanbul Convention protects women", ""),
    ("The Copenhagen criteria for members", ""),
    ("Treaty of Versailles on display", ""),
    ("The Jakarta Post reported it", ""),
    ("The Korea Herald reported it", ""),
    ("The Boston Globe reported it", ""),
    ("The Panama Papers leaked", ""),
    ("Havana syndrome puzzles doctors", ""),
    # Georgia
    ("Georgia election officials certify results in Fulton County", "US"),
    ("Georgia lawmakers pass a bill; the governor, Brian Kemp, will sign", "US"),
    ("Georgia's ruling Georgian Dream party wins again", "GE"),
]


@pytest.mark.parametrize(("title", "expected"), THINGS, ids=[title for title, _ in THINGS])
def test_things_and_people_with_the_name_of_a_place(title: str, expected: str) -> None:
    assert mentioned(title) == set(expected.split())


@pytest.mark.parametrize(("publisher_country", "expected"), [("US", {"US"}), ("GE", {"GE"})])
def test_georgia_is_that_of_the_publisher(publisher_country: str, expected: set[str]) -> None:
    assert mentioned("Georgia votes on Tuesday", publisher_country=publisher_country) == expected


def test_every_leader_with_a_surname_of_his_own_is_known_by_it() -> None:
    table = FILE.parent / "hand" / "leaders.csv"
    found = {}
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["country"] in COUNTRIES
            for name in row["names"].split("|"):
                if surname := name.partition("/")[2]:
                    found[surname] = (mentioned(f"{surname} spoke"), {row["country"]})
    assert len(found) > 100
    assert {surname: both for surname, both in found.items() if both[0] != both[1]} == {}


LEADERS = [
    ("Netanyahu said the war would go on", "", "IL"),
    ("Emmanuel Macron spoke of peace", "", "FR"),
    ("President Zelensky met troops", "", "UA"),
    ("Macron and Starmer call Putin", "", "FR GB RU"),
    # a name that others have too needs its title
    ("John Howard opened the fair", "", ""),
    ("Prime Minister Howard opened the fair", "", "AU"),
    ("Gordon Brown opened the fair", "", ""),
    # who is only quoted adds no country to those that are named
    ("", "Kenya votes. Macron congratulated.", "KE"),
    ("", "Kenya votes. Ruto leads, and Kenya waits.", "KE"),
    ("Macron in Nairobi", "Talks began.", "FR KE"),
    # things that bear a leader's name
    ("Trump Tower is sold", "", ""),
    ("Fire on Mandela Avenue", "", ""),
]


@pytest.mark.parametrize(("title", "text", "expected"), LEADERS)
def test_leaders_stand_for_their_countries(title: str, text: str, expected: str) -> None:
    assert mentioned(title, text) == set(expected.split())


@pytest.mark.parametrize("row", read_table("disputed.csv"), ids=lambda row: row["area"])
def test_disputed_areas_follow_the_policy(row: dict[str, str]) -> None:
    assert mentioned(f"Hundreds gathered in {row['area']} on Monday") == {row["iso2"]}


COMMON = [code for code in COUNTRIES if code not in {"FM", "CD", "CG", "UM", "GS", "HM", "CC", "GE", "JE"}]


@pytest.mark.parametrize("code", COMMON)
def test_every_country_is_known_by_its_name(code: str) -> None:
    assert mentioned(f"A visit to {COUNTRIES[code].name} ended") == {code}


LANGUAGES = [
    ("es", "Estados Unidos y Rusia hablan del frente ucraniano", "US RU UA"),
    ("es", "El ministro español llega a París", "ES FR"),
    ("fr", "Pékin défie les Américains", "CN US"),
    ("fr", "La Côte d\u2019Ivoire vote dimanche", "CI"),
    ("de", "Russische Angriffe, sagt Berlin", "RU DE"),
    ("de", "Großbritanniens Premier und der US-Präsident", "GB US"),
    ("pt", "Brasil responde às tarifas dos EUA", "BR US"),
    ("it", "Il governo italiano incontra i francesi a Parigi", "IT FR"),
    ("nl", "Nederland en de Duitse kanselier", "NL DE"),
    ("ru", "\u041a\u0440\u0435\u043c\u043b\u044c \u0438 \u0421\u0428\u0410", "RU US"),
    ("ru", "\u0432 \u0413\u0435\u0440\u043c\u0430\u043d\u0438\u0438", "DE"),
    ("ru", "\u043a\u0438\u0442\u0430\u0439\u0441\u043a\u043e\u0433\u043e", "CN"),
    ("uk", "\u0420\u043e\u0441\u0456\u044f \u0456 \u0425\u0430\u0440\u043a\u0456\u0432", "RU UA"),
    ("ar", "الرئيس الأمريكي ونظيره الروسي", "US RU"),
    ("ar", "\u0648\u0644\u0644\u0635\u064a\u0646 \u062f\u0648\u0631", "CN"),
    ("zh", "中国和美国会谈", "CN US"),
    ("zh", "印度洋海啸", ""),
    ("zh", "印度尼西亚地震", "ID"),
    ("ja", "日本とアメリカの首脳", "JP US"),
    ("ja", "タイの首相", "TH"),
    ("ja", "タイトル戦が始まる", ""),
    ("ko", "한국과 미국이 협상", "KR US"),
    ("ko", "인도적 지원", ""),
    ("hi", "भारत और पाकिस्तान", "IN PK"),
    ("sw", "Kenya na Uingereza zasaini", "KE GB"),
    ("tr", "Türkiye'de Rus elçi", "TR RU"),
    ("pl", "Polska i amerykański prezydent w Niemczech", "PL US DE"),
    ("id", "Presiden Amerika Serikat ke Jakarta", "US ID"),
    ("fa", "\u0627\u06cc\u0631\u0627\u0646 \u0648 \u0622\u0645\u0631\u06cc\u06a9\u0627", "IR US"),
    ("cs", "Jednání v Německu a v Rusku", "DE RU"),
    ("sv", "Sverige och Finland", "SE FI"),
    ("", "東京で地震", "JP"),
    ("", "\u041f\u0440\u0435\u0437\u0438\u0434\u0435\u043d\u0442 \u0420\u043e\u0441\u0441\u0438\u0438", "RU"),
    ("xx", "Talks in Kenya", "KE"),
    ("EN-gb", "Talks in Kenya", "KE"),
]


@pytest.mark.parametrize(("language", "title", "expected"), LANGUAGES, ids=[f"{row[0]} {row[1]}" for row in LANGUAGES])
def test_languages(language: str, title: str, expected: str) -> None:
    assert mentioned(title, language=language) == set(expected.split())


def test_the_publishers_country_decides_between_namesakes() -> None:
    text = "Police in Worcester arrested a man. The Worcester man denied it."
    assert mentioned("", text, publisher_country="GB") == {"GB"}
    assert mentioned("", text, publisher_country="US") == {"US"}


def test_the_publishers_country_is_no_evidence_by_itself() -> None:
    assert tag_countries("Rain expected", "Take an umbrella.", language="en", publisher_country="US").mentioned == ()


def test_about_is_shorter_than_mentioned() -> None:
    text = (
        "France and Spain signed. French and Spanish ministers praised France and Spain. France, Spain! Oslo watched."
    )
    tags = tag_countries("", text, language="en")
    assert set(tags.countries) == {"FR", "ES"}
    assert {tag.country for tag in tags.mentioned} == {"FR", "ES", "NO"}
    assert tags.main_country == tags.countries[0]


def test_a_title_that_the_text_repeats_counts_once() -> None:
    title = "Kenya wins in Oslo"
    twice = tag_countries(title, f"{title}. The end.", language="en")
    assert [len(tag.evidence) for tag in twice.mentioned] == [1, 1]
    assert {evidence.field for tag in twice.mentioned for evidence in tag.evidence} == {"text"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Kenya waits", "country name"),
        ("Kenyan runners", "demonym"),
        ("a street in Nairobi", "capital"),
        ("a bridge in Chicago", "city"),
        ("a farm in Nebraska", "state or province"),
        ("a farm near Lincoln, Neb.", "city before its state"),
        ("a flat in Lyon, France", "city before its country"),
        ("NAIROBI (Reuters) - Prices rose", "dateline"),
        ("the Kremlin said", "seat of power"),
        ("Emmanuel Macron said", "head of state or government"),
        ("the Canadian dollar rose", "currency"),
    ],
)
def test_evidence_names_its_rule(text: str, rule: str) -> None:
    (tag,) = tag_countries("", text, language="en").mentioned
    assert tag.evidence[0].rule == rule


ODD = [
    "",
    " ",
    "\n",
    "x",
    "\ud800",
    "\x00",
    "\u202e\u200f\u200b",
    "🇫🇷🔥",
    "US",
    "us",
    "A",
    "-",
    "İstanbul",
    ", Ala.",
    "\ufeff",
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_input_is_read_without_an_error(odd: str) -> None:
    for title, text in ((odd, ""), ("", odd), (odd, odd), (f"{odd}Kenya", f"{odd} Kenya {odd}")):
        for language in ("en", "", "ru", "ar", "zh", "ja", "ko", "hi", "fr", "cs"):
            check_laws(title, text, language, "")


@pytest.mark.parametrize("piece", ["a", "Paris ", "US-", "中国", ", Ala.", "Mr. Jordan, ", "\ud800"])
def test_a_line_of_five_megabytes(piece: str) -> None:
    text = piece * (5_000_000 // len(piece))
    tags = tag_countries("", text, language="en")
    assert all(len(tag.evidence) <= MOST_EVIDENCE for tag in tags.mentioned)


def check_laws(title: str, text: str, language: str, publisher: str) -> None:
    """What holds for every article."""
    article = {"title": title, "text": text}
    tags = tag_countries(title, text, language=language, publisher_country=publisher)
    scores = [tag.score for tag in tags.mentioned]
    assert scores == sorted(scores, reverse=True)
    assert scores[:1] in ([], [1.0])
    assert tags.countries == tuple(tag.country for tag in tags.mentioned if tag.score >= ABOUT)
    assert tags.main_country == "".join(tags.countries[:1])
    assert len({tag.country for tag in tags.mentioned}) == len(tags.mentioned)
    for tag in tags.mentioned:
        assert tag.country in COUNTRIES
        assert tag.evidence
        for evidence in tag.evidence:
            assert article[evidence.field][evidence.start : evidence.end] == evidence.text
            assert evidence.rule


PLACES = [
    "Macron",
    "Turkey",
    "Iceland",
    "Paris",
    "Texas",
    "Georgia",
    "Jordan",
    "US",
    "U.S.",
    "Kenya",
    "Kenyan",
    "Lincoln",
    "New York",
    "Victoria",
    "D.C.",
]
WORDS = [
    "the",
    "in",
    "Mr.",
    "Michael",
    "and",
    "said",
    "dollars",
    "Avenue",
    "City",
    "County",
    "(Reuters)",
    "MOSCOW",
    "Ala.",
]
MARKS = [",", " ", "\n", "\u2019s", "-", "\u2014", "$", "/", "(", ")", "\ud800", "\u200b", "🇫🇷"]
PIECES = st.sampled_from([*PLACES, *WORDS, *MARKS, "中国", "日本", "\u0420\u043e\u0441\u0441\u0438\u044f", "França"])
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=40)


@given(
    title=TEXTS,
    text=TEXTS,
    language=st.sampled_from(["en", "", "fr", "ru", "zh", "ja", "ar"]),
    publisher=st.sampled_from(["", "US", "FR", "??"]),
)
def test_laws_of_every_article(title: str, text: str, language: str, publisher: str) -> None:
    check_laws(title, text, language, publisher)
    check_laws(title, f"{title} {text}", language, publisher)


@given(TEXTS)
def test_tagging_is_repeatable(text: str) -> None:
    assert tag_countries("", text, language="en") == tag_countries("", text, language="en")


SEEDS = [
    (0, 11, {"US", "RU"}, "US", {"IR", "PL", "CZ"}),
    (11, 12, {"NZ"}, "NZ", {"GB"}),
    (12, 13, {"CN", "GB"}, "CN", {"HK"}),
    (13, 14, {"US"}, "US", {"TW"}),
    (14, 15, set(), "", set()),
]


@pytest.mark.parametrize(("first", "last", "about", "main", "also"), SEEDS)
def test_the_sample_stories(first: int, last: int, about: set[str], main: str, also: set[str]) -> None:
    folder = corpus("seed")
    (path,) = Path(folder).glob("*.txt")
    text = "\n".join(path.read_text(encoding="utf-8").splitlines()[first:last])
    tags = tag_countries("", text, language="en")
    assert (set(tags.countries), tags.main_country) == (about, main)
    assert also <= {tag.country for tag in tags.mentioned}


def test_naughty_strings() -> None:
    for text in json.loads(corpus("hostile/blns.json").read_text(encoding="utf-8")):
        check_laws(text, text * 3, "", "US")
