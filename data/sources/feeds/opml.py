"""Lists of feeds as programs exchange them: OPML (opml.org/spec2), of which most real files are no well-formed XML."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from data.errors import SourceError
from data.sources import addresses
from data.sources.cleaning import line
from data.sources.feeds.catalogue import Feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

LIMIT = 5 << 20
"""Bytes of a list at most."""
_SIGN = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s([A-Za-z][\w:.-]{0,40})\s{0,9}=\s{0,9}\"")
_TAG_END = re.compile(r"\"\s{0,99}/?>")
_SOUND = re.compile(r"(?:\s+[A-Za-z][\w:.-]*\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*/?>")
"""The rest of a tag all of whose values end where XML has them end."""
_STRAY = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_ADDRESS = re.compile(r"\bxmlUrl\s{0,9}=", re.IGNORECASE)
_OUTLINE = "<outline"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARATION = re.compile(r"^\s{0,99}<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"\s{0,99}<\?xml[^>]{0,100}\sencoding\s{0,9}=\s{0,9}[\"']([A-Za-z][\w.-]{0,30})")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an OPML file holds."""

    feeds: tuple[Feed, ...]
    """No address twice; `group` is the folder, with those around it before it."""
    lost: int
    """Addresses that stand in the file but could not be read, or are none of the web."""


def is_opml(body: bytes) -> bool:
    """Whether `body` begins as a list does."""
    return bool(_SIGN.search(body[:2000].replace(b"\0", b"")))


def load(body: bytes) -> Imported:
    """The feeds that an OPML file lists; SourceError where it is none or too large."""
    from lxml import etree

    if len(body) > LIMIT:
        raise SourceError(f"The list holds more than {LIMIT >> 20} MB; split it.")
    if not is_opml(body):
        raise SourceError("This is no list of feeds (OPML).")
    text = repaired(_decoded(body))
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    outlines = list(root.iter("outline")) if root is not None else []
    found = [feed for outline in outlines if (feed := _feed(outline))]
    distinct = {feed.address: feed for feed in reversed(found)}
    feeds = tuple(feed for feed in dict.fromkeys(found) if distinct.pop(feed.address, None) is not None)
    return Imported(feeds, max(len(_ADDRESS.findall(text)) - len(found), 0))


def dump(feeds: Iterable[Feed], title: str = "Feeds") -> bytes:
    """The feeds as OPML 2.0, each group a folder."""
    groups: dict[str, list[Feed]] = {}
    for feed in feeds:
        groups.setdefault(feed.group, []).append(feed)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"  <head><title>{escape(line(title))}</title></head>", "  <body>"]
    for group, members in groups.items():
        lines += _folder(group, members) if group else [f"    {_outline(feed)}" for feed in members]
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines).encode("utf-8", "replace")


def repaired(text: str) -> str:
    """`text` with the values of its outlines escaped as XML wants them: stray &, < and quotation marks are common.

    A value ends where the next attribute begins, so that a quotation mark within it does no harm.
    """
    head, *parts = text.split(_OUTLINE)
    return _STRAY.sub("&amp;", head) + "".join(_OUTLINE + _repaired_outline(part) for part in parts)


def _repaired_outline(part: str) -> str:
    if _SOUND.match(part):
        return _STRAY.sub("&amp;", part)
    found = list(_ATTRIBUTE.finditer(part))
    end = _TAG_END.search(part, found[-1].end() - 1) if found else None
    if end is None:
        return _STRAY.sub("&amp;", part)
    stops = [*(match.start() for match in found[1:]), end.start() + 1]
    attributes: dict[str, str] = {}
    for match, stop in zip(found, stops, strict=True):
        value = part[match.end() : stop].rstrip().removesuffix('"')
        attributes.setdefault(match[1], _STRAY.sub("&amp;", value).replace("<", "&lt;").replace('"', "&quot;"))
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return written + end.group().lstrip('"') + _STRAY.sub("&amp;", part[end.end() :])


def _decoded(body: bytes) -> str:
    """The text by its mark, its XML declaration, or as UTF-8; without the declaration, which no longer holds."""
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), "")
    declared = _DECLARED.match(body)
    for name in (marked, declared[1].decode("ascii") if declared else "", "utf-8"):
        try:
            text = body.decode(name) if name else ""
        except (LookupError, ValueError):
            continue
        if text:
            break
    else:
        text = body.decode("cp1252", "replace")
    return _DECLARATION.sub("", text.lstrip("\ufeff").replace("\0", ""), count=1)


def _feed(outline: _Element) -> Feed | None:
    values = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
    address = addresses.link(values.get("xmlurl", ""))
    if not address:
        return None
    title = line(values.get("text", "")) or line(values.get("title", ""))
    return Feed(address, title[:200], group=_group(outline)[:200], language=values.get("language", "")[:20])


def _group(outline: _Element) -> str:
    folders = [line(str(each.get("text") or each.get("title") or "")) for each in outline.iterancestors("outline")]
    return " / ".join(name for name in reversed(folders) if name)


def _folder(group: str, feeds: Sequence[Feed]) -> list[str]:
    name = quoteattr(line(group))
    return [f"    <outline text={name} title={name}>", *(f"      {_outline(feed)}" for feed in feeds), "    </outline>"]


def _outline(feed: Feed) -> str:
    name = quoteattr(line(feed.title or feed.publisher or feed.address))
    return f'<outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed.address)}/>'
