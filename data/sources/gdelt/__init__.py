"""GDELT's Global Knowledge Graph: what the world's news is about, a file every quarter of an hour.

archive.py  hours or dates ─▶ files of the archive ─fetch─▶ ┐
files on this computer, recognised by their content ──────▶ gkg.py (2.1, 1.0) ─▶ Row with title, address and given tags

The Graph holds no texts: of each article its address, mostly its title, and what GDELT's own programs found in it. That
is kept as tags that were given (:mod:`data.given`), README.md beside this module says how they are read.
"""

from __future__ import annotations

import os

VARIABLE = "NEWS_GDELT_DATES"
"""Environment variable; "seen" dates articles without a stated time by the day on which GDELT saw them."""


def seen_as_published() -> bool:
    """Whether the user wants the day on which GDELT saw an article to count as that of its publication."""
    return os.environ.get(VARIABLE, "").strip().lower() == "seen"
