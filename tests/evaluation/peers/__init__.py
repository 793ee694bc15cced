"""What else one could install: one module a peer, each with functions of the same form as our own taggers.

A peer's packages are imported when its function is made, so that the table shows a missing one as "not installed";
``pip install '.[evaluation]'`` installs all.
"""

from __future__ import annotations

from typing import Any


def whole(row: dict[str, Any]) -> str:
    """Title and text of an article; the title once where the text begins with it."""
    title, text = row.get("title") or "", row["text"]
    return text if text.lstrip().startswith(title) else f"{title}\n{text}"
