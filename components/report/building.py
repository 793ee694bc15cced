"""Builds a document: asks for the figures of every finding, and for the articles that they rest on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from components import panels
from components.citing import extent, most_central, once
from components.report.document import Document, Slide
from components.report.findings import Finding, Report, query_of
from components.state import State
from components.wording import capital, plain
from data.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from components.asking import Ask
    from components.content import Content
    from components.view import View

    Step = Callable[[float, str], None]

CITED, CITED_OF_EACH = 60, 8
"""Articles cited by a document, and by each of its findings."""


def finding_of(ask: Ask, content: Content) -> Finding:
    """A panel as it is shown now, to be pinned."""
    query = query_of(State(ask.selection, ask.other, _view_of(ask, content.panel)).figures())
    return Finding(
        content.panel, query, content.sentence, content.sentence, "", fingerprint(content.table), said(content)
    )


def _view_of(ask: Ask, panel: str) -> View:
    return replace(ask.view, mode="compare" if panel.startswith("compare-") else "explore")


def fingerprint(table: pd.DataFrame) -> str:
    """Eight hexadecimal digits that change with any figure of a table."""
    text = table.to_csv(index=False, float_format="%.6g")
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def said(content: Content) -> str:
    """The numbers that a finding remembers, in words."""
    return content.method.numbers


def asked(finding: Finding, ask: Ask) -> Ask:
    """The question that a finding answers, put to the engine of `ask`."""
    state = State.from_query(finding.parameters())
    version = ask.view.version
    return replace(ask, selection=state.a, other=state.b, view=replace(state.view, version=version))


def usual(ask: Ask, names: Sequence[str] = ()) -> Report:
    """A report of what the page shows, where nothing is pinned; panels without anything to show are left out."""
    names = names or (panels.COMPARED if ask.view.mode == "compare" else panels.USUAL)
    made = [panels.content(name, ask) for name in names]
    return Report(tuple(finding_of(ask, each) for each in made if each.marks is not None), "", ask.view.version)


def slide(finding: Finding, ask: Ask) -> Slide:
    """The figures of one finding, as they are now."""
    content = panels.content(finding.panel, asked(finding, ask))
    sentence = plain(finding.sentence).strip() or content.sentence or content.title
    return Slide(sentence, plain(finding.note), content, moved(finding, content))


def moved(finding: Finding, content: Content) -> str:
    """What changed since the finding was pinned; empty if nothing did, or if it is not known."""
    if not finding.figures or finding.figures == fingerprint(content.table):
        return ""
    now = said(content)
    if finding.said and finding.said != now:
        return f"The data moved: {finding.said} when this was pinned, {now} now."
    return f"The data moved since this was pinned; it still counts {now}."


def build(report: Report, ask: Ask, step: Step = lambda share, words: None) -> Document:
    """The document of a report. `step` is told how far it is, and may raise to stop it."""
    slides = []
    for n, finding in enumerate(report.findings):
        step(n / max(len(report.findings), 1), f"Counting {n + 1} of {len(report.findings)}")
        slides.append(slide(finding, ask))
    asks = [asked(finding, ask) for finding in report.findings]
    selections = list(dict.fromkeys(s for a in asks for s in _selections(a)))
    shared = selections[0] if len(selections) == 1 else Selection()
    named = [each.content.cited for each in slides]
    central = [most_central(ask.engine, selection, CITED_OF_EACH) for selection in selections]
    cited = once(*named, *central)[:CITED]
    first = asks[0] if asks else ask
    whole = replace(first, selection=shared, other=Selection(), view=replace(first.view, mode="explore"))
    card = whole.method(shared)
    of = ask.engine.totals(shared).n
    return Document(
        title=plain(report.title).strip() or _title(selections, ask),
        subtitle=card.selection if len(selections) == 1 else _several(card.dates, len(slides)),
        slides=tuple(slides),
        method=card,
        cited=cited,
        cited_of=extent(len(cited), of),
        made=datetime.now(UTC).replace(microsecond=0),
        report=report,
        languages=tuple(sorted({each.language for each in cited if each.language})),
    )


def _selections(ask: Ask) -> tuple[Selection, ...]:
    return (ask.selection, ask.other) if ask.view.mode == "compare" else (ask.selection,)


def _title(selections: list[Selection], ask: Ask) -> str:
    names = [_name(selection, ask) for selection in selections]
    if len(names) == 2:
        return capital(f"{names[0]} and {names[1]}")
    return capital(names[0]) if len(names) == 1 and selections[0] else "What the news is about"


def _name(selection: Selection, ask: Ask) -> str:
    said = selection.describe("the news", ask.say) if selection else "all the news"
    return said[:1].lower() + said[1:]


def _several(dates: str, findings: int) -> str:
    return f"{findings} findings. Articles from {dates}."
