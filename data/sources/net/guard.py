"""Which addresses may be dialled: public ones, so that no feed can make the program ask machines behind the firewall.

A name is looked up once and all its addresses are checked; the dialled address is one of those that were checked, so
that a name which changes its address in between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from data.errors import FetchError

if TYPE_CHECKING:
    from data.sources.net.clock import Clock

VARIABLE = "NEWS_ALLOW_LOOPBACK"
"""Environment variable that, as 1, lets addresses of this machine through: for tests with a server of their own."""

# Public IPv6 is 2000::/3 without what is set aside in it: protocol assignments with Teredo, documentation, 6to4.
_UNICAST = ipaddress.IPv6Network("2000::/3")
_ASIDE = tuple(map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "192.88.99.0/24")))
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
"""Third quarter of an IPv6 address whose last one is an IPv4 address (RFC 5214)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is let through beside the public addresses."""

    loopback: bool = False


def loopback_allowed() -> bool:
    """Whether the environment lets addresses of this machine through."""
    return os.environ.get(VARIABLE) == "1"


def is_public(address: str) -> bool:
    """Whether an address in numbers is one of the public internet; every form that leads elsewhere is not.

    Not public are private, shared, loopback, link-local, multicast, reserved and documentation addresses, and those of
    IPv6 that stand for an IPv4 address: mapped, compatible, translated (NAT64), 6to4, Teredo, ISATAP.
    """
    try:
        found = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    if any(found in network for network in _ASIDE if network.version == found.version):
        return False
    if isinstance(found, ipaddress.IPv6Address):
        return found in _UNICAST and (int(found) >> 32 & 0xFFFFFFFF) not in _ISATAP
    return True


def allowed(address: str, rules: Rules) -> bool:
    """Whether `address` may be dialled."""
    if not rules.loopback:
        return is_public(address)
    try:
        return is_public(address) or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def addresses_of(host: str, port: int, clock: Clock, rules: Rules) -> list[str]:
    """The addresses of `host`, every one allowed; FetchError where it has none or one that is not."""
    found = _resolved(host, port, clock)
    if not found:
        raise FetchError(f"There is no host {host[:100]}.")
    if not all(allowed(address, rules) for address in found):
        raise FetchError(f"{host[:100]} is not on the public internet, so it is not asked for anything.")
    return found


def _resolved(host: str, port: int, clock: Clock) -> list[str]:
    """Asks the system in a thread of its own, which alone can be left behind when the system takes too long."""
    answers: SimpleQueue[list[str]] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            answers.put([])
        else:
            answers.put(list(dict.fromkeys(str(item[4][0]) for item in found)))

    Thread(target=ask, name="name lookup", daemon=True).start()
    try:
        return answers.get(timeout=clock.left())
    except Empty:
        raise TimeoutError("the name could not be looked up in time") from None
