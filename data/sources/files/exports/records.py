"""What an export is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Export:
    """One service's form of a record; a new one is a few functions and one line in EXPORTS."""

    label: str
    why: str
    """By what it was recognised, to follow "recognised by"."""
    fits: Callable[[Mapping[str, object]], bool]
    """Whether a record is of this form; records are as the file nests them."""
    read: Callable[[Mapping[str, object], dict[str, object]], dict[str, object] | str]
    """Our fields of a record, from it and from what its names alone tell; or why it is no article."""


def has(*names: str) -> Callable[[Mapping[str, object]], bool]:
    """A test for records that have all these names."""
    needed = frozenset(names)
    return lambda record: needed <= record.keys()
