"""One request, from an address to the bytes of its answer, within a limit of time and one of size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import FetchError
from data.sources.net import retry, unpacking
from data.sources.net.clock import Clock
from data.sources.net.guard import Rules, loopback_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx

LIMIT = 15 << 20
"""Bytes of a body at most, both as sent and unpacked."""
DEADLINE = 20.0
"""Seconds that a request may take in all: names, redirects, headers and body."""
REDIRECTS = 5
AGENT = "world-news-themes/0.1 (a news dashboard for one reader)"
_REDIRECT = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a request."""

    status: int
    """200 to 299, or 304."""
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes
    """Unpacked; empty where nothing has changed."""
    url: str
    """The address that answered, after redirects."""
    not_modified: bool = False
    """Nothing has changed since the answer that `etag` and `modified` are from."""

    @property
    def etag(self) -> str:
        """What to give as `etag` next time."""
        return self.headers.get("etag", "")

    @property
    def modified(self) -> str:
        """What to give as `modified` next time."""
        return self.headers.get("last-modified", "")


def fetch(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    limit: int = LIMIT,
    deadline: float = DEADLINE,
    allow_loopback: bool | None = None,
) -> Fetched:
    """What is at `url`; with `etag` and `modified` of an earlier answer, only if it has changed since.

    `limit` is in bytes, `deadline` in seconds. `allow_loopback` lets addresses of this machine through: for tests only;
    None means what the environment says, see :func:`data.sources.net.guard.loopback_allowed`.

    FetchError where there is no answer of success within the limits.
    """
    rules = Rules(loopback_allowed() if allow_loopback is None else allow_loopback)
    asked = {name: value for name, value in (("if-none-match", etag), ("if-modified-since", modified)) if value}
    clock = Clock(deadline)
    try:
        return _follow(url, asked, clock, rules, limit)
    except TimeoutError:
        raise FetchError(f"{shown(url)} gave no whole answer within {deadline:g} seconds.") from None


def shown(url: str) -> str:
    """An address as messages name it: without query, which may hold a key, and not too long."""
    return url.split("?", 1)[0].split("#", 1)[0][:200].encode("ascii", "replace").decode("ascii")


def _follow(url: str, headers: Mapping[str, str], clock: Clock, rules: Rules, limit: int) -> Fetched:
    for _ in range(REDIRECTS + 1):
        answer = _once(url, headers, clock, rules, limit)
        if isinstance(answer, Fetched):
            return answer
        url = answer
    raise FetchError(f"{shown(url)} leads on and on: more than {REDIRECTS} redirects.")


def _once(url: str, headers: Mapping[str, str], clock: Clock, rules: Rules, limit: int) -> Fetched | str:
    """The answer of one address, or the address that it redirects to."""
    import httpcore
    import httpx

    from data.sources.net.dialling import client

    try:
        address = checked(url)
        with client(clock, rules) as session, session.stream("GET", address, headers=_headers(headers)) as response:
            return _answer(response, url, clock, limit)
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise TimeoutError from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
        raise FetchError(f"{shown(url)} cannot be fetched ({_why(error)}).") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise FetchError(f"{shown(url)} cannot be fetched ({_why(error)}).") from error


def checked(url: str) -> httpx.URL:
    """`url` as an address that may be asked for; FetchError where it is none."""
    import httpx

    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(f"{shown(url)} is no web address.") from error
    if address.scheme not in ("http", "https"):
        raise FetchError(f"{shown(url)} is no web address: it has to begin with http:// or https://.")
    if not address.host:
        raise FetchError(f"{shown(url)} names no host.")
    if address.userinfo:
        raise FetchError("An address with a password in it is not fetched: it would end up in lists and reports.")
    return address.copy_with(fragment=None)


def _headers(more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in more.items() if value.isascii() and value.isprintable()}
    return {"user-agent": AGENT, "accept": "*/*", "accept-encoding": "gzip", "connection": "close", **kept}


def _answer(response: httpx.Response, url: str, clock: Clock, limit: int) -> Fetched | str:
    import httpx

    headers = {name.lower(): value for name, value in response.headers.items()}
    status = response.status_code
    if status in _REDIRECT and (target := headers.get("location")):
        try:
            return str(response.url.join(target))
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError(f"{shown(url)} redirects to what is no address.") from error
    if status == 304:
        return Fetched(status, headers, b"", str(response.url), not_modified=True)
    if not 200 <= status < 300:
        raise FetchError(
            f"{shown(url)} answers with {_meaning(status)}.", status, retry.seconds(headers.get("retry-after", ""))
        )
    body = unpacking.unpacked(_chunks(response, clock), headers.get("content-encoding", ""), limit, shown(url))
    return Fetched(status, headers, body, str(response.url))


def _chunks(response: httpx.Response, clock: Clock) -> Iterator[bytes]:
    for chunk in response.iter_raw():
        clock.left()
        yield chunk


def _meaning(status: int) -> str:
    from http import HTTPStatus

    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _why(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
