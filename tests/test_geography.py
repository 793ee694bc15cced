"""The table of countries, the tree of regions and the groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import geography
from data.errors import SelectionError
from data.geography import COUNTRIES, GROUPS, REGION_NAMES, REGIONS
from data.geography.records import read_table

CODES = st.lists(st.sampled_from(sorted(COUNTRIES)), max_size=6)


@pytest.mark.parametrize(
    ("code", "name", "regions"),
    [
        ("NA", "Namibia", ("Africa", "Sub-Saharan Africa", "Southern Africa")),
        ("TW", "Taiwan", ("Asia", "Eastern Asia")),
        ("XK", "Kosovo", ("Europe", "Southern Europe")),
        ("AQ", "Antarctica", ()),
        ("GB", "United Kingdom", ("Europe", "Northern Europe")),
        ("CU", "Cuba", ("Americas", "Latin America and the Caribbean", "Caribbean")),
        ("NZ", "New Zealand", ("Oceania", "Australia and New Zealand")),
        ("CD", "DR Congo", ("Africa", "Sub-Saharan Africa", "Middle Africa")),
    ],
)
def test_known_countries(code: str, name: str, regions: tuple[str, ...]) -> None:
    assert geography.name(code) == name
    assert COUNTRIES[code].regions == regions
    assert geography.parents(code) == regions


def test_every_record_is_sound() -> None:
    assert len(COUNTRIES) == 250
    for code, country in COUNTRIES.items():
        assert (code, len(code), len(country.iso3)) == (country.iso2, 2, 3)
        assert country.m49.isdigit() == (code != "XK")
        assert -90 <= country.latitude <= 90
        assert -180 <= country.longitude <= 180
        assert bool(country.region) == bool(country.sub_region) == (code != "AQ")


@pytest.mark.parametrize("column", ["iso2", "iso3", "m49", "name"])
def test_names_and_codes_are_unique(column: str) -> None:
    values = [row[column] for row in read_table("countries.csv") if row[column]]
    assert len(values) == len(set(values))


def test_names_of_regions_are_unique_and_no_country_has_one() -> None:
    assert len(REGION_NAMES) == len(set(REGION_NAMES))
    assert not {country.name for country in COUNTRIES.values()} & set(REGION_NAMES)
    assert not set(COUNTRIES) & set(REGION_NAMES)


def test_an_unknown_code_stands_for_itself() -> None:
    assert geography.name("ZZ") == "ZZ"
    assert geography.regions_of(["ZZ"]) == ()


@pytest.mark.parametrize(
    ("group", "size", "inside", "outside"),
    [
        ("Middle East", 17, "EG", "LY"),
        ("European Union", 27, "CY", "GB"),
        ("NATO", 32, "SE", "AT"),
        ("ASEAN", 11, "TL", "PG"),
        ("African Union", 55, "NA", "YT"),
        ("G20", 19, "ZA", "ES"),
    ],
)
def test_groups(group: str, size: int, inside: str, outside: str) -> None:
    assert len(geography.members(group)) == size
    assert inside in geography.members(group)
    assert outside not in geography.members(group)
    assert geography.parents(group) == ()


def test_groups_hold_known_countries_only() -> None:
    assert all(codes <= set(COUNTRIES) for codes in GROUPS.values())


def test_regions_in_a_stable_order() -> None:
    assert geography.regions_of(["NO"]) == ("Europe", "Northern Europe", "NATO")
    assert geography.regions_of(["TR", "NO"]) == geography.regions_of(["NO", "TR"])
    assert geography.regions_of(["NO", "TR"])[:2] == ("Asia", "Western Asia")
    assert geography.regions_of([]) == ()


def test_parents_of_regions() -> None:
    assert geography.parents("Caribbean") == ("Americas", "Latin America and the Caribbean")
    assert geography.parents("Northern Europe") == ("Europe",)
    assert geography.parents("Europe") == geography.parents("Atlantis") == ()


def test_an_unknown_region_lists_the_known_ones() -> None:
    with pytest.raises(SelectionError, match="Northern Europe"):
        geography.members("Atlantis")


def test_the_tree_holds_every_country_once() -> None:
    assert [region.name for region in REGIONS] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    held = [code for region in REGIONS for code in region.countries]
    assert sorted(held) == sorted(set(COUNTRIES) - {"AQ"})
    for region in REGIONS:
        for part in region.walk():
            inner = [code for piece in part.parts for code in piece.countries]
            assert not inner or set(inner) <= set(part.countries)


@given(CODES, CODES)
def test_regions_of_a_union_are_the_union(some: list[str], more: list[str]) -> None:
    both = set(geography.regions_of(some)) | set(geography.regions_of(more))
    assert set(geography.regions_of(some + more)) == both


@given(st.sampled_from(sorted(COUNTRIES)))
def test_a_country_is_a_member_of_its_regions(code: str) -> None:
    assert all(code in geography.members(name) for name in geography.regions_of([code]))
    assert set(COUNTRIES[code].regions) <= set(geography.regions_of([code]))


def test_disputed_areas_name_known_countries() -> None:
    rows = read_table("disputed.csv")
    assert len({row["area"] for row in rows}) == len(rows)
    assert {row["iso2"] for row in rows} <= set(COUNTRIES)
