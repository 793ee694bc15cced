"""Reads the compiled gazetteer: what each surface can mean.

The file is read once, and a line is decoded when its surface is first met in a text, so that loading stays quick.
"""

from __future__ import annotations

import gzip
import zlib
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from data.errors import ResourceError
from data.tagging.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILE = Path(__file__).parents[1] / "gazetteer" / "gazetteer.txt.gz"

COUNTRY, DEMONYM, STATE, AREA, CAPITAL, TOWN, SEAT, LEADER, REGION, BLOCK, CUE = "cdsamtplrbq"
"""Kinds of candidates: what a surface may be."""

_PRIOR = {COUNTRY: 10.0, DEMONYM: 10.0, SEAT: 8.0, LEADER: 8.0, STATE: 7.0, CAPITAL: 1.5, AREA: 4.0, TOWN: 0.0}
_PRIOR |= dict.fromkeys((REGION, BLOCK, CUE), 0.0)
_DOUBT = 3.0
"""A candidate so much weightier than the rest leaves no doubt."""

_IN_CAPITALS = (COUNTRY, DEMONYM, STATE, CAPITAL, REGION)
_LARGE, _SHORTEST = 5.0, 4
"""Cities from this size on (decimal logarithm of the population) are known in capital letters too, unless they are
as short as an acronym."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing a surface may mean."""

    kind: str
    country: str
    """ISO 3166-1 alpha-2; empty for regions of many countries and for phrases that are no place."""
    division: str = ""
    """First-level division (GeoNames code), empty where not known."""
    size: float = 0.0
    """How well known: the decimal logarithm of a city's population and up to 1 more; less for an area, else 0."""

    @property
    def prior(self) -> float:
        """Weight before the context is known."""
        return _PRIOR[self.kind] + self.size


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the gazetteer knows about a surface."""

    candidates: tuple[Candidate, ...]
    given: bool = False
    """Also a given name."""
    surname: bool = False
    """Also a surname."""
    weak: bool = False
    """Also an ordinary word, so that it needs a context to be a place."""
    abbreviation: bool = False
    """Short for a state, and only after a comma: "Ala.", "Ont.", "NSW"."""
    kinds: frozenset[str] = frozenset()
    best: Candidate = Candidate(BLOCK, "")
    """The likeliest candidate when nothing else is known."""
    sole: Candidate | None = None
    """The only likely candidate, if there is one."""

    @property
    def ignored(self) -> bool:
        """Whether it never names a country: a region of several, or a phrase that is no place."""
        return BLOCK in self.kinds or REGION in self.kinds


Found = tuple[int, int, Entry]
"""Start, end and entry of a surface in a text."""


@lru_cache(maxsize=20_000)
def decode(line: str) -> Entry:
    """The entry written as ``flags TAB candidate candidate ...``, each ``kind country [.division] [:size]``."""
    flags, _, codes = line.partition("\t")
    candidates = tuple(map(_candidate, codes.split(" ")))
    kinds = frozenset(candidate.kind for candidate in candidates)
    best = max(candidates, key=lambda candidate: candidate.prior)
    rival = max((other.prior for other in candidates if other.country != best.country), default=0.0)
    return Entry(
        candidates,
        given="g" in flags,
        surname="u" in flags,
        weak="w" in flags,
        abbreviation="," in flags,
        kinds=kinds,
        best=best,
        sole=best if rival <= best.prior - _DOUBT else None,
    )


def _candidate(code: str) -> Candidate:
    place, _, size = code[1:].partition(":")
    country, _, division = place.partition(".")
    return Candidate(code[0], country, division, int(size) / 10 if size else 0.0)


class Lines(Protocol):
    """The line of each surface by its number."""

    def __getitem__(self, number: int, /) -> str: ...


class Gazetteer:
    """Surfaces to find in a text, and what each can mean.

    `fold` makes letters alike before the search and keeps the length of a text; `accept` may refuse a span.
    """

    def __init__(
        self,
        surfaces: list[str],
        lines: Lines,
        *,
        words: bool = True,
        fold: Callable[[str], str] | None = None,
        accept: Callable[[str, int, int], bool] | None = None,
    ) -> None:
        self._lines = lines
        self._matcher = Matcher(surfaces, words=words, glue="_@#", accept=accept)
        self._fold = fold

    def find(self, text: str) -> list[Found]:
        """Every surface in `text` with its entry, leftmost and longest first."""
        spans = self._matcher.find(self._fold(text) if self._fold else text)
        return [(start, end, decode(self._lines[index])) for start, end, index in spans]


@cache
def sections() -> dict[str, bytes]:
    """Each section of the file by its name, in UTF-8: half the memory of text."""
    try:
        whole = gzip.decompress(FILE.read_bytes())
        parts = (part.lstrip(b"[").partition(b"]\n") for part in whole.split(b"\n["))
        return {name.decode(): body for name, _, body in parts}
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ResourceError("The gazetteer cannot be read: reinstall the program.") from error


def rows(section: str) -> Iterator[tuple[str, str]]:
    """Each surface of a section with the line that :func:`decode` reads."""
    for _, surface, line in _rows(section):
        yield surface, line


def _rows(section: str) -> Iterator[tuple[int, str, str]]:
    """The same with the place in the section where the line begins; one at a time, as there are many."""
    body = sections()[section]
    start = 0
    while start <= len(body):
        end = body.find(b"\n", start)
        end = len(body) if end < 0 else end
        row = body[start:end]
        surface, _, line = row.partition(b"\t")
        yield start + len(surface) + 1, surface.decode(), line.decode()
        start = end + 1


@cache
def english() -> Gazetteer:
    """The gazetteer for English, and for languages that have no table of their own."""
    surfaces: list[str] = []
    starts = array("L")
    for start, surface, line in _rows("places"):
        surfaces.append(surface)
        starts.append(start)
        if len(surface) > 3 and _known_in_capitals(surface, line):
            surfaces.append(surface.upper())
            starts.append(start)
    return Gazetteer(surfaces, _Cut(sections()["places"], starts))


class _Cut:
    """The lines of a section that begin at `starts`, cut out when asked for; kept one by one they took 10 MB more."""

    def __init__(self, body: bytes, starts: array[int]) -> None:
        self._body = body
        self._starts = starts

    def __getitem__(self, number: int) -> str:
        start = self._starts[number]
        end = self._body.find(b"\n", start)
        return (self._body[start:end] if end >= 0 else self._body[start:]).decode()


def _known_in_capitals(surface: str, line: str) -> bool:
    flags, _, codes = line.partition("\t")
    kind = codes[0]
    if "w" in flags or "," in flags:
        return False
    if kind in _IN_CAPITALS or " c" in codes or (kind in (AREA, BLOCK) and " " in surface):
        return True
    return (
        kind == TOWN and len(surface) > _SHORTEST and int(codes.partition(" ")[0].partition(":")[2] or 0) >= 10 * _LARGE
    )


@cache
def given_names() -> frozenset[str]:
    return frozenset(sections()["given"].decode().split())


@cache
def surnames() -> frozenset[str]:
    return frozenset(sections()["surnames"].decode().split())
