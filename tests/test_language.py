"""The language of an article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.tagging.language import detect
from tests.corpora import corpus, rows

SENTENCES = [
    ("en", "The government announced on Monday that elections would be held next spring."),
    ("es", "El gobierno anunció el lunes que las elecciones se celebrarán la próxima primavera."),
    ("fr", "Le gouvernement a annoncé lundi que les élections auraient lieu au printemps prochain."),
    ("de", "Die Regierung kündigte am Montag an, dass im kommenden Frühjahr gewählt wird."),
    ("pt", "O governo anunciou na segunda-feira que as eleições serão realizadas na próxima primavera."),
    ("ru", "Правительство объявило в понедельник, что выборы пройдут следующей весной."),
    ("ar", "أعلنت الحكومة يوم الاثنين أن الانتخابات ستجرى في الربيع المقبل."),
    ("zh", "政府周一宣布，选举将于明年春天举行。"),
    ("zh", "政府週一宣布，選舉將於明年春天舉行。"),
    ("ja", "政府は月曜日、来年の春に選挙を行うと発表した。"),
    ("ko", "정부는 월요일 내년 봄에 선거를 실시한다고 발표했다."),
    ("sw", "Serikali ilitangaza Jumatatu kwamba uchaguzi utafanyika mwakani."),
    ("hi", "सरकार ने सोमवार को घोषणा की कि चुनाव अगले वसंत में होंगे।"),
    ("th", "รัฐบาลประกาศเมื่อวันจันทร์ว่าจะมีการเลือกตั้งในปีหน้า"),
    ("el", "Η κυβέρνηση ανακοίνωσε τη Δευτέρα εκλογές."),
    ("uk", "Уряд оголосив у понеділок, що вибори відбудуться наступної весни."),
    ("no", "Regjeringa kunngjorde måndag at det blir val til våren, og at folket skal få røyste."),
]


@pytest.mark.parametrize(("language", "text"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert detect(text) == language
    assert detect("", title=text) == language


@pytest.mark.parametrize(
    "text", ["", " ", "123 456", "!?", "a", "ok", "lol", "\ud800", "\x00\x00", "\u202e\u200f", "\U0001f600\U0001f600"]
)
def test_too_little_to_tell(text: str) -> None:
    assert detect(text) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("\u200fأعلنت الحكومة يوم الاثنين أن الانتخابات\u200f ستجرى قريبا", "ar"),
        ("THE GOVERNMENT SAID THAT IT WOULD NOT WAIT FOR THE ELECTION", "en"),
        ("\ud800The government said that it would not wait\udfff", "en"),
        ("\u201cWe won\u2019t wait,\u201d the minister told the crowd \u2014 twice.", "en"),
        ("索尼 PlayStation 发布会：プ 新游戏将于明年在中国各地正式发售", "zh"),
    ],
)
def test_odd_letters_do_not_matter(text: str, language: str) -> None:
    assert detect(text) == language


def test_only_the_beginning_is_read() -> None:
    english, spanish = SENTENCES[0][1] + " ", SENTENCES[1][1] + " "
    assert detect(english * 10 + spanish * 60_000) == "en"


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_has_a_code_or_none(title: str, text: str) -> None:
    code = detect(text, title=title)
    assert code == "" or (len(code) == 2 and code.isalpha() and code.islower())


def test_sentences_in_six_languages() -> None:
    found = list(rows(corpus("topics/sib200_dev.jsonl.gz")))
    right = sum(detect(row["text"]) == row["lang"] for row in found)
    assert right / len(found) > 0.98
