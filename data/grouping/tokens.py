"""Many texts to hashed words at once, with numpy: the ground that copies and stories stand on.

texts --code points--> letters, separators, signs of scripts without spaces --words--> two 64-bit hashes a word

Hashes are those of folded letters (small, without accents), so they are the same in every process and on every
machine. Invisible characters, vowel points and accents of their own count nothing. Scripts that do not separate words
give a word a sign. All steps are passes over arrays: the time grows with the characters alone, whatever they are.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

STEM = 5
"""Letters of a word that make its stem: truncation, as good as stemming over many languages (P. McNamee and
J. Mayfield, "Character n-gram tokenization for European language text retrieval", Information Retrieval 7, 2004)."""
STEM_HANGUL = 2
"""The same for Korean, whose syllables are letters in a block."""
LONGEST = 64
"""Letters of a word whose order counts."""

_SEPARATOR, _LETTER, _SIGN, _NOTHING = 0, 1, 2, 3
_PLANE = 0x10000
_WITHOUT_SPACES = (
    (0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x17EA), (0x3005, 0x3008), (0x3040, 0x3100), (0x3400, 0xA000),
    (0xF900, 0xFB00), (0xFF66, 0xFFA0),
)  # fmt: skip
"""Thai and Lao, Burmese, Khmer, kana and Chinese characters."""
_SAME_LETTERS = str.maketrans("ىةکیٱßøłđıœæ", "يهكياsoldioa")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts in order: arrays with one element a word."""

    full: Hashes
    """Hash of the whole word."""
    stem: Hashes
    """Hash of its first letters."""
    text: Numbers
    """Number of the text that the word stands in."""
    capital: Flags
    """Whether it begins with a capital."""
    digit: Flags
    """Whether it begins with a digit."""
    sign: Flags
    """Whether it is one sign of a script without spaces."""
    single: Flags
    """Whether it is one letter long and no such sign."""
    latin: Flags
    """Whether it begins with a Latin letter."""

    def of(self, texts: Sequence[int]) -> Words:
        """The words of the texts with these numbers, ascending; they are numbered anew."""
        number = np.full(int(max(self.text.max(initial=0), max(texts, default=0))) + 1, -1, np.int64)
        number[list(texts)] = np.arange(len(texts))
        kept = number[self.text] >= 0
        parts = {part.name: getattr(self, part.name)[kept] for part in fields(self)}
        return Words(**parts | {"text": number[parts["text"]]})


def mix(values: Hashes) -> Hashes:
    """`values` scattered over all 64 bits, each to one other: splitmix64 (G. Steele et al., OOPSLA 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def hashes(strings: Iterable[str]) -> Hashes:
    """The full hash of each of `strings`, one word each; 0 for one that holds no word."""
    listed = list(strings)
    found = words(listed)
    result = np.zeros(len(listed), np.uint64)
    result[found.text[::-1]] = found.full[::-1]
    return result


def words(texts: Sequence[str]) -> Words:
    """The words of `texts`, each text's in order."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    low, kinds = _low(codes)
    if (kinds == _NOTHING).any():
        kept = kinds != _NOTHING
        ends = np.concatenate(([0], np.cumsum(kept)))[np.minimum(ends, len(kept))]
        low, kinds = low[kept], kinds[kept]
    return _cut(low, kinds, ends)


def _low(codes: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8]]:
    """Each code point within the first plane, and its kind; letters of other planes are moved into private use."""
    kinds_of, _, _, _ = _tables()
    if not len(codes) or codes.max() < _PLANE:
        low = codes.astype(np.uint16)
        return low, kinds_of[low]
    beyond = codes >= _PLANE
    low = np.where(beyond, 0xE000 + codes % 0x1900, codes).astype(np.uint16)
    chinese = beyond & (codes >= 0x20000) & (codes < 0x40000)
    kinds = kinds_of[low]
    kinds[beyond] = _LETTER
    kinds[chinese] = _SIGN
    kinds[beyond & (codes >= 0x1F000) & (codes < 0x20000)] = _SEPARATOR  # emoji
    kinds[codes >= 0xE0000] = _NOTHING  # tags and variation selectors
    return low, kinds


def _cut(low: npt.NDArray[np.uint16], kinds: npt.NDArray[np.uint8], ends: Numbers) -> Words:
    _, scattered, reach, flags = _tables()
    inside = kinds != _SEPARATOR
    signs = kinds == _SIGN
    begins = inside.copy()
    begins[1:] &= ~inside[:-1] | signs[1:] | signs[:-1]
    starts = np.flatnonzero(begins)
    if not len(starts):
        nothing, no = np.zeros(0, np.uint64), np.zeros(0, np.bool_)
        return Words(nothing, nothing, np.zeros(0, np.int64), no, no, no, no, no)
    place = np.arange(len(low), dtype=np.int32)
    place -= starts.astype(np.int32)[np.maximum(np.cumsum(begins, dtype=np.int32) - 1, 0)]
    np.clip(place, 0, LONGEST - 1, out=place)
    values = scattered[low] * _powers()[place]
    values[~inside] = 0
    full = mix(np.add.reduceat(values, starts))
    values[place >= reach[low]] = 0
    stem = mix(np.add.reduceat(values, starts))
    first = flags[low[starts]]
    following = np.append(begins | ~inside, True)[starts + 1]
    sign = signs[starts]
    return Words(
        full, stem, np.searchsorted(ends, starts, side="right"),
        capital=first & 1 > 0, digit=first & 2 > 0, sign=sign, single=following & ~sign, latin=first & 4 > 0,
    )  # fmt: skip


@functools.cache
def _powers() -> Hashes:
    """A factor for each place in a word, so that the order of letters counts."""
    return np.cumprod(np.full(LONGEST, 0x9E3779B97F4A7C15, np.uint64), dtype=np.uint64)


@functools.cache
def _tables() -> tuple[npt.NDArray[np.uint8], Hashes, npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Of each code point of the first plane: its kind, the hash of its folded letter, to which place it belongs to a
    stem, and flags (1 capital, 2 digit, 4 Latin)."""
    letters = list(map(chr, range(_PLANE)))
    kinds = np.fromiter(map(str.isalnum, letters), np.uint8, _PLANE)
    folded = np.arange(_PLANE, dtype=np.uint64)
    for code in (*range(0x80, 0x1800), *range(0x1E00, 0x2100), *range(0xFE00, 0xFE10), 0xFEFF):
        category = unicodedata.category(letters[code])
        if category in ("Mn", "Mc"):
            kinds[code] = _LETTER if 0x0900 <= code < 0x1800 else _NOTHING
        elif category == "Cf":
            kinds[code] = _NOTHING
    kinds[0x0640] = _NOTHING  # the stroke that lengthens Arabic words
    for code in (*range(0x41, 0x2000), *range(0xFF10, 0xFF5B)):
        if kinds[code] == _LETTER:
            folded[code] = _folded(letters[code])
    for start, end in _WITHOUT_SPACES:
        kinds[start:end][kinds[start:end] == _LETTER] = _SIGN
    reach = np.full(_PLANE, STEM, np.int32)
    reach[0xAC00:0xD7A4] = STEM_HANGUL
    flags = np.fromiter(map(str.isupper, letters), np.uint8, _PLANE)
    flags += 2 * np.fromiter(map(str.isdigit, letters), np.uint8, _PLANE)
    flags[0x41:0x250] += 4 * (kinds[0x41:0x250] == _LETTER).astype(np.uint8)
    return kinds, mix(folded + np.uint64(1)), reach, flags


def _folded(letter: str) -> int:
    """The code point of `letter` in small, without accents."""
    small = letter.lower()[:1]
    return ord(unicodedata.normalize("NFKD", small)[:1].translate(_SAME_LETTERS) or letter)
