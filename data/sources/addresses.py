"""Addresses of articles: which are links, which are the same, and whose they are."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from data.sources.cleaning import unescaped

LONGEST = 4096
_TRACKING = re.compile(
    r"utm_.*|at_.*|ns_(?:source|mchannel|campaign|linkname|fee)|mc_[ce]id|[a-z]{0,3}clid|fbclid|gclsrc|igshid|cmpid|cmp|"
    r"smid|smtyp|ito|wt_mc|ocid|partner|taid|sref|source_?feed",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[^\S\r\n]")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff<>\"]")


def link(text: str) -> str:
    """`text` where it is an address of the web (http, https) that can be shown as a link, else empty."""
    if "//" not in text and "&" not in text:  # most ids
        return ""
    text = unescaped(text.strip()) if len(text) <= LONGEST else ""
    text = _SPACE.sub(lambda match: quote(match.group()), text)
    if text.startswith("//"):
        text = "https:" + text
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        return ""
    return "" if _UNSAFE.search(text) else text


def canonical(url: str) -> str:
    """What is the same for all addresses of one article: without scheme, www, fragment and marks of campaigns."""
    parts = _split(url)
    if parts is None:
        return url
    query = urlencode([(name, value) for name, value in _query(parts) if not _TRACKING.fullmatch(name)])
    return domain(url) + parts.path.rstrip("/") + (f"?{query}" if query else "")


def domain(url: str) -> str:
    """The host of an address without www, for instance ``bbc.co.uk``; empty where there is none."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.hostname, parts.port  # raise where they are malformed
    except ValueError:
        return None
    return parts


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    try:
        return parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return [("", parts.query)]
