"""How fast, how lean and how steady tagging is: ``python -m tests.benchmarks.tagging``.

python -m tests.benchmarks.tagging                    speed of each tagger, memory, two processes against one, the curve
python -m tests.benchmarks.tagging --only curve       one of: speed memory processes curve
python -m tests.benchmarks.tagging --stream 200 1000  memory of `python -m data tag` on files of so many megabytes

Times are those of the processor, medians of several passes; the machine may be busy with other things all the same.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data import tagging
from data.articles import Article, to_frame
from data.tagging import countries, keywords, language, subtopics, topics
from tests.benchmarks import synthetic
from tests.corpora import corpus, rows
from tests.hostile_texts import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LENGTH = 1_200
"""Characters of an article."""
ARTICLES = 600
PASSES = 5
ROUNDS = 3
SOURCES = ("topics/bbc5.jsonl.gz", "topics/ag_news.jsonl.gz", "places/reuters_train.jsonl.gz")
TAGGERS: dict[str, Callable[[str, str, str], object]] = {
    "language": lambda title, text, _: language.detect(text, title=title),
    "countries": lambda title, text, code: countries.tag_countries(title, text, language=code),
    "topics": lambda title, text, code: topics.tag_topics(title, text, language=code),
    "subtopics": lambda title, text, code: subtopics.tag_subtopics(title, text, ("politics",), language=code),
    "keywords": lambda title, text, code: keywords.tag_keywords(title, text, language=code),
}
"""Name -> what it does with title, text and language."""
SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
STEEP = 2.0
"""Time a megabyte may grow so much from one size to the next before it is marked."""
NOTICEABLE = 20.0
"""Milliseconds below which a growth is no matter."""


def articles(most: int = ARTICLES, files: Sequence[str] = SOURCES) -> list[Article]:
    """English news, all different: texts of each of `files` one after the other, cut to LENGTH characters."""
    made: list[Article] = []
    for name in files:
        found = list(rows(corpus(name)))
        random.Random(0).shuffle(found)
        text, title = "", ""
        for row in found:
            title = title or row.get("title") or ""
            text += row["text"] + " "
            if len(text) >= LENGTH:
                made.append(Article(id=f"{name} {len(made)}", title=title, text=text[:LENGTH]))
                text, title = "", ""
    return random.Random(0).sample(made, min(most, len(made)))


def speed() -> None:
    """Prints articles a second of each tagger by itself, and of the whole as the command does it."""
    found = articles()
    print(f"\n{len(found)} English articles of {LENGTH:,} characters, one core, median of {PASSES} passes")
    print(f"{'tagger':<14}{'a second':>10}{'ms':>9}")
    for name, tag in TAGGERS.items():
        _print_rate(name, lambda tag=tag: [tag(one.title, one.text, "en") for one in found], len(found))  # type: ignore[misc]
    _print_rate(
        "whole", lambda: [tagging.tag(to_frame(found[at : at + 200])) for at in range(0, len(found), 200)], len(found)
    )


def _print_rate(name: str, work: Callable[[], object], n: int) -> None:
    seconds = median(work) / n
    print(f"{name:<14}{1 / seconds:>10,.0f}{seconds * 1000:>9.3f}", flush=True)


def median(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes, once all that it needs is loaded."""
    work()
    taken = []
    for _ in range(PASSES):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


_LOADING = """
import re
from pathlib import Path
import pandas, pyarrow
def now(what): return int(re.search(what + r":\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1000
print("pandas, before any tagger", now("VmRSS"), now("VmHWM"))
from data import tagging
from tests.benchmarks.tagging import TAGGERS
for name, tag in TAGGERS.items():
    tag("An election in Paris", "The minister of France said so.", "en")
    print(name, now("VmRSS"), now("VmHWM"))
for code, text in {"fr": "élection", "es": "elección", "ar": "انتخابات", "ru": "выборы", "zh": "中国政府选举"}.items():
    for tag in TAGGERS.values():
        tag(text, text, code)
print("five more languages", now("VmRSS"), now("VmHWM"))
"""


def memory() -> None:
    """Prints the memory of a process as it loads one tagger after the other."""
    if not Path("/proc/self/status").exists():
        print("\nmemory: only told where there is /proc")
        return
    told = subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True, text=True).stdout
    print(f"\n{'loaded':<28}{'MB':>8}{'peak':>8}")
    for line in told.splitlines():
        name, now, peak = line.rsplit(" ", 2)
        print(f"{name:<28}{float(now):>8.0f}{float(peak):>8.0f}")


def processes() -> None:
    """Prints how much sooner two processes are done than one, best of ROUNDS, and whether they write the same."""
    best = {1: math.inf, 2: math.inf}
    with tempfile.TemporaryDirectory() as folder:
        location = Path(folder) / "articles.jsonl"
        n = written(location, 12_000_000)
        outs = {jobs: Path(folder) / f"{jobs}.jsonl" for jobs in best}
        for _ in range(ROUNDS):
            for jobs, out in outs.items():
                best[jobs] = min(best[jobs], run(location, out, jobs)[0])
        same = outs[1].read_bytes() == outs[2].read_bytes()
    print(f"\n{n:,} synthetic articles, best of {ROUNDS} runs, from start to end of the command")
    print(f"one process {best[1]:.1f} s, two {best[2]:.1f} s: {best[1] / best[2]:.2f} times as fast")
    print(f"load of the machine {os.getloadavg()[0]:.1f}; the same bytes: {'yes' if same else 'NO'}")


def run(location: Path, out: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds, and the peak MB of the main process and of its largest helper, of one run of the command."""
    command = [sys.executable, "-c", _MEASURED, "tag", str(location), "--out", str(out), "--jobs", str(jobs)]
    started = time.perf_counter()
    told = subprocess.run([*command, "--no-progress"], check=True, capture_output=True, text=True).stdout
    own, helpers = map(float, told.split())
    return time.perf_counter() - started, own, helpers


_MEASURED = """
import resource, sys
from data.__main__ import main
code = main(sys.argv[1:])
scale = 1e6 if sys.platform == "darwin" else 1e3
print(*(resource.getrusage(who).ru_maxrss / scale for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
sys.exit(code)
"""


def curve() -> None:
    """Prints milliseconds of every tagger on hostile texts of growing size; marked where a megabyte gets dearer."""
    print(f"\nhostile texts, ms at {', '.join(f'{size:,}' for size in SIZES)} characters; language as detected")
    print(f"{'text':<24}{'tagger':<12}" + "".join(f"{size / 1000:>9,.0f}k" for size in SIZES))
    for tag in TAGGERS.values():
        for code in ("en", "zh", "ja", "ru", "el", "ar"):
            tag("", "a word 一 to load what is needed", code)
    for name, make in HOSTILE.items():
        texts = [make(size) for size in SIZES]
        for tagger, tag in TAGGERS.items():
            taken = [_milliseconds(tag, text) for text in texts]
            steep = any(
                later > NOTICEABLE and later / earlier > STEEP * more / less
                for earlier, later, less, more in zip(taken, taken[1:], SIZES, SIZES[1:], strict=False)
            )
            print(f"{name:<24}{tagger:<12}" + "".join(f"{ms:>10.2f}" for ms in taken) + ("  STEEP" if steep else ""))


def _milliseconds(tag: Callable[[str, str, str], object], text: str) -> float:
    code = language.detect(text)
    taken = []
    for _ in range(3):
        started = time.process_time()
        tag("", text, code)
        taken.append((time.process_time() - started) * 1000)
    return max(min(taken), 0.001)


def stream(sizes: list[int], jobs: int) -> None:
    """Prints the memory of the command on synthetic files of so many megabytes: it should not grow with them."""
    print(f"\npython -m data tag --jobs {jobs} on synthetic JSON Lines")
    print(f"{'MB':>8}{'articles':>12}{'seconds':>10}{'a second':>10}{'main process MB':>18}{'largest helper MB':>19}")
    for megabytes in sizes:
        with tempfile.TemporaryDirectory() as folder:
            location = Path(folder) / "articles.jsonl"
            n = written(location, megabytes * 1_000_000)
            seconds, own, helper = run(location, Path(folder) / "tags.jsonl", jobs)
        print(f"{megabytes:>8,}{n:>12,}{seconds:>10,.0f}{n / seconds:>10,.0f}{own:>18,.0f}{helper:>19,.0f}", flush=True)


def written(path: Path, size: int) -> int:
    """Writes synthetic articles of LENGTH characters up to `size` bytes; how many they are. Each is different."""
    endless = _endless()
    reached = n = 0
    with path.open("w", encoding="utf-8") as out:
        while reached < size:
            reached += out.write(json.dumps(next(endless) | {"id": f"a{n}"}) + "\n")
            n += 1
    return n


def _endless() -> Iterator[dict[str, object]]:
    """Articles one after the other, the texts of several put together to LENGTH characters; no language is given."""
    seed = 0
    while True:
        text = ""
        for article in synthetic.articles(20_000, seed):
            text += f"{article['text']} "
            if len(text) >= LENGTH:
                yield article | {"text": text[:LENGTH], "language": ""}
                text = ""
        seed += 1


PARTS: dict[str, Callable[[], None]] = {"speed": speed, "memory": memory, "processes": processes, "curve": curve}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--stream", nargs="*", type=int, metavar="MB", help="only this; default: 200 1000")
    parser.add_argument("--jobs", type=int, default=2, help="processes of --stream")
    chosen = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}"
    )
    if chosen.stream is not None:
        stream(chosen.stream or [200, 1000], chosen.jobs)
        return
    for name in chosen.only:
        try:
            PARTS[name]()
        except pytest.skip.Exception as reason:
            print(f"\n{name}: {reason}")


if __name__ == "__main__":
    main()
