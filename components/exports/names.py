"""Names of files that are made of words which anybody may have written."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from components.wording import plain

if TYPE_CHECKING:
    from components.report.document import Document

LONGEST = 60
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")


def stem(words: str, otherwise: str = "report") -> str:
    """A name for a file, without an ending: small letters and digits of any script with dashes between them.

    It has no dots, slashes or spaces, is short, and is no name that Windows keeps for itself.
    """
    text = unicodedata.normalize("NFC", plain(words[: 10 * LONGEST])).casefold()
    kept = "-".join(re.findall(r"[^\W_]+", text))
    kept = kept.encode()[:LONGEST].decode("utf-8", "ignore").strip("-")
    return otherwise if not kept or _RESERVED.match(kept) else kept


def parts(document: Document) -> list[str]:
    """A name for each finding's own file: "01-topics"."""
    wide = max(2, len(str(len(document.slides))))
    return [f"{place:0{wide}}-{stem(slide.content.panel, 'panel')}" for place, slide in enumerate(document.slides, 1)]
