"""RSS, RDF and Atom through feedparser, which is given bytes only: of a text it would open the file of that name."""

from __future__ import annotations

import codecs
import functools
import io
import re
import warnings
from typing import TYPE_CHECKING, Any
from xml.parsers import expat
from xml.sax import SAXException

from data.errors import SourceError
from data.sources.feeds import emm
from data.sources.feeds.entries import TAGS, Channel, Entry, category

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.given import Given

ENTRIES = 5_000
"""Most entries of a feed that are read: an outlet has 10 to 100, and each costs half a millisecond."""
REPAIRED = 2 << 20
"""Bytes up to which a feed that is no well-formed XML is repaired; that takes ten times as long."""
PREFIXES = 200
"""Most names of namespaces in a feed: real ones have up to thirty, and the parser's time grows with their square."""

# What feedparser has been seen, or is bound, to raise on damaged input instead of noting it (its issue 599).
_BROKEN: tuple[type[Exception], ...] = (ValueError, TypeError, LookupError, AttributeError, AssertionError, OSError)
_BROKEN += (ArithmeticError, RuntimeError, SAXException, re.error)
_START = re.compile(rb"<(?:[A-Za-z][\w-]{0,20}:)?(?:item|entry)[\s>]")
_END = re.compile(rb"</(?:[A-Za-z][\w-]{0,20}:)?(?:item|entry)\s{0,9}>")
_PREFIX = re.compile(rb"\sxmlns:([\w.-]{1,80})")
_DECLARED = re.compile(rb"^\s{0,9}<\?xml[^>]{0,200}encoding")
_DECLARATION = re.compile(rb"^<\?xml[^>]{0,200}\?>")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def read(body: bytes, address: str, content_type: str = "") -> tuple[Channel, list[Entry], int]:
    """The feed in `body`, its entries, and how many more it has that were not read; SourceError where it is no feed.

    `address` is where it came from, which its relative links start at; `content_type` the header of that name.
    """
    body, left = shortened(_in_utf8(body))
    if len(body) > REPAIRED and not _is_well_formed(body):
        raise SourceError("the feed is damaged, and too large to be repaired")
    if len(set(_PREFIX.findall(body))) > PREFIXES:
        raise SourceError(f"the feed declares more than {PREFIXES} namespaces")
    found = _parsed(body, address, content_type)
    if not found.get("version") and not found["entries"]:
        raise SourceError("it is no feed (RSS, Atom or JSON Feed)")
    extras = emm.read(body)
    head = found["feed"]
    channel = Channel(address, _plain(head, "title"), _plain(head, "link"), _plain(head, "language"))
    entries = [_entry(entry, extra) for entry, extra in emm.paired(found["entries"], extras)]
    return channel, entries, left


def _in_utf8(body: bytes) -> bytes:
    """`body` in UTF-8 where it is in UTF-16, with a mark of the byte order or without."""
    pairs = (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"<\0", "utf-16-le")
    encoding = next((name for mark, name in (*pairs, (b"\0<", "utf-16-be")) if body.startswith(mark)), "")
    if not encoding:
        return body
    text = body.decode(encoding, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    return _DECLARATION.sub(b"", text, count=1)


def shortened(body: bytes) -> tuple[bytes, int]:
    """`body` without the entries after the first ENTRIES, and their number: cut out before they cost anything."""
    starts = [match.start() for match in _START.finditer(body)]
    if len(starts) <= ENTRIES:
        return body, 0
    end = body.rfind(b"</", starts[-1])
    closings = list(_END.finditer(body, starts[-1]))
    end = closings[-1].end() if closings else end if end >= 0 else len(body)
    return body[: starts[ENTRIES]] + body[end:], len(starts) - ENTRIES


@functools.cache
def _feedparser() -> Any:
    """feedparser, made to pass over tags beyond the first TAGS: it compares each with all before it."""
    import feedparser
    from feedparser.mixin import _FeedParserMixin

    add = _FeedParserMixin._add_tag

    def add_some(self: Any, term: Any, scheme: Any, label: Any) -> None:
        if len(self._get_context().get("tags", ())) < TAGS:
            add(self, term, scheme, label)

    _FeedParserMixin._add_tag = add_some
    return feedparser


def _parsed(body: bytes, address: str, content_type: str) -> dict[str, Any]:
    headers = {"content-location": address}
    stated = _CHARSET.search(content_type[:200])
    if stated and not body.startswith(codecs.BOM_UTF8) and not _DECLARED.match(body):
        headers["content-type"] = f"application/xml; charset={stated[1]}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # Everything is made plain text by us, so there is nothing to sanitise.
            found: dict[str, Any] = _feedparser().parse(
                io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
            )
        except _BROKEN as error:
            raise SourceError(f"the feed is damaged ({type(error).__name__}: {str(error)[:100]})") from error
    return found


def _is_well_formed(body: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _entry(entry: Mapping[str, Any], extra: emm.Extra) -> Entry:
    source = _get(entry, "source", {})
    source = source if isinstance(source, dict) else {}
    return Entry(
        title=_plain(entry, "title"),
        content=_content(entry),
        summary=_plain(entry, "summary"),
        link=_link(entry),
        guid=_plain(entry, "id"),
        dates=tuple(_plain(entry, name) for name in ("published", "updated", "created")),
        language=extra.language or _language(entry),
        source=_plain(source, "title") or _plain(source, "value"),
        source_url=_plain(source, "href") or _plain(source, "link"),
        source_country=extra.country,
        tags=(*_tags(_get(entry, "tags", ())), *extra.tags),
    )


def _get(values: Mapping[str, Any], name: str, default: Any) -> Any:
    """Past feedparser's own look-up, which fills some names from others: a date of change is none of publication."""
    return dict.get(values, name, default) if isinstance(values, dict) else default


def _plain(values: Mapping[str, Any], name: str) -> str:
    value = _get(values, name, "")
    return value if isinstance(value, str) else ""


def _content(entry: Mapping[str, Any]) -> str:
    parts = _get(entry, "content", ())
    kinds = ("text/", "application/xhtml+xml")
    texts = [_plain(part, "value") for part in parts if (_plain(part, "type") or "text/").startswith(kinds)]
    return max(texts, key=len, default="")


def _link(entry: Mapping[str, Any]) -> str:
    links = [link for link in _get(entry, "links", ()) if isinstance(link, dict)]
    pages = (_plain(link, "href") for link in links if _plain(link, "rel") in ("alternate", ""))
    return _plain(entry, "link") or next((page for page in pages if page), "")


def _language(entry: Mapping[str, Any]) -> str:
    details = (_get(entry, name, {}) for name in ("title_detail", "summary_detail"))
    return _plain(entry, "language") or next((said for each in details if (said := _plain(each, "language"))), "")


def _tags(tags: Iterable[Any]) -> tuple[Given, ...]:
    found = (category(_get(tag, "term", ""), _get(tag, "label", "")) for tag in tags if isinstance(tag, dict))
    return tuple(tag for tag in found if tag)
