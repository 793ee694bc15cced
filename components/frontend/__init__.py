"""The few parts that Streamlit has no widget for: a script and a style each, mounted as components.

The scripts put text into the page with `textContent` only, never as markup.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FOLDER = Path(__file__).parent


@cache
def _component(name: str) -> Callable[..., Any]:
    style = (_FOLDER / "shared.css").read_text(encoding="utf-8") + (_FOLDER / f"{name}.css").read_text(encoding="utf-8")
    script = (_FOLDER / f"{name}.js").read_text(encoding="utf-8")
    mount: Callable[..., Any] = st.components.v2.component(
        f"news.{name}", html='<div id="root"></div>\n', css=style, js=script
    )
    return mount


def mount(name: str, *, data: Mapping[str, Any], on: Mapping[str, Callable[[str], None]]) -> None:
    """Shows the component `name` (files of that name in this folder) with `data` (plain Python values only).

    `on` says what to do with each trigger that the script sets; it is called with the trigger's value.
    """

    def react(trigger: str) -> Callable[[], None]:
        return lambda: _call(on[trigger], getattr(st.session_state[name], trigger))

    _component(name)(key=name, data=data, **{f"on_{trigger}_change": react(trigger) for trigger in on})


def _call(action: Callable[[str], None], value: str | None) -> None:
    if value:
        action(value)
