"""What is shown of a table before it is added, and that what the user says about it is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.errors import SourceError
from data.sources import Row
from data.sources.files import read
from data.sources.files.choices import NAME, Choice, recall, remember, signature
from data.sources.files.preview import describe, preview

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "kop;wanneer;waar\nBrug is open na de storm;01/02/2025;Gent\nHaven blijft dicht door ijs;03/02/2025;Luik\n"
CHOICE = Choice({"title": "waar", "published": "wanneer"}, True, "cp1252")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWS_STORE", str(tmp_path / "own"))
    return tmp_path / "own"


def stored(folder: Path, data: bytes) -> str:
    path = folder / "table.csv"
    path.write_bytes(data)
    return str(path)


def titles(location: str) -> list[object]:
    return [row.values["title"] for row in read(location) if isinstance(row, Row)]


def test_a_preview_shows_rows_and_says_what_is_uncertain(tmp_path: Path) -> None:
    (shown,) = preview(stored(tmp_path, TABLE.encode()), limit=1)
    assert shown.columns == ("kop", "wanneer", "waar")
    assert shown.rows == (("Brug is open na de storm", "01/02/2025", "Gent"),)
    assert shown.mapping["title"] == "kop"
    assert (shown.certain, shown.ambiguous_dates, shown.encoding, shown.fault) == (False, True, "utf-8", "")


def test_known_names_are_certain(tmp_path: Path) -> None:
    (shown,) = preview(stored(tmp_path, b"title,date\nStorm hits coast,31/12/2025\n"))
    assert (shown.certain, shown.ambiguous_dates) == (True, False)


def test_a_choice_is_remembered_by_the_header(tmp_path: Path) -> None:
    place = stored(tmp_path, TABLE.encode())
    assert titles(place) == ["Brug is open na de storm", "Haven blijft dicht door ijs"]
    (shown,) = preview(place)
    remember(shown.signature, CHOICE)
    assert titles(place) == ["Gent", "Luik"]
    assert {row.day_first for row in read(place) if isinstance(row, Row)} == {True}
    (again,) = preview(place)
    assert (again.certain, again.ambiguous_dates, dict(again.mapping)) == (True, False, CHOICE.columns)
    assert titles(stored(tmp_path, TABLE.replace("waar", "plaats").encode()))[0] == "Brug is open na de storm"


def test_the_encoding_can_be_said_otherwise(tmp_path: Path) -> None:
    place = stored(tmp_path, "title;text\nCaf\u00e9 opens;Caf\u00e9\n".encode("cp1252"))
    assert preview(place, encoding="cp437")[0].rows[0][0] == "Caf\u0398 opens"
    remember(preview(place)[0].signature, Choice({"title": "title"}, encoding="cp437"))
    assert titles(place) == ["Caf\u0398 opens"]
    with pytest.raises(SourceError, match="no encoding"):
        preview(place, encoding="cp-nonsense")


def test_a_signature_is_that_of_the_names() -> None:
    assert signature(["Title", "pub date"]) == signature(["pub_date", "title"])
    assert signature(["title"]) != signature(["title", "text"])


def test_choices_come_back_as_they_were(folder: Path) -> None:
    assert recall("a") is None
    remember("a", CHOICE)
    remember("b", Choice())
    assert (recall("a"), recall("b")) == (CHOICE, Choice())
    assert [path.name for path in folder.iterdir()] == [NAME]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 5}', '{"a": {"columns": 5}}', '{"a": {"columns": {"x": 1}}}'])
def test_a_damaged_file_of_choices_is_as_none(text: str, folder: Path) -> None:
    folder.mkdir()
    (folder / NAME).write_text(text)
    assert recall("a") in (None, Choice())


def test_what_cannot_be_read_is_described(tmp_path: Path) -> None:
    (described,) = describe(stored(tmp_path, b"%PDF-1.7"))
    assert (described.label, "PDF" in described.why) == ("", True)
    assert preview(stored(tmp_path, b"%PDF-1.7")) == []
