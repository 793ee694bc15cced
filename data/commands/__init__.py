"""The commands of ``python -m data``: one module each, and its line in COMMANDS.

A module says what the command takes with `arguments` and does it with `run`; what is slow to import it imports there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.commands import add, export, gdelt, search, status, stored, tag, update

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Command:
    """One command."""

    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    """Adds what the command takes to its parser."""
    run: Callable[[argparse.Namespace], int | None]
    """Does it; NewsError with a sentence for the user where that is not possible. An exit code, or None for success."""
    examples: str = ""
    """Lines that show how it is used, below its help."""


COMMANDS: dict[str, Command] = {
    "tag": Command("tag articles with language, countries, topics and keywords", tag.arguments, tag.run),
    "add": Command("add news to the store", add.arguments, add.run, add.EXAMPLES),
    "update": Command("ask the feeds for what is new", update.arguments, update.run, update.EXAMPLES),
    "gdelt": Command("add news that the GDELT Project has indexed", gdelt.arguments, gdelt.run, gdelt.EXAMPLES),
    "search": Command("find articles of the store by their words", search.arguments, search.run, search.EXAMPLES),
    "status": Command(
        "say what is in the store, and whether it is whole",
        status.status_arguments,
        status.status,
        status.EXAMPLES["status"],
    ),
    "rejects": Command(
        "list what could not be read", status.rejects_arguments, status.rejects, status.EXAMPLES["rejects"]
    ),
    "undo": Command("take the latest addition back", stored.arguments, status.undo, status.EXAMPLES["undo"]),
    "export": Command("write the articles of a selection to a file", export.arguments, export.run, export.EXAMPLES),
    "compact": Command(
        "join the small files of the store", stored.arguments, status.compact, status.EXAMPLES["compact"]
    ),
    "clean": Command(
        "delete files that only old versions of the store need",
        status.clean_arguments,
        status.clean,
        status.EXAMPLES["clean"],
    ),
}
