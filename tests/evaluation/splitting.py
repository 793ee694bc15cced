"""How well plain text is split into stories: ``python -m tests.evaluation.splitting``, ``--fit`` for the constants.

Documents are made by joining Wikinews articles paragraph by paragraph, as a text file without separators would hold
them: 2 to 12 articles, each in full, cut to its first paragraph or first sentence, or as an excerpt in one paragraph
that stops in mid-sentence. Constants are fitted on documents of one half of the articles; the figures come from
documents of the other half. Compared are baselines and three published methods on the same words.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from data.sources import read
from data.sources.files import splitting
from tests.corpora import corpus, for_looking, rows

Story = list[str]
Document = list[Story]
Segmenter = Callable[[Sequence[str]], Iterable[int]]
"""From paragraphs to the indices of those that start a story, without the first."""

DATE_LINE = re.compile(r"\w+day, \w+ \d+, \d{4}")
SENTENCE = re.compile(r'(?<=[.!?”"»])\s+(?=[A-ZÀÉÊÎÔ“"«])')
DOCUMENTS = 300


def stories(name: str, looking: bool, mark: str = "\n") -> list[Story]:
    """The articles of one half of a corpus as paragraphs of five words or more, three paragraphs at least.

    `mark` stands between paragraphs; without one, three sentences are a paragraph.
    """
    found = []
    for row in rows(corpus(name)):
        if for_looking(row["id"]) == looking:
            parts = row["text"].split(mark) if mark else _threes(row["text"])
            paragraphs = [" ".join(part.split()) for part in parts]
            story = [text for text in paragraphs if len(text.split()) >= 5 and not DATE_LINE.fullmatch(text)]
            if 3 <= len(story) <= 40 and "test page" not in " ".join(story):
                found.append(story)
    return found


def _threes(text: str) -> list[str]:
    sentences = SENTENCE.split(" ".join(text.split()))
    return [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]


def documents(pool: Sequence[Story], seed: int, count: int = DOCUMENTS) -> list[Document]:
    """Random documents of 2 to 12 stories."""
    chance = random.Random(seed)
    return [[_cut(story, chance) for story in chance.sample(pool, chance.randint(2, 12))] for _ in range(count)]


def _cut(story: Story, chance: random.Random) -> Story:
    kind = chance.random()
    if kind < 0.15:
        return story[:1]
    if kind < 0.3:
        return [SENTENCE.split(story[0])[0]]
    if kind < 0.5:
        return [" ".join(story)[: chance.randint(400, 900)].rsplit(" ", 1)[0]]
    return story[: chance.randint(2, min(12, len(story)))]


def joined(document: Document) -> tuple[list[str], set[int]]:
    """The paragraphs of a document and the true starts of its stories, without the first."""
    starts = np.cumsum([len(story) for story in document])[:-1]
    return [paragraph for story in document for paragraph in story], {int(start) for start in starts}


@dataclass(frozen=True)
class Score:
    """Of boundaries: precision, recall, F1; WindowDiff (Pevzner and Hearst 2002) and Pk (Beeferman 1999), lower is
    better; `exact` is the share of documents without any fault."""

    precision: float
    recall: float
    f1: float
    window_diff: float
    pk: float
    exact: float

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  "
            f"WindowDiff {self.window_diff:.3f}  Pk {self.pk:.3f}  exact {self.exact:.3f}"
        )


def score(segmenter: Segmenter, sample: Sequence[Document]) -> Score:
    """The score of `segmenter` over documents; precision and recall over all boundaries together."""
    right = found = true = exact = 0
    differences = pks = 0.0
    for document in sample:
        paragraphs, starts = joined(document)
        guess = set(segmenter(paragraphs))
        right, found, true = right + len(guess & starts), found + len(guess), true + len(starts)
        exact += guess == starts
        window = max(1, round(len(paragraphs) / (len(starts) + 1) / 2))
        pairs = [(_count(starts, i, window), _count(guess, i, window)) for i in range(len(paragraphs) - window)]
        differences += sum(a != b for a, b in pairs) / max(len(pairs), 1)
        pks += sum((a == 0) != (b == 0) for a, b in pairs) / max(len(pairs), 1)
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Score(precision, recall, f1, differences / len(sample), pks / len(sample), exact / len(sample))


def _count(starts: set[int], position: int, window: int) -> int:
    return sum(position < start <= position + window for start in starts)


def _vectors(paragraphs: Sequence[str]) -> list[Counter[str]]:
    stop = splitting._stopwords(paragraphs)
    return [Counter({w: n for w, n in splitting.words(p).items() if w not in stop}) for p in paragraphs]


def _cosines(vectors: Sequence[Counter[str]]) -> np.ndarray:
    index: dict[str, int] = {}
    for vector in vectors:
        for word in vector:
            index.setdefault(word, len(index))
    table = np.zeros((len(vectors), max(len(index), 1)))
    for row, vector in enumerate(vectors):
        for word, count in vector.items():
            table[row, index[word]] = count
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    table /= np.where(norms > 0, norms, 1)
    return table @ table.T


def text_tiling(paragraphs: Sequence[str]) -> list[int]:
    """TextTiling (Hearst 1997) with paragraphs as blocks: depth of each valley of similarity, cut at mean - sd / 2."""
    vectors = _vectors(paragraphs)
    gaps = [_cosines(vectors[i - 1 : i + 1])[0, 1] for i in range(1, len(vectors))]
    depths = []
    for i, gap in enumerate(gaps):
        left = right = i
        while left > 0 and gaps[left - 1] >= gaps[left]:
            left -= 1
        while right < len(gaps) - 1 and gaps[right + 1] >= gaps[right]:
            right += 1
        depths.append(gaps[left] + gaps[right] - 2 * gap)
    limit = np.mean(depths) - np.std(depths) / 2 if depths else 0.0
    return [i + 1 for i, depth in enumerate(depths) if depth > max(limit, 0.0)]


def c99(paragraphs: Sequence[str]) -> list[int]:
    """C99 (Choi 2000): similarities ranked within 11 x 11, divisive clustering, stop at mean + 1.2 sd of the gain."""
    table = _cosines(_vectors(paragraphs))
    n = len(table)
    ranks = np.zeros_like(table)
    for i in range(n):
        for j in range(n):
            near = table[max(0, i - 5) : i + 6, max(0, j - 5) : j + 6]
            ranks[i, j] = (near < table[i, j]).sum() / max(near.size - 1, 1)
    sums = np.zeros((n + 1, n + 1))
    sums[1:, 1:] = ranks.cumsum(0).cumsum(1)
    segments, density, order = [(0, n)], [sums[n, n] / n**2], []
    while len(segments) < n:
        inside = sum(_square(sums, a, b) for a, b in segments)
        area = sum((b - a) ** 2 for a, b in segments)
        options = []
        for number, (a, b) in enumerate(segments):
            for m in range(a + 1, b):
                lost = _square(sums, a, b) - _square(sums, a, m) - _square(sums, m, b)
                options.append(((inside - lost) / (area - 2 * (m - a) * (b - m)), number, m))
        best, number, m = max(options)
        a, b = segments[number]
        segments[number : number + 1] = [(a, m), (m, b)]
        density.append(best)
        order.append(m)
    gains = np.diff(density)
    limit = gains.mean() + 1.2 * gains.std() if len(gains) else 0.0
    kept = next((i for i, gain in enumerate(gains) if gain <= limit), len(gains))
    return sorted(order[:kept])


def _square(sums: np.ndarray, start: int, end: int) -> float:
    return float(sums[end, end] - sums[start, end] - sums[end, start] + sums[start, start])


def utiyama_isahara(paragraphs: Sequence[str]) -> list[int]:
    """Utiyama and Isahara 2001: each segment costs the code length of its words and log(n); shortest code wins."""
    vectors = _vectors(paragraphs)
    size = sum(sum(vector.values()) for vector in vectors)
    kinds = len({word for vector in vectors for word in vector})
    cost, origin = [0.0] + [np.inf] * len(vectors), [0] * (len(vectors) + 1)
    for start in range(len(vectors)):
        counts: Counter[str] = Counter()
        for end in range(start, len(vectors)):
            counts.update(vectors[end])
            values = np.fromiter(counts.values(), dtype=float)
            code = values.sum() * np.log(values.sum() + kinds) - (values * np.log(values + 1)).sum()
            total = cost[start] + float(code) + np.log(max(size, 2))
            if total < cost[end + 1]:
                cost[end + 1], origin[end + 1] = total, start
    return _path(origin)


def cosine_threshold(paragraphs: Sequence[str]) -> list[int]:
    """Dynamic programming as ours, on plain tf-idf cosine less one constant (best on the fitted half: 0.025)."""
    vectors = _vectors(paragraphs)
    spread = Counter(word for vector in vectors for word in vector)
    rarity = {word: np.log((len(vectors) + 1) / count) for word, count in spread.items()}
    weighted = [Counter({w: (1 + np.log(n)) * rarity[w] for w, n in vector.items()}) for vector in vectors]
    gains = _cosines(weighted) - 0.025
    np.fill_diagonal(gains, 0)
    best, origin = [0.0] + [-np.inf] * len(vectors), [0] * (len(vectors) + 1)
    for start in range(len(vectors)):
        total = 0.0
        for end in range(start, len(vectors)):
            total += float(gains[start:end, end].sum())
            if best[start] + total > best[end + 1]:
                best[end + 1], origin[end + 1] = best[start] + total, start
    return _path(origin)


def _path(origin: Sequence[int]) -> list[int]:
    starts, end = [], len(origin) - 1
    while end > 0:
        end = origin[end]
        starts.append(end)
    return starts[-2::-1]


METHODS: dict[str, Segmenter] = {
    "never": lambda paragraphs: [],
    "every line": lambda paragraphs: range(1, len(paragraphs)),
    "TextTiling": text_tiling,
    "C99": c99,
    "Utiyama & Isahara": utiyama_isahara,
    "cosine, one threshold": cosine_threshold,
    "ours": splitting.boundaries,
}


def fit(sample: Sequence[Document]) -> tuple[float, float, float]:
    """SIMILARITY, LENGTH and CONSTANT by logistic regression over pairs up to 7 paragraphs apart, classes balanced."""
    features, labels = [], []
    for document in sample:
        paragraphs, starts = joined(document)
        story = np.cumsum([i in starts for i in range(len(paragraphs))])
        weights = splitting.weigh([splitting.words(p) for p in paragraphs], splitting._stopwords(paragraphs))
        lengths = np.array([max(len(weight), splitting.SHORTEST) for weight in weights])
        reach = min(7, len(weights) - 1)
        for distance, similar in enumerate(splitting.similarities(weights, reach), 1):
            length = np.log1p(np.sqrt(lengths[distance:] * lengths[:-distance]))
            features.append(np.stack([np.sqrt(similar), -length, np.ones_like(length)], axis=1))
            labels.append(story[distance:] == story[:-distance])
    x, y = np.concatenate(features), np.concatenate(labels)
    balance = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    return _logistic(x, y, balance)


def _logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    """Newton's method, 30 steps."""
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (weight * (y - chance))
        bend = (x * (weight * chance * (1 - chance))[:, None]).T @ x + 1e-6 * np.eye(x.shape[1])
        beta += np.linalg.solve(bend, slope)
    return float(beta[0]), float(beta[1]), float(beta[2])


def unsplit(pool: Sequence[Story]) -> float:
    """Share of single stories that stay whole."""
    return sum(not list(splitting.boundaries(story)) for story in pool) / len(pool)


def seed_lines() -> list[int]:
    """The lines at which stories of the sample file start."""
    folder = corpus("seed")
    return [row.row for path in sorted(folder.glob("*.txt")) for row in read(path)]


WIKINEWS = "dated/wikinews_2019_2020.jsonl.gz"
OTHERS = {
    "BBC 2004-05": ("topics/bbc5.jsonl.gz", "\n"),
    "Reuters 1987": ("dated/reuters21578_first6000.jsonl.gz", "\n "),
    "MasakhaNews, English": ("topics/masakhanews_eng_dev.jsonl.gz", ""),
    "MasakhaNews, French": ("topics/masakhanews_fra_dev.jsonl.gz", ""),
}


def main() -> None:
    """Prints the tables."""
    if "--fit" in sys.argv:
        print("SIMILARITY, LENGTH, CONSTANT =", fit(documents(stories(WIKINEWS, looking=True), seed=3, count=600)))
        return
    for looking in (True, False):
        pool = stories(WIKINEWS, looking)
        print(f"Wikinews, {'fitted' if looking else 'held-out'} half: {DOCUMENTS} documents of {len(pool)} articles")
        sample = documents(pool, seed=4)
        for name, method in METHODS.items():
            print(f"  {name:22} {score(method, sample)}")
        print(f"  single stories left whole: {unsplit(pool):.3f}")
    for name, (path, mark) in OTHERS.items():
        pool = stories(path, looking=False, mark=mark)
        sample = documents(pool, seed=4, count=200)
        print(f"{name}: {score(splitting.boundaries, sample)}; single stories left whole: {unsplit(pool[:300]):.3f}")
    print("sample file: stories start at lines", seed_lines())
    many = documents(stories(WIKINEWS, looking=True), seed=5, count=1500)
    long = [text for document in many for text in joined(document)[0]]
    for count in (12_500, 25_000, 50_000):
        begun = time.perf_counter()
        splitting.split((long * 3)[:count])
        print(f"{count:,} paragraphs: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    try:
        main()
    except pytest.skip.Exception as reason:
        print(reason)
