"""The terminal: ``python -m data tag INPUT… [--out FILE]``."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from data import frames, ingest, records
from data.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXAMPLES = """examples:
  python -m data tag stories.csv --out tags.jsonl     tag a table, write JSON Lines
  python -m data tag feeds/ archive.zip | head        tag a folder and an archive, write to the terminal
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code is 0 for success, 1 for an error that was explained, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m data",
        description=__doc__,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    tagging = commands.add_parser("tag", help="tag articles with language, countries, topics and keywords")
    tagging.add_argument("input", nargs="+", help="file, folder or zip archive of news")
    tagging.add_argument("--out", type=Path, help="file to write (default: the terminal)")
    tagging.set_defaults(run=_tag)
    chosen = parser.parse_args(arguments)
    try:
        chosen.run(chosen)
    except NewsError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _tag(chosen: argparse.Namespace) -> None:
    """One JSON object an article to the output; the totals and the rejects to standard error."""
    read = ingest.ingest(chosen.input)
    with chosen.out.open("w", encoding="utf-8") if chosen.out else nullcontext(sys.stdout) as out:
        for article in frames.records(read.articles):
            print(json.dumps(records.record(article), ensure_ascii=False), file=out)
    print(f"{read.rows:,} rows: {len(read.articles):,} articles, {len(read.rejects):,} rejects", file=sys.stderr)
    for reject in frames.rows(read.rejects.head(20)):
        print(f"  {reject.file} row {reject.row}: {reject.reason}", file=sys.stderr)
    if len(read.rejects) > 20:
        print(f"  and {len(read.rejects) - 20:,} more", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
