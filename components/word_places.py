"""Where the words of a cloud stand: the layout of the wordcloud package, as numbers.

``python -m components.word_places`` answers one question a line, [[[word, weight], ...], width, height] in JSON.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

from components.wording import plain

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WORDS = 60
LONGEST = 28
"""Characters of a word that are drawn; the rest is said when it has the focus or the mouse."""
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]")
Sizes = tuple[tuple[str, float], ...]
"""(word, weight) pairs, largest first."""
Placed = dict[str, Any]
"""A word with its font size, x and y of its base line, whether it is turned, and its length in pixels."""


class _Stand(str):
    """A word as the layout sees it: equal only to itself, so that two words may look alike to the font."""

    __slots__ = ("word",)
    word: str
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def drawn(word: str) -> str:
    """The word as it stands in the cloud: on one line, not too long."""
    word = " ".join(plain(word).split())
    return word if len(word) <= LONGEST else word[: LONGEST - 1] + "…"


def _stand(word: str) -> _Stand:
    """`word` with ideographs as Ms, which are as wide: the font that measures does not have them."""
    stand = _Stand(_WIDE.sub("M", drawn(word)))
    stand.word = word
    return stand


def place(sizes: Sizes, width: int, height: int) -> tuple[Placed, ...]:
    """The places of the words for which there is room; the same words give the same places."""
    from wordcloud import WordCloud

    if not sizes:
        return ()
    cloud = WordCloud(
        width=width,
        height=height,
        font_path=_font_path(),
        prefer_horizontal=0.94,
        max_words=WORDS,
        random_state=7,
        margin=2,
        relative_scaling=0.4,
        min_font_size=5,
        max_font_size=30,
        color_func=lambda *_args, **_more: "black",  # not drawn here: by default a tenth of the time goes into colours
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        cloud.generate_from_frequencies({_stand(word): weight for word, weight in sizes})
    return tuple(_placed(*laid[:4]) for laid in cloud.layout_)


def _placed(named: tuple[_Stand, float], size: int, place: tuple[int, int], turned: int | None) -> Placed:
    stand, (row, column), font = named[0], place, _font(int(size))
    left, top, right, _ = font.getbbox(stand, anchor="ls")
    x, y = (column - left, row - top) if turned is None else (column - top, row + right)
    return {
        "word": stand.word,
        "size": int(size),
        "x": float(x),
        "y": float(y),
        "turned": turned is not None,
        "length": float(font.getlength(stand)),
    }


@cache
def _font_path() -> str:
    from matplotlib import get_data_path

    return f"{get_data_path()}/fonts/ttf/DejaVuSans-Bold.ttf"


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(_font_path(), size)


def main() -> None:
    """Answers until there is no further question."""
    place((("ready", 1.0),), 60, 40)  # the packages are loaded before the first question
    for line in sys.stdin:
        sizes, width, height = json.loads(line)
        print(json.dumps(place(tuple(map(tuple, sizes)), width, height)), flush=True)


if __name__ == "__main__":
    main()
