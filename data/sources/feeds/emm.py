"""What the Europe Media Monitor adds to its RSS: language, country of the source, and tags of its own.

feedparser keeps one element of a name without its attributes, so these are read once more from the XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from data import codes
from data.given import Given
from data.sources.cleaning import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

Item = TypeVar("Item")

_SIGN = b"http://emm.jrc.it"
"""The namespace of its elements; ``.org`` and ``.ec.europa.eu`` do not occur."""
_NAMED = {"entity": "EMM entity", "guess": "EMM guess", "georss": "EMM place"}
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Extra:
    """What is added to one entry."""

    language: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2 of where the publisher sits."""
    tags: tuple[Given, ...] = ()


def read(body: bytes) -> list[Extra]:
    """One for each item of a feed of the monitor, in their order; nothing for other feeds."""
    if _SIGN not in body[:4000]:
        return []
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(body, parser)
    return [_extra(item) for item in root.iter("item")] if root is not None else []


def paired(entries: Sequence[Item], extras: Sequence[Extra]) -> Iterator[tuple[Item, Extra]]:
    """Every entry with what is added to it: with nothing, unless there is something for each."""
    if len(extras) != len(entries):
        extras = [Extra()] * len(entries)
    return zip(entries, extras, strict=True)


def _extra(item: _Element) -> Extra:
    language = country = ""
    tags: list[Given] = []
    for child in item:
        if not isinstance(child.tag, str):
            continue
        space, _, name = child.tag.rpartition("}")
        if name == "language":
            language = line(child.text or "")
        elif name == "source" and not space:
            country = codes.country(str(child.get("country", "")))
        elif space == "{" + _SIGN.decode():
            tags.extend(_tags(name, child))
        elif name == "point":
            tags.append(Given("EMM point", line(child.text or "")[:_LONGEST]))
    return Extra(language, country, tuple(tag for tag in tags if tag.code))


def _tags(name: str, child: _Element) -> Iterator[Given]:
    text = line(child.text or "")
    if name == "keywords":
        yield from (Given("EMM keyword", word.strip()[:_LONGEST]) for word in text.split(",") if word.strip())
    elif scheme := _NAMED.get(name):
        label = line(str(child.get("name", "")) or text)[:_LONGEST]
        code = line(str(child.get("id", "")))[:_LONGEST] or label
        country = codes.country(str(child.get("iso", "")))
        yield Given(scheme, code, label, country=country, weight=_number(child.get("count")))


def _number(value: Any) -> float:
    text = str(value or "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1.0
