"""Files made to break their reader: how many end as they should, at what cost.

python -m tests.evaluation robustness

A process for each group, so that its peak of memory is its own; uncaught is what was raised and is no SourceError.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import pytest

from tests.hostile_files import GROUPS, Outcome, outcome


def measured(group: str) -> dict[str, object]:
    """What became of the cases of a group in this process; memory is its peak in MB beyond what it began with."""
    given = right = uncaught = 0
    slowest, spent, wrong = 0.0, 0.0, []
    cases = GROUPS[group]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "upload.bin")
        before = _peak()
        for case in cases:
            path.write_bytes(case.data)
            start = time.process_time()
            found: Outcome | None = None
            try:
                found = outcome(path)
            except Exception:  # whatever it is, it is counted
                uncaught += 1
                traceback.print_exc()
            took = time.process_time() - start
            spent, slowest = spent + took, max(slowest, took)
            given += 1
            if found is not None and case.right(found):
                right += 1
            else:
                wrong.append(case.name)
    return {
        "given": given,
        "right": right,
        "uncaught": uncaught,
        "begin": before,
        "peak": _peak(),
        "slowest": slowest,
        "spent": spent,
        "wrong": wrong,
    }


def _peak() -> float:
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform != "darwin" else most / 2**20


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in GROUPS:
        try:
            print(json.dumps(measured(sys.argv[1])))
        except pytest.skip.Exception as reason:
            print(json.dumps({"skipped": str(reason)}))
        return
    print(
        f"{'group':26} {'given':>6} {'as expected':>12} {'uncaught':>9} {'peak MB':>8} {'slowest s':>10} {'all s':>7}"
    )
    for group in GROUPS:
        run = subprocess.run(
            [sys.executable, "-m", "tests.evaluation.robustness", group], capture_output=True, text=True, check=False
        )
        lines = run.stdout.strip().splitlines()
        if run.returncode or not lines:
            print(f"{group:26} ended with {run.returncode}: {run.stderr[-300:]}")
            continue
        found = json.loads(lines[-1])
        if "skipped" in found:
            print(f"{group:26} not measured: {found['skipped']}")
            continue
        print(
            f"{group:26} {found['given']:6} {found['right']:12} {found['uncaught']:9} {found['peak']:8.0f} "
            f"{found['slowest']:10.2f} {found['spent']:7.1f}  {', '.join(found['wrong'][:12])}",
            flush=True,
        )


if __name__ == "__main__":
    main()
