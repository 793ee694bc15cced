"""``python -m components.exports``: the files of a selection or a report without the page, for cron.

arguments --open--> engine --panels or report--> Document --each format--> files in a folder, each there only when whole
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from components.exports import FORMATS, Options, names, write
from components.exports.choosing import known, state_of
from components.panels import PANELS
from components.report.findings import from_json
from components.report.links import unpack
from components.wording import count, plain, selected
from data.commands.output import output
from data.commands.progress import Progress
from data.commands.stored import PARTLY, size
from data.engines import UNITS
from data.errors import NewsError, ReportError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from components.asking import Ask
    from components.exports import Step
    from components.opening import Opened
    from components.report.document import Document
    from components.report.findings import Report
    from components.state import State

PROGRAM = "python -m components.exports"
INTERRUPTED = 130
"""Exit code of what was stopped with Ctrl+C, as shells have it."""
LATEST = "latest"
"""Said instead of the number of a version."""
_DESCRIPTION = """\
Writes the report of a selection: its panels with their figures, how they were counted, and the articles they rest on.
Articles are read from the locations named, else from the store, else from the built-in set. Files of the same name are
written over, each only when the new one is whole."""
_EXAMPLES = f"""\
examples:
  {PROGRAM} --select "region=Europe&topic=conflict" --format pptx,pdf --out weekly/
  {PROGRAM} --report rivers.json --format all --out weekly/ --store /srv/news
  {PROGRAM} --select "country=France&b.country=Spain" --panels compare-topics,compare-words --format html --out .
  {PROGRAM} exports/ archive.zip --select "from=2026-01-01" --unit stories --format xlsx,json --out /tmp

A selection is what stands behind the question mark in the address of the page; "b." begins the second of two that are
compared. Exit codes: 0 all files written, 1 none (the reason is told), 2 wrong arguments, 3 some formats failed."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one format."""

    key: str
    file: Path
    size: int = 0
    seconds: float = 0.0
    fault: str = ""


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    made = argparse.ArgumentParser(
        prog=PROGRAM,
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("location", nargs="*", help="files, folders or zip archives of news, instead of a store")
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to; made if need be")
    made.add_argument(
        "--format", type=_formats, required=True, metavar="NAMES", help=f"all, or any of {','.join(FORMATS)}"
    )
    made.add_argument("--select", default="", metavar="QUERY", help="as in the address of the page (default: all)")
    made.add_argument("--report", type=Path, metavar="FILE", help="a report that was saved, instead of a selection")
    made.add_argument("--panels", type=_panels, default=[], metavar="NAMES", help="of a selection (default: the usual)")
    made.add_argument("--unit", choices=UNITS, default="", help="what is counted (default: articles)")
    made.add_argument("--title", default="", help="default: that of the report, or the selection in words")
    made.add_argument("--name", default="", help="name of the files without ending (default: made from the title)")
    made.add_argument("--template", type=Path, metavar="FILE", help="PowerPoint file whose look is taken")
    made.add_argument("--store", metavar="DIR", default="", help="folder of the store (default: NEWS_STORE, or yours)")
    made.add_argument(
        "--version",
        type=_version,
        metavar="N",
        help=f"of the store (default: as the report says, or {LATEST})",
    )
    made.add_argument("--json", action="store_true", help="answer in JSON")
    made.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        help="say on standard error how far it is (default: on a terminal)",
    )
    return made


def _panels(text: str) -> list[str]:
    return _known(_list(text), PANELS)


def _known(chosen: list[str], names: Iterable[str]) -> list[str]:
    """The names chosen, if all of them are known; argparse shows the error."""
    if not chosen or [name for name in chosen if name not in names]:
        raise argparse.ArgumentTypeError(f"{','.join(chosen)!r}: choose of {', '.join(names)}")
    return chosen


def _list(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _version(text: str) -> str:
    if text != LATEST and not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no version: give its number, or {LATEST}")
    return text


def _formats(text: str) -> list[str]:
    chosen = list(dict.fromkeys(_list(text)))
    return [*FORMATS] if chosen == ["all"] else _known(chosen, FORMATS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; the exit code is as its help says, and 130 if it was stopped."""
    reader = parser()
    chosen = reader.parse_args(arguments)
    if chosen.report and (chosen.select or chosen.panels or chosen.unit):
        reader.error("a report says itself what it shows: leave out --select, --panels and --unit")
    if chosen.location and (chosen.store or chosen.version):
        reader.error("name locations or a store, not both")
    try:
        return run(chosen)
    except NewsError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"{PROGRAM}: stopped", file=sys.stderr)
        return INTERRUPTED


def run(chosen: argparse.Namespace) -> int:
    """Opens, builds and writes; the summary goes to standard output."""
    options = Options(template=_bytes(chosen.template)) if chosen.template else Options()
    state, saved = _asked_for(chosen)
    shown = sys.stderr.isatty() if chosen.progress is None else chosen.progress
    with Progress(shown=shown) as progress:

        def step(share: float, words: str) -> None:
            progress.say(lambda seconds: f"{words}: {share:.0%}".replace("%", " %"))

        document = _document(chosen, state, saved, step)
        files = [_write(document, key, chosen, options, step) for key in chosen.format]
    _tell(document, files, as_json=chosen.json)
    failed = [each for each in files if each.fault]
    return 0 if not failed else PARTLY if len(failed) < len(files) else 1


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ReportError(f"{file} cannot be read ({error.strerror or error}).") from error


def _asked_for(chosen: argparse.Namespace) -> tuple[State, Report | None]:
    """What is selected, or the report of a file or an address; the version of the store is in the view."""
    state = state_of(chosen.select, chosen.unit)
    saved = from_json(_bytes(chosen.report)) if chosen.report else unpack(state.report) if state.report else None
    if saved is not None and not saved:
        raise ReportError("This report holds no finding: pin some panels first.")
    version = chosen.version or (saved.version if saved else "") or state.view.version
    return state.show(version="" if version == LATEST else version), saved


def _document(chosen: argparse.Namespace, state: State, saved: Report | None, step: Step) -> Document:
    """Everything that is asked for, with its figures."""
    from components.asking import Ask
    from components.opening import source
    from components.report import building

    hush()
    opened = opened_for(chosen.location, chosen.store, state.view.version, step)
    ask = Ask(opened.engine, known(state.a, opened.engine, _warn), state.view, source(opened))
    ask = replace(ask, other=known(state.b, opened.engine, _warn))
    report = saved or _usual(ask, chosen.panels)
    return building.build(replace(report, title=chosen.title or report.title), ask, step)


def _usual(ask: Ask, panels: Sequence[str]) -> Report:
    """What is exported of a selection; ReportError where it holds nothing."""
    from components.report import building

    compared = (ask.other,) if ask.view.mode == "compare" else ()
    report = building.usual(ask, panels)
    if not report or not any(ask.totals(each).n for each in (ask.selection, *compared)):
        said = ask.selection.describe(selected(ask.unit), ask.say)
        raise ReportError(f"There is nothing to export. {said}: none in {plain(ask.source.name)}.")
    return report


def opened_for(locations: Sequence[str], folder: str, version: str, step: Step) -> Opened:
    """What the arguments name, opened as the page does it; NewsError where that is not possible."""
    from components.opening import Opened, Opening
    from data.store import Store

    store = None if locations else Store.at(folder)
    if store is not None and not store.exists():
        if folder or version:
            raise StoreError(f"There is no store in {store.folder}. Make one with: python -m data add FILE")
        store = None
    opening = Opening(tuple(locations), store, int(version) if version and store else None)
    threading.Thread(target=opening.run, name="opening", daemon=True).start()
    while not opening.done.wait(0.1):
        step(opening.progress.share, opening.progress.words)
    if not isinstance(opening.result, Opened):
        raise opening.result or NewsError("The articles could not be opened; see what was printed above.")
    return opening.result


def hush() -> None:
    """Keeps Streamlit from wondering why there is no page."""
    from streamlit.logger import set_log_level

    set_log_level("error")


def _warn(words: str) -> None:
    print(f"{PROGRAM}: {words}", file=sys.stderr)


def _write(document: Document, key: str, chosen: argparse.Namespace, options: Options, step: Step) -> Written:
    """One format: made in memory, then put in its place in one go. If it cannot be made, the others still are."""
    begun = time.perf_counter()
    file = chosen.out / f"{names.stem(chosen.name or document.title)}{FORMATS[key].suffix}"
    try:
        made = write(document, key, options, step)
        chosen.out.mkdir(parents=True, exist_ok=True)
        with output(file) as out:
            out.write(made)
    except OSError as error:
        return Written(key, file, fault=f"{chosen.out} cannot be made ({error.strerror or error}).")
    except NewsError as error:
        return Written(key, file, fault=str(error))
    return Written(key, file, len(made), time.perf_counter() - begun)


def _tell(document: Document, files: Sequence[Written], *, as_json: bool) -> None:
    """The summary, on standard output; what failed is said on standard error besides."""
    for each in files:
        if each.fault:
            _warn(f"{each.key}: {each.fault}")
    if as_json:
        print(json.dumps(_record(document, files), ensure_ascii=False))
        return
    card = document.method
    print(f"{plain(document.title)}: {count(len(document.slides), 'findings')}, {card.numbers}. {plain(card.data)}.")
    for each in files:
        if not each.fault:
            print(f"{each.file}  {size(each.size)} in {each.seconds:.1f} s")


def _record(document: Document, files: Sequence[Written]) -> dict[str, object]:
    made = [
        {"format": each.key, "file": str(each.file), "bytes": each.size, "seconds": round(each.seconds, 2)}
        for each in files
        if not each.fault
    ]
    return {
        "title": plain(document.title),
        "selection": plain(document.method.selection),
        "unit": document.method.unit,
        "n": document.method.n,
        "of": document.method.of,
        "findings": [plain(slide.sentence) for slide in document.slides],
        "files": made,
        "failed": [{"format": each.key, "reason": each.fault} for each in files if each.fault],
    }


if __name__ == "__main__":
    sys.exit(main())
