"""What a panel is asked: engine, selection, and how it is shown. Every `content(ask)` depends on this alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.method import Method, method
from components.naming import naming
from components.state import EVERYTHING, State
from components.wording import count, selected

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.content import Numbers, Source
    from components.view import View
    from data.engines import Engine, Totals, Unit
    from data.selection import Naming, Selection


@dataclass(frozen=True, slots=True)
class Ask:
    """The question behind every figure of a page or a slide."""

    engine: Engine
    selection: Selection
    view: View
    source: Source
    other: Selection = EVERYTHING
    """The second selection, where two are compared."""
    versions: Callable[[int], Engine | None] | None = None
    """Opens an older version of the same store; None where there is none."""

    @property
    def unit(self) -> Unit:
        """What is counted."""
        return self.view.unit

    @property
    def numbers(self) -> Numbers:
        """Whether marks show counts or shares."""
        return self.view.numbers

    def older(self) -> Engine | None:
        """The engine of the version that changes are asked since; None if there is no such version."""
        number = self.view.since.removeprefix("v")
        return self.versions(int(number)) if self.versions and number.isdecimal() else None

    @property
    def say(self) -> Naming:
        """What to call the value of a facet."""
        return naming(self.engine)

    def totals(self, counted: Selection | None = None) -> Totals:
        """What `counted` (default: the selection) holds, in units."""
        return self.engine.totals(self.selection if counted is None else counted, self.unit)

    def method(self, counted: Selection | None = None, *, base: str = "", how: str = "") -> Method:
        """The method card of a figure that counts `counted` (default: the selection)."""
        selection = self.selection if counted is None else counted
        query = State(self.selection, self.other, self.view).figures() | self.view.to_query("version")
        card = method(selection, self.totals(selection), self.unit, self.source, say=self.say, base=base, query=query)
        return card.with_how(how) if how else card

    def of_what(self, counted: Selection | None = None) -> str:
        """The base of a share within a sentence: "1,204 articles about Europe"."""
        selection = self.selection if counted is None else counted
        n = self.totals(selection).n
        if not selection:
            return f"all {count(n, self.unit)}"
        said = selection.describe(selected(self.unit), self.say)
        first, _, rest = said.partition(" ")
        return f"{count(n, first.lower())} {rest}" if first.lower() == self.unit else f"{n:,} {first.lower()} {rest}"
