"""Lines of a ranked list: from what the page's list shows to what slides and exports draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.content import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping


def as_entry(line: Mapping[str, Any]) -> Entry:
    """One line as data."""
    bars = tuple((bar["kind"], float(bar["share"]), bar["text"]) for bar in line.get("bars", ()))
    texts = {name: line.get(name, "") for name in ("name", "about", "number", "noun", "span")}
    return Entry(**texts, course=tuple(line.get("course", ())), bars=bars, marks=tuple(line.get("marks", ())))
