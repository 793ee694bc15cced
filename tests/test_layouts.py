"""The process that lays out keyword clouds: the same places as without it, and a cloud whatever becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components import layouts
from components.word_places import place

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (("budget", 9.0), ("a\ud800b", 5.5), ("選挙", 4.0), ("two\nlines", 3.0), ("cup", 1.0))
BOX = (300, 255)


@pytest.fixture
def helper() -> Iterator[layouts.Helper]:
    layouts.begin.cache_clear()
    layouts.start()
    yield layouts._helpers[0]
    layouts.stop()
    layouts.begin.cache_clear()


@pytest.mark.parametrize("sizes", [SIZES, SIZES[:1], ()])
def test_the_process_places_words_as_this_one_does(
    helper: layouts.Helper, sizes: tuple[tuple[str, float], ...]
) -> None:
    assert helper.begin(sizes, *BOX).result(60) == place(sizes, *BOX)
    assert layouts.layout(sizes) == place(sizes, *BOX)


def test_a_process_that_is_killed_is_followed_by_another(helper: layouts.Helper) -> None:
    first = helper._process
    first.kill()
    assert layouts.layout(SIZES) == place(SIZES, *BOX)
    assert helper._process is not first
    assert helper.begin(SIZES[:2], *BOX).result(60) == place(SIZES[:2], *BOX)
    assert helper._process.poll() is None


def test_it_ends_with_the_server() -> None:
    layouts.start()
    process = layouts._helpers[0]._process
    layouts.start()
    assert layouts._helpers[0]._process is process
    layouts.stop()
    assert process.poll() is not None
    assert layouts._helpers == []


def test_a_layout_is_made_once() -> None:
    layouts.begin.cache_clear()
    assert layouts.begin(SIZES) is layouts.begin(SIZES)
