"""The network: what is never dialled, what ends in time, what is too large, and what is asked politely."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
import textwrap
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Event
from typing import TYPE_CHECKING

import httpcore
import pytest

from data.errors import FetchError
from data.sources.net import Fetched, fetch, guard, retry
from data.sources.net.guard import Rules, addresses_of, is_public
from data.sources.net.polite import Pace, spread
from tests.raw_server import Server, answer, drip, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.sources.net.clock import Clock

BOUND = 1.0
"""Seconds after the deadline at which a request has to have ended."""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def local(url: str, **options: object) -> Fetched:
    return fetch(url, allow_loopback=True, **options)  # type: ignore[arg-type]


def words(text: str) -> list[str]:
    return text.split()


PRIVATE = words("""
127.0.0.1 127.1.2.3 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 198.18.0.1 192.0.0.1 192.0.2.1
198.51.100.1 203.0.113.1 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1
64:ff9b::8.8.8.8 64:ff9b:1::1 2002:7f00:1:: 2002:808:808:: 2001::1 2001:0:7f00:1::1 2001:db8::1 2001:10::1 3fff::1
fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 100::1 5f00::1 4000::1
2606:4700::5efe:127.0.0.1 2606:4700::200:5efe:10.0.0.1 no-address
""")


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.0.81", "2606:4700::6810:84e5", "2a00:1450:4001:80e::200e"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


HOSTS = words("""
127.0.0.1 localhost 127.1 2130706433 0x7f000001 0x7f.1 017700000001 0 0.0.0.0 [::1] [::] [::ffff:127.0.0.1]
[::ffff:7f00:1] [64:ff9b::7f00:1] [2002:7f00:1::] [::127.0.0.1] 127.0.0.1. ①②⑦.0.0.1 localhost.
""")


@pytest.mark.parametrize("host", HOSTS)
def test_no_form_of_a_local_address_is_dialled(host: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(guard.VARIABLE, raising=False)
    port = server.address.rpartition(":")[2]
    with pytest.raises(FetchError):
        fetch(f"http://{host}:{port}/", deadline=5)
    assert server.connections == 0


@pytest.mark.parametrize("host", [*HOSTS, "10.0.0.1", "169.254.169.254", "[fe80::1]", "224.0.0.1"])
def test_a_redirect_to_such_an_address_is_not_followed(
    host: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host is let through as if it were public, the one it leads to is not."""
    dialled: list[str] = []

    def public_at_first(name: str, port: int, clock: Clock, rules: Rules) -> list[str]:
        if name == "news.example":
            return ["127.0.0.1"]
        dialled.extend(found := addresses_of(name, port, clock, rules))
        return found

    monkeypatch.setattr("data.sources.net.dialling.addresses_of", public_at_first)
    port = server.address.rpartition(":")[2]
    server.plays["/"] = answer(status="302 Found", Location=f"http://{host}:{port}/secret".encode().decode("latin-1"))
    with pytest.raises(FetchError):
        fetch(f"http://news.example:{port}/", deadline=5, allow_loopback=False)
    assert server.connections == 1
    assert dialled == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x/", "javascript:1", "data:,x"])
def test_other_schemes_are_not_followed(target: str, server: Server) -> None:
    server.plays["/"] = answer(status="301 Moved Permanently", Location=target)
    with pytest.raises(FetchError, match="http"):
        local(server.address + "/")
    with pytest.raises(FetchError):
        local(target)
    assert server.connections == 1


@pytest.mark.parametrize(
    "address", ["", "news", "//x", "http://", "http://a b/", "http://x:99999/", "http://\ud800/", "http://[::1/", "\0"]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(FetchError):
        fetch(address, deadline=3)


def test_no_password_is_sent() -> None:
    with pytest.raises(FetchError, match="password"):
        fetch("http://reader:secret@example.org/")


def resolver(*answers: list[str]) -> tuple[list[str], object]:
    """A fake of socket.getaddrinfo that gives one answer after the other, and the names it was asked for."""
    asked: list[str] = []
    waiting = list(answers)

    def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    return asked, getaddrinfo


def test_a_name_that_changes_its_address_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: public when it is checked, local when it is dialled. Dialled is what was checked."""
    asked, fake = resolver(["203.0.114.1"], ["127.0.0.1"])
    dialled: list[str] = []

    def connect(_: object, host: str, *__: object, **___: object) -> None:
        dialled.append(host)
        raise httpcore.ConnectError("not in a test")

    monkeypatch.setattr(guard.socket, "getaddrinfo", fake)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(FetchError):
        fetch("http://rebinding.example/", deadline=2, allow_loopback=False)
    assert asked == ["rebinding.example"]
    assert dialled == ["203.0.114.1"]


def test_one_local_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    _, fake = resolver(["8.8.8.8", "10.0.0.1"])
    monkeypatch.setattr(guard.socket, "getaddrinfo", fake)
    with pytest.raises(FetchError, match="public internet"):
        fetch("http://mixed.example/", deadline=2)


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, server.address)
    with pytest.raises(FetchError):
        fetch("http://nowhere.invalid/", deadline=3)
    assert server.connections == 0


def test_loopback_has_to_be_allowed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.plays["/"] = answer(b"here")
    monkeypatch.setenv(guard.VARIABLE, "1")
    assert fetch(server.address + "/").body == b"here"
    with pytest.raises(FetchError):
        fetch(server.address + "/", allow_loopback=False)
    with pytest.raises(FetchError):
        fetch("http://10.0.0.1/", deadline=2)


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("start", "each"),
    [
        pytest.param(b"", b"", id="silent"),
        pytest.param(HEAD, b"X-Slow: 1\r\n", id="headers without end"),
        pytest.param(b"H", b"", id="slow first line"),
        pytest.param(HEAD + b"X: ", b"y", id="dripping header"),
        pytest.param(HEAD + b"Content-Length: 9999999\r\n\r\n", b"z", id="dripping body"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nz\r\n", id="dripping chunks"),
        pytest.param(HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03", b"\0", id="slow gzip"),
    ],
)
def test_slow_answers_end_at_the_deadline(start: bytes, each: bytes, server: Server) -> None:
    server.plays["/"] = drip(start, each, lambda: server)
    begun = time.monotonic()
    with pytest.raises(FetchError):
        local(server.address + "/", deadline=0.4)
    assert time.monotonic() - begun < 0.4 + BOUND


def test_an_endless_body_ends_at_the_limit(server: Server) -> None:
    server.plays["/"] = drip(HEAD + b"\r\n", b"z" * 65_536, lambda: server, pause=0.0)
    with pytest.raises(FetchError, match="more than 1,000,000 bytes"):
        local(server.address + "/", limit=1_000_000, deadline=20)


def test_slow_names_end_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    over = Event()

    def getaddrinfo(*_: object, **__: object) -> list[object]:
        over.wait(5)
        return []

    monkeypatch.setattr(guard.socket, "getaddrinfo", getaddrinfo)
    begun = time.monotonic()
    with pytest.raises(FetchError, match="within"):
        fetch("http://slow.example/", deadline=0.3)
    assert time.monotonic() - begun < 0.3 + BOUND
    over.set()


def test_the_deadline_is_one_for_all_redirects(server: Server) -> None:
    def late(client: socket.socket, _request: object) -> None:
        time.sleep(0.25)
        client.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    server.plays["/"] = late
    begun = time.monotonic()
    with pytest.raises(FetchError, match="within"):
        local(server.address + "/", deadline=0.6)
    assert time.monotonic() - begun < 0.6 + BOUND


@pytest.mark.parametrize(("hops", "reached"), [(0, True), (5, True), (6, False), (99, False)])
def test_redirects_are_followed_five_times(hops: int, reached: bool, server: Server) -> None:
    server.plays[f"/{hops}"] = answer(b"end")
    for hop in range(hops):
        server.plays[f"/{hop}"] = answer(status="302 Found", Location=f"/{hop + 1}")
    if reached:
        assert local(server.address + "/0").url == f"{server.address}/{hops}"
    else:
        with pytest.raises(FetchError, match="redirects"):
            local(server.address + "/0")


BOMB = """
    import resource, sys
    from data.errors import FetchError
    from data.sources.net import fetch
    fetch(sys.argv[1] + "/small", allow_loopback=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        fetch(sys.argv[1] + "/bomb", allow_loopback=True)
    except FetchError as error:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, error)
"""


def bomb() -> bytes:
    """600 MB of zeros in some 600 KB: one deflated block that can be repeated within one stream."""
    packer = zlib.compressobj(9, wbits=-15)
    first, block = (packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + first + block * 59


def test_a_bomb_is_noticed_before_it_goes_off(server: Server) -> None:
    server.plays |= {"/small": answer(b"x"), "/bomb": answer(bomb(), Content_Encoding="gzip")}
    run = [sys.executable, "-c", textwrap.dedent(BOMB), server.address]
    out = subprocess.run(run, capture_output=True, text=True, timeout=60, check=True).stdout
    grown, _, said = out.partition(" ")
    assert "more than" in said
    assert int(grown) < 64 << 10, "kilobytes"


@pytest.mark.parametrize(
    ("body", "encoding", "said"),
    [
        (gzip.compress(gzip.compress(b"news")), "gzip", "packed twice"),
        (gzip.compress(gzip.compress(b"news")), "gzip, gzip", "not asked for"),
        (b"news", "br", "not asked for"),
        (b"news", "deflate", "not asked for"),
        (b"news", "gzip", "damaged"),
        (gzip.compress(b"news" * 999)[:-12], "gzip", "breaks off"),
    ],
)
def test_packing_that_is_refused(body: bytes, encoding: str, said: str, server: Server) -> None:
    server.plays["/"] = answer(body, Content_Encoding=encoding)
    with pytest.raises(FetchError, match=said):
        local(server.address + "/")


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3_000_000])
def test_gzip_is_unpacked_whole(size: int, server: Server) -> None:
    server.plays["/"] = answer(gzip.compress(bytes(size)) + gzip.compress(b"end"), Content_Encoding="gzip")
    assert local(server.address + "/").body == bytes(size) + b"end"


def test_a_body_cut_short_is_no_body(server: Server) -> None:
    def cut(client: socket.socket, _request: object) -> None:
        client.sendall(HEAD + b"Content-Length: 100\r\n\r\nhalf")

    server.plays["/"] = cut
    with pytest.raises(FetchError):
        local(server.address + "/")


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    server.plays["/"] = answer(b"news", ETag='"v1"', Last_Modified="Mon, 06 Jan 2025 10:00:00 GMT")
    first = local(server.address + "/")
    server.plays["/"] = answer(status="304 Not Modified")
    second = local(server.address + "/", etag=first.etag, modified=first.modified)
    assert (second.not_modified, second.body, second.status) == (True, b"", 304)
    assert server.requests[1].headers["if-none-match"] == '"v1"'
    assert server.requests[1].headers["if-modified-since"] == "Mon, 06 Jan 2025 10:00:00 GMT"


def test_validators_cannot_smuggle_headers(server: Server) -> None:
    server.plays["/"] = answer(b"news")
    local(server.address + "/", etag='"a"\r\nX-Evil: 1', modified="\u20ac")
    assert not {"x-evil", "if-none-match", "if-modified-since"} & server.requests[0].headers.keys()


def test_what_a_request_says_of_us(server: Server) -> None:
    server.plays["/"] = answer(b"news")
    local(server.address + "/")
    headers = server.requests[0].headers
    assert headers["user-agent"].startswith("world-news-themes/")
    assert headers["accept-encoding"] == "gzip"
    assert not {"cookie", "authorization", "referer"} & headers.keys()


@pytest.mark.parametrize(("status", "known"), [("404 Not Found", 404), ("500 Oh", 500), ("429 Slow", 429)])
def test_errors_of_servers_are_errors(status: str, known: int, server: Server) -> None:
    server.plays["/"] = answer(status=status, Retry_After="120")
    with pytest.raises(FetchError, match=str(known)) as caught:
        local(server.address + "/?key=secret")
    assert (caught.value.status, caught.value.retry_after) == (known, 120.0)
    assert "secret" not in str(caught.value)


NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("60", 60.0),
        (" 60 ", 60.0),
        (format_datetime(NOW + timedelta(minutes=5)), 300.0),
        (format_datetime(NOW - timedelta(minutes=5)), 0.0),
        ("9" * 40, retry.LONGEST),
        ("soon", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_how_long_a_server_wants_us_to_wait(header: str, seconds: float | None) -> None:
    assert retry.seconds(header, NOW) == seconds


def test_requests_to_one_host_are_kept_apart() -> None:
    pace = Pace(10.0)
    waits = [pace.turn(url) for url in ("http://a.org/1", "http://b.org/1", "http://a.org/2", "http://www.a.org/3")]
    assert [round(wait) for wait in waits] == [0, 0, 10, 20]


def test_hosts_side_by_side_and_every_item_once() -> None:
    items = [f"http://{host}.org/{number}" for host in "abcdefghijkl" for number in range(3)]
    answers = list(spread(lambda url: url, items, lambda url: url, pace=Pace(0.0), stop=Event()))
    assert sorted(answers) == sorted(items)
    assert [url for url in answers if "//a." in url] == items[:3], "in turn"


def test_a_slow_host_holds_nobody_up_and_stopping_stops() -> None:
    over, stop = Event(), Event()

    def task(url: str) -> str:
        if "slow" in url:
            over.wait(10)
        return url

    answers = spread(task, ["http://slow.org/", "http://a.org/", "http://b.org/"], str, pace=Pace(0.0), stop=stop)
    assert {next(answers), next(answers)} == {"http://a.org/", "http://b.org/"}
    answers.close()  # type: ignore[attr-defined]
    assert stop.is_set()
    over.set()
