"""JSON: the report as it is saved and opened again, and beside it what every finding showed, to the last digit.

What a program reads lies in `document`: title, method and sources of the whole, and in `slides` one object a finding
with its table as records, its method card and the articles it names. Where there is no number stands null.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from components.exports import cells
from components.report.findings import to_json
from components.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.content import Cited
    from components.exports import Options, Step
    from components.report.document import Document, Slide


def write(document: Document, _options: Options, step: Step) -> bytes:
    """The file; :func:`components.report.findings.from_json` opens it."""
    slides = []
    for place, slide in enumerate(document.slides):
        step(place / len(document.slides), f"Writing finding {place + 1} of {len(document.slides)}")
        slides.append(_slide(slide))
    whole = {
        "title": document.title,
        "subtitle": document.subtitle,
        "made": document.made.isoformat(),
        "method": dict(document.method.rows()),
        "slides": slides,
        "cited_of": document.cited_of,
        "cited": _cited(document.cited),
        "languages": list(document.languages),
    }
    step(1.0, "Written")
    both = json.loads(to_json(document.report)) | {"document": _plain(whole)}
    text = json.dumps(both, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8", "replace")  # a query may hold what UTF-8 cannot


def _slide(slide: Slide) -> dict[str, Any]:
    content = slide.content
    found = cells.table(content)
    return {
        "panel": content.panel,
        "title": content.title,
        "sentence": slide.sentence,
        "note": slide.note,
        "changed": slide.moved,
        "caption": content.caption,
        "alt": content.alt,
        "nothing": content.empty if content.marks is None else "",
        "columns": list(found.columns),
        "figures": found.records(),
        "method": dict(content.method.rows()),
        "cited": _cited(content.cited),
    }


def _cited(articles: Iterable[Cited]) -> list[dict[str, Any]]:
    names = [name.lower() for name in cells.SOURCES]
    rows = zip(articles, cells.sources(articles), strict=True)
    return [{"id": each.id} | dict(zip(names, row, strict=True)) for each, row in rows]


def _plain(value: Any) -> Any:
    """The value with days and text as they may be shown."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(name): _plain(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [_plain(inside) for inside in value]
    return value.isoformat() if isinstance(value, date) else value
