"""Streamlit's empty page, told at once what the dashboard will need, so that nothing is fetched one after the other.

Only the speed of the first paint hangs on this: names that a later Streamlit no longer has are passed over.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from plotly.offline import get_plotlyjs_version
from streamlit.file_util import get_static_dir

from components.frontend import FOLDER

LIBRARY_PATH = f"/plotly/{get_plotlyjs_version()}.js"
"""Where the app serves plotly.js; the version is part of the name, so that browsers may keep it for good."""
SHAPES_PATH = "/shapes/"
"""Where it serves the shapes of the map; plotly.js adds the file's name."""
SHAPES_FILE = "world_110m.json"

_PARTS = ("BidiComponent", "Button", "ButtonGroup", "Metric", "Popover", "TextInput")
"""The scripts of Streamlit that draw what the page shows first, by the start of their names."""
_IMPORT = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')


@cache
def shell() -> str:
    """The HTML of the page."""
    static = Path(get_static_dir())
    html = (static / "index.html").read_text(encoding="utf-8")
    early = (FOLDER / "early.js").read_text(encoding="utf-8")
    modules = [name for name in _needed(static / "static" / "js") if name not in html]
    links = [f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in modules]
    library = f'<link rel="preload" as="script" href="{LIBRARY_PATH}"><script>{early}</script>'
    shapes = f'<link rel="preload" as="fetch" crossorigin href="{SHAPES_PATH}{SHAPES_FILE}">'
    return html.replace("</head>", "".join([library, shapes, *links, "</head>"]), 1)


def _needed(folder: Path) -> list[str]:
    """Names of the parts' scripts and of all that they import."""
    found: dict[str, None] = {}
    waiting = [path.name for part in _PARTS for path in sorted(folder.glob(f"{part}.*.js"))]
    while waiting:
        name = waiting.pop()
        if name not in found and (folder / name).is_file():
            found[name] = None
            waiting += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return list(found)
