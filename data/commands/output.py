"""Where a command writes: a file that is there only when it is whole, or the terminal."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from data.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def output(path: Path | None) -> Iterator[IO[bytes]]:
    """The bytes of `path`, or of standard output where it is None.

    A file is written under a hidden name beside it, so that reading the folder does not meet it, and takes its own name
    only when the block has ended well: a run that breaks off leaves no half file, and an old one stays. What is no
    regular file (a pipe, a device) is written directly. NewsError where the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    direct = path.exists() and not path.is_file()
    part = path if direct else path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            yield out
        if not direct:
            part.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NewsError(f"{path} cannot be written ({error.strerror or error}).") from error
    finally:
        if not direct:
            part.unlink(missing_ok=True)


def silence() -> None:
    """Lets the rest of standard output go nowhere, so that Python does not complain at its end that nobody reads it."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
