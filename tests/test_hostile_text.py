"""Every string of the Big List of Naughty Strings as title, text, publisher and keyword: shown as text, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.wording import plain
from data import geography
from tests.browser import ROOT, server, window
from tests.corpora import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = 4


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    corpus("hostile/blns.json")
    with server(app=ROOT / "tests" / "hostile_app.py") as address:
        yield address


@pytest.mark.parametrize("part", range(PARTS))
def test_every_string_is_shown_as_text(browser: Any, hostile: str, part: int) -> None:
    from tests.naughty import GROUP, strings

    texts, codes = [plain(text) for text in strings()], list(geography.COUNTRIES)
    with window(browser) as shown:
        for group in range(part, -(-len(texts) // GROUP), PARTS):
            expected = texts[group * GROUP : (group + 1) * GROUP]
            shown.open(f"{hostile}?country={codes[group]}")
            titles = shown.page.locator(".st-key-card-stories .title")
            assert titles.evaluate_all("all => all.map(one => one.textContent)") == expected
            words = shown.page.locator(".st-key-card-cloud svg text")
            drawn = words.evaluate_all("all => all.map(one => [...one.firstChild.textContent].slice(0, 20).join(''))")
            assert sorted(drawn) == sorted(" ".join(text.split())[:20] for text in expected)
            sources = shown.page.locator(".st-key-card-stories .source").all_text_contents()
            assert [source.rsplit(" · ", 1)[0] for source in sources] == expected
            names = shown.page.locator(".st-key-card-top-stories .name").all_text_contents()
            assert names == [" ".join(expected[-1].split())] * (len(expected) > 1)
            titles.first.click()
            shown.settle()
            assert expected[0] in (shown.page.locator(".st-key-card-stories .body").text_content() or "")
        shown.page.locator(".st-key-menu-publisher button").first.click()
        shown.page.wait_for_timeout(300)
        assert (shown.scripts, shown.outside, shown.errors) == ([], [], [])
        assert shown.page.locator("[data-testid=stException]").count() == 0


def test_a_chosen_string_is_shown_as_text_in_chip_and_sentence(browser: Any, hostile: str) -> None:
    from urllib.parse import quote

    from tests.naughty import strings

    dangerous = [
        text for text in strings() if any(sign in text for sign in ("<img", "![", "](", "javascript:", "<script"))
    ]
    assert len(dangerous) > 20
    with window(browser) as shown:
        for text in dangerous[::4]:
            shown.open(f"{hostile}?publisher={quote(text, safe='')}&q={quote(text, safe='')}")
            chip = shown.page.locator(".st-key-chips").inner_text()
            assert " ".join(plain(text).split())[:15] in " ".join(chip.split())
        assert (shown.scripts, shown.outside) == ([], [])


def test_the_check_can_fire(browser: Any, hostile: str) -> None:
    """The positive control: a page that is careless with text runs a script and asks another machine."""
    with window(browser) as shown:
        shown.page.goto(f"{hostile}?unsafe=1")
        shown.page.wait_for_timeout(3000)
        assert shown.scripts or shown.outside
        assert any("outside.example" in address for address in shown.outside)
