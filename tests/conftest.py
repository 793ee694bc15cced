"""Fixtures that several tests share."""

from tests.browser import browser, dashboard

__all__ = ["browser", "dashboard"]
