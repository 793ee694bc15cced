"""What a file of a stranger is, before it is added: found out in a short-lived process of its own, with limits.

file ─▶ ``python -m data.sources.looking`` ─JSON─▶ Looked
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

import data
from data.errors import NewsError, SourceError
from data.sources.files.preview import Described, Preview, describe, preview
from data.sources.worker import DEFAULT, Limits, limit


@dataclass(frozen=True, slots=True)
class Looked:
    """What the files at a location are, and the first rows of those that have columns."""

    files: tuple[Described, ...]
    tables: tuple[Preview, ...]


def look(location: str, encoding: str = "", limits: Limits = DEFAULT) -> Looked:
    """What is at `location`, its tables read in `encoding` where one is given; SourceError where it cannot be told."""
    home = str(Path(data.__file__).parents[1])
    known = os.environ.get("PYTHONPATH")
    name = Path(location).name
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "data.sources.looking", *_arguments(limits), location, encoding],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": home if not known else home + os.pathsep + known},
            timeout=limits.silence,
            check=True,
        )
        answer: dict[str, Any] = orjson.loads(done.stdout)
    except (subprocess.SubprocessError, orjson.JSONDecodeError) as error:
        raise SourceError(f"{name} could not be looked at within the limits of time and memory.") from error
    if "error" in answer:
        raise SourceError(str(answer["error"]))
    return _looked(answer)


def _arguments(limits: Limits) -> list[str]:
    return [str(limits.memory), str(limits.processor)]


def _looked(answer: dict[str, Any]) -> Looked:
    tables = [
        table | {"columns": tuple(table["columns"]), "rows": tuple(map(tuple, table["rows"]))}
        for table in answer["tables"]
    ]
    return Looked(tuple(Described(**file) for file in answer["files"]), tuple(Preview(**table) for table in tables))


def main() -> None:
    """Writes what is at a location: memory in bytes, seconds of processor, location, encoding."""
    memory, processor, location, encoding = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not come between the answer
    limit(memory, processor)
    with answers:
        try:
            found: dict[str, Any] = {
                "files": [asdict(file) for file in describe(location)],
                "tables": [asdict(table) for table in preview(location, encoding=encoding)],
            }
        except NewsError as error:
            found = {"error": str(error)}
        answers.write(orjson.dumps(_clean(found)))


def _clean(value: Any) -> Any:
    """Without lone surrogates, which JSON cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_clean(name): _clean(inner) for name, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, (list, tuple)) else value


if __name__ == "__main__":
    main()
