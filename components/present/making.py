"""Documents made once: the next slide takes its figures from here and counts nothing again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from components.content import Words
from components.report.building import build, usual
from components.shown import wide
from components.view import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from components.asking import Ask
    from components.report.document import Document
    from components.report.findings import Report

    Step = Callable[[float, str], None]

KEPT = 6
"""Documents that are kept, of all sessions: the figures of one take a few megabytes at most."""


class Documents:
    """The documents used last."""

    def __init__(self, kept: int = KEPT) -> None:
        """Keeps up to `kept`."""
        self._kept = kept
        self._made: OrderedDict[Hashable, Document] = OrderedDict()
        self._lock = Lock()

    def get(self, ask: Ask, report: Report, step: Step) -> Document:
        """The document of a report; without findings, of what the page shows. `step` is told how far it is."""
        key = (ask.engine.version, ask.source, ask.view.version, report or _shown(ask))
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = build(report or usual(ask), ask, step)
        for slide in made.slides:
            if isinstance(slide.content.marks, Words):
                wide(slide.content.marks)  # laid out now: it takes longer than a reader waits for a slide
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._kept:
                self._made.popitem(last=False)
        return made


def _shown(ask: Ask) -> Hashable:
    """What the page shows, as far as its figures depend on it."""
    view = ask.view
    return (ask.selection, ask.other, view.mode, *(getattr(view, name) for name in FIGURES))


DOCUMENTS = Documents()
