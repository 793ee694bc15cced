"""A title for an article of which nothing but the address is known."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from data.sources.cleaning import characters

_LONGEST = 4096
_FEWEST = 3
"""Words below which a part of an address is a section or a name, no title."""
_ENDING = re.compile(r"\.(?:s?html?|php\d?|as[hp]x?|jsp|cms|ece|story|amp)$", re.IGNORECASE)
_BETWEEN = re.compile(r"[-_+ .,]+")
_NUMBER = re.compile(r"(?=\w{0,40}\d)(?:\w{0,4}\d{3,}\w{0,40}|\w{7,60})")
"""Numbers of articles at either end: 319004, 20230702, a1b2c3d4, h3xfq3nkj. Within the title they stay."""


def title(url: str) -> str:
    """What the longest part of the path says in words; empty where none holds as many as three.

    >>> title("https://news.example/world/talks-on-grain-exports-resume-319004.html")
    'Talks on grain exports resume'
    """
    try:
        path = unquote(urlsplit(url[:_LONGEST]).path, errors="replace")
    except ValueError:
        return ""
    parts = [_words(part) for part in characters(path).split("/")]
    best = max(parts, key=len, default=[])
    said = " ".join(best)
    return said[:1].upper() + said[1:] if len(best) >= _FEWEST else ""


def _words(part: str) -> list[str]:
    """The words of one part of a path, without the numbers before and after them."""
    words = [word for word in _BETWEEN.split(_ENDING.sub("", part)) if word]
    while words and _NUMBER.fullmatch(words[-1]):
        words.pop()
    while words and (words[0].isdigit() or _NUMBER.fullmatch(words[0])):
        words.pop(0)
    return words if sum(1 for word in words if word.isalpha()) >= _FEWEST else []
