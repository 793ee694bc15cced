"""From a raw row to an article, or to a reject with its reason.

Row ─clean─▶ title, text ─dates, codes, addresses─▶ Article        Article* ─unique─▶ Article* with ids used once
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data import codes, publishers
from data.articles import Article, Reject, make_id
from data.dates import to_utc
from data.seen import Seen
from data.sources import addresses
from data.sources.cleaning import characters, line, paragraphs
from data.sources.rows import RAW_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from data.sources.rows import Row

TITLE_LENGTH = 100
"""Characters near which a title made from a text is cut."""
_REMOVED = "[Removed]"
_LONGEST_ID = 200
_LONGEST_DATE = 100
_SEPARATORS = (" - ", " | ", " – ", " — ")  # dashes as titles have them

_CUT = re.compile(r"\[\+\d{1,9} chars\]")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:[^\W\d_](?:\.[^\W\d_])*|Mrs?|Ms|Drs?|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Rev|Hon|Jr|Sr|No|"
    r"vs|Inc|Ltd|Corp|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nr|bzw|ca|etc)\.$"
)


def normalise(row: Row) -> Article | Reject:
    """The article that `row` holds. A row without title and text, or one that its service removed, is a reject."""
    values = row.values
    publisher, url = _publisher(values), _url(values)
    title = _without_publisher(line(_text(values.get("title"))), publisher)
    if title == _REMOVED:
        return _reject(row, "removed by the service that it came from")
    text = _body(values.get("text")) or _body(values.get("summary"))
    if not any(map(str.isalnum, title)) and not any(map(str.isalnum, text)):
        return _reject(row, "no title and no text")
    named, raw_date = publisher or addresses.domain(url), values.get("published")
    published, precision = to_utc(raw_date, day_first=row.day_first)
    return Article(
        id=_id(values, url, publisher, title, text),
        title=title or derived_title(text),
        text=text,
        title_derived=not title or values.get("title_derived") is True,
        published=published,
        precision=precision,
        published_raw=line(_text(values.get("published_raw") or raw_date))[:_LONGEST_DATE],
        publisher=publishers.publisher_name(named) or named,
        publisher_country=codes.country(_text(values.get("publisher_country")))
        or publishers.country_of(publisher, url),
        language=codes.language(_text(values.get("language"))),
        url=url,
        given=_text(values.get("given")),
        origin=f"{row.file}#{row.row}",
    )


def unique(items: Iterable[Article | Reject]) -> Iterator[Article | Reject]:
    """The same items in the same order, but no id twice.

    An article with the id and the content of an earlier one becomes a reject that names it. One with the id alone (two
    files that both count from 1) gets a new id made of its old one and its content.
    """
    with Seen() as seen:
        for item in items:
            yield item if isinstance(item, Reject) else _first_or_other(item, seen)


def derived_title(text: str) -> str:
    """The first sentence of `text`, cut at a word near TITLE_LENGTH; a kicker in capitals before it is left out."""
    start = text[: 6 * TITLE_LENGTH].partition("\n")[0]
    start = start[_kicker(start) :]
    for match in _SENTENCE_END.finditer(start):
        if not _ABBREVIATION.search(start[max(0, match.end() - 20) : match.end()]):
            start = start[: match.end()].rstrip(" .。")
            break
    if len(start) <= TITLE_LENGTH:
        return start or text[:TITLE_LENGTH]
    head = start[: TITLE_LENGTH + 1]
    cut = head.rpartition(" ")[0] if " " in head[TITLE_LENGTH // 2 :] else head[:TITLE_LENGTH]
    return cut.rstrip(' ,;:-—–("“‘') + "…"


def _kicker(text: str) -> int:
    """Length of what stands in capitals before a colon at the start, with the colon and space; 0 where none does."""
    kicker, colon, rest = text[:60].partition(": ")
    letters = [char for char in kicker if char.isalpha()]
    return len(kicker + colon) if rest and len(letters) > 3 and all(char.isupper() for char in letters) else 0


def content(article: Article) -> str:
    """A digest of what an article says: two with the same id and another content are two articles."""
    return make_id(article.title, article.text, article.url, article.publisher, article.published_raw)


def _first_or_other(article: Article, seen: Seen) -> Article | Reject:
    said = content(article)
    number = article.id
    while known := seen.first(number, said, article.origin):
        if known.content == said:
            file, _, row = article.origin.rpartition("#")
            return Reject(file, int(row), f"repeats row {known.origin}", article.title[:RAW_LENGTH])
        number = make_id(number, said)
    return article if number == article.id else replace(article, id=number)


def _text(value: object) -> str:
    """A raw value as text; what is no text, number or date is empty."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, (bool, dict)) or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple)):
        return "\n".join(part for part in value if isinstance(part, str))
    return str(value)


def _body(value: object) -> str:
    text = paragraphs(_text(value))
    end = text.rfind("[+")
    return text[:end].rstrip() if end >= 0 and _CUT.fullmatch(text, end) else text


def _url(values: Mapping[str, object]) -> str:
    return addresses.link(_text(values.get("url"))) or addresses.link(_text(values.get("id")))


def _publisher(values: Mapping[str, object]) -> str:
    name = line(_text(values.get("publisher")))[:_LONGEST_ID]
    if name.lower().startswith(("http://", "https://")):
        return addresses.domain(name)
    return name.removeprefix("www.")


def _without_publisher(title: str, publisher: str) -> str:
    for separator in _SEPARATORS:
        if publisher and title.endswith(separator + publisher):
            return title.removesuffix(separator + publisher).rstrip()
    return title


def _id(values: Mapping[str, object], url: str, publisher: str, title: str, text: str) -> str:
    given = line(_text(values.get("id")))
    if given and not addresses.link(given):
        return given if len(given) <= _LONGEST_ID else make_id(given)
    if url:
        return make_id(addresses.canonical(url))
    return make_id(publisher, title, text)


def _reject(row: Row, reason: str) -> Reject:
    raw = characters(json.dumps(dict(row.values), ensure_ascii=False, default=str))
    return Reject(row.file, row.row, reason, raw[:RAW_LENGTH])
