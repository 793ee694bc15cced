"""Sign-in: who is named, and a whole sign-in with a provider in a real browser."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from components.sign_in import SETTING, may_enter, people
from tests.browser import ROOT, free_port, running, window
from tests.sign_in_provider import CLIENT, provider

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = ROOT / ".streamlit" / "secrets.example.toml"


@pytest.mark.parametrize(
    ("user", "allowed"),
    [
        ({"email": "ann@example.org"}, True),
        ({"email": "Ann@Example.ORG", "email_verified": True}, True),
        ({"email": "bob@news.example", "email_verified": True}, True),
        ({"email": "eve@example.org.evil.example"}, False),
        ({"email": "ann@example.org", "email_verified": False}, False),
        ({"email": "x@sub.news.example"}, False),
        ({"email": ""}, False),
        ({"email": None}, False),
        ({"email": ["ann@example.org"]}, False),
        ({"sub": "1"}, False),
    ],
)
def test_only_named_people_enter(user: dict[str, object], allowed: bool) -> None:
    assert may_enter(user, people("ann@example.org, @News.example")) is allowed


def test_people_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "people.txt"
    file.write_text("# the desk\nann@example.org\n@news.example # all of them\n")
    assert people(str(file)) == {"ann@example.org", "@news.example"}


@pytest.mark.parametrize(("email", "enters"), [("ann@example.org", True), ("eve@other.example", False)])
def test_a_sign_in_with_the_example_configuration(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, email: str, enters: bool
) -> None:
    pytest.importorskip("authlib", reason="needs the packages of sign-in: pip install '.[sign-in]'")
    port = free_port()
    with provider(email) as home:
        example = EXAMPLE.read_text(encoding="utf-8")
        known = tomllib.loads(example)["auth"]
        new = {
            "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": "0123456789abcdef" * 4,
            "client_id": CLIENT,
            "client_secret": "secret",
            "server_metadata_url": f"{home}/.well-known/openid-configuration",
        }
        assert new.keys() == known.keys()
        for name, value in new.items():
            example = example.replace(known[name], value)
        secrets = tmp_path / "secrets.toml"
        secrets.write_text(example, encoding="utf-8")
        monkeypatch.setenv(SETTING, "ann@example.org")
        with running(port=port, flags=[f"--secrets.files={secrets}"]) as (address, _), window(browser) as shown:
            shown.page.goto(address)
            shown.page.locator(".st-key-sign-in button").first.click()
            if enters:
                shown.page.locator(".st-key-card-topics").wait_for(timeout=60_000)
                assert shown.page.locator(".st-key-sign-in").count() == 0
            else:
                shown.page.locator(".st-key-sign-out").wait_for(timeout=60_000)
                assert "is not on the list" in shown.page.locator("[data-testid=stApp]").inner_text()
                assert shown.page.locator(".st-key-card-topics").count() == 0
