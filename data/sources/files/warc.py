"""Web archives (WARC), as crawlers such as Common Crawl's CC-NEWS write them; ISO 28500.

Two packages that are no part of the program do the work: warcio reads the records, trafilatura finds the article in a
page. `WARC-Date` is when a page was fetched and no date of publication.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from data.errors import SourceError
from data.sources.rows import Row, reject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.articles import Reject
    from data.sources.files.members import Member

MAX_PAGE = 5 << 20
"""Bytes of a page that are looked at."""
MAX_PAGES = 100_000
_NEEDED = ("warcio", "trafilatura")
_PAGES = ("text/html", "application/xhtml")


def read(member: Member) -> Iterator[Row | Reject]:
    """A row for each page that was fetched; SourceError where the packages are not installed."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise SourceError(f"a web archive (WARC); to read it, install {' and '.join(missing)}")
    return _rows(member)


def _rows(member: Member) -> Iterator[Row | Reject]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    with member.open() as stream:
        records = iter(ArchiveIterator(stream))
        while number < MAX_PAGES:
            try:
                record = next(records, None)
                if record is None:
                    return
                if record.rec_type != "response":
                    continue
                number += 1
                item = _page(record)
            except (ArchiveLoadFailed, ValueError, EOFError, AttributeError) as error:
                # AttributeError: what warcio 1.8 makes of headers that are cut off.
                yield reject(member.name, number, f"the rest of the web archive cannot be read ({str(error)[:150]})")
                return
            yield Row(item, member.name, number) if isinstance(item, dict) else reject(member.name, number, item)
    yield reject(member.name, 0, f"the web archive holds more than {MAX_PAGES:,} pages; the rest was not read")


def _page(record: Any) -> dict[str, object] | str:
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") or "" if headers else "").lower()
    if not kind.startswith(_PAGES):
        return f"no web page but {kind[:60] or 'something unnamed'}"
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    return article(record.content_stream().read(MAX_PAGE), address) or "no article could be found in the page"


def article(page: bytes, address: str) -> dict[str, object] | None:
    """Our fields of the article in an HTML page; None where none can be found.

    The date is the one that the page states about itself; none is guessed from its text.
    """
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        page,
        url=address or None,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or not (found.title or found.text):
        return None
    return {
        "title": found.title,
        "text": (found.text or "").removeprefix(f"{found.title}\n"),
        "summary": found.description,
        "url": address or found.url,
        "published": found.date,
        "publisher": found.sitename or found.hostname,
        "language": found.language,
    }
