"""Styles and scripts of the page, and the policy that lets nothing else run and nothing from outside in.

plotly.js and the shapes of the map are packed (gzip, base64) and unpacked by the browser: that makes the file less than
half as large. The policy names the hash of every script, packed ones included, so that no text can become a script.
"""

from __future__ import annotations

import gzip
from base64 import b64encode
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from components.shapes import FILE as SHAPES
from components.theme import DARK, LIGHT

if TYPE_CHECKING:
    from components.theme import Palette

FOLDER = Path(__file__).parent
_STYLES = ("page.css", "marks.css", "present.css", "print.css")
_SCRIPTS = ("figures.js", "tables.js", "present.js", "start.js")


@cache
def styles() -> str:
    """All styles; the colours are those of the page."""
    return "\n".join([_colours(), *(_read(name) for name in _STYLES)])


@cache
def script() -> str:
    """Our own script, in one function so that it leaves no names behind."""
    return "\n".join(['(() => {\n"use strict";', *(_read(name) for name in _SCRIPTS), "})();"])


@cache
def library() -> str:
    """plotly.js as the installed package has it, packed."""
    return _packed(_plotly())


@cache
def shapes() -> str:
    """The topology of the map, packed."""
    return _packed(SHAPES.read_text(encoding="utf-8"))


@cache
def policy() -> str:
    """The Content-Security-Policy. Styles may stand in the page, as plotly.js writes its own; they can load nothing."""
    hashes = " ".join(f"'sha256-{_hash(text)}'" for text in (script(), _plotly()))
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; \
base-uri 'none'; form-action 'none'"


def _plotly() -> str:
    from plotly.offline import get_plotlyjs

    text: str = get_plotlyjs()
    return text


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip()


def _packed(text: str) -> str:
    return b64encode(gzip.compress(text.encode("utf-8"), mtime=0)).decode("ascii")


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _colours() -> str:
    """The colours of both themes as variables; on paper it is always the light one."""
    light, dark = _variables(LIGHT), _variables(DARK)
    return f""":root {{ color-scheme: light; {light} }}
@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ color-scheme: dark; {dark} }} }}
@media screen {{ :root[data-theme=dark] {{ color-scheme: dark; {dark} }} }}"""


def _variables(palette: Palette) -> str:
    named = ((each.name, getattr(palette, each.name)) for each in fields(palette))
    return " ".join(f"--{name}: {value};" for name, value in named if isinstance(value, str))
