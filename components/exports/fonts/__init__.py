"""Fonts of the exports that draw text themselves: which font has a letter, and how wide the letter is.

DejaVu Sans comes with matplotlib, which the word cloud needs: Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian,
Georgian and more. For Chinese, Japanese and Korean a reduced Droid Sans Fallback lies in this folder (see `build.py`).
For any other script a Noto Sans font is taken where the machine has one; else its letters show as boxes that can be
copied.
"""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

IDEOGRAPHS = Path(__file__).with_name("DroidSansFallback.ttf")
_FIRST_IDEOGRAPH = 0x2E80
_FOLDERS = {
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One font file."""

    name: str
    path: Path
    bold: Path | None = None


@cache
def main() -> Face:
    """The font for all that it has."""
    spec = find_spec("matplotlib")
    folder = Path(str(spec.origin)).parent / "mpl-data/fonts/ttf" if spec else Path()
    return Face("dejavu", folder / "DejaVuSans.ttf", folder / "DejaVuSans-Bold.ttf")


@cache
def _installed() -> dict[str, Path]:
    """Noto Sans fonts of this machine by the script in their names, in lower case."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS.get(sys.platform, _FOLDERS["linux"]):
        for path in sorted(Path(folder).expanduser().glob("**/NotoSans*-Regular.[to]t[fc]")):
            found.setdefault(path.name.removeprefix("NotoSans").split("-")[0].lower(), path)
    return found


@cache
def face_of(letter: str) -> Face:
    """The font that draws `letter`; the main one where none has it."""
    if _has(main().path, letter):
        return main()
    if ord(letter) >= _FIRST_IDEOGRAPH and _has(IDEOGRAPHS, letter):
        return Face("ideographs", IDEOGRAPHS)
    words = unicodedata.name(letter, "").lower().split() or [""]
    path = _installed().get("cjk" if words[0] == "cjk" else words[0])
    return Face(path.stem.lower(), path) if path and _has(path, letter) else main()


def _has(path: Path, letter: str) -> bool:
    return ord(letter) in _tables(path)[0]


@cache
def _tables(path: Path) -> tuple[dict[int, str], Any, float]:
    """Letters and their glyphs, widths of the glyphs, units of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return font.getBestCmap() or {}, font["hmtx"].metrics, float(font["head"].unitsPerEm)


@cache
def advance(letter: str, bold: bool = False) -> float:
    """Width of a letter on its own, in ems."""
    face = face_of(letter)
    glyphs, widths, em = _tables(face.bold if bold and face.bold else face.path)
    glyph = glyphs.get(ord(letter), ".notdef")
    return float(widths[glyph][0]) / em if glyph in widths else 0.6


def beyond(text: str) -> Iterator[Face]:
    """The fonts besides the main one that `text` needs, each once."""
    seen = {main().name}
    for letter in sorted(set(text)):
        face = face_of(letter)
        if face.name not in seen:
            seen.add(face.name)
            yield face
