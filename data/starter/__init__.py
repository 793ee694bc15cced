"""The built-in set: short briefs written for this program, for trying it out. One JSON Lines file a language or region.

Beside an article's own fields a brief names what its author says it is about (`about`, `topics`) and which event it
tells of (`event`). Tagging never reads these; the evaluation compares the tags with them.
"""

from pathlib import Path

FILES: tuple[str, ...] = tuple(str(path) for path in sorted(Path(__file__).parent.glob("*.jsonl")))
"""Locations of the set, fit for :func:`data.sources.read`."""
