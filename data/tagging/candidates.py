"""What could be a keyword of an article: its names, its words, and the phrases that recur or are known ones.

units --names--> capitals in a row; units --phrases--> neighbours without stopwords; --gather--> one candidate a name
"""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.tagging import lexicon
from data.tagging.places import gazetteer
from data.tagging.units import SMALL, Kind, Unit, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.tagging.tags import Field

LONGEST = 3
"""Words of a phrase at most (and the small words inside a name)."""
_OPENINGS = frozenset({
    "east", "el", "general", "great", "high", "home", "la", "las", "los", "new", "north", "san", "south", "united",
    "west", "white", "world",
})  # fmt: skip
"""English stopwords that begin names, also where a sentence begins."""

_ENDINGS = ("est", "ing", "ed", "ly", "ful", "less", "ous")
_SHORTEST = 5
"""English words of so many letters that end so describe what follows, where a sentence begins: "Grieving Kocani"."""
_NAMES_LIKE_THESE = frozenset({
    "assembly", "beijing", "boeing", "bucharest", "budapest", "chongqing", "everest", "family", "forest", "italy",
    "mid-atlantic", "midwest", "nanjing", "reading", "sicily", "spring", "xining",
})  # fmt: skip

_TITLE = Kind.TITLE  # members of an enumeration are dear to look up

Key = tuple[str, ...]
"""What the written forms of a candidate share: the keys of its units."""
Place = tuple["Field", int, int, int]
"""Field, start, end, and how many units of the article stand before."""


@dataclass(slots=True)
class Candidate:
    """A name, phrase or word, and everywhere it stands."""

    kinds: list[Kind]
    places: list[Place] = field(default_factory=list)
    names: int = 0
    """How many of the places look like a name."""
    titles: int = 0
    """How many of the places are in the title."""


def candidates_of(fields: dict[Field, str], language: str) -> dict[Key, Candidate]:
    """The names, phrases of up to LONGEST words and words of an article, each with the places where it stands."""
    read = {name: units(text, language) for name, text in fields.items()}
    capitals, small = _cases(read.values())
    often = Counter([unit.key for found in read.values() for unit in found])
    candidates: dict[Key, Candidate] = {}
    before = 0
    for name, found in read.items():
        names = list(_names(found, fields[name], capitals, small, _OPENINGS if language == "en" else frozenset()))
        phrases = _phrases(found, often, known_phrases(language), _known_beginnings(language))
        spans = dict.fromkeys(_apart(phrases, names), 0) | dict.fromkeys(names, 1)
        for (start, stop), named in sorted(spans.items()):
            first, last = found[start], found[stop - 1]
            single = first is last
            key = (first.key,) if single else tuple([unit.key for unit in found[start:stop]])
            candidate = candidates.get(key)
            if candidate is None:
                kinds = [first.kind] if single else [unit.kind for unit in found[start:stop]]
                candidate = candidates[key] = Candidate(kinds)
            candidate.places.append((name, first.start, last.end, before + start))
            candidate.names += named
            candidate.titles += name == "title"
        before += len(found)
    _gather_names(candidates)
    return candidates


@functools.cache
def known_phrases(language: str) -> frozenset[Key]:
    """The keys of the phrases among the seed terms of the topics: phrases wherever they stand, if only once."""
    terms = lexicon.load(language)
    written = [term.written.lstrip("=") for term in terms.terms] if terms else []
    keys = [tuple(unit.key for unit in units(term, language)) for term in written if " " in term and "*" not in term]
    return frozenset(key for key in keys if len(key) > 1)


@functools.cache
def _known_beginnings(language: str) -> frozenset[str]:
    return frozenset(key[0] for key in known_phrases(language))


def _cases(read: Iterable[list[Unit]]) -> tuple[set[str], set[str]]:
    """The keys that are written with a capital inside a sentence, and those written without one."""
    capitals: set[str] = set()
    small: set[str] = set()
    for found in read:
        for key, _, _, _, _, capital, first in found:
            if not capital:
                small.add(key)
            elif not first:
                capitals.add(key)
    return capitals, small


def _phrases(
    found: Sequence[Unit], often: Counter[str], known: frozenset[Key], beginnings: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Spans of one to LONGEST units that follow each other directly, none of them a stopword.

    Of several units only where each stands more than once, as the phrase else cannot, or the phrase is a known one.
    """
    for start, unit in enumerate(found):
        if unit.kind < _TITLE:
            continue
        yield start, start + 1
        repeated = often[unit.key] > 1 and unit.kind is not _TITLE
        if not repeated and unit.key not in beginnings:
            continue
        key: Key = (unit.key,)
        for after in found[start + 1 : start + LONGEST]:
            if not after.joined or after.kind < _TITLE:
                break
            key = (*key, after.key)
            repeated = repeated and often[after.key] > 1
            if repeated or key in known:
                yield start, start + len(key)


def _apart(phrases: Iterable[tuple[int, int]], names: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The phrases that share no word with a name of several words, which is to stay whole."""
    taken = {place for start, stop in names if stop - start > 1 for place in range(start, stop)}
    if not taken:
        yield from phrases
        return
    for start, stop in phrases:
        if start not in taken and stop - 1 not in taken and (stop - start < 3 or taken.isdisjoint(range(start, stop))):
            yield start, stop


def _names(
    found: Sequence[Unit], text: str, capitals: set[str], small: set[str], openings: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Spans of units that look like one name: capitals in a row, small words like "of" between them allowed."""
    stop = 0
    for place, unit in enumerate(found):
        if not unit.capital or place < stop or not _is_name(found, place, text, capitals, small, openings):
            continue
        stop = place + 1
        while stop < len(found) and found[stop].joined:
            skip = stop + (text[found[stop].start : found[stop].end] in SMALL)
            more = skip < len(found) and found[skip].joined
            if not (more and _is_name(found, skip, text, capitals, small, openings)):
                break
            stop = skip + 1
        yield _last_words(found, text, place, stop), stop


def _is_name(
    found: Sequence[Unit], place: int, text: str, capitals: set[str], small: set[str], openings: frozenset[str]
) -> bool:
    unit = found[place]
    if not unit.capital:
        return False
    after = found[place + 1] if place + 1 < len(found) else None
    leads = after is not None and after.joined and after.capital
    plain = text[unit.start : unit.end].lower()
    if plain in openings:
        return leads
    if unit.kind is Kind.TITLE:
        return leads and after is not None and after.kind is Kind.COMMON  # Justice Department, but not Justice Roberts
    if unit.kind is Kind.NEVER:
        return False
    if unit.first and unit.key not in capitals:
        if unit.kind is not Kind.PLAIN or not leads or unit.key in small:
            return False
        return not openings or not _describes(text[unit.start : unit.end])
    return unit.kind > Kind.GRAMMAR or len(plain) > LONGEST or text[unit.start : unit.end].isupper()


def _describes(word: str) -> bool:
    """Whether an English word that begins a sentence says something of the name after it and is no part of it."""
    lower = word.lower()
    hyphen = word.rfind("-") + 1
    if hyphen:
        return word[hyphen:].islower() and lower not in _NAMES_LIKE_THESE
    if not lower.endswith(_ENDINGS) or len(word) < _SHORTEST or lower in _NAMES_LIKE_THESE:
        return False
    name = word.capitalize()
    return name not in gazetteer.given_names() and name not in gazetteer.surnames()


def _last_words(found: Sequence[Unit], text: str, start: int, stop: int) -> int:
    """Where to begin a name: at its start, or two words before its end where it has more than LONGEST words.

    Long rows of capitals are mostly several names in a row, of which the last is whole: "United States Donald Trump".
    """
    long = sum(unit.kind > Kind.NEVER for unit in found[start:stop]) > LONGEST
    if not long:
        return start
    return stop - 1 if text[found[stop - 2].start : found[stop - 2].end] in SMALL else stop - 2


def _gather_names(candidates: dict[Key, Candidate]) -> None:
    """Count "Rice" where "Condoleezza Rice" is meant, and "Cosmonaut Alexei Leonov" as the name that it holds.

    The last word of a name goes with it if most names that end so are this one and it comes before the word alone. A
    name that ends another one takes the longer one in if it is the more frequent of the two.
    """
    longer: dict[Key, list[Key]] = defaultdict(list)
    for key in [key for key, candidate in candidates.items() if len(key) > 1 and candidate.names]:
        for size in range(1, len(key)):
            longer[key[-size:]].append(key)
    for part in sorted(longer, key=len, reverse=True):
        counts = {key: len(candidates[key].places) for key in longer[part] if key in candidates}
        main = max(counts, key=counts.__getitem__, default=None)
        if part not in candidates or main is None or 2 * counts[main] <= sum(counts.values()):
            continue
        short, whole = candidates[part], candidates[main]
        if len(part) > 1 and len(short.places) >= len(whole.places):
            _absorb(short, candidates.pop(main))
        elif 2 * short.names >= len(short.places) and whole.kinds[-2] > Kind.GRAMMAR and _begun(whole) < _begun(short):
            _absorb(whole, candidates.pop(part))


def _begun(candidate: Candidate) -> float:
    """Where a candidate first stands in the text; headlines name people in short before the text names them in full."""
    return min((before for name, *_, before in candidate.places if name == "text"), default=math.inf)


def _absorb(kept: Candidate, gone: Candidate) -> None:
    kept.places = sorted(kept.places + gone.places, key=lambda place: place[3])
    kept.names += gone.names
    kept.titles += gone.titles
