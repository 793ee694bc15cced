"""Articles of LexisNexis and Nexis Uni by their keywords (LENGTH, BYLINE, LOAD-DATE …).

Two forms: the older one counts (``3 of 250 DOCUMENTS``), the newer one closes with ``End of Document``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.dates import to_utc
from data.given import dump
from data.sources.files.exports.subjects import section_topic
from data.sources.files.exports.values import MOST_TAGS, tag
from data.sources.rows import Row, reject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.articles import Reject
    from data.given import Given

_COUNT = re.compile(
    r"\s*(?:Dokument |Document )?(\d{1,6}) (?:of|von|de|di|van) (\d{1,6})(?: (?:DOCUMENTS?|Dokumenten?))?\s*", re.I
)
_END = re.compile(r"\s*End of Document\s*", re.IGNORECASE)
_FIELD = re.compile(r"\s{0,80}([A-Z][A-Za-zÄÖÜäöüé-]{2,24})[ \u00a0]?:[ \t\u00a0]*(.*)", re.DOTALL)
_DATE = re.compile(
    r"[^\W\d_]{3,10}\.? \d{1,2}, \d{4}|\d{1,2}\.?(?: de)? [^\W\d_]{3,10}\.?(?: de)? \d{4}|\d{4}-\d{2}-\d{2}", re.UNICODE
)
_EDITION = re.compile(r".{0,60}\b(?:edition|ausgabe)(?: \d{1,2})?", re.IGNORECASE)
_HEAD = {
    name.casefold(): key
    for key, names in {
        "length": "Length Länge Longueur Longitud Lunghezza Lengte",
        "byline": "Byline Autor Auteur Autore",
        "section": "Section Rubrik Rubrique Sección Sezione",
        "headline": "Headline Hlead Title",
        "highlight": "Highlight Dateline Graphic",
    }.items()
    for name in names.split()
}
_TAIL = {
    name.casefold(): key
    for key, names in {
        "loaded": "Load-Date Update",
        "language": "Language Sprache Langue Idioma Lingua",
        "subject": "Subject",
        "places": "Geographic Country City State",
        "other": "Publication-Type Organization Company Person Industry Journal-Code Ticker Copyright",
    }.items()
    for name in names.split()
}
_BODY = frozenset({"body", "textkörper", "corps", "cuerpo", "full text"})
_AFTER = frozenset({"classification", "notes", "graphic", "correction"})
_TERM = re.compile(r"\s*(.{1,120}?)\s*(?:\((\d{1,3})%\))?\s*")


class _Part(NamedTuple):
    start: int
    lines: list[str]


def fits(lines: Sequence[str]) -> bool:
    """Whether articles are counted or closed as Nexis does, and have its keywords."""
    keys = {match[1].casefold() for line in lines if (match := _FIELD.match(line))}
    marked = any(map(_END.fullmatch, lines)) or any(map(_COUNT.fullmatch, lines))
    return marked and len(keys & (_HEAD.keys() | _TAIL.keys())) >= 2


def rows(lines: Sequence[str], file: str) -> Iterator[Row | Reject]:
    """A row for each article, numbered by the line where it starts; one reject where the file counts more of them."""
    parts = list(_split(lines))
    for part in parts:
        yield Row(_values(part.lines), file, part.start)
    stated = max((int(match[2]) for line in lines if (match := _COUNT.fullmatch(line))), default=len(parts))
    if stated > len(parts) and not any(map(_END.fullmatch, lines)):
        yield reject(file, 0, f"the file speaks of {stated:,} documents but holds {len(parts):,}")


def _split(lines: Sequence[str]) -> Iterator[_Part]:
    closing = _END if any(map(_END.fullmatch, lines)) else _COUNT
    part = _Part(1, [])
    for number, line in enumerate(lines, 1):
        if closing.fullmatch(line):
            if any(map(_FIELD.match, part.lines)):
                yield part
            part = _Part(number + 1, [])
        else:
            part.lines.append(line.strip())
    if any(map(_FIELD.match, part.lines)):
        yield part


def _values(lines: list[str]) -> dict[str, object]:
    body = next((n for n, line in enumerate(lines) if line.casefold() in _BODY), None)
    head, fields, text = _newer(lines, body) if body is not None else _older(lines)
    dated = next((n for n, line in enumerate(head[:8]) if _date(line)), None)
    if body is not None:
        title, publisher = (head[0] if head else ""), (head[1] if len(head) > 1 and dated != 1 else "")
    else:
        publisher = head[0] if head and dated != 0 else ""
        titles = [line for line in head[1 if dated is None else dated + 1 :] if not _EDITION.fullmatch(line)]
        title = fields.get("headline") or " ".join(titles)
    return {
        "title": title,
        "text": "\n".join(text),
        "published": _date(head[dated]) if dated is not None else "",
        "publisher": publisher,
        "language": fields.get("language", "").partition(";")[0],
        "given": dump(_given(fields)),
    }


def _newer(lines: list[str], body: int) -> tuple[list[str], dict[str, str], list[str]]:
    """What stands before the word Body, the fields before and after the text, and the text."""
    end = next((n for n in range(body + 1, len(lines)) if lines[n].casefold() in _AFTER or _tail(lines[n])), len(lines))
    head = [line for line in lines[:body] if line and not _known(line)]
    fields = dict(_fields(lines[:body])) | dict(_fields(lines[end:]))
    return head, fields, lines[body + 1 : end]


def _older(lines: list[str]) -> tuple[list[str], dict[str, str], list[str]]:
    """The same where no word Body stands: the text lies between the first keywords and the last."""
    first = next((n for n, line in enumerate(lines) if _known(line)), 0)
    start = first
    while start < len(lines) and (not lines[start] or _key(lines[start], _HEAD)):
        start += 1
    end = next((n for n in range(start, len(lines)) if _tail(lines[n])), len(lines))
    head = [line for line in lines[:first] if line]
    return head, dict(_fields(lines[:start])) | dict(_fields(lines[end:])), lines[start:end]


def _key(line: str, keys: dict[str, str]) -> str:
    match = _FIELD.match(line)
    return keys.get(match[1].casefold(), "") if match else ""


def _known(line: str) -> bool:
    return bool(_key(line, _HEAD) or _tail(line))


def _tail(line: str) -> str:
    return _key(line, _TAIL)


def _fields(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        match = _FIELD.match(line)
        if match and (key := _HEAD.get(match[1].casefold()) or _TAIL.get(match[1].casefold())):
            yield key, match[2].strip()


def _date(line: str) -> str:
    """The date that a line states, without the weekday and the edition around it."""
    return next((match[0] for match in _DATE.finditer(line[:120]) if to_utc(match[0])[0]), "")


def _given(fields: dict[str, str]) -> Iterator[Given]:
    """``ELECTIONS (92%); POLITICAL PARTIES (78%)``"""
    for key, scheme in (("subject", "Nexis subject"), ("places", "Nexis geography")):
        for part in fields.get(key, "").split(";")[:MOST_TAGS]:
            match = _TERM.fullmatch(part)
            if match:
                weight = int(match[2]) / 100 if match[2] else 1.0
                topic, place = (section_topic(match[1]), "") if key == "subject" else ("", match[1])
                yield tag(scheme, match[1], topic=topic, place=place, weight=weight)
