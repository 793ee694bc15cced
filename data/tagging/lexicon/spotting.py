"""Finds seed terms in a text: where they stand and which topics they speak for.

Where words are separated, every word of the text is turned into the forms that the terms ask for (remembered, so that a
word costs this once), and terms are tried at the words they begin with, the longest first. Where words are not
separated, all terms are looked for at once, anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from data.tagging import words
from data.tagging.matching import Matcher
from data.tagging.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WEAK = 0.5
"""What a weak term counts, against 1 for the others."""
_LONGEST_WORD = 50
"""Letters of a word that are looked at: more is no word, and would only fill the memory of forms."""
PHRASE = 1.5
"""What a phrase counts: it says more than a word."""


@dataclass(frozen=True, slots=True)
class Term:
    """A seed term as it is written, and the topics for which it is a strong or a weak sign."""

    written: str
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    def votes(self, *, phrase: bool) -> tuple[tuple[str, float], ...]:
        """(topic, weight): what one occurrence is worth; a term of k topics speaks for each with a k-th."""
        share = (PHRASE if phrase else 1.0) / (len(self.strong) + len(self.weak))
        return tuple((topic, share) for topic in self.strong) + tuple((topic, share * WEAK) for topic in self.weak)


class Hit(NamedTuple):
    """An occurrence of term number `term` at ``text[start:end]``."""

    start: int
    end: int
    term: int


class Lexicon(Protocol):
    """The seed terms of a language, the `votes` of each ((topic, weight), ...), and where they stand in a text."""

    terms: tuple[Term, ...]
    votes: tuple[tuple[tuple[str, float], ...], ...]

    def find(self, text: str) -> list[Hit]:
        """The terms in `text` from left to right, the longest at each place; no two overlap."""
        ...


_Beginning = tuple[int, tuple[str, ...], int]
"""Number of words, the forms of those after the first, and the number of the term."""
_Reading = tuple[tuple[str, ...], tuple[_Beginning, ...]]
"""The forms of a word, and the terms that begin with one of them."""


class SpacedLexicon:
    """The seed terms of a language that separates its words."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        shaped: dict[tuple[str, ...], Term] = {}
        for term in terms:
            shape = _shape(term.written, language)
            shaped[shape] = _merged(shaped[shape], term) if shape in shaped else term
        shapes = list(shaped)
        self.terms = tuple(shaped.values())
        self.language = language
        self.votes = tuple(term.votes(phrase=len(shape) > 1) for shape, term in shaped.items())
        self._first = _by_first_word(shapes)
        self._asked = frozenset(form for shape in shapes for form in shape)
        self._lengths = sorted({len(form) - 1 for form in self._asked if form.endswith("*")})
        self._readings = Remembered(self._reading)

    def find(self, text: str) -> list[Hit]:
        """The terms in `text` from left to right, the longest at each place; no two overlap."""
        found = words.split(text)
        readings = self._readings
        read = [readings[word.group()[:_LONGEST_WORD]] for word in found]
        hits: list[Hit] = []
        reached = 0
        for place, (_, beginning) in enumerate(read):
            if beginning and place >= reached and (match := _longest(read, place)):
                reached, term = match
                hits.append(Hit(found[place].start(), found[reached - 1].end(), term))
        return hits

    def _reading(self, word: str) -> _Reading:
        """The forms of `word` that some term asks for, the most particular first, and the terms that begin so."""
        plain = words.normal(word)
        forms = ["^" + word, "=" + words.exact(word, self.language), words.stem(word, self.language)]
        forms += [plain[:length] + "*" for length in reversed(self._lengths) if length <= len(plain)]
        asked = tuple(form for form in forms if form in self._asked)
        return asked, tuple(term for form in asked for term in self._first.get(form, ()))


class RunningLexicon:
    """The seed terms of a script that does not separate words; `letters` maps variants to the letters of the terms."""

    def __init__(self, terms: Sequence[Term], letters: dict[int, int]) -> None:
        self.terms = tuple(terms)
        self.votes = tuple(term.votes(phrase=len(term.written) > 2) for term in self.terms)
        self.letters = letters
        self._matcher = Matcher([term.written for term in self.terms], words=False)

    def find(self, text: str) -> list[Hit]:
        """The terms in `text` from left to right, the longest at each place; no two overlap."""
        return [Hit(*span) for span in self._matcher.find(text.translate(self.letters))]


def _merged(term: Term, other: Term) -> Term:
    """One term for two that ask for the same forms ("tax" and "taxes"), with the topics of both."""
    strong = tuple(dict.fromkeys(term.strong + other.strong))
    weak = tuple(dict.fromkeys(topic for topic in term.weak + other.weak if topic not in strong))
    return Term(term.written, strong, weak)


def _longest(read: Sequence[_Reading], place: int) -> tuple[int, int] | None:
    """(place after it, number) of the longest term that begins at `place`; of equals the one asked for first."""
    best: tuple[int, int] | None = None
    for size, others, term in read[place][1]:
        stop = place + size
        if best and stop <= best[0]:
            continue
        if (
            not others
            or (
                stop <= len(read)
                and others[0] in read[place + 1][0]  # most fail here
                and all(wanted in read[after][0] for after, wanted in enumerate(others[1:], place + 2))
            )
        ):
            best = stop, term
    return best


def _shape(written: str, language: str) -> tuple[str, ...]:
    """The words of a term, each as the form that a word of a text is asked for."""
    if written.startswith("="):
        return tuple("=" + words.exact(word.group(), language) for word in words.split(written))
    return tuple(
        words.normal(word.group()) + "*"
        if written[word.end() : word.end() + 1] == "*"
        else "^" + word.group()
        if word.group() != word.group().lower()
        else words.stem(word.group(), language)
        for word in words.split(written)
    )


def _by_first_word(shapes: Iterable[tuple[str, ...]]) -> dict[str, list[_Beginning]]:
    """First form -> the terms that begin so, the longest first."""
    first: dict[str, list[_Beginning]] = defaultdict(list)
    for number, shape in enumerate(shapes):
        first[shape[0]].append((len(shape), shape[1:], number))
    for known in first.values():
        known.sort(key=lambda entry: (-entry[0], entry[2]))
    return dict(first)
