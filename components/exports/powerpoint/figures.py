"""Which kind of marks is drawn by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.content import Apart, Bars, Course, Grid, Paired, Places, Ranked, Sentences, Words
from components.exports.powerpoint.charts import bars
from components.exports.powerpoint.cloud import cloud
from components.exports.powerpoint.course import course
from components.exports.powerpoint.grid import grid
from components.exports.powerpoint.lists import ranked
from components.exports.powerpoint.paired import paired
from components.exports.powerpoint.quotes import apart, sentences
from components.exports.powerpoint.text import Run, box_of_text, fitted
from components.exports.powerpoint.world import world

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.content import Content
    from components.exports.powerpoint.boxes import Box
    from components.theme import Palette

DRAWN: dict[type, Callable[..., None]] = {
    Bars: bars,
    Course: course,
    Grid: grid,
    Places: world,
    Words: cloud,
    Ranked: ranked,
    Sentences: sentences,
    Paired: paired,
    Apart: apart,
}
"""Each is called with the shapes of a slide, the box to fill, the marks, the palette, and the figure in words."""


def figure(shapes: Any, box: Box, content: Content, palette: Palette) -> None:
    """Draws the content into the box; where there is nothing to draw, says why."""
    if content.marks is None:
        words, size = fitted(content.empty or "Nothing to show.", box, (20, 18, 16, 14))
        box_of_text(shapes, box, "Nothing to show", [[Run(words, size, quiet=True)]], align="centre", anchor="middle")
        return
    DRAWN[type(content.marks)](shapes, box, content.marks, palette, content.alt or content.title)
