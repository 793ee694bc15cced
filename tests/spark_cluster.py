"""A cluster of Spark on this machine for tests and benchmarks: a master, and workers of one core each."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

THERE = bool(find_spec("ibis") and find_spec("pyspark") and shutil.which("java"))
WHY_NOT = "Java, PySpark or Ibis is missing"
PATIENCE = 60.0
_DEPLOY = "org.apache.spark.deploy"


@contextmanager
def cluster(folder: Path, workers: int, port: int = 0) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of the master, on some port or this one, and the processes of the workers; all end with the block."""
    port = port or _free_port()
    address = f"spark://127.0.0.1:{port}"
    processes = [_start(folder, "master.Master", "--host", "127.0.0.1", "--port", str(port))]
    try:
        _wait(port)
        for number in range(workers):
            place = ["--host", "127.0.0.1", "--work-dir", str(folder / f"worker{number}")]
            processes.append(_start(folder, "worker.Worker", "--cores", "1", "--memory", "1g", *place, address))
        yield address, processes[1:]
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(folder: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    own = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    with (folder / "spark.log").open("ab") as log:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), f"{_DEPLOY}.{name}", "--webui-port", "0", *arguments],
            stdout=log,
            stderr=log,
            env=os.environ | own,
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
