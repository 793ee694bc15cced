"""``python -m data tag``: articles in, one JSON object with their tags an article out.

locations --ingest.read--> Article* with Reject* --batches--> --tagged, in all processes--> lines --> file or terminal

The input is read as it is tagged, so that its size does not matter. An article's line depends on that article alone: it
is the same with any number of processes, and its keywords are in the form that the article writes. (The page folds
forms that several articles write differently, see :mod:`data.tagging.corpus`; for that it has to have them all.)
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from data.commands.output import output
from data.commands.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.articles import Article, Reject
    from data.corrections import Correction

ARTICLES, CHARACTERS = 200, 1_000_000
"""A batch ends with so many articles, or when their texts have so many characters."""
LISTED = 20
"""Rejects that are listed; the others are counted."""


class Lines(NamedTuple):
    """The lines of a batch, and of how many articles."""

    text: bytes
    articles: int


@dataclass(slots=True)
class Tally:
    """What was read so far."""

    articles: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)
    """The first LISTED of them."""

    def sorted_out(self, items: Iterable[Article | Reject]) -> Iterator[Article]:
        """The articles among the items; both kinds are counted."""
        from data.articles import Reject

        for item in items:
            if isinstance(item, Reject):
                self.rejected += 1
                if len(self.rejects) < LISTED:
                    self.rejects.append(item)
            else:
                self.articles += 1
                yield item


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("input", nargs="+", help="file, folder or zip archive of news")
    parser.add_argument("--out", type=Path, metavar="FILE", help="file to write (default: the terminal)")
    parser.add_argument("--scores", action="store_true", help="add topic_scores: all 17 topics with their score")
    parser.add_argument(
        "--corrections", type=Path, metavar="FILE", help="apply the corrections of this file (default: none apply)"
    )
    parser.add_argument(
        "--jobs", type=number, metavar="N", help="processes (default: one a processor; each takes about 300 MB)"
    )
    parser.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        help="say on standard error how far it is (default: on a terminal)",
    )


def run(chosen: argparse.Namespace) -> None:
    """Tags what the arguments name; the totals and the first rejects go to standard error."""
    from data import ingest, sources, workers
    from data.sources.meter import metering

    task = partial(tagged, scores=chosen.scores, corrections=_corrections(chosen.corrections))
    tally, written = Tally(), 0
    size = sum(map(sources.size, chosen.input))
    with output(chosen.out) as out, Progress(shown=_is_shown(chosen)) as progress, metering(size) as meter:
        progress.update(meter.share(), written)
        found = batches(tally.sorted_out(ingest.read(chosen.input)))
        for lines in workers.spread(task, found, chosen.jobs or workers.cores()):
            out.write(lines.text)
            out.flush()
            written += lines.articles
            progress.update(meter.share(), written)
    _report(tally)


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in lists that are neither too short to be worth a message nor too long for the memory."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if len(batch) >= ARTICLES or characters >= CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def tagged(articles: Sequence[Article], *, scores: bool = False, corrections: Sequence[Correction] = ()) -> Lines:
    """The JSON Lines of some articles; with `scores` each has the scores of all topics too."""
    from data import frames, tagging
    from data.articles import to_frame
    from data.corrections import apply
    from data.records import record, topic_scores

    table = tagging.tag(to_frame(articles))
    rows = frames.records(apply(table, corrections) if corrections else table)
    written = [record(row) | ({"topic_scores": topic_scores(row)} if scores else {}) for row in rows]
    text = "".join([json.dumps(each, ensure_ascii=False) + "\n" for each in written])
    return Lines(text.encode("utf-8"), len(rows))


def number(text: str) -> int:
    """A number of processes, as an argument."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes: give 1 or more")
    return int(text)


def _is_shown(chosen: argparse.Namespace) -> bool:
    """Whether to tell the progress: unless asked for it, only where it does not run into the lines that are written."""
    if chosen.progress is not None:
        return bool(chosen.progress)
    return sys.stderr.isatty() and (chosen.out is not None or not sys.stdout.isatty())


def _corrections(file: Path | None) -> tuple[Correction, ...]:
    """The corrections that hold in a file; damaged lines are told and passed over."""
    if file is None:
        return ()
    from data.corrections import Log

    read = Log(file).read(required=True)
    for line in read.damaged:
        print(f"  {file} line {line.line}: {line.reason}; passed over", file=sys.stderr)
    return read.in_force


def _report(tally: Tally) -> None:
    rows = tally.articles + tally.rejected
    print(f"{rows:,} rows: {tally.articles:,} articles, {tally.rejected:,} rejects", file=sys.stderr)
    for reject in tally.rejects:
        print(f"  {reject.file} row {reject.row}: {reject.reason}", file=sys.stderr)
    if tally.rejected > LISTED:
        print(f"  and {tally.rejected - LISTED:,} more", file=sys.stderr)
