"""State: all that an address says, as one immutable value: one selection or two, how they are shown, and findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from components.view import FIGURES, View
from data.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EVERYTHING = Selection()
_AS_USUAL = View()
OTHER = "b."
"""Stands before the parameters of the second selection."""
REPORT = "report"
"""Name of the parameter that holds the findings, see :mod:`components.report.links`."""


@dataclass(frozen=True, slots=True)
class State:
    """All that an address says."""

    a: Selection = EVERYTHING
    b: Selection = EVERYTHING
    """The second of two selections that are compared."""
    view: View = _AS_USUAL
    report: str = ""
    """The findings, packed."""

    @property
    def edited(self) -> Selection:
        """The selection that filters and clicks change."""
        return self.b if self._on_b else self.a

    @property
    def _on_b(self) -> bool:
        return self.view.mode == "compare" and self.view.side == "b"

    def select(self, selection: Selection) -> State:
        """With another selection in the place of the edited one; the list of articles starts again at its top."""
        view = replace(self.view, page=1, article="")
        return replace(self, b=selection, view=view) if self._on_b else replace(self, a=selection, view=view)

    def show(self, **changes: Any) -> State:
        """With the same selections shown otherwise: names and values of View's fields."""
        return replace(self, view=replace(self.view, **changes))

    def with_report(self, packed: str) -> State:
        """With other findings."""
        return replace(self, report=packed)

    def at(self, parameters: Mapping[str, Sequence[str]]) -> State:
        """Where a finding was pinned, with the same findings and the same version of the store."""
        there = State.from_query(parameters)
        return replace(there, view=replace(there.view, version=self.view.version), report=self.report)

    def to_query(self) -> dict[str, list[str]]:
        """As parameters of an address, defaults left out."""
        other = {f"{OTHER}{name}": values for name, values in self.b.to_query().items()}
        return self.a.to_query() | other | self.view.to_query() | ({REPORT: [self.report]} if self.report else {})

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> State:
        """Reads the parameters of an address; what is not understood is passed over."""
        other = {name.removeprefix(OTHER): values for name, values in query.items() if name.startswith(OTHER)}
        report = next(iter(query.get(REPORT, ())), "")
        return cls(Selection.from_query(query), Selection.from_query(other), View.from_query(query), report)

    def figures(self) -> dict[str, list[str]]:
        """The parameters that a panel's figures depend on: what a finding keeps."""
        compared = self.to_query() if self.view.mode == "compare" else {}
        other = {name: values for name, values in compared.items() if name.startswith(OTHER) or name == "mode"}
        return self.a.to_query() | other | self.view.to_query(*FIGURES)
