"""Articles of Factiva by their codes of two or three letters (HD headline, PD date, SN source name …).

line ─code and value─▶ article = {code: lines} until the next one begins ─▶ Row
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.given import dump
from data.sources.files.exports.subjects import factiva_topic
from data.sources.files.exports.values import MOST_TAGS, tag
from data.sources.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.given import Given

CODES = "AN ART BY CLM CO CR CT CX CY ED ET HD IN IPC IPD LA LP NS PD PG PUB RE RF SC SE SN TD VOL WC"
_CODE = re.compile(r"\s{0,20}(" + CODES.replace(" ", "|") + r")(?:\s*\t\s*|\s{2,20}|\s*$)(.*)", re.DOTALL)
_DOCUMENT = re.compile(r"\s*Document [A-Za-z]{2,10}\d{10,}\w*\s*")
_LAST = "AN"
"""The accession number, which ends an article."""
_TAGS = {"NS": "Factiva subject", "RE": "Factiva region"}


def fits(lines: Sequence[str]) -> bool:
    """Whether headline, date and source stand there as codes."""
    found = {match[1] for line in lines if (match := _CODE.match(line))}
    return {"HD", "SN"} <= found and bool({"PD", "AN", "LP", "TD"} & found)


def lacks_codes(lines: Sequence[str]) -> bool:
    """Whether the lines are articles of Factiva that were downloaded without indexing."""
    return any(map(_DOCUMENT.fullmatch, lines))


def rows(lines: Sequence[str], file: str) -> Iterator[Row]:
    """A row for each article, numbered by the line where it starts."""
    for start, article in _split(lines):
        yield Row(_values(article), file, start)


def _split(lines: Sequence[str]) -> Iterator[tuple[int, dict[str, list[str]]]]:
    article: dict[str, list[str]] = {}
    start, code = 0, ""
    for number, line in enumerate(lines, 1):
        match = _CODE.match(line)
        if match is None:
            if code:
                article[code].append(line.strip())
            continue
        if article and (_LAST in article or (match[1] == "HD" and "HD" in article)):
            yield start, article
            article = {}
        start = start if article else number
        code = match[1]
        article.setdefault(code, []).append(match[2].strip())
    if article:
        yield start, article


def _values(article: dict[str, list[str]]) -> dict[str, object]:
    number = _first(article, "AN").removeprefix("Document ").split(" ")[0]
    time = _first(article, "ET")
    return {
        "id": f"factiva:{number}" if number else "",
        "title": " ".join(filter(None, article.get("HD", ()))),
        "text": "\n".join(part for code in ("LP", "TD") for part in article.get(code, ())),
        "published": f"{_first(article, 'PD')} {time}".strip(),
        "publisher": _first(article, "SN"),
        "language": _first(article, "LA"),
        "given": dump(_given(article)),
    }


def _first(article: dict[str, list[str]], code: str) -> str:
    return next(filter(None, article.get(code, ())), "")


def _given(article: dict[str, list[str]]) -> Iterator[Given]:
    """``gpol : Domestic Politics | gcat : Political/General News``"""
    for name, scheme in _TAGS.items():
        for part in " ".join(article.get(name, ())).split("|")[:MOST_TAGS]:
            code, _, label = (piece.strip() for piece in part.partition(":"))
            if code and name == "NS":
                yield tag(scheme, code, label, topic=factiva_topic(code))
            elif code:
                yield tag(scheme, code, label, place=label)
