"""Where one story ends and the next begins, when nothing but line breaks stands between them.

Paragraphs of one story share words, above all names; paragraphs of two stories hardly do. `split` finds the segments
that are most likely as a whole, by dynamic programming over the similarity of all pairs of paragraphs within a segment
(Fragkou, Petridis and Kehagias 2004, "A dynamic programming algorithm for linear text segmentation"). Three things are
added:

- A pair counts with the log odds that it belongs together, given its cosine similarity and its length: long paragraphs
  of different stories share a few words by chance, short ones of the same story often none. The three constants are a
  logistic regression on joined articles, see tests/evaluation/splitting.py.
- A word weighs by the number of chains that it forms, not by the number of paragraphs that hold it (lexical chains as
  in Galley and others 2003, "Discourse segmentation of multi-party conversation"): the name that runs through one long
  story is no common word. Words that any news story may hold weigh less.
- A text stays one story unless several are more likely by a margin that grows with the number of pairs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from data.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Weights = Sequence[dict[str, float]]

SIMILARITY, LENGTH, CONSTANT = 13.6, 1.57, 3.0
"""Log odds of a pair = SIMILARITY * sqrt(cosine) - LENGTH * log(1 + length) + CONSTANT."""
SHORTEST = 12.0
"""Words below which a paragraph's length is no sign of anything."""
FEW = 3
"""Words below which a paragraph is no story of its own for sharing none with its neighbours."""
MOST = 6.0
"""Most log odds that one pair can bring."""
MARGIN, MOST_MARGIN = 0.25, 40.0
"""Log odds for each compared pair, and in all at most, by which several stories must be more likely than one."""
REACH = 12
"""Paragraphs further apart are not compared; a segment may be longer."""
GAP = 5
"""Paragraphs without a word after which its chain has ended."""
COMMON = 0.3
"""Weight of words that any news story may hold."""
_BLOCK = 2000
"""Paragraphs weighed together; the last segment of a block is continued in the next one."""
_LONGEST_WORD = 40

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def split(paragraphs: Sequence[str]) -> list[range]:
    """The stories as ranges of `paragraphs`, in order and without gaps; the time is linear in their total length."""
    stories: list[range] = []
    start = 0
    while start < len(paragraphs):
        block = paragraphs[start : start + _BLOCK]
        starts = [0, *boundaries(block), len(block)]
        whole = start + len(block) == len(paragraphs) or len(starts) == 2
        ends = starts[1:] if whole else starts[1:-1]
        stories += [range(start + a, start + b) for a, b in zip(starts, ends, strict=False)]
        start += ends[-1]
    return stories


def boundaries(paragraphs: Sequence[str]) -> list[int]:
    """The indices of the paragraphs that start a story, without the first one."""
    if len(paragraphs) < 2:
        return []
    return _best(odds(weigh([words(paragraph) for paragraph in paragraphs], _stopwords(paragraphs))))


def words(paragraph: str) -> Counter[str]:
    """The words of a paragraph in lower case, without the s of genitive and plural, and without numbers; scripts
    without spaces as pairs of letters."""
    found: Counter[str] = Counter()
    for match in _WORD.finditer(paragraph):
        word = match.group()
        if _UNSPACED.search(word[:_LONGEST_WORD]):
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif len(word) > 1 and not word.isdigit():
            found[_folded(word[:_LONGEST_WORD].lower().replace("\u2019", "'").removesuffix("'s"))] += 1
    return found


def _folded(word: str) -> str:
    """`word` without the s of a plural; a stem would do no better."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] != "s" else word


def weigh(paragraphs: Sequence[Counter[str]], stopwords: frozenset[str] = frozenset()) -> Weights:
    """Each paragraph's words with their weights: logarithmic frequency times rarity, counted in chains."""
    chains: Counter[str] = Counter()
    last: dict[str, int] = {}
    for index, paragraph in enumerate(paragraphs):
        for word in paragraph:
            if index - last.get(word, -GAP - 1) > GAP:
                chains[word] += 1
            last[word] = index
    common = _common()
    rarity = {
        word: math.log((len(paragraphs) + 1) / count) * (COMMON if word in common else 1.0)
        for word, count in chains.items()
        if word not in stopwords
    }
    return [
        {word: (1 + math.log(count)) * rarity[word] for word, count in paragraph.items() if word in rarity}
        for paragraph in paragraphs
    ]


def odds(weights: Weights) -> NDArray[np.float64]:
    """Log odds that paragraph i and paragraph i - d belong together, at [i, d - 1] for d up to REACH; zero outside."""
    reach = min(REACH, len(weights) - 1)
    lengths = np.array([max(len(weight), SHORTEST) for weight in weights])
    silent = np.array([len(weight) < FEW for weight in weights])
    table = np.zeros((len(weights), reach))
    for distance, similar in enumerate(similarities(weights, reach), 1):
        length = np.sqrt(lengths[distance:] * lengths[:-distance])
        odd = SIMILARITY * np.sqrt(similar) - LENGTH * np.log1p(length) + CONSTANT
        lowest = np.where(silent[distance:] | silent[:-distance], 0.0, -np.inf)
        table[distance:, distance - 1] = np.clip(odd, lowest, MOST)
    return table


def similarities(weights: Weights, reach: int) -> list[NDArray[np.float64]]:
    """Cosine of each paragraph with the one `d` before it, an array for each d from 1 to `reach`."""
    from scipy import sparse

    index: dict[str, int] = {}
    columns = [index.setdefault(word, len(index)) for weight in weights for word in weight]
    values = np.array([value for weight in weights for value in weight.values()])
    starts = np.concatenate([[0], np.cumsum([len(weight) for weight in weights])])
    matrix = sparse.csr_array(
        (values, np.array(columns, dtype=np.int64), starts), shape=(len(weights), len(index) or 1)
    )
    norms = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    units = sparse.csr_array(sparse.diags_array(1 / np.where(norms > 0, norms, 1.0)) @ matrix)
    shifted: list[NDArray[np.float64]] = [(units[d:].multiply(units[:-d])).sum(axis=1) for d in range(1, reach + 1)]
    return [np.maximum(similar, 0.0) for similar in shifted]


def _best(table: NDArray[np.float64]) -> list[int]:
    """Starts of the segments with the highest sum of log odds over the pairs within them.

    Segments that began more than REACH paragraphs ago gain the same from every new paragraph, so only the best of them
    is carried on: exact, and linear in the number of paragraphs.
    """
    best, origin = [0.0], [0]
    gains: list[float] = []  # of the segments that begin at the last REACH paragraphs, the latest first
    reach = table.shape[1]
    old, old_start = -math.inf, 0
    for row in table.tolist():
        if len(gains) == reach:
            leaving = len(best) - 1 - reach
            if gains[-1] > old:
                old, old_start = gains[-1], leaving
            gains.pop()
        total, sums = 0.0, []
        for odd in row:
            total += odd
            sums.append(total)
        gains = [best[-1], *(gain + added for gain, added in zip(gains, sums, strict=False))]
        old += sums[-1] if sums else 0.0
        back = max(range(len(gains)), key=lambda i: (gains[i], i))  # of equal segments the longest
        score, start = gains[back], len(best) - 1 - back
        if old >= score:
            score, start = old, old_start
        best.append(score)
        origin.append(start)
    if best[-1] < float(table.sum()) + margin(len(table), reach):
        return []
    starts = []
    end = len(best) - 1
    while end > 0:
        end = origin[end]
        starts.append(end)
    return starts[-2::-1]


def margin(paragraphs: int, reach: int) -> float:
    """Log odds by which several stories must be more likely than one; `reach` as of :func:`odds`."""
    return min(MARGIN * (paragraphs * reach - reach * (reach + 1) / 2), MOST_MARGIN)


@cache
def _common() -> frozenset[str]:
    """Words that any news story in English may hold."""
    path = Path(__file__).with_name("general_words.txt")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ResourceError(f"The word list {path.name} cannot be read: reinstall the program.") from error
    return frozenset(_folded(word) for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _stopwords(paragraphs: Sequence[str]) -> frozenset[str]:
    """Stopwords of the language that most words of the first paragraphs belong to."""
    sample = Counter(word for paragraph in paragraphs[:50] for word in words(paragraph[:2000]))
    hits = {language: sum(sample[word] for word in stop & sample.keys()) for language, stop in _languages().items()}
    return _languages()[max(hits, key=lambda language: hits[language])]


@cache
def _languages() -> dict[str, frozenset[str]]:
    import stopwordsiso

    return {
        language: frozenset(form for word in stopwordsiso.stopwords(language) for form in (word, _folded(word)))
        for language in sorted(stopwordsiso.langs())
    }
