"""Fixtures that several tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.browser import browser, dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("without-a-clock", deadline=None)
settings.load_profile("without-a-clock")  # no test says anything of time

__all__ = ["browser", "dashboard", "folder_of_the_tests"]


@pytest.fixture(autouse=True, scope="session")
def folder_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps the tests out of the folder of whoever runs them, and what is there out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWS_STORE", str(tmp_path_factory.mktemp("store")))
        yield
