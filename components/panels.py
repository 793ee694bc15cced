"""PANELS: what can be shown of a selection, by name. A panel is one function `content(ask)` and one row here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from data.errors import ReportError

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Content

PANELS: dict[str, str] = {
    "brief": "components.brief",
    "map": "components.world_map",
    "topics": "components.topics",
    "timeline": "components.timeline",
    "region-topic": "components.region_topic",
    "top-stories": "components.top_stories",
    "emerging": "components.emerging",
    "changed": "components.changed",
    "cloud": "components.keyword_cloud",
    "stories": "components.stories",
    "compare-totals": "components.compare.totals",
    "compare-topics": "components.compare.topics",
    "compare-regions": "components.compare.regions",
    "compare-map": "components.compare.map",
    "compare-timeline": "components.compare.timeline",
    "compare-words": "components.compare.words",
}
"""The module of each panel, imported when it is first asked: slides and exports need few of them."""

EXPLORED = ("map", "topics", "timeline", "region-topic", "top-stories", "emerging", "cloud", "stories")
"""What the page shows of one selection."""
USUAL = ("brief", "map", "topics", "timeline", "region-topic", "top-stories", "emerging", "cloud")
"""What is exported of a selection where nothing is pinned."""
COMPARED = (
    "compare-totals",
    "compare-topics",
    "compare-regions",
    "compare-map",
    "compare-timeline",
    "compare-words",
)
"""The same of two selections that are compared."""


def content(panel: str, ask: Ask) -> Content:
    """What the panel shows; ReportError if there is none of that name."""
    if panel not in PANELS:
        raise ReportError(f"No panel {panel!r}; choose one of {', '.join(PANELS)}.")
    made: Content = import_module(PANELS[panel]).content(ask)
    return made
