"""The keywords of an article, and the key under which their written forms count as one."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.tagging.boilerplate import BLANK, FILE, without_boilerplate
from data.tagging.keywords import fold, tag_keywords
from data.tagging.lexicon.stopwords import stopwords
from data.tagging.units import Kind, reading, units
from tests.corpora import corpus, rows
from tests.evaluation.keywords import COUNT, key

FURNITURE = [
    phrase.strip()
    for table in tomllib.loads(FILE.read_text(encoding="utf-8")).values()
    for listing in table.values()
    for phrase in listing.split(",")
]

TREATY = (
    "Hundreds gathered on Friday as the Treaty of Lindow was signed. Prime Minister Anna Kessler told Reuters that the "
    "treaty would protect fishing rights. Kessler said climate change had emptied the northern fishing grounds. "
    "\u201cFishing rights are not for sale,\u201d Kessler added. The United Nations welcomed the treaty in 2024."
)


def keywords(text: str, language: str = "en", title: str = "", limit: int = 12) -> list[str]:
    return [tag.keyword for tag in tag_keywords(title, text, language=language, limit=limit)]


@pytest.mark.parametrize(
    "keyword", ["Anna Kessler", "Treaty of Lindow", "fishing rights", "climate change", "United Nations"]
)
def test_names_and_phrases_stay_whole(keyword: str) -> None:
    assert keyword in keywords(TREATY)


@pytest.mark.parametrize(
    "word",
    ["Kessler", "said", "told", "Reuters", "Friday", "2024", "Hundreds", "Prime Minister", "rights", "Nations", "the"],
)
def test_parts_and_news_furniture_are_left_out(word: str) -> None:
    assert word not in keywords(TREATY, limit=50)


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("Chris O\u2019Brien met Chris O\u2019Brien\u2019s lawyer.", "Chris O\u2019Brien"),
        ("Today Jean-Luc Moreau won. Moreau smiled.", "Jean-Luc Moreau"),
        ("He caught Covid-19 early, and Covid-19 spread.", "Covid-19"),
        ("They flew to New Zealand, then left New Zealand.", "New Zealand"),
        ("Troops left the US on orders of the US command.", "US"),
        ("A law on 5G masts: 5G is fast.", "5G"),
        ("Unrest in Rio de Janeiro spread beyond Rio de Janeiro.", "Rio de Janeiro"),
        ("The zebras fled. Every zebra bites; zebras are shy.", "zebras"),
        ("Talks with US Secretary of State Maria Lopez dragged on. Lopez left.", "Maria Lopez"),
        ("The State Department objected, the State Department said.", "State Department"),
        ("The Bank of England raised rates, the Bank of England said.", "Bank of England"),
    ],
)
def test_written_forms(text: str, keyword: str) -> None:
    assert keyword in keywords(text)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "es",
            "El volcán Teide entró en erupción. La erupción del volcán obligó a evacuar Garachico.",
            {"volcán", "erupción"},
        ),
        (
            "fr",
            "L\u2019Élysée confirme : l\u2019Élysée recevra les pêcheurs. Les pêcheurs attendent.",
            {"Élysée", "pêcheurs"},
        ),
        (
            "de",
            "Der Hafenstreik in Hamburg dauert an. Der Hafenstreik trifft die Reedereien.",
            {"Hafenstreik", "Hamburg"},
        ),
        ("pt", "A seca no Pantanal piora. A seca ameaça as onças, alerta o Ibama.", {"seca", "Pantanal", "onças"}),
        ("ru", "Вулкан на Камчатке проснулся. Извержение вулкана на Камчатке продолжается.", {"Вулкан", "Камчатке"}),
        ("ar", "ثار البركان في الجزيرة، وأجبر البركان السكان على الفرار من الجزيرة.", {"البركان", "الجزيرة"}),
        ("sw", "Mlima Meru ulilipuka. Wakazi wa Mlima Meru wamehamishwa hadi Arusha.", {"Mlima Meru", "Arusha"}),
        ("zh", "火山喷发后，北京派出救援队。救援队已抵达火山附近。", {"火山", "北京"}),
        ("zh", "火山噴發後，北京派出救援隊。救援隊已抵達火山附近。", {"火山", "北京"}),
        ("ja", "阿蘇山が噴火した。阿蘇山の噴火で観光客がヘリコプターで避難した。", {"阿蘇山", "噴火", "ヘリコプター"}),
    ],
)
def test_languages(language: str, text: str, expected: set[str]) -> None:
    assert expected <= set(keywords(text, language))
    assert expected <= set(keywords(text, "")), "with the language detected"


@pytest.mark.parametrize(
    ("title", "name", "left_out"),
    [
        ("Lopsided British result leaves Labour strong", "British", "Lopsided British"),
        ("Grieving Kocani erupts in anger", "Kocani", "Grieving Kocani"),
        ("Life-size Labubu doll sold", "Labubu", "Life-size Labubu"),
        ("Teenager Nicko Sensoli scores", "Nicko Sensoli", "Teenager Nicko Sensoli"),
        ("Powerful Myanmar quake fells a tower", "Myanmar", "Powerful Myanmar"),
        ("New Zealand votes", "New Zealand", "Zealand"),
        ("Mohammed Deif is sought", "Mohammed Deif", "Deif"),
        ("Storm Boris drenches Austria", "Storm Boris", "Boris"),
        ("Beijing Olympics recalled by skiers", "Beijing Olympics", "Olympics"),
        ("New rules for ferries", "rules", "New"),
    ],
)
def test_a_word_that_describes_a_name_is_no_part_of_it(title: str, name: str, left_out: str) -> None:
    found = keywords("", title=title)
    assert name in found
    assert left_out not in found


def test_the_last_of_several_names_in_a_row_begins_with_no_small_word() -> None:
    text = "El Consejo Nacional Electoral de Venezuela calla. El Consejo Nacional Electoral de Venezuela espera."
    assert "de Venezuela" not in keywords(text, "es", limit=50)


def test_arabic_and_before_an_article_is_no_part_of_a_word() -> None:
    found = keywords("مصر والإمارات توقعان", "ar")
    assert "الإمارات" in found


BODY = "The Lindow bridge fell into the river. Divers searched the river below the bridge."


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (f"By Ann Lee, Transport Editor\n{BODY}", {"Ann Lee", "Transport"}),
        (f"By ANN LEE and Bo de Vries | Harbour Press\n{BODY}", {"Ann Lee", "Harbour", "Press"}),
        (f"Por Ana Pérez\n{BODY}", {"Ana Pérez"}),
        (f"{BODY} The post Bridge falls appeared first on Harbour Gazette.", {"Harbour Gazette", "Harbour"}),
        (f"{BODY}\nRead more: Zebra born in Prague zoo", {"Zebra", "Prague"}),
        (f"{BODY} Click here to order our zebra calendar.", {"zebra", "calendar"}),
        (f"{BODY} [Related: Ten zebra facts] Nobody was hurt.", {"zebra", "zebra facts"}),
        (f"{BODY} (Reporting by Jo Doe in Prague; Editing by Al Roe)", {"Jo Doe", "Al Roe", "Prague"}),
        (f"{BODY}\nCopyright 2025 Zebra Media. All rights reserved.", {"Zebra Media", "rights", "Copyright"}),
        (f"{BODY} \u00a92025 Zebra Media", {"Zebra Media"}),
        (f"Image source, Getty Images\n{BODY}", {"Getty Images", "Image"}),
        (f"{BODY} Photo by Jo Doe/Getty Images", {"Jo Doe", "Photo"}),
        (f"{BODY}\nAdvertisement\nContinue reading below the zebra", {"Advertisement", "zebra"}),
        (f"{BODY} We use cookies to improve your zebra experience.", {"cookies", "zebra"}),
        (f"{BODY} Sign up for our zebra newsletter.", {"zebra", "newsletter"}),
        (f"{BODY} Lea también: La cebra de Praga", {"cebra", "Praga"}),
        (f"{BODY} Utilizamos cookies propias de la cebra.", {"cebra", "cookies"}),
        (f"{BODY} Lire aussi : Le zèbre de Prague", {"zèbre", "Prague"}),
        (f"{BODY} Abonnez-vous à la lettre du zèbre.", {"zèbre"}),
        (f"{BODY} Foto: Zebra Presse\nWeiterlesen", {"Zebra", "Presse", "Weiterlesen"}),
        (f"{BODY} Dieser Artikel erschien zuerst auf Zebra Aktuell.", {"Zebra", "Aktuell"}),
        (f"{BODY} Leia também: a zebra de Praga", {"zebra", "Praga"}),
        (f"{BODY} 责任编辑：张三", {"责任编辑", "张三"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "es", "fr", "de"])
def test_what_pages_write_around_a_text_is_left_out(text: str, left_out: set[str], language: str) -> None:
    found = set(keywords(text, language, limit=100))
    assert not found & left_out
    assert {"Lindow", "Lindow bridge"} & found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Copyright law reform passes in Lindow.", "reform"),
        ("Related diseases spread among zebras.", "diseases"),
        ("Children should read more zebra books.", "zebra"),
        ("By the river, zebras drink.", "zebras"),
        ("By Lindow bridge, zebras drink.\nMore follow.", "zebras"),
        ("Shares of the cookie maker rose. Cookie shares rose.", "Cookie"),
        ("Tags on zebras fell off.", "zebras"),
        ("Bild berichtet über Zebras im Zoo.", "Zebras"),
    ],
)
def test_what_only_looks_like_it_stays(text: str, kept: str) -> None:
    assert kept.lower() in {keyword.lower() for keyword in keywords(text, limit=50)}


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([*FURNITURE, "zebra", ". ", "\n", "[", "By Ann Lee\n"])).map(" ".join)
)
def test_blanked_text_keeps_its_places(text: str) -> None:
    blanked = without_boilerplate(text)
    assert len(blanked) == len(text)
    assert all(after in (before, BLANK) for before, after in zip(text, blanked, strict=True))


@pytest.mark.parametrize(
    ("publisher", "text", "left_out", "kept"),
    [
        (
            "Harbour Gazette",
            "He told the Harbour Gazette that ferries sink. Harbour Gazette asks.",
            "Harbour Gazette",
            "ferries",
        ),
        ("The Lindower", "Readers of the Lindower know ferries. The Lindower asks.", "Lindower", "ferries"),
        ("Science", "In science, ferries matter. They like science.", "Science", "science"),
        ("", "He told the Harbour Gazette that ferries sink.", "", "Harbour Gazette"),
    ],
)
def test_the_publishers_own_name_is_no_keyword(publisher: str, text: str, left_out: str, kept: str) -> None:
    found = [tag.keyword for tag in tag_keywords("", text, language="en", publisher=publisher, limit=50)]
    assert left_out not in found
    assert kept in found


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January March August December"),
        ("es", "lunes martes miércoles jueves viernes sábado domingo enero marzo agosto diciembre"),
        ("fr", "lundi mardi mercredi jeudi vendredi samedi dimanche janvier mars août décembre"),
        ("de", "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar März August Dezember"),
        ("pt", "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo janeiro março dezembro"),
        ("ru", "понедельник вторник среда четверг пятница суббота воскресенье января марта августа декабря"),
        ("sw", "Jumatatu Jumanne Jumatano Alhamisi Ijumaa Jumamosi Jumapili Januari Machi Agosti Desemba"),
    ],
)
def test_days_and_months_are_no_keywords(language: str, days: str) -> None:
    for day in days.split():
        assert keywords(f"{day}. {day}, {day}!", language) == []


def test_a_headline_in_capitals_shows_no_names() -> None:
    title = "Sailors Rescued Off Brittany After Storm"
    assert set(keywords("", title=title)) == {"Sailors", "Rescued", "Brittany", "Storm"}


@pytest.mark.parametrize(
    ("title", "left_out"),
    [
        ("Ferry sinks off Crete in heavy seas - The Harbour Post", "Harbour Post"),
        ("Ferry sinks off Crete in heavy seas | harbour.example", "harbour.example"),
    ],
)
def test_the_publisher_after_a_title_is_no_keyword(title: str, left_out: str) -> None:
    found = keywords("", title=title)
    assert "Crete" in found
    assert not [keyword for keyword in found if left_out in keyword or keyword in left_out]


def test_a_title_with_a_dash_is_read_to_its_end() -> None:
    assert "Crete" in keywords("", title="Ferry sinks in heavy seas \u2013 search off Crete goes on")


def test_a_name_of_small_words_only() -> None:
    assert "Del Van" in keywords("The envoy met Del Van. Later Del Van left.")


@pytest.mark.parametrize("text", ["", " ", "2024 12.5", "the of and", "!?", "\U0001f600", "\u202e\u200b", "\ud800"])
def test_nothing_to_say(text: str) -> None:
    assert keywords(text) == []
    assert keywords(text, "") == []


def test_languages_that_cannot_be_read_get_none() -> None:
    assert keywords("รัฐบาลประกาศเมื่อวันจันทร์ว่าจะมีการเลือกตั้ง", "th") == []


def test_scores_fall_from_one_and_the_limit_holds() -> None:
    tags = tag_keywords("Treaty signed", TREATY, language="en")
    assert tags[0].score == 1
    assert [tag.score for tag in tags] == sorted((tag.score for tag in tags), reverse=True)
    assert all(0 < tag.score <= 1 for tag in tags)
    for limit in (0, 1, 3):
        assert len(keywords(TREATY, limit=limit)) == limit


def test_no_keyword_twice() -> None:
    folded = [fold(keyword, "en") for keyword in keywords(TREATY, limit=100)]
    assert len(folded) == len(set(folded))


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        (("election", "Elections", "ELECTION", "election\u2019s"), "en"),
        (("Climate Change", "climate changes"), "en"),
        (("co-operation", "Co operation"), "en"),
        (("New  Zealand", "new zealand"), ""),
        (("élection", "E\u0301lections"), "fr"),
        (("выборы", "Выборов"), "ru"),
        (("الانتخابات", "انتخابات"), "ar"),
        (("Wahl", "Wahlen"), "de"),
    ],
)
def test_forms_that_count_as_one(forms: tuple[str, ...], language: str) -> None:
    assert len({fold(form, language) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("police", "policy"), ("climate", "climate change"), ("!", "?"), ("s", "")])
def test_forms_that_do_not(one: str, other: str) -> None:
    assert fold(one, "en") != fold(other, "en")


@pytest.mark.parametrize(
    ("unit", "language", "kind"),
    [
        ("said", "en", Kind.NEVER),
        ("Monday", "en", Kind.NEVER),
        ("don\u2019t", "en", Kind.NEVER),
        ("10-year-old", "en", Kind.NEVER),
        ("1990s", "en", Kind.NEVER),
        ("the", "en", Kind.GRAMMAR),
        ("President", "en", Kind.TITLE),
        ("people", "en", Kind.COMMON),
        ("long-awaited", "en", Kind.COMMON),
        ("zebra", "en", Kind.PLAIN),
        ("G20", "en", Kind.PLAIN),
        ("fire", "en", Kind.PLAIN),
        ("lunes", "es", Kind.NEVER),
        ("murió", "es", Kind.NEVER),
        ("comunicaron", "es", Kind.NEVER),
        ("jugará", "es", Kind.NEVER),
        ("Mataró", "es", Kind.PLAIN),
        ("volcán", "es", Kind.PLAIN),
        ("anunciou", "pt", Kind.NEVER),
        ("verão", "pt", Kind.PLAIN),
        ("Moscou", "pt", Kind.PLAIN),
        ("annunciò", "it", Kind.NEVER),
        ("gestern", "de", Kind.NEVER),
        ("x" * 41, "en", Kind.NEVER),
    ],
)
def test_kinds_of_words(unit: str, language: str, kind: Kind) -> None:
    assert reading(unit, language)[1] == kind


def test_what_parts_two_units() -> None:
    text = "Peace talks, talks about talks\nPeace in Kenya's north"
    assert [(text[unit.start : unit.end], unit.joined) for unit in units(text, "en")] == [
        ("Peace", False),
        ("talks", True),
        ("talks", False),
        ("talks", False),
        ("Peace", False),
        ("Kenya", False),
        ("north", False),
    ]


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "ja", "pt", "ru", "sw", "zh"])
def test_every_language_has_stopwords(language: str) -> None:
    known = stopwords(language)
    assert min(len(known.grammar), len(known.news), len(known.common)) > 15


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            [
                "New",
                "Zealand\u2019s",
                "Prime",
                "Minister",
                "of",
                "the",
                "bank",
                "-",
                "'s",
                "O'Neill",
                "l'État",
                "\n",
                "\ud800",
                "選舉",
            ]
        ),
    ),
    max_size=60,
).map(" ".join)


@settings(deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["en", "fr", "de", "ru", "ar", "sw", "zh", "ja", "ko", "th", "", "xx"]))
def test_evidence_is_where_it_says(title: str, text: str, language: str) -> None:
    tags = tag_keywords(title, text, language=language)
    assert len(tags) <= 12
    for tag in tags:
        assert tag.keyword.strip()
        assert tag.evidence
        for evidence in tag.evidence:
            assert {"title": title, "text": text}[evidence.field][evidence.start : evidence.end] == evidence.text


def test_evidence_holds_the_keyword() -> None:
    tags = {tag.keyword: tag for tag in tag_keywords("Treaty signed", TREATY, language="en")}
    assert [evidence.text for evidence in tags["fishing rights"].evidence] == ["fishing rights", "Fishing rights"]
    assert [evidence.text for evidence in tags["Anna Kessler"].evidence] == ["Anna Kessler", "Kessler", "Kessler"]


def test_same_keywords_in_any_thread_and_order() -> None:
    texts = [TREATY, TREATY[::-1], TREATY.upper(), "", TREATY.lower()] * 4
    alone = [tag_keywords("", text, language="en") for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: tag_keywords("", text, language="en"), reversed(texts)))
    assert together == alone[::-1]


@pytest.mark.parametrize(
    "text", ["x" * 5_000_000, "War And Peace " * 350_000, "a-" * 2_500_000, "\ud800" * 5_000_000, "戰" * 5_000_000]
)
def test_five_million_letters_in_one_line(text: str) -> None:
    tag_keywords(text, text)


def test_bar() -> None:
    found = list(rows(corpus("topics/kpcrowd.jsonl.gz")))
    hits = 0
    for row in found:
        gold = {key(phrase) for phrase in row["keyphrases"]}
        hits += sum(key(tag.keyword) in gold for tag in tag_keywords("", row["text"], language="en", limit=COUNT))
    assert hits / (COUNT * len(found)) >= 0.5
