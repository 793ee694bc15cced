"""Memory of a server with many readers: what threads have freed goes back, and does not wait in a pool for each.

Every run of the page is a thread of its own. The allocator of glibc gives threads heaps of their own, eight for each
core, and that of Arrow keeps what it once had: with 25 readers that is a fifth of the server.
"""

from __future__ import annotations

import ctypes
import sys

import pyarrow as pa

_M_ARENA_MAX = -8
"""The parameter of mallopt(3)."""
_HEAPS = 2


def be_sparing() -> None:
    """Has this process use few heaps, from now on; where there is no glibc, only what concerns Arrow."""
    pa.set_memory_pool(pa.system_memory_pool())
    if sys.platform == "linux":
        allocator = getattr(ctypes.CDLL(None), "mallopt", None)
        if allocator is not None:
            allocator(_M_ARENA_MAX, _HEAPS)
