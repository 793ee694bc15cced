"""The topics of an article, and the seed terms that they rest on."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import ResourceError
from data.tagging import lexicon
from data.tagging.lexicon import FOLDER, LANGUAGES, gather, read, terms_of
from data.tagging.lexicon.spotting import RunningLexicon, SpacedLexicon, Term
from data.tagging.topics import CLOSE, SURE, decide, lexicon_scores, shares, standardise, tag_topics, topic_scores
from data.taxonomy import TOPICS
from tests.corpora import corpus
from tests.evaluation.topics import CORPORA, outcome, parts

ARTICLES = [
    ("arts", "en", "The singer's new album was recorded with an orchestra before the film festival premiere."),
    ("crime", "en", "Detectives arrested a suspect over the murder; prosecutors expect a trial at the high court."),
    ("disaster", "en", "Rescuers searched the rubble for survivors after the earthquake set off a landslide."),
    ("economy", "en", "The central bank raised interest rates as inflation hit exporters, investors and retailers."),
    ("education", "en", "Pupils sat the exam in their classrooms while teachers revised the school curriculum."),
    ("environment", "en", "Conservationists warn that deforestation and pollution threaten endangered species."),
    ("health", "en", "Doctors at the hospital said the vaccine protects patients against malaria infection."),
    ("human-interest", "en", "The princess brought a puppy to her royal wedding, and the video went viral."),
    ("labour", "en", "Trade union members voted to strike over wages, and employers answered with layoffs."),
    ("lifestyle", "en", "The chef shared a recipe for a dessert that tourists travel far to taste in his restaurant."),
    ("politics", "en", "Parliament approved the bill and the prime minister called an early general election."),
    ("religion", "en", "The archbishop led prayers at the cathedral, and imams joined from the mosque nearby."),
    ("science", "en", "Astronomers used a telescope on a satellite to study a galaxy; the software is open source."),
    ("society", "en", "The census shows how gender inequality and racism shape the lives of indigenous women."),
    ("sport", "en", "The striker scored twice as the home team won the cup final in a full stadium."),
    ("conflict", "en", "Troops shelled the town and rebels ambushed a convoy hours before the ceasefire began."),
    ("weather", "en", "Forecasters expect heavy rain, gusts and thunderstorms, then a heatwave at the weekend."),
    ("arts", "es", "La cantante presentó su nuevo disco con una orquesta en el festival de cine."),
    ("crime", "fr", "La police a arrêté un suspect, et le procureur demande la prison pour ce meurtre."),
    ("disaster", "de", "Nach dem Erdbeben suchen Rettungskräfte in den Trümmern nach Vermissten."),
    ("economy", "pt", "O banco central subiu a taxa de juros e a inflação assusta os investidores da bolsa."),
    ("education", "ru", "Учителя и школьники готовятся к экзамену, университет объявил набор студентов."),
    ("environment", "ar", "يحذر علماء المناخ من التلوث والاحتباس الحراري وانقراض الأنواع في الغابات."),
    ("health", "zh", "医院的医生表示，疫苗可以保护患者免受病毒感染。"),
    ("health", "zh", "醫院的醫生表示，疫苗可以保護患者免受病毒感染。"),
    ("human-interest", "fr", "Le roi et la reine ont fêté le couronnement, et un chien a volé la vedette."),
    ("labour", "es", "El sindicato convoca una huelga general por los salarios y los despidos."),
    ("lifestyle", "de", "Der Koch verrät ein Rezept, und Touristen buchen Hotel und Urlaub am Strand."),
    ("politics", "sw", "Bunge lilipitisha mswada huo na waziri mkuu alitangaza uchaguzi mkuu."),
    ("religion", "pt", "O arcebispo celebrou a missa na catedral, e fiéis rezaram na igreja."),
    ("science", "ru", "Астрономы открыли астероид с помощью телескопа, сообщает NASA."),
    ("society", "ar", "يعاني اللاجئون والمهاجرون من التمييز والعنصرية وعدم المساواة."),
    ("sport", "sw", "Mshambuliaji alifunga mabao mawili na timu ikashinda mechi ya ligi kuu ya soka."),
    ("conflict", "zh", "军队空袭了该城，导弹击中平民，双方尚未停火。"),
    ("weather", "es", "La Aemet prevé lluvias y tormentas con fuertes vientos, y luego una ola de calor."),
]


@pytest.mark.parametrize(("topic", "language", "text"), ARTICLES, ids=[f"{row[0]}-{row[1]}" for row in ARTICLES])
def test_first_topic(topic: str, language: str, text: str) -> None:
    assert tag_topics("", text, language=language)[0].topic == topic
    assert tag_topics("", text)[0].topic == topic, "with the language detected"


def test_the_table_has_every_topic() -> None:
    assert {topic for topic, language, _ in ARTICLES if language == "en"} == TOPICS.keys()
    assert {language for _, language, _ in ARTICLES} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("title", "text", "first", "second"),
    [
        ("Court jails striker", "The footballer was convicted of fraud before the cup final.", "crime", "sport"),
        ("Minister opens school", "The minister met pupils after parliament passed the bill.", "education", "politics"),
    ],
)
def test_a_second_topic_that_is_close(title: str, text: str, first: str, second: str) -> None:
    tags = tag_topics(title, text, language="en")
    assert {tag.topic for tag in tags} == {first, second}, "in either order"
    assert tags[0].score >= tags[1].score >= CLOSE * tags[0].score


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("", "", "en"),
        ("", "", ""),
        ("Hello", "", "en"),
        ("", "This is one of those things that nobody ever quite got round to.", "en"),
        ("", "12 345 678", ""),
        ("Film", "War. Bank. School. Prayer. Election. Storm. Trial. Hospital. Recipe. Wages.", "en"),
        ("", "Le gouvernement a annoncé des élections.", "xx"),
        ("", "Hükümet seçimlerin gelecek bahar yapılacağını açıkladı.", "tr"),
        ("", "\u202e\u200b\ufeff\U0001f600\U0001f600", ""),
    ],
)
def test_unsure(title: str, text: str, language: str) -> None:
    assert tag_topics(title, text, language=language) == ()


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("GOVERNMENT WINS ELECTION AS VOTERS BACK PRIME MINISTER", "en", "politics"),
        ("\u201cParliament\u2019s vote\u201d \u2014 the Senator\u2019s bill", "en", "politics"),
        ("\ud800parliament\udfff \x00election\x00 voters", "en", "politics"),
        ("\u200fالحكومة\u200f تعلن \u202bالانتخابات\u202c", "ar", "politics"),
        ("parliament\u00a0election\u2028voters", "en-GB", "politics"),
        ("e\u0301lections le\u0301gislatives, parlement", "fr", "politics"),
    ],
)
def test_odd_letters(text: str, language: str, topic: str) -> None:
    assert [tag.topic for tag in tag_topics("", text, language=language)] == [topic]


def test_capitals_tell_the_party_from_the_work() -> None:
    party = lexicon_scores("", "Labour gained seats.", language="en")
    work = lexicon_scores("", "They did hard labour.", language="en")
    assert party["politics"] > party["labour"] == 0
    assert work["labour"] > work["politics"] == 0


def test_title_lead_and_repetition_count() -> None:
    filler = "and so on and on " * 20
    late = lexicon_scores("", filler + "referendum", language="en")["politics"]
    lead = lexicon_scores("", "referendum" + filler, language="en")["politics"]
    title = lexicon_scores("referendum", filler, language="en")["politics"]
    twice = lexicon_scores("referendum", filler + "referendum", language="en")["politics"]
    assert 0 < late < title < twice
    assert late < lexicon_scores("", "a referendum " + filler, language="en")["politics"]
    assert lead >= 0


def test_text_beyond_the_limit_is_not_read() -> None:
    assert tag_topics("", "so it goes " * 1_000 + "parliament election voters", language="en") == ()


def test_scores_of_all_topics() -> None:
    scores = topic_scores("Parliament votes", "The election was close.", language="en")
    assert list(scores) == list(TOPICS)
    assert max(scores, key=scores.__getitem__) == "politics"
    assert sum(scores.values()) == pytest.approx(1)
    assert all(0 < score < 1 for score in scores.values())
    assert tag_topics("Parliament votes", "The election was close.", language="en")[0].score == max(scores.values())
    assert topic_scores("", "", language="en") == dict.fromkeys(TOPICS, 0.0)
    assert topic_scores("Hello", "It is what it is.", language="xx") == dict.fromkeys(TOPICS, 0.0)


def test_more_evidence_is_surer() -> None:
    little, much = (standardise(dict.fromkeys(TOPICS, 0.0) | {"sport": value}) for value in (0.5, 5.0))
    assert 0 < little["sport"] < much["sport"]


SCORES = st.dictionaries(st.sampled_from(list(TOPICS)), st.floats(-10, 10), min_size=17)


@given(SCORES)
def test_shares_keep_the_order_and_are_one_together(scores: dict[str, float]) -> None:
    given_shares = shares(scores)
    assert list(given_shares) == list(scores)
    assert sum(given_shares.values()) == pytest.approx(1)
    assert max(given_shares.values()) == given_shares[max(scores, key=scores.__getitem__)]
    moved = shares({topic: score + 1 for topic, score in scores.items()})
    assert list(moved.values()) == pytest.approx(list(given_shares.values()), abs=1e-6)


@given(SCORES)
def test_decide_gives_at_most_two_scores_in_order(scores: dict[str, float]) -> None:
    given_shares = shares(scores)
    tags = decide(given_shares)
    assert len(tags) <= 2
    assert [tag.score for tag in tags] == sorted((given_shares[tag.topic] for tag in tags), reverse=True)
    assert bool(tags) == (max(given_shares.values()) >= SURE)
    if tags:
        assert tags[0].score == max(given_shares.values())
        assert all(tag.score >= CLOSE * tags[0].score for tag in tags)


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(["war", "\u2019s", "Labour", "ELECTION", "prime", "minister's", "bank", "\ud800", "選舉"]),
    ),
    max_size=40,
).map(" ".join)


@settings(deadline=None)
@given(TEXTS, TEXTS, st.sampled_from([*LANGUAGES, "", "xx"]))
def test_evidence_is_where_it_says(title: str, text: str, language: str) -> None:
    for tag in tag_topics(title, text, language=language):
        assert tag.evidence
        for evidence in tag.evidence:
            assert {"title": title, "text": text}[evidence.field][evidence.start : evidence.end] == evidence.text
            assert evidence.rule in ("seed term", "near in meaning")


def test_evidence_names_the_terms() -> None:
    (tag,) = tag_topics("Prime Minister resigns", "Voters elect a new parliament.", language="en")
    assert [evidence.text for evidence in tag.evidence] == [
        "Prime Minister",
        "resigns",
        "Voters",
        "elect",
        "parliament",
    ]


@pytest.mark.parametrize(
    ("text", "language", "topic", "words"),
    [
        ("The violin and the piano opened the evening.", "en", "arts", {"violin", "piano"}),
        ("Le violoniste joue une sonate de Mozart.", "fr", "arts", {"violoniste", "Mozart"}),
        ("Der Torwart hielt den Ball.", "de", "sport", {"Ball"}),
        ("El monasterio guarda las reliquias de un obispo.", "es", "religion", {"reliquias"}),
        ("小提琴家在音乐厅演奏奏鸣曲。", "zh", "arts", {"演奏"}),
        ("小提琴家在音樂廳演奏奏鳴曲。", "zh", "arts", {"演奏"}),
    ],
)
def test_words_near_in_meaning_are_named(text: str, language: str, topic: str, words: set[str]) -> None:
    tag = tag_topics("", text, language=language)[0]
    assert tag.topic == topic
    assert words <= {evidence.text for evidence in tag.evidence if evidence.rule == "near in meaning"}


def test_a_word_is_named_once_and_not_as_part_of_a_seed_term() -> None:
    text = "The violin, a violin, the violin; and after the opera a violin concert at the opera."
    (tag,) = tag_topics("", text, language="en")
    assert [evidence.text for evidence in tag.evidence] == ["violin", "opera", "concert"]
    spans = sorted((evidence.start, evidence.end) for evidence in tag.evidence)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize("text", ["boat", "Monday table", "Smith", "He was there with them."])
def test_a_word_alone_is_not_enough(text: str) -> None:
    assert tag_topics("", text, language="en") == ()


def test_numbers_say_nothing() -> None:
    assert topic_scores("2024", "1,500 000 12", language="ar") == dict.fromkeys(TOPICS, 0.0)


def test_same_tags_in_any_thread_and_order() -> None:
    alone = [tag_topics("", text, language=language) for _, language, text in ARTICLES]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda row: tag_topics("", row[2], language=row[1]), reversed(ARTICLES * 3)))
    assert together == (alone * 3)[::-1]


@pytest.mark.parametrize("text", ["x" * 5_000_000, "war " * 1_250_000, "\ud800" * 5_000_000, "戰" * 5_000_000])
def test_five_million_letters_in_one_line(text: str) -> None:
    tag_topics(text, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_seed_terms_are_well_formed(language: str) -> None:
    known = lexicon.load(language)
    assert known is not None
    assert all(votes for votes in known.votes)
    for topic, listing in read(language).items():
        terms = terms_of(listing)
        if topic in TOPICS:
            assert len(terms) >= 30, topic
            assert not [term for term in terms if len(term.split()) > 5 or '"' in term], topic
            assert not [term for term in terms if f"~{term}" in terms], topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_seed_terms_classify_as_their_topic(language: str) -> None:
    """Ten strong terms of a topic in a row speak for that topic."""
    entries = read(language)
    for topic in TOPICS:
        shared = {term for other in TOPICS if other != topic for term in terms_of(entries[other])}
        own = [term.strip("=*") for term in terms_of(entries[topic]) if not term.startswith("~") and term not in shared]
        scores = lexicon_scores("", ". ".join(own[:10]), language=language)
        assert max(scores, key=scores.__getitem__) == topic


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("election", "two Elections", ["Elections"]),
        ("=author", "authors and authority, Author", ["Author"]),
        ("vaccin*", "vaccinated, vaccine, vacuum", ["vaccinated", "vaccine"]),
        ("climate change", "Climate changes; climate", ["Climate changes"]),
        ("Labour", "Labour, labour, LABOUR", ["Labour"]),
        ("drug traffick*", "drug traffickers", ["drug traffickers"]),
        ("~game", "games", []),
    ],
)
def test_signs_of_a_term(written: str, text: str, found: list[str]) -> None:
    spotted = SpacedLexicon([Term(written, strong=("sport",))], "en").find(text)
    assert [text[hit.start : hit.end] for hit in spotted] == (found or ["games"])


def test_the_longest_term_is_found() -> None:
    terms = gather({"politics": "minister, prime minister", "religion": "minister, prime"})
    spotted = SpacedLexicon(terms, "en")
    text = "the prime minister, a minister"
    assert [text[hit.start : hit.end] for hit in spotted.find(text)] == ["prime minister", "minister"]


def test_a_shared_term_counts_in_part() -> None:
    (term,) = gather({"arts": "star", "sport": "~star"})
    assert term.votes(phrase=False) == (("arts", 0.5), ("sport", 0.25))


def test_terms_with_the_same_forms_are_one() -> None:
    known = SpacedLexicon(gather({"economy": "taxes", "politics": "~tax", "labour": "~taxes"}), "en")
    assert len(known.terms) == 1
    assert {topic for topic, _ in known.votes[0]} == {"economy", "politics", "labour"}


def test_running_script_finds_terms_anywhere() -> None:
    spotted = RunningLexicon([Term("选举", strong=("politics",))], {ord("選"): ord("选"), ord("舉"): ord("举")})
    assert [(hit.start, hit.end) for hit in spotted.find("總統選舉和选举")] == [(2, 4), (5, 7)]


def test_a_damaged_file_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    with pytest.raises(ResourceError, match=r"en\.toml"):
        read("en")


def test_files_and_languages_agree() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} - {"stopwords"} == set(LANGUAGES)
    assert all(tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml"))


def test_five_stories() -> None:
    """What a careful reader would give the five sample stories: at least one of these, and none of those."""
    lines = corpus("seed/000_50d9ff73903c0696.txt").read_text(encoding="utf-8").splitlines()
    stories = ["\n".join(lines[:11]), *lines[11:15]]
    expected = [{"politics", "conflict"}, {"politics", "society"}, {"politics", "society"}, {"politics"}]
    expected.append({"environment", "science"})
    for story, topics in zip(stories, expected, strict=True):
        given_tags = {tag.topic for tag in tag_topics("", story)}
        assert given_tags
        assert given_tags <= topics


@pytest.mark.parametrize(
    ("name", "closed", "best", "unsure"),
    [("bbc5", 0.92, 0.86, 0.05), ("ag_news", 0.78, 0.78, 0.12), ("kpcrowd", 0.69, 0.67, 0.15)],
)
def test_bars(name: str, closed: float, best: float, unsure: float) -> None:
    corpus(f"topics/{name}.jsonl.gz")
    right = CORPORA[name]
    choice = frozenset().union(*right.values())
    ((_, found),) = parts(name)
    outcomes = [outcome(row, choice) for row in found[:: 1 + len(found) // 400]]
    assert sum(one.closed in right[one.label] for one in outcomes) / len(outcomes) >= closed
    assert sum(one.best in right[one.label] for one in outcomes) / len(outcomes) >= best
    assert sum(not one.tags for one in outcomes) / len(outcomes) <= unsure
