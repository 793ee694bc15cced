"""The transport under httpx: connections to checked addresses only, each step within the time that is left."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from data.sources.net.guard import Rules, addresses_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator

    from data.sources.net.clock import Clock

PATIENCE = 5.0
"""Seconds that one of several addresses of a host is tried for."""


def client(clock: Clock, rules: Rules) -> httpx.Client:
    """A client for one request: no proxy, no redirects, no cookies kept."""
    return httpx.Client(transport=_Transport(clock, rules), trust_env=False, follow_redirects=False)


class GuardedBackend(httpcore.NetworkBackend):
    """Looks a name up once, checks what it finds and dials that."""

    def __init__(self, clock: Clock, rules: Rules) -> None:
        self._clock = clock
        self._rules = rules

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address that answers."""
        last: Exception = httpcore.ConnectError(f"no address of {host} answers")
        backend = httpcore.SyncBackend()
        for address in addresses_of(host, port, self._clock, self._rules):
            try:
                return Timed(backend.connect_tcp(address, port, self._clock.left(PATIENCE)), self._clock)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last


class Timed(httpcore.NetworkStream):
    """A stream each of whose steps has the time that the whole request has left, however often a byte drips in."""

    def __init__(self, inner: httpcore.NetworkStream, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._clock.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Timed(self._inner.start_tls(ssl_context, server_hostname, self._clock.left()), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Transport(httpx.BaseTransport):
    """httpx's own would need its private parts changed to take another network backend; httpcore takes it openly."""

    def __init__(self, clock: Clock, rules: Rules) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_connections=1, network_backend=GuardedBackend(clock, rules)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        self._pool.close()


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
