"""Findings: panels pinned with their selections and a sentence each. In order they make a report: a small file.

A report holds no figures but those that tell whether the data moved: a fingerprint of every finding's table.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from data.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = "world-news-themes report"
VERSION = 1
MOST = 100
"""Findings in a report."""
LONGEST = 2_000
"""Characters of a sentence or a note."""

Query = tuple[tuple[str, tuple[str, ...]], ...]
"""The parameters of an address, in order."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One pinned panel."""

    panel: str
    query: Query
    """Its selection and what of the view bears on it (unit, map, ...), as parameters of an address."""
    sentence: str
    """As it was suggested, or as its author wrote it."""
    suggested: str = ""
    """The sentence that the figures suggested when it was pinned."""
    note: str = ""
    figures: str = ""
    """Fingerprint of its table when it was pinned."""
    said: str = ""
    """Its main number when it was pinned, in words."""

    def parameters(self) -> dict[str, list[str]]:
        """The query as an address has it."""
        return {name: list(values) for name, values in self.query}


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in order."""

    findings: tuple[Finding, ...] = ()
    title: str = ""
    version: str = ""
    """Version of the store that it was made on; empty for the latest."""

    def __bool__(self) -> bool:
        """Whether there is any finding."""
        return bool(self.findings)

    def add(self, finding: Finding) -> Report:
        """With one more at the end; ReportError if it is full."""
        if len(self.findings) >= MOST:
            raise ReportError(f"A report holds at most {MOST} findings; remove one first.")
        return replace(self, findings=(*self.findings, finding))

    def remove(self, place: int) -> Report:
        """Without the finding at `place` (from 0)."""
        return replace(self, findings=tuple(f for n, f in enumerate(self.findings) if n != place))

    def move(self, place: int, by: int) -> Report:
        """With the finding at `place` further down by `by` places (up, if negative), as far as there are any."""
        rest = [f for n, f in enumerate(self.findings) if n != place]
        to = min(max(place + by, 0), len(rest))
        return replace(self, findings=(*rest[:to], self.findings[place], *rest[to:]))

    def change(self, place: int, *, sentence: str | None = None, note: str | None = None) -> Report:
        """With another sentence or note of the finding at `place`; None leaves it as it is."""
        old = self.findings[place]
        said = old.sentence if sentence is None else sentence[:LONGEST]
        new = replace(old, sentence=said, note=old.note if note is None else note[:LONGEST])
        return replace(self, findings=(*self.findings[:place], new, *self.findings[place + 1 :]))


def query_of(parameters: Mapping[str, Iterable[str]]) -> Query:
    """The parameters of an address as a finding keeps them."""
    return tuple((name, tuple(values)) for name, values in parameters.items())


def to_json(report: Report) -> str:
    """The report as the text of a file."""
    whole = {"format": FORMAT, "version": VERSION, "title": report.title, "store_version": report.version}
    return json.dumps(whole | {"findings": [_plain(f) for f in report.findings]}, ensure_ascii=False, indent=1)


def _plain(finding: Finding) -> dict[str, Any]:
    filled = {name: value for name, value in asdict(finding).items() if value}
    return filled | {"query": finding.parameters()}


def from_json(text: str | bytes) -> Report:
    """The report that a file holds; what it does not know it passes over. ReportError says what is wrong with it."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReportError(f"This is no report: it is not valid JSON ({str(error)[:80]}).") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ReportError("This is no report: choose a JSON file that this dashboard saved.")
    findings = whole.get("findings")
    if not isinstance(findings, list) or len(findings) > MOST:
        raise ReportError(f"This report cannot be read: its findings must be a list of at most {MOST}.")
    return Report(tuple(map(_finding, findings)), _text(whole, "title"), _text(whole, "store_version"))


def _finding(raw: object) -> Finding:
    if not isinstance(raw, dict) or not isinstance(raw.get("query"), dict) or not _text(raw, "panel"):
        raise ReportError("This report cannot be read: every finding must name its panel and its query.")
    texts = {name: _text(raw, name) for name in ("panel", "sentence", "suggested", "note", "figures", "said")}
    return Finding(query=_query(raw["query"]), **texts)


def _text(raw: Mapping[str, object], name: str) -> str:
    value = raw.get(name, "")
    return value[:LONGEST] if isinstance(value, str) else ""


def _query(raw: Mapping[object, object]) -> Query:
    return tuple((str(name), _values(values)) for name, values in raw.items())


def _values(raw: object) -> tuple[str, ...]:
    return tuple(value for value in raw if isinstance(value, str)) if isinstance(raw, list) else ()
