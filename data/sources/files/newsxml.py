"""News in XML: NewsML-G2 of agencies (IPTC) and the articles of Factiva's services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.given import dump
from data.sources.files.exports.agencies import withheld
from data.sources.files.exports.subjects import factiva_topic, iptc_code, iptc_topic
from data.sources.files.exports.values import MOST_TAGS, tag
from data.sources.files.markup import child, children, elements, text_of
from data.sources.rows import Row, reject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.articles import Reject
    from data.given import Given
    from data.sources.files.members import Member


def read_newsml(member: Member) -> Iterator[Row | Reject]:
    """A row for each newsItem with text; pictures, video and what is withheld are rejects."""
    for number, item in enumerate(elements(member, ("newsItem",)), 1):
        values = _newsml(item)
        yield Row(values, member.name, number) if isinstance(values, dict) else reject(member.name, number, values)


def read_factiva(member: Member) -> Iterator[Row | Reject]:
    """A row for each article of a Factiva service (``ppsarticle``)."""
    for number, item in enumerate(elements(member, ("article",)), 1):
        yield Row(_factiva(item), member.name, number)


def _newsml(item: Any) -> dict[str, object] | str:
    status, kind = _code(child(item, "pubStatus")), _code(child(item, "itemClass")).rpartition(":")[2]
    if objection := withheld(status, text_of(child(item, "embargoed")).strip()):
        return objection
    if kind not in ("", "text", "composite"):
        return f"no text but {kind[:40]}"
    meta, language = child(item, "contentMeta"), child(item, "contentMeta", "language")
    source = child(item, "infoSource") if child(item, "infoSource") is not None else child(item, "provider")
    return {
        "id": (item.get("guid") or "")[:200],
        "title": _line(child(meta, "headline")),
        "text": _body(child(item, "contentSet")),
        "summary": _line(child(meta, "description")),
        "published": _line(child(item, "versionCreated")) or _line(child(item, "contentCreated")),
        "publisher": _line(child(source, "name")) or (source.get("literal") or "" if source is not None else ""),
        "language": language.get("tag") if language is not None else "",
        "given": dump(_subjects(meta)),
    }


def _subjects(meta: Any) -> Iterator[Given]:
    for subject in children(meta, "subject")[:MOST_TAGS]:
        name, label = subject.get("uri") or _code(subject), _line(child(subject, "name"))
        code = iptc_code(name, _code(subject))
        if code:
            yield tag("IPTC subject", code, label, topic=iptc_topic(code))
        elif name or label:
            yield tag("agency subject", name or label, label)


def _factiva(item: Any) -> dict[str, object]:
    parts = [part for name in ("leadParagraph", "tailParagraphs") for part in children(item, name)]
    number = item.get("accessionNo") or _line(child(item, "accessionNo"))
    return {
        "id": f"factiva:{number}"[:200] if number else "",
        "title": _line(child(item, "headline")),
        "text": "\n".join(_body(part) for part in parts),
        "published": _line(child(item, "publicationDate", "date")) or _line(child(item, "publicationDate")),
        "publisher": _line(child(item, "sourceName")),
        "language": item.get("baseLanguage") or _line(child(item, "baseLanguage")),
        "given": dump([*_factiva_tags(item, "newsSubject"), *_factiva_tags(item, "region")]),
    }


def _factiva_tags(item: Any, kind: str) -> Iterator[Given]:
    for element in children(item, kind)[:MOST_TAGS]:
        code, label = element.get("code") or "", _line(child(element, "name")) or _line(element)
        if kind == "region":
            yield tag("Factiva region", code or label, label, place=label)
        else:
            yield tag("Factiva subject", code or label, label, topic=factiva_topic(code))


def _code(element: Any) -> str:
    return (element.get("qcode") or element.get("uri") or "") if element is not None else ""


def _line(element: Any) -> str:
    return " ".join(text_of(element).split())


def _body(element: Any) -> str:
    """The paragraphs of an element; its whole text where it has none."""
    parts = children(element, "p") or children(element, "paragraph")
    paragraphs = [line for line in map(_line, parts) if line]
    return "\n".join(paragraphs) or text_of(element)
