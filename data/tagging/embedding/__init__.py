"""Which topics the words of a text are near in meaning to, told from a static table: one row a piece of a word.

text --split--> words --cut--> pieces, each with its row --softmax--> what the piece says for each of the 17 topics

The table is read by model2vec from a local folder: the one beside this module, made by ``build.py`` and described in
its README, or the one that the environment variable NEWS_TOPIC_MODEL names, for instance of a bigger model. The rows
of ours hold one number a topic; in any other table the topics are first looked for with the seed terms, see
:mod:`data.tagging.embedding.head`. Nothing is ever fetched.
"""

from __future__ import annotations

import functools
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from data.errors import ResourceError
from data.tagging import words
from data.tagging.remembered import Remembered
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from model2vec import StaticModel
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Matrix = NDArray[np.float32]

FOLDER = Path(__file__).parent / "table"
VARIABLE = "NEWS_TOPIC_MODEL"
"""Names the folder of another table."""
LANGUAGES: frozenset[str] = frozenset({"ar", "de", "en", "es", "fr", "pt", "ru", "zh"})
"""ISO 639-1 codes of the languages that our table knows; another one is asked in every language."""

RARE = 1e-4
"""A piece of this share of all text counts half, a more frequent one less. Source: S. Arora, Y. Liang and T. Ma,
"A simple but tough-to-beat baseline for sentence embeddings", ICLR 2017."""
LEAST = 0.01
"""A piece that says less for every topic is passed over: the, of, and."""
RUN = 50
"""Letters that are cut at once: more are no word, but half a sentence where words are not separated."""
PART = 4096
"""Rows that are worked on at once."""


Known = tuple[words.Word, tuple[int, ...]]
"""A word in its place, and the rows of its pieces in the table, those that say something."""


@dataclass(frozen=True)
class Table:
    """`evidence[row]` is what a piece says for each topic, in the order of TOPICS: 0 to 1, most of it near 0."""

    evidence: NDArray[np.float16]
    tokenizer: Tokenizer
    rows: Remembered[tuple[int, ...]]
    """A word -> the rows of its pieces that say something, remembered."""

    def find(self, text: str) -> list[Known]:
        """The words of `text` that say something, from left to right."""
        rows = self.rows
        return [(word, known) for word in words.split(text) if (known := rows[word.group()])]

    def cut(self, word: words.Word) -> list[tuple[int, int, int]]:
        """(start, end, row) of the pieces of a word: where words are not separated it may be half a sentence."""
        return [
            (word.start() + start, word.start() + end, row) for start, end, row in _cut(self.tokenizer, word.group())
        ]

    def each(self, weights: Mapping[int, float], topic: int) -> dict[int, float]:
        """What each row of `weights` says for topic number `topic`."""
        said = self.evidence[list(weights), topic].tolist()
        return {row: weight * value for (row, weight), value in zip(weights.items(), said, strict=True)}

    def total(self, weights: Mapping[int, float]) -> list[float]:
        """What the rows of `weights` say for each topic together, each as often as it weighs."""
        rows = np.fromiter(weights, dtype=np.intp, count=len(weights))
        counts = np.fromiter(weights.values(), dtype=np.float32, count=len(weights))
        return [float(value) for value in counts @ self.evidence[rows].astype(np.float32)]


def load(language: str) -> Table | None:
    """The table for `language` (ISO 639-1), None where ours does not know it; ResourceError where it is damaged."""
    other = os.environ.get(VARIABLE, "")
    if other:
        return open_table(Path(other))
    return open_table(FOLDER) if language in LANGUAGES else None


def version(own: str) -> str:
    """`own`, and with it the name of the table that NEWS_TOPIC_MODEL asks for instead of ours."""
    other = os.environ.get(VARIABLE, "")
    return f"{own} with {Path(other).name}" if other else own


@functools.cache
def open_table(folder: Path) -> Table:
    """The table in `folder`, files as model2vec writes them; ResourceError where there is none or it is damaged."""
    if not (folder / "model.safetensors").is_file():  # model2vec takes an unknown path for a name on a hub
        raise ResourceError(f"No table of word meanings in {folder}. Reinstall the program, or correct {VARIABLE}.")
    from model2vec import StaticModel  # 150 ms
    from safetensors import SafetensorError

    try:
        for name in ("config.json", "tokenizer.json"):  # a tokenizer that cannot be read is told by Exception only
            if not json.loads((folder / name).read_text(encoding="utf-8")):
                raise ValueError(f"{name} is empty")
        model = StaticModel.from_pretrained(str(folder.resolve()))
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ResourceError(f"The table of word meanings in {folder} cannot be read ({error}).") from error
    evidence = _evidence(model)
    telling = set(np.flatnonzero(evidence.max(axis=1) >= LEAST).tolist()) - {model.unk_token_id}
    return Table(evidence, model.tokenizer, Remembered(functools.partial(_rows, model.tokenizer, telling)))


def _rows(tokenizer: Tokenizer, telling: set[int], word: str) -> tuple[int, ...]:
    """The rows of the pieces of `word` that say something; a number says nothing."""
    if not any(map(str.isalpha, word)):
        return ()
    return tuple(row for _, _, row in _cut(tokenizer, word) if row in telling)


def _cut(tokenizer: Tokenizer, word: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, row) of the pieces of `word`, RUN letters at a time: a tokenizer may be quadratic in them."""
    for place in range(0, len(word), RUN):
        found = tokenizer.encode(word[place : place + RUN], add_special_tokens=False)
        for (start, end), row in zip(found.offsets, found.ids, strict=True):
            yield place + start, place + end, row


def _evidence(model: StaticModel) -> NDArray[np.float16]:
    """What each row says: by how much a topic is likelier than by chance, times how telling the piece is."""
    config: Any = model.config
    vectors = model.embedding if model.token_mapping is None else model.embedding[model.token_mapping]
    if config.get("topics") == list(TOPICS):
        weights = np.asarray(model.weights, dtype=np.float32)
        logits: Callable[[Any], Matrix] = functools.partial(np.multiply, np.float32(config["step"]))
    else:
        from data.tagging.embedding import head

        weights = _weights(model, vectors)
        logits = head.logits(vectors, weights, model.tokenize)
    parts = (slice(start, start + PART) for start in range(0, len(vectors), PART))  # floats of all at once take memory
    said = [(near(logits(vectors[part])) * weights[part, None]).astype(np.float16) for part in parts]
    return np.concatenate(said, dtype=np.float16)


def near(logits: Matrix) -> Matrix:
    """Of the softmax of each row what is above its mean: a piece that is at home everywhere says nothing."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = raised / raised.sum(axis=1, keepdims=True)
    return np.asarray(np.maximum(shares - 1 / shares.shape[1], 0), dtype=np.float32)


def _weights(model: StaticModel, vectors: NDArray[Any]) -> Matrix:
    """How telling each piece is, 0 to 1: the table's own weights, or the lengths of its vectors instead."""
    own = model.weights if model.weights is not None else np.linalg.norm(vectors.astype(np.float32), axis=1)
    telling = np.clip(own / max(float(np.percentile(own, 90)), 1e-9), 0, 1)
    return np.asarray(telling, dtype=np.float32)
