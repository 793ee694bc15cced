"""Document: a report with all its figures, ready to be drawn by slides and exports, which ask the engine nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from components.content import Cited, Content
    from components.method import Method
    from components.report.findings import Report


@dataclass(frozen=True, slots=True)
class Slide:
    """One finding with its figures."""

    sentence: str
    """The title: what the figure says."""
    note: str
    """What its author adds; "" for nothing."""
    content: Content
    moved: str = ""
    """What changed since the finding was pinned, in words; "" if its figures are the same."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report with the figures of the moment it was made."""

    title: str
    subtitle: str
    """What it is about: the selection, if all slides share it, and the dates."""
    slides: tuple[Slide, ...]
    method: Method
    """The card of the whole: of the selection that all slides share, else of all articles."""
    cited: tuple[Cited, ...]
    """The articles that it rests on, those named in it first; each once."""
    cited_of: str
    """ "40 of 1,204 articles: the most central of every story first"."""
    made: datetime
    """In UTC."""
    report: Report
    """What it was made from, to be opened again."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes of the cited articles."""
