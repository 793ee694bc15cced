"""The server's memory: where it comes from once the server is up."""

from __future__ import annotations

import subprocess
import sys

import pytest

_SCRIPT = """
import ctypes, sys, threading, xml.etree.ElementTree as tree
import pyarrow as pa
from components import memory
memory.be_sparing()
assert pa.default_memory_pool().backend_name == "system"
ready = threading.Barrier(21)
done = threading.Event()
def hold():
    kept = [bytearray(600) for _ in range(100)]
    ready.wait()
    done.wait()
for _ in range(20):
    threading.Thread(target=hold).start()
ready.wait()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, ctypes.c_void_p(file))
libc.fclose(ctypes.c_void_p(file))
done.set()
print(len(tree.parse(sys.argv[1]).findall("heap")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="heaps are counted by glibc")
def test_threads_share_few_heaps(tmp_path: object) -> None:
    made = subprocess.run(
        [sys.executable, "-c", _SCRIPT, f"{tmp_path}/heaps.xml"], capture_output=True, text=True, check=True
    )
    assert 1 <= int(made.stdout) <= 3
