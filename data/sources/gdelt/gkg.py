"""Reads GKG files, 2.1 (27 columns, one article a record) and 1.0 (11 columns, one or more addresses a record).

bytes ─lines─▶ record ─columns─▶ title, address, language, dates, given tags ─▶ Row        (or Reject)

Columns are parted by tabs and nothing is quoted: a quotation mark is a letter. Only the columns that are used are
decoded; the longest one (GCAM) is not among them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data import codes, publishers
from data.given import GDELT_BATCH, Given, dump
from data.sources.cleaning import unescaped
from data.sources.gdelt import blocks, seen_as_published, slugs
from data.sources.rows import Row, reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from data.articles import Reject
    from data.sources.files.members import Member

COLUMNS = 27
ID, DATE, COLLECTION, PUBLISHER, ADDRESS, THEMES, PLACES, TONE, TRANSLATION, EXTRAS = 0, 1, 2, 3, 4, 8, 10, 15, 25, 26
PLAIN_THEMES, PLAIN_PLACES = 7, 9
"""Columns of version 2.1."""
OLD_COLUMNS = 11
OLD_DATE, OLD_THEMES, OLD_PLACES, OLD_TONE, OLD_PUBLISHERS, OLD_ADDRESSES = 0, 3, 4, 7, 9, 10
"""Columns of version 1.0."""
LONGEST = 8 << 20
"""Bytes of a record; real ones have up to 40,000."""
MOST_ADDRESSES = 10_000

_WEB = "1"
_NAMES = (b"GKGRECORDID\t", b"DATE\tNUMARTS\t")
_RECORD = re.compile(r"\d{14}-T?\d{1,9}")
_DAY = re.compile(r"\d{8}")
_MOMENT = re.compile(r"\d{14}")
_SOURCE_LANGUAGE = re.compile(r"srclc:([a-z]{2,3})\b")
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", ": ")


def read(member: Member, *, by_seen: bool | None = None) -> Iterator[Row | Reject]:
    """The articles of a GKG 2.1 file, see :func:`record`."""
    seen = seen_as_published() if by_seen is None else by_seen
    return _read(member, lambda number, fields: [record(member.name, number, fields, by_seen=seen)])


def read_old(member: Member, *, by_seen: bool | None = None) -> Iterator[Row | Reject]:
    """The articles of a GKG 1.0 file, see :func:`old_record`."""
    seen = seen_as_published() if by_seen is None else by_seen
    return _read(member, lambda number, fields: old_record(member.name, number, fields, by_seen=seen))


def record(file: str, number: int, fields: list[bytes], *, by_seen: bool = False) -> Row | Reject:
    """The article of one record.

    Its title is the page's; before September 2019 GDELT kept none, and one is made of the words in the address. The
    time of publication is the one that the page states; where it states none, the article is undated, or with `by_seen`
    published on the day on which GDELT saw it.
    """
    if len(fields) != COLUMNS:
        return reject(file, number, f"a record has {COLUMNS} columns, this one {len(fields)}", _raw(fields))
    key, date = _text(fields[ID]), _text(fields[DATE])
    if not _RECORD.fullmatch(key) or not _MOMENT.fullmatch(date):
        return reject(file, number, "it begins with no record number and date of GDELT", _raw(fields))
    publisher, extras = _text(fields[PUBLISHER]), _text(fields[EXTRAS])
    url = _text(fields[ADDRESS]) if fields[COLLECTION] == _WEB.encode() else ""
    title = without_site(unescaped(inside(extras, "PAGE_TITLE")), publisher)
    derived = "" if title else slugs.title(url)
    if not title and not derived:
        return reject(file, number, _untitled(url), _raw(fields))
    stated = inside(extras, "PAGE_PRECISEPUBTIMESTAMP")
    tags = [
        *blocks.themes_given(_text(fields[THEMES] or fields[PLAIN_THEMES])),
        *blocks.places_given(_text(fields[PLACES] or fields[PLAIN_PLACES])),
        *blocks.tone_given(_text(fields[TONE])),
        Given(GDELT_BATCH, date),
    ]
    values = {
        "id": "" if url else key,
        "title": title or derived,
        "title_derived": not title,
        "url": url,
        "publisher": publisher,
        "language": _language(_text(fields[TRANSLATION]), title),
        "given": dump(tags),
        **_dated(stated if _MOMENT.fullmatch(stated) else "", date, by_seen),
    }
    return Row(values, file, number)


def old_record(file: str, number: int, fields: list[bytes], *, by_seen: bool = False) -> list[Row | Reject]:
    """One article for each address of a record: the same themes and places were found in all of them."""
    if len(fields) != OLD_COLUMNS or not _DAY.fullmatch(_text(fields[OLD_DATE])):
        reason = f"a record has {OLD_COLUMNS} columns and begins with a date"
        return [reject(file, number, reason, _raw(fields))]
    date = _text(fields[OLD_DATE])
    tags = [
        *blocks.themes_given(_text(fields[OLD_THEMES])),
        *blocks.places_given(_text(fields[OLD_PLACES])),
        *blocks.tone_given(_text(fields[OLD_TONE])),
        Given(GDELT_BATCH, date),
    ]
    given, dated = dump(tags), _dated("", date, by_seen)
    found: list[Row | Reject] = []
    for url in _text(fields[OLD_ADDRESSES]).split("<UDIV>")[:MOST_ADDRESSES]:
        if title := slugs.title(url):
            values = {"title": title, "title_derived": True, "url": url, "given": given}
            found.append(Row(values | dated, file, number))
        else:
            found.append(reject(file, number, _untitled(url), url))
    return found


def inside(extras: str, tag: str) -> str:
    """What stands between ``<tag>`` and ``</tag>``: the column is a row of such pieces, no document."""
    _, opening, rest = extras.partition(f"<{tag}>")
    value, closing, _ = rest.partition(f"</{tag}>")
    return value.strip() if opening and closing else ""


def without_site(title: str, site: str) -> str:
    """`title` without the name of its web site at the end or the beginning, as pages write it for a browser's tab.

    >>> without_site("Grain talks resume | The Example Times", "exampletimes.com")
    'Grain talks resume'
    """
    names = {_squeezed(site.partition(".")[0]), _squeezed(publishers.publisher_name(site))} - {""}
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and head.strip() and _squeezed(tail) in names:
            return head.strip()
        head, found, tail = title.partition(separator)
        if found and tail.strip() and _squeezed(head) in names:
            return tail.strip()
    return title


def _squeezed(name: str) -> str:
    return "".join(filter(str.isalnum, name[:100].casefold().removeprefix("the ")))


def _language(translation: str, title: str) -> str:
    """What an article was translated from; what was not is English (so the codebook), unless its title cannot be."""
    if translated := _SOURCE_LANGUAGE.search(translation[:100]):
        return codes.language(translated[1])
    letters = [letter for letter in title[:200] if letter.isalpha()]
    return "en" if sum(map(str.isascii, letters)) * 2 >= len(letters) else ""


def _dated(stated: str, seen: str, by_seen: bool) -> dict[str, str]:
    if stated or not by_seen:
        return {"published": stated}
    return {"published": seen[:8], "published_raw": f"seen {seen}"}


def _untitled(url: str) -> str:
    return "it has no title and its address tells none" if url else "it has neither a title nor an address of the web"


def _text(field: bytes) -> str:
    return field.decode("utf-8", "replace")


def _raw(fields: Iterable[bytes]) -> str:
    return _text(b"\t".join(fields)[:8000])


def _read(member: Member, turn: Callable[[int, list[bytes]], Iterable[Row | Reject]]) -> Iterator[Row | Reject]:
    with member.open() as stream:
        number = 0
        while raw := stream.readline(LONGEST):
            number += 1
            if len(raw) >= LONGEST and not raw.endswith(b"\n"):
                while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                    pass
                yield reject(member.name, number, f"a record of more than {LONGEST:,} bytes", _text(raw[:8000]))
                continue
            raw = raw.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf") if number == 1 else raw.rstrip(b"\r\n")
            if raw and not (number == 1 and raw.startswith(_NAMES)):
                yield from turn(number, raw.split(b"\t"))
