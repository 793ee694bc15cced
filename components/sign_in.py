"""Sign-in, off by default: where a list of people is set, the page opens to them alone.

NEWS_PEOPLE names them: e-mail addresses, or @example.org for all of a domain, with commas or spaces between; or a file
with one a line. Who somebody is a provider says by OpenID Connect, see `.streamlit/secrets.example.toml`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.wording import escape

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SETTING = "NEWS_PEOPLE"


def gate() -> None:
    """Ends the run, after saying what to do, unless whoever looks at the page may see it."""
    if not (setting := os.environ.get(SETTING, "").strip()):
        return
    if not st.user.get("is_logged_in", False):
        st.title("World News Themes", anchor=False)
        st.text("This dashboard is open to people who were named by whoever runs it.")
        st.button("Sign in", key="sign-in", type="primary", icon=":material/login:", on_click=st.login)
        st.stop()
    if not may_enter(st.user.to_dict(), people(setting)):
        st.title("World News Themes", anchor=False)
        st.error(escape(f"{st.user.get('email') or 'Your account'} is not on the list. Ask whoever runs this."))
        st.button("Sign out", key="sign-out", icon=":material/logout:", on_click=st.logout)
        st.stop()


def people(setting: str) -> frozenset[str]:
    """Who is named by the setting; if that is a path with a slash, by the lines of the file, # starting a remark."""
    if "/" in setting or "\\" in setting:
        lines = Path(setting).read_text(encoding="utf-8").splitlines()
        setting = " ".join(line.partition("#")[0] for line in lines)
    return frozenset(setting.replace(",", " ").casefold().split())


def may_enter(user: Mapping[str, object], named: Collection[str]) -> bool:
    """Whether the provider vouches for an e-mail address that is named, or whose domain is."""
    email = user.get("email")
    if not isinstance(email, str) or user.get("email_verified") is False:
        return False
    email = email.casefold()
    return email in named or f"@{email.rpartition('@')[2]}" in named
