"""Makes the font for Chinese, Japanese and Korean: `python -m components.exports.fonts.build DroidSansFallback.ttf`.

The source is DroidSansFallback.ttf of Debian's package fonts-droid-fallback 1:6.0.1r16-1.1 (Google, Apache License
2.0). Left out are hints, vertical metrics, layout tables and all letters below U+2E80, which DejaVu Sans draws. It was
chosen by trying: its 33,141 letters take 3.3 MB. Noto Sans CJK is better drawn, but takes 19 MB for regular type.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset, ttLib

from components.exports.fonts import IDEOGRAPHS

FIRST = 0x2E80
"""Where the letters of East Asia begin."""


def main(source: Path) -> None:
    """Writes the font beside this file."""
    font = ttLib.TTFont(source)
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "GSUB", "GPOS"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes={code for code in font.getBestCmap() if code >= FIRST})
    cutter.subset(font)
    font.save(IDEOGRAPHS)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
