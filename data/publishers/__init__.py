"""Where publishers sit and what they are called: a table of their web domains (README.md beside this module).

publisher, url ─table of domains, endings of countries, table of names─▶ country

Never from a text: what an article is about and where it is published are two things.
"""

from __future__ import annotations

import functools
import re

from data.publishers import table
from data.publishers.endings import by_ending
from data.publishers.table import Publisher, Table
from data.sources import addresses

__all__ = ["Publisher", "Table", "country_of", "publisher_name"]

_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}")
_DOORS = frozenset({"www", "m", "amp", "mobile", "rss", "feed", "feeds", "news", "edition", "en", "english"})
"""First parts of a host that lead into the site named by the rest."""
_LONGEST = 253
"""Characters of a domain at most, and as many of a name are looked at."""


def country_of(publisher: str, url: str) -> str:
    """ISO 3166-1 alpha-2 code of where the publisher of an article sits; empty where it is not known.

    Asked in this order: the domain of `url` in the table, that of `publisher` where it is a domain itself, the ending
    of either, and the name. The domain of a site that carries the texts of many publishers says nothing. StoreError
    where the user's own table cannot be read.
    """
    host = addresses.domain(url)
    return _country(table.current(), publisher[:_LONGEST].strip(), host if len(host) <= _LONGEST else "")


def publisher_name(domain: str) -> str:
    """What the publisher with the web domain `domain` is called: "BBC News" for bbc.co.uk; empty where not known."""
    known = table.current()
    host = _host(domain)
    while host not in known.domains and host.partition(".")[0] in _DOORS:
        host = host.partition(".")[2]
    return known.shown(known.domains[host]) if host in known.domains else ""


@functools.lru_cache(maxsize=1 << 14)
def _country(known: Table, publisher: str, host: str) -> str:
    hosts = [name for name in (host, _host(publisher)) if name]
    listed = [known.find(name) for name in hosts]
    for found in listed:
        if found and found.country:
            return found.country
    for name, found in zip(hosts, listed, strict=True):
        if found is None and (country := by_ending(name)):
            return country
    return known.country(publisher)


def _host(text: str) -> str:
    """`text` in small letters and without www where it is a domain, else empty."""
    plain = text[: _LONGEST + 1].strip().lower().removeprefix("www.")
    return plain if len(plain) <= _LONGEST and _DOMAIN.fullmatch(plain) else ""
