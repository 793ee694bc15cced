"""The user's list of feeds: those that come with the program, less and more what the user changed.

It lies in feeds.json of the user's folder, with what is known of each feed from asking it.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data import folders
from data.errors import StoreError
from data.sources import addresses
from data.sources.feeds.catalogue import Feed, catalogue
from data.sources.feeds.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FILE = "feeds.json"
PATIENCE = 10.0
"""Seconds to wait for another process that is changing the list."""
_TIMES = ("asked", "succeeded", "failing_since", "not_before")


@dataclass(slots=True)
class _Content:
    """What stands in the file."""

    own: dict[str, Feed] = field(default_factory=dict)
    """Feeds that the user added, by address."""
    removed: set[str] = field(default_factory=set)
    """Addresses of the program's feeds that the user took off."""
    switched: dict[str, bool] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)


class Subscriptions:
    """The list in one file, which need not exist yet. Every change is written whole or not at all.

    StoreError where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of_user(cls) -> Subscriptions:
        """The list in the user's folder."""
        return cls(folders.folder() / FILE)

    def feeds(self) -> tuple[Feed, ...]:
        """All feeds, the user's own after those of the program, each switched as the user wants it."""
        content = self._read()
        listed = [feed for feed in catalogue() if feed.address not in content.removed | content.own.keys()]
        return tuple(
            replace(feed, on=content.switched.get(feed.address, feed.on)) for feed in (*listed, *content.own.values())
        )

    def states(self) -> dict[str, State]:
        """What is known of each feed that was asked, by address."""
        return self._read().states

    def add(self, feeds: Iterable[Feed]) -> int:
        """Adds feeds, or switches on those that are on the list; how many were not."""
        new = [feed for feed in feeds if addresses.link(feed.address)]
        known = {feed.address for feed in self.feeds()}
        programs = {feed.address for feed in catalogue()}
        with self._changing() as content:
            for feed in new:
                content.removed.discard(feed.address)
                content.switched[feed.address] = True
                if feed.address not in programs and feed.address not in content.own:
                    content.own[feed.address] = replace(feed, on=True)
        return len({feed.address for feed in new} - known)

    def remove(self, address: str) -> None:
        """Takes a feed off the list."""
        with self._changing() as content:
            if content.own.pop(address, None) is None:
                content.removed.add(address)
            content.switched.pop(address, None)
            content.states.pop(address, None)

    def switch(self, address: str, on: bool) -> None:
        """Says whether updates ask a feed."""
        with self._changing() as content:
            content.switched[address] = on

    def switch_all(self, addresses: Iterable[str], on: bool) -> None:
        """The same for many feeds at once."""
        with self._changing() as content:
            content.switched.update(dict.fromkeys(addresses, on))

    def note(self, states: Mapping[str, State]) -> None:
        """Keeps what was found out about feeds, by address."""
        with self._changing() as content:
            content.states.update(states)

    @contextmanager
    def _changing(self) -> Iterator[_Content]:
        """The content as it is now, written when the block ends; other processes wait."""
        from filelock import FileLock, Timeout

        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), timeout=PATIENCE):
                content = self._read()
                yield content
                self._write(content)
        except Timeout as error:
            raise StoreError(f"{self.path} is being changed by another process; try again.") from error
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {error.strerror or error}.") from error

    def _read(self) -> _Content:
        try:
            return _content(json.loads(self.path.read_bytes()))
        except FileNotFoundError:
            return _Content()
        except OSError as error:
            raise StoreError(f"{self.path} cannot be read: {error.strerror or error}.") from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise StoreError(f"{self.path} is damaged ({error}); move it away to begin a new list.") from error

    def _write(self, content: _Content) -> None:
        part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8") as file:
                json.dump(_document(content), file, ensure_ascii=True, indent=1)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _document(content: _Content) -> dict[str, Any]:
    return {
        "version": 1,
        "own": [asdict(feed) for feed in content.own.values()],
        "removed": sorted(content.removed),
        "switched": content.switched,
        "states": {address: _state_out(state) for address, state in content.states.items()},
    }


def _content(document: dict[str, Any]) -> _Content:
    names = {each.name for each in fields(Feed)}
    own = [Feed(**{name: value for name, value in row.items() if name in names}) for row in document["own"]]
    return _Content(
        own={feed.address: feed for feed in own},
        removed=set(document["removed"]),
        switched={str(address): bool(on) for address, on in document["switched"].items()},
        states={address: _state_in(state) for address, state in document["states"].items()},
    )


def _state_out(state: State) -> dict[str, Any]:
    values = asdict(state) | {name: time.isoformat() for name in _TIMES if (time := getattr(state, name))}
    return {name: value for name, value in values.items() if value}


def _state_in(values: dict[str, Any]) -> State:
    names = {each.name for each in fields(State)}
    times = {name: datetime.fromisoformat(values[name]) for name in _TIMES if name in values}
    return State(**{name: value for name, value in values.items() if name in names} | times)
