"""RIS: the cited articles for reference managers (Zotero, EndNote, Mendeley …), as newspaper articles.

Every record carries in its note where it is cited and how the whole was counted: the format has no other place for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.exports import cells
from components.wording import day

if TYPE_CHECKING:
    from components.content import Cited
    from components.exports import Options, Step
    from components.report.document import Document

END = "\r\n"


def write(document: Document, _options: Options, step: Step) -> bytes:
    """The file, in UTF-8."""
    records, seen, note = [], f"{document.made:%Y/%m/%d}/", _note(document)
    for place, cited in enumerate(document.cited):
        step(place / len(document.cited), f"Writing source {place + 1} of {len(document.cited)}")
        records.append(record(cited, seen, note))
    step(1.0, "Written")
    return (END * 2).join([*records, ""]).encode()


def _note(document: Document) -> str:
    card = "; ".join(f"{label}: {words.rstrip('.')}" for label, words in document.method.rows())
    return f"Cited in “{document.title}”, made {day(document.made.date())}, among {document.cited_of}. {card}."


def record(cited: Cited, seen: str, note: str) -> str:
    """One record; `seen`: when the link was looked up, as YYYY/MM/DD/."""
    address, when = cells.link(cited), cited.published
    fields = (
        ("TY", "NEWS"),
        ("ID", cited.id),
        ("TI", cited.title or "Without a title"),
        ("T2", cited.publisher),
        ("PY", f"{when.year:04}" if when else ""),
        ("DA", f"{when:%Y/%m/%d}/" if when else ""),
        ("UR", address),
        ("Y2", seen if address else ""),
        ("LA", cited.language),
        ("N1", note),
    )
    lines = [f"{tag}  - {cells.line(value)}" for tag, value in fields if value]
    return END.join([*lines, "ER  - "])
