"""The compiled gazetteer and its sources."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data.errors import ResourceError
from data.geography import COUNTRIES
from data.tagging.places import gazetteer, languages
from data.tagging.places.gazetteer import Candidate, decode
from data.tagging.places.words import words

FOLDER = Path(gazetteer.__file__).parents[1] / "gazetteer"
CODES = set(COUNTRIES) | {""}


def test_decode() -> None:
    entry = decode("gu\tmFR.11:73 tUS.TX:44")
    assert entry.candidates == (Candidate("m", "FR", "11", 7.3), Candidate("t", "US", "TX", 4.4))
    assert (entry.given, entry.surname, entry.weak) == (True, True, False)
    assert entry.best == entry.sole == entry.candidates[0]


def test_namesakes_of_like_size_leave_doubt() -> None:
    assert decode("\ttUS.MA:53 tGB.ENG:54").sole is None


@pytest.mark.parametrize(("line", "ignored"), [("\tb", True), ("\tr", True), ("\tcFR", False), ("\tqUS", False)])
def test_blocks_and_regions_are_ignored(line: str, ignored: bool) -> None:
    assert decode(line).ignored == ignored


def test_every_line_names_known_countries() -> None:
    for section in gazetteer.sections():
        if section == "places" or section.startswith("language "):
            for surface, line in gazetteer.rows(section):
                assert surface, section
                assert {candidate.country for candidate in decode(line).candidates} <= CODES, surface


def test_surfaces_are_listed_once() -> None:
    for section in gazetteer.sections():
        if section == "places" or section.startswith("language "):
            surfaces = [surface for surface, _ in gazetteer.rows(section)]
            assert len(surfaces) == len(set(surfaces)), section


def test_the_file_is_small_and_holds_no_time_of_building() -> None:
    packed = gazetteer.FILE.read_bytes()
    assert len(packed) <= 1_500_000
    assert packed[4:8] == bytes(4)


@pytest.mark.parametrize("code", sorted(languages.tables()))
def test_every_language_names_nearly_every_country(code: str) -> None:
    named = {
        candidate.country for _, line in gazetteer.rows(f"language {code}") for candidate in decode(line).candidates
    }
    assert len(named & set(COUNTRIES)) >= 230


def test_the_main_languages_have_tables() -> None:
    asked = words("es fr de pt it nl ru uk ar zh ja ko hi sw tr pl id fa")
    assert asked <= languages.tables()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("plain words", "en"),
        ("d\u00e9j\u00e0 vu", "en"),
        ("", "en"),
        ("東京です", "ja"),
        ("北京市", "zh"),
        ("서울", "ko"),
        ("\u041c\u043e\u0441\u043a\u0432\u0430", "ru"),
        ("\u041a\u0438\u0457\u0432", "uk"),
        ("\u0627\u0644\u0642\u0627\u0647\u0631\u0629", "ar"),
        ("\u06a9\u0686", "fa"),
        ("दिल्ली", "hi"),
        ("A long English sentence about \u041c\u043e\u0441\u043a\u0432\u0430 and little else", "en"),
    ],
)
def test_the_script_tells_the_language(text: str, code: str) -> None:
    assert languages.by_script(text) == code


def test_a_missing_file_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(gazetteer, "FILE", tmp_path / "nothing.gz")
    with pytest.raises(ResourceError, match="reinstall"):
        gazetteer.sections.__wrapped__()


@pytest.mark.parametrize("package", ["GeoNames", "CLDR", "Factbook", "Census", "wordfreq"])
def test_the_readme_names_every_source(package: str) -> None:
    assert package in (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("surface", "country"),
    [("Springfield", "US"), ("Kyiv", "UA"), ("Peking", "CN"), ("Victoria", "AU"), ("Essex", "GB"), ("Bulacan", "PH")],
)
def test_some_places_are_known(surface: str, country: str) -> None:
    ((_, _, entry),) = gazetteer.english().find(surface)
    assert entry.best.country == country


def test_capital_letters_are_known_for_large_places_only() -> None:
    found = [entry.best.country for _, _, entry in gazetteer.english().find("CHICAGO KENYA TEXAS LISBON")]
    assert found == ["US", "KE", "US", "PT"]


def test_tables_made_by_hand_name_known_countries() -> None:
    with (FOLDER / "hand" / "adjectives.csv").open(encoding="utf-8", newline="") as file:
        assert {row["country"] for row in csv.DictReader(file)} <= CODES
    for table, column in (("names.csv", 1), ("aliases.csv", 2), ("cues.csv", 0), ("abbreviations.csv", 0)):
        rows = (FOLDER / "hand" / table).read_text(encoding="utf-8").splitlines()[1:]
        assert {code for row in rows for code in row.split(",")[column].split()} <= CODES, table
