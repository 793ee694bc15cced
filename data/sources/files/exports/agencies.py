"""ninjs, the JSON of news agencies (IPTC): versions 1.x, 2.x and 3.x."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.dates import to_utc
from data.given import dump
from data.sources.files.exports.records import Export
from data.sources.files.exports.subjects import iptc_code, iptc_topic
from data.sources.files.exports.values import first_text, records_at, tag, text_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from data.given import Given

_SHOWN = frozenset({"", "usable"})
_VERSIONS = frozenset({"versioncreated", "versionCreated"})
_OLD_BODIES = ("body_text", "body_html", "body_xhtml", "body")


def _is_ninjs(record: Mapping[str, object]) -> bool:
    old = "headline" in record and any(name.startswith("body") for name in record)
    return "uri" in record and bool(_VERSIONS & record.keys()) and (old or "headlines" in record or "bodies" in record)


def _read(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    if objection := withheld(first_text(record, "pubStatus", "pubstatus"), _embargo(record)):
        return objection
    return {
        **found,
        "id": first_text(record, "uri"),
        "title": _first(record, "headlines") or first_text(record, "headline", "title"),
        "text": _body(record),
        "summary": _first(record, "descriptions") or first_text(record, "description_text", "description_html"),
        "url": first_text(record, "url"),
        "published": first_text(record, "versionCreated", "versioncreated", "firstCreated", "firstcreated"),
        "publisher": _publisher(record),
        "publisher_country": None,  # a country that the article names is none of its publisher
        "language": first_text(record, "language"),
        "given": dump([*_subjects(record), *_places(record)]),
    }


def withheld(status: str, embargo: str) -> str:
    """Why an item of an agency must not be shown: its status, or an embargo that is not over or cannot be read."""
    if status.rpartition(":")[2].casefold() not in _SHOWN:
        return f"its status is {status[:40]!r} and not usable"
    if embargo:
        until, _ = to_utc(embargo)
        if until is None or until > datetime.now(UTC):
            return f"under embargo until {embargo[:40]}"
    return ""


def _embargo(record: Mapping[str, object]) -> str:
    return first_text(record, "embargoedUntil", "embargoeduntil", "embargoed")


def _first(record: Mapping[str, object], name: str) -> str:
    """The main one of several headlines or descriptions, else the first."""
    values = records_at(record, name)
    main = [item for item in values if text_at(item, "role").rpartition(":")[2] in ("", "main")]
    return next((text for item in [*main, *values] if (text := text_at(item, "value"))), "")


def _body(record: Mapping[str, object]) -> str:
    bodies = records_at(record, "bodies")
    plain = [body for body in bodies if "plain" in text_at(body, "contentType")]
    text = next((text for body in [*plain, *bodies] if (text := text_at(body, "value"))), "")
    return text or first_text(record, *_OLD_BODIES)


def _publisher(record: Mapping[str, object]) -> str:
    sources = [*records_at(record, "infoSources"), *records_at(record, "infosource")]
    named = next((name for source in sources if (name := text_at(source, "name"))), "")
    return named or first_text(record, "copyrightHolder", "copyrightholder")


def _subjects(record: Mapping[str, object]) -> Iterator[Given]:
    for subject in [*records_at(record, "subjects"), *records_at(record, "subject")]:
        names = [text_at(subject, name) for name in ("uri", "qcode", "code", "scheme")]
        code = iptc_code(*names[:3]) or iptc_code(f"{names[3].rstrip('/')}/{names[2]}")
        label = text_at(subject, "name")
        if code:
            yield tag("IPTC subject", code, label, topic=iptc_topic(code))
        elif label or any(names[:3]):
            yield tag("agency subject", next(filter(None, names[:3]), label), label)


def _places(record: Mapping[str, object]) -> Iterator[Given]:
    for place in [*records_at(record, "places"), *records_at(record, "place")]:
        label, code = text_at(place, "name"), first_text(place, "uri", "qcode", "code")
        if label or code:
            yield tag("agency place", code or label, label, place=label)


NINJS = Export("ninjs items of an agency", "items with uri, versionCreated, headlines and bodies", _is_ninjs, _read)
