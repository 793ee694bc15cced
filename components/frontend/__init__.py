"""The few parts that Streamlit has no widget for: a script and a style each, mounted as components.

The scripts put text into the page with `textContent` only, never as markup; figures are drawn by plotly.js, which the
app serves from the installed plotly package.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = Path(__file__).parent
_IN_THE_PAGE = ("plot",)
"""Parts whose styles are not kept apart: plotly.js writes its own into the page."""


@cache
def _component(name: str) -> Callable[..., Any]:
    style = "".join((FOLDER / file).read_text(encoding="utf-8") for file in ("shared.css", f"{name}.css"))
    mount: Callable[..., Any] = st.components.v2.component(
        f"news.{name}",
        html='<div class="root"></div>\n',
        css=style,
        js="".join((FOLDER / file).read_text(encoding="utf-8") for file in ("shared.js", f"{name}.js")),
        isolate_styles=name not in _IN_THE_PAGE,
    )
    return mount


def mount(
    name: str, *, key: str, data: Mapping[str, Any], on: Mapping[str, Callable[[Any], None]], fill: bool = False
) -> None:
    """Shows the component `name` (files of that name in this folder) with `data` (plain Python values only).

    `on` says what to do with each trigger that the script sets; it is called with the trigger's value before the rerun.
    With `fill` it is as high as the room that is left.
    """

    def react(trigger: str) -> Callable[[], None]:
        return lambda: _call(on[trigger], getattr(st.session_state[key], trigger))

    height = "stretch" if fill else "content"
    _component(name)(key=key, data=data, height=height, **{f"on_{trigger}_change": react(trigger) for trigger in on})


def _call(action: Callable[[Any], None], value: Any) -> None:
    if value:
        action(value)
