"""Whether somebody answers where a master of Spark or a server of Spark Connect is said to be.

Asked before Spark itself is: that takes a minute to give up, and says so in a page of Java.
"""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from data.errors import StoreError

PATIENCE = 5.0
"""Seconds that one address gets."""
_PORTS = {"spark": 7077, "sc": 15002}


def reach(where: str) -> None:
    """StoreError where no address of `where` (``spark://host:7077,other:7077``, ``sc://host``) takes a connection."""
    addresses = addresses_of(where)
    faults = [fault for address in addresses if (fault := _fault(address))]
    if addresses and len(faults) == len(addresses):
        raise StoreError(f"Nobody answers at {where} ({faults[0]}). Check the address, and that Spark is up.")


def addresses_of(where: str) -> list[tuple[str, int]]:
    """Hosts and ports; none for Spark on this machine. StoreError where the address makes no sense."""
    scheme, found, rest = where.partition("://")
    if not found or scheme not in _PORTS:
        return []
    try:
        parts = [urlsplit(f"//{address}") for address in rest.split("/")[0].split(",")]
        return [(part.hostname or "", part.port or _PORTS[scheme]) for part in parts]
    except ValueError as error:
        raise StoreError(f"{where} is no address of Spark ({error}).") from error


def _fault(address: tuple[str, int]) -> str:
    """Why no connection is made, empty where one is."""
    try:
        with socket.create_connection(address, PATIENCE):
            return ""
    except (OSError, UnicodeError) as error:
        return str(error)
