"""The static table of words near in meaning: ours, another one, a damaged one, none."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from model2vec import StaticModel
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordLevel

from data.errors import ResourceError
from data.tagging import embedding, lexicon
from data.tagging.embedding import FOLDER, LANGUAGES, VARIABLE, build, head, load, near, open_table, version
from data.tagging.topics import tag_topics
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    from pathlib import Path

NAMES = list(TOPICS)


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def tiny(folder: Path, words: dict[str, list[float]]) -> Path:
    """A table of plain vectors, as any tool writes them."""
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0} | {word: n for n, word in enumerate(words, 1)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = np.array([[0.0] * len(next(iter(words.values()))), *words.values()], dtype=np.float32)
    StaticModel(vectors, tokenizer).save_pretrained(folder)
    return folder


SPORT = ["goal", "football", "team", "coach", "league", "stadium"]
FAITH = ["church", "bishop", "prayer", "mosque", "priest", "gospel"]


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table in which the words of SPORT and FAITH, of which some are seed terms, lie in two directions."""
    words = {word: [1.0, 0.02 * n, 0.0] for n, word in enumerate([*SPORT, "zork"])}
    words |= {word: [0.0, 0.02 * n, 1.0] for n, word in enumerate([*FAITH, "quux"])}
    monkeypatch.setenv(VARIABLE, str(tiny(tmp_path / "meanings", words)))
    return tmp_path / "meanings"


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("violin", "arts"),
        ("goalkeeper", "sport"),
        ("monastery", "religion"),
        ("Spielfeld", "sport"),
        ("monasterio", "religion"),
        ("tuberculose", "health"),
        ("спортсмены", "sport"),
        ("演奏", "arts"),
    ],
)
def test_what_a_word_is_near_to(word: str, topic: str) -> None:
    table = open_table(FOLDER)
    said = table.total({row: 1.0 for _, rows in table.find(word) for row in rows})
    assert NAMES[int(np.argmax(said))] == topic


def test_our_table_knows_the_languages_that_have_seed_terms_but_one() -> None:
    assert set(lexicon.LANGUAGES) - LANGUAGES == {"sw"}
    assert load("en") is load("zh")
    assert load("sw") is None
    assert load("") is None


def test_every_row_is_evidence_in_bounds() -> None:
    table = open_table(FOLDER)
    assert table.evidence.shape[1] == len(TOPICS)
    assert table.evidence.min() >= 0
    assert table.evidence.max() <= 1
    assert set(json.loads((FOLDER / "config.json").read_text())["topics"]) == TOPICS.keys()


def test_words_and_pieces_are_where_they_stand() -> None:
    table = open_table(FOLDER)
    text = "  of violin\u2019s \ud800 sound; 1984, 演奏会"
    assert [word.group() for word, _ in table.find(text)] == ["violin", "sound", "演奏会"]
    (word, rows) = table.find(text)[-1]
    pieces = [(start, end, row) for start, end, row in table.cut(word) if row in rows]
    assert next(text[start:end] for start, end, _ in pieces) == "演奏"
    assert {row for _, _, row in pieces} == set(rows)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "12 345", "\u200b\ufeff", "😀", "…"])
def test_nothing_is_found_in_no_words(text: str) -> None:
    assert open_table(FOLDER).find(text) == []


def test_each_and_total_agree() -> None:
    table = open_table(FOLDER)
    weights = {row: 1.5 for _, rows in table.find("violin and goalkeeper in a monastery") for row in rows}
    for number, value in enumerate(table.total(weights)):
        assert sum(table.each(weights, number).values()) == pytest.approx(value, abs=1e-5)


@given(arrays(np.float32, (4, 17), elements=st.floats(-50, 50, width=32)))
def test_near_is_a_share_above_chance(logits: np.ndarray) -> None:
    said = near(logits)
    assert (said >= 0).all()
    assert (said.sum(axis=1) <= 1 - 1 / 17 + 1e-5).all()
    assert (said[np.arange(4), logits.argmax(axis=1)] == said.max(axis=1)).all()
    assert near(np.zeros((1, 17), dtype=np.float32)).max() <= 1e-6, "at home everywhere"


@pytest.mark.usefixtures("offline")
def test_another_table(other: Path) -> None:
    table = load("en")
    assert table is open_table(other)
    assert table is load("sw"), "asked in every language"
    for word, topic in (("zork", "sport"), ("Quux", "religion"), ("football", "sport"), ("priest", "religion")):
        said = table.total({row: 1.0 for _, rows in table.find(word) for row in rows})
        assert NAMES[int(np.argmax(said))] == topic, word
    assert table.find("violin") == [], "unknown to it"


@pytest.mark.usefixtures("other")
def test_tags_rest_on_the_other_table() -> None:
    (tag,) = tag_topics("", "Zork! Zork and zork, and a priest? No: zork football.", language="en")
    assert tag.topic == "sport"
    assert ("zork", "near in meaning") in {(evidence.text.lower(), evidence.rule) for evidence in tag.evidence}


def test_the_version_names_another_table(monkeypatch: pytest.MonkeyPatch, other: Path) -> None:
    assert version("7") == "7 with meanings"
    monkeypatch.delenv(VARIABLE)
    assert version("7") == "7"


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("name", ["nowhere", "minishlab/potion-base-8M"])
def test_no_table_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / name))
    with pytest.raises(ResourceError, match=VARIABLE):
        load("en")


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.safetensors", b""),
        ("model.safetensors", b"\x08\0\0\0\0\0\0\0nonsense"),
        ("tokenizer.json", b"{}"),
        ("tokenizer.json", None),
        ("config.json", b"["),
    ],
)
def test_a_damaged_table(file: str, content: bytes | None, other: Path) -> None:
    if content is None:
        (other / file).unlink()
    else:
        (other / file).write_bytes(content)
    with pytest.raises(ResourceError, match="meanings"):
        load("en")


def test_fit_tells_apart() -> None:
    chance = np.random.default_rng(5)
    topics = np.arange(340) % 17
    vectors = (np.eye(17)[topics] + chance.normal(0, 0.1, (340, 17))).astype(np.float32)
    matrix, intercepts = head.fit(vectors, [head.Example("", int(topic), 1.0) for topic in topics])
    assert ((vectors @ matrix + intercepts).argmax(axis=1) == topics).all()


def test_examples_are_the_seed_terms_without_signs() -> None:
    found = head.examples(["en"], lambda beginning: {"vaccin": ["vaccine", "vaccination"]}.get(beginning, []))
    texts = {example.text for example in found}
    assert {"vaccine", "vaccination", "prime minister", "Labour"} <= texts
    assert not [text for text in texts if set(text) & set("~=*")]
    assert {example.topic for example in found} == set(range(17))
    weights = {(example.text, NAMES[example.topic]): example.weight for example in found}
    assert weights["parliament", "politics"] == 1
    assert weights["trail", "lifestyle"] == 0.5, "a weak term"


@pytest.mark.parametrize(
    ("piece", "wanted"),
    [("\u2581war", True), ("\u2581", True), ("选举", True), ("выбор", True), ("ひらがな", False), ("\u2581,", False)],
)
def test_pieces_for_the_table(piece: str, wanted: bool) -> None:
    assert build._wanted(10, piece) is wanted
    assert not build._wanted(1, piece)


def test_a_beginning_is_completed_by_frequent_words() -> None:
    complete = build._completer(
        [("\u2581Vaccine", -2.0), ("vaccin", -1.0), ("\u2581vaccinated", -1.5), ("\u2581van", 0.0)]
    )
    assert complete("vaccin") == ["vaccinated", "Vaccine"]


def test_the_readme_states_the_files() -> None:
    assert embedding.FOLDER.is_dir()
    listed = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert all(path.name in listed for path in FOLDER.iterdir())
