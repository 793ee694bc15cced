"""What the benchmarks say of the machine, and the memory of a process."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def machine(*packages: str) -> str:
    """One line: kind of machine, cores, load, and versions."""
    said = [f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"]
    return ", ".join([*said, f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)])


def peak_of(process: int | str = "self") -> float:
    """The most memory that a process has had, in MB; 0 where the system does not tell."""
    return _status(process, "VmHWM")


def resident_of(process: int | str = "self") -> float:
    """The memory that a process has now, in MB; 0 where the system does not tell."""
    return _status(process, "VmRSS")


def family_of(process: int) -> Iterator[int]:
    """The process and all that it and its children have started."""
    yield process
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        for child in tasks.read_text().split():
            yield from family_of(int(child))


def _status(process: int | str, name: str) -> float:
    file = Path(f"/proc/{process}/status")
    lines = file.read_text().splitlines() if file.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0) / 1024
