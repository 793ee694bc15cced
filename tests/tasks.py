"""Work for the processes of data.workers: in a module of its own that is quick to import in each of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from data.commands.output import output
from data.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path


def where(batch: int) -> tuple[int, int]:
    """The process that does the work."""
    return os.getpid(), batch


def refuse(batch: int) -> int:
    """Fails in plain words."""
    raise SourceError(f"{batch} is no good")


def chatter(batch: int) -> int:
    """Prints where the answers go."""
    os.write(1, b"noise")
    return batch


def fail(path: Path) -> None:
    """Breaks off in the middle of writing."""
    with output(path) as out:
        out.write(b"half")
        raise SourceError("something went wrong")
