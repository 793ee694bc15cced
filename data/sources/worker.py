"""Files of strangers read in a short-lived process of its own, with limits of memory, processor and time.

location ─▶ ``python -m data.sources.worker`` ─JSON, a batch a line─▶ Row* with Reject* between them

Whatever a file does to the process that reads it, this one lives on, and what was delivered before stays. JSON and not
pickle comes back, so that a process that was taken over can say nothing but text. The limits of memory and processor
are those of POSIX; elsewhere time and the size of the answers are all that is limited.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import orjson

import data
from data.articles import Reject
from data.errors import NewsError, SourceError
from data.sources import meter
from data.sources.rows import Row, reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEGABYTE = 1 << 20
_BATCH = 200
"""Items sent at once: they are lost if the process ends before they are full."""
_FULL = 1 << 18
"""Characters of the texts in a batch, roughly, with which it is sent early."""
_LONGEST_ANSWER = 256 << 20
_OUT_OF_MEMORY = 77
"""Exit code of a process whose memory did not suffice."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reading process may take."""

    memory: int = 2 << 30
    """Bytes of address space."""
    processor: int = 60
    """Seconds of processor time, whatever is read."""
    processor_per_megabyte: float = 2.0
    """Seconds more for each megabyte at the location."""
    silence: float = 60.0
    """Seconds of waiting for the next rows."""


DEFAULT = Limits()


def read_limited(location: str, limits: Limits = DEFAULT) -> Iterator[Row | Reject]:
    """As :func:`data.sources.read`, in a process of its own.

    A process that ends before its time leaves a Reject with row 0 behind the rows that it delivered; SourceError where
    it delivered none, or could read nothing.
    """
    from data import sources

    size = sources.size(location)
    part = _Part(size)
    with meter.reading(part), _process(location, limits, size) as process:
        try:
            yield from _delivered(process, location, limits, part)
        finally:
            process.kill()


def _process(location: str, limits: Limits, size: int) -> subprocess.Popen[bytes]:
    home = str(Path(data.__file__).parents[1])
    known = os.environ.get("PYTHONPATH")
    seconds = limits.processor + int(limits.processor_per_megabyte * size / MEGABYTE)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "data.sources.worker", str(limits.memory), str(seconds), location],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": home if not known else home + os.pathsep + known},
    )


class _Part:
    """What is being read, as the meter sees it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.share = 0.0

    def consumed(self) -> int:
        return int(self.share * self.size)


def _delivered(process: subprocess.Popen[bytes], location: str, limits: Limits, part: _Part) -> Iterator[Row | Reject]:
    answers = cast("IO[bytes]", process.stdout)
    name = Path(location).name
    some = False
    while True:
        answer = _next(process, answers, limits)
        if isinstance(answer, str):
            if not some:
                raise SourceError(f"{name} {answer}.")
            yield reject(name, 0, f"the rest of the file {answer}")
            return
        if "error" in answer:
            raise SourceError(str(answer["error"]))
        if "end" in answer:
            return
        part.share = answer["share"]
        for item in answer["items"]:
            some = True
            yield Reject(**item) if "reason" in item else Row(**item)


def _next(process: subprocess.Popen[bytes], answers: IO[bytes], limits: Limits) -> dict[str, Any] | str:
    """The next answer, or in words why there is none."""
    silent = threading.Event()

    def end() -> None:
        silent.set()
        process.kill()

    watch = threading.Timer(limits.silence, end)
    watch.daemon = True
    watch.start()
    try:
        line = answers.readline(_LONGEST_ANSWER)
    finally:
        watch.cancel()
    if not line.endswith(b"\n"):
        how = f"no answer for {limits.silence:g} seconds" if silent.is_set() else _how(process)
        return f"could not be read within the limits ({how}). Split it, or save it in another form"
    try:
        answer: dict[str, Any] = orjson.loads(line)
    except orjson.JSONDecodeError:
        return "could not be read: its reader gave an answer that makes no sense"
    return answer


def _how(process: subprocess.Popen[bytes]) -> str:
    code = process.wait()
    if code < 0:
        return f"stopped by signal {-code}"
    return "memory" if code == _OUT_OF_MEMORY else f"exit code {code}"


def limit(memory: int, processor: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # macOS refuses some
            continue


def _items(items: Iterable[Row | Reject], share: meter.Meter) -> Iterator[bytes]:
    waiting: list[dict[str, Any]] = []
    size = 0
    for item in items:
        waiting.append(_plain(item))
        text = item.values.get("text") if isinstance(item, Row) else None
        size += len(text) if isinstance(text, str) else 0
        if len(waiting) >= _BATCH or size >= _FULL:
            yield _json({"items": waiting, "share": share.share() or 0.0})
            waiting, size = [], 0
    yield _json({"items": waiting, "share": 1.0})


def _plain(item: Row | Reject) -> dict[str, Any]:
    if isinstance(item, Reject):
        return asdict(item)
    return {"values": dict(item.values), "file": item.file, "row": item.row, "day_first": item.day_first}


def _json(answer: dict[str, Any]) -> bytes:
    """JSON in one line; lone surrogates and integers beyond 64 bits, which orjson refuses, become text it can hold."""
    options = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE
    try:
        return orjson.dumps(answer, default=_text, option=options)
    except TypeError:
        return orjson.dumps(_clean(answer), default=_text, option=options)


def _text(value: object) -> object:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _clean(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {str(_clean(str(name))): _clean(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1 << 63:
        return str(value)
    return value


def main() -> None:
    """Reads a location and writes what it finds: memory in bytes, seconds of processor, location."""
    memory, processor, location = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not come between the answers
    limit(memory, processor)
    from data import sources

    with answers, meter.metering(sources.size(location)) as share:
        try:
            for answer in _items(sources.read(location), share):
                answers.write(answer)
                answers.flush()
            answers.write(b'{"end":true}\n')
        except NewsError as error:
            answers.write(_json({"error": str(error)}))
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
