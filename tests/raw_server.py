"""A server of the tests that says byte for byte what it is told to, as badly as it may be."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Play = Callable[[socket.socket, "Request"], None]


@dataclass(frozen=True)
class Request:
    """What the client asked for."""

    path: str
    headers: Mapping[str, str]


@dataclass
class Server:
    """What is heard and said; `plays` maps paths to what is said."""

    address: str
    plays: dict[str, Play]
    connections: int = 0
    requests: list[Request] = field(default_factory=list)
    over: Event = field(default_factory=Event)


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> Play:
    """A well-behaved answer; underscores in names stand for hyphens."""

    def play(client: socket.socket, _request: Request) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        client.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    return play


def drip(start: bytes, each: bytes, server: Callable[[], Server], pause: float = 0.05) -> Play:
    """Says `start`, then `each` for ever."""

    def play(client: socket.socket, _request: Request) -> None:
        client.sendall(start)
        while not server().over.is_set():
            client.sendall(each)
            time.sleep(pause)

    return play


@contextmanager
def serving(plays: dict[str, Play] | None = None) -> Iterator[Server]:
    """A server on a port of 127.0.0.1 while the block lasts."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}", plays or {})
    Thread(target=_listen, args=(listener, server), daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _listen(listener: socket.socket, server: Server) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        server.connections += 1
        Thread(target=_serve, args=(client, server), daemon=True).start()


def _serve(client: socket.socket, server: Server) -> None:
    with client, suppress(OSError):
        heard = b""
        while b"\r\n\r\n" not in heard:
            part = client.recv(4096)
            if not part:
                return
            heard += part
        first, *lines = heard.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        request = Request(first.split(" ")[1], headers)
        server.requests.append(request)
        server.plays.get(request.path.partition("?")[0], answer(status="404 Not Found"))(client, request)
