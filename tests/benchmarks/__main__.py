"""All benchmarks of speed one after the other: ``python -m tests.benchmarks [--quick]``.

``--quick`` takes fewer articles and people, a few minutes in all: to see that every one still runs. Returns 1 if any
fails, as :mod:`tests.benchmarks.refresh` does where an answer is wrong.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from tests.browser import ROOT

QUICK = {
    "refresh": ["--quick"],
    "opening": ["--articles", "20000"],
    "rerun": ["--articles", "10000", "--clicks", "20"],
    "page": ["--articles", "1000", "--clicks", "1"],
    "sessions": ["--articles", "10000", "--people", "1,5", "--seconds", "6"],
    "ingest": ["--quick"],
}
"""What each is given where it is to be quick."""


def main() -> int:
    """Runs them; what they print goes where this prints."""
    parser = argparse.ArgumentParser(description="All benchmarks of speed one after the other.")
    parser.add_argument("--quick", action="store_true", help="fewer articles and people, a few minutes in all")
    quick = parser.parse_args().quick
    failed = []
    for name, given in QUICK.items():
        print(f"\n== {name}", flush=True)
        if subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{name}", *(given if quick else [])], cwd=ROOT
        ).returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
