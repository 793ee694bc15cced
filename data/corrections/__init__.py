"""What people put right about tags: kept apart from the articles, undone at will, applied again at every reading.

page or file --Log.add, Log.undo--> log (JSON Lines) --Log.read--> corrections in force
tagged table, corrections --apply--> the table with the tags as corrected
"""

from __future__ import annotations

from data.corrections.applying import apply, reach
from data.corrections.changes import BY_HAND
from data.corrections.log import FILE, Damaged, Log, Read, dump, parse
from data.corrections.records import (
    FACETS_CORRECTED,
    KNOWN,
    Correction,
    Rule,
    TagCorrection,
    TagFacet,
    Undo,
    again,
    in_force,
)

__all__ = [
    "BY_HAND",
    "FACETS_CORRECTED",
    "FILE",
    "KNOWN",
    "Correction",
    "Damaged",
    "Log",
    "Read",
    "Rule",
    "TagCorrection",
    "TagFacet",
    "Undo",
    "again",
    "apply",
    "dump",
    "in_force",
    "parse",
    "reach",
]
