"""The terminal: ``python -m data COMMAND …``; what each command does is in :mod:`data.commands`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from data.commands import COMMANDS
from data.commands.output import silence
from data.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXAMPLES = """examples:
  python -m data tag stories.csv --out tags.jsonl     tag a table, write JSON Lines
  python -m data tag feeds/ archive.zip | head        tag a folder and an archive, write to the terminal
  python -m data add exports/                         add a folder to the store, which the page opens
  python -m data status                               say what is in the store
"""
INTERRUPTED = 130
"""Exit code of what was stopped with Ctrl+C, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code is 0 for success, 1 for an error that was explained, 2 for wrong arguments.

    3 says that it was done in part: some of what was named could not be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m data",
        description="Works on news from the terminal; each command has its own --help.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = commands.add_parser(
            name,
            help=command.help,
            description=command.help.capitalize() + ".",
            epilog=f"examples:\n{command.examples}" if command.examples else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(own)
        own.set_defaults(run=command.run)
    chosen = parser.parse_args(arguments)
    try:
        return chosen.run(chosen) or 0
    except NewsError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # who reads has seen enough
        silence()
    except KeyboardInterrupt:
        print(f"{parser.prog}: stopped", file=sys.stderr)
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
