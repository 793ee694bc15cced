"""Web page: one HTML file with everything in it, interactive, printable, light and dark; it asks no machine anything.

document --shown--> slides + templates + styles + scripts --> one page. Texts from outside are escaped by the templates.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from components.exports import cells
from components.exports.web import assets, shown
from components.word_places import drawn
from components.wording import count, day, percent, plain

if TYPE_CHECKING:
    import jinja2

    from components.exports import Options, Step
    from components.report.document import Document


def write(document: Document, options: Options, step: Step) -> bytes:
    """The document as a page in UTF-8."""
    slides = []
    for number, slide in enumerate(document.slides, 1):
        step((number - 1) / len(document.slides), f"Finding {number} of {len(document.slides)}")
        slides.append(shown.shown(number, slide))
    drawn = [each for each in slides if each.figures]
    text = (
        _templates()
        .get_template("page.html")
        .render(
            document=document,
            slides=slides,
            places=shown.places(document.cited),
            policy=assets.policy(),
            styles=assets.styles(),
            script=assets.script(),
            library=assets.library() if drawn else "",
            shapes=assets.shapes() if any(each.map for each in drawn) else "",
        )
    )
    step(1.0, "Web page")
    return text.encode("utf-8")


@cache
def _templates() -> jinja2.Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def clean(value: object) -> object:
        return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    made = Environment(
        loader=FileSystemLoader(assets.FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = (
        day,
        percent,
        cells.link,
        shown.language,
        drawn,
        shown.columns,
        shown.numbers,
        shown.simple,
        shown.isolated,
        shown.columned,
    )
    made.filters |= {"counted": count} | {function.__name__: function for function in words}
    return made
