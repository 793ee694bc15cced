"""Does once, before the first visitor comes, what costs time only the first time: imports, counts, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components import panels
from components.asking import Ask
from components.content import Source
from components.theme import LIGHT
from components.view import View
from data.engines import UNITS
from data.selection import Selection

if TYPE_CHECKING:
    from data.engines import Engine


def rehearse(engine: Engine) -> None:
    """Asks and draws what the first page will ask and draw; the answers stay in the engine's cache."""
    ask = Ask(engine, Selection(), View(), Source(""))
    for unit in UNITS:
        engine.totals(Selection(), unit)
    for name in panels.EXPLORED:
        made = panels.content(name, ask)
        if made.figure and made.marks is not None:
            made.figure(LIGHT).to_json()
