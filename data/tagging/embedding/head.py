"""The head of a table: which directions of its vectors are the topics, learnt from the seed terms.

A seed term is an example of each topic under which it stands, with the weight it has in the lexicon; a multinomial
logistic regression over the mean vectors of the terms then tells the topics apart.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from data.tagging import lexicon
from data.tagging.lexicon.spotting import WEAK
from data.taxonomy import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

FREEDOM = 1.0
"""How freely the regression follows single terms: the inverse of its penalty on large coefficients."""
STEPS = 100
"""At most so many steps of the solver; it is close to its end long before."""


class Example(NamedTuple):
    """A text that speaks for topic number `topic` of TOPICS with a `weight` up to 1."""

    text: str
    topic: int
    weight: float


def examples(languages: Iterable[str], complete: Callable[[str], Sequence[str]] | None = None) -> list[Example]:
    """The seed terms of `languages` without their signs; `complete` gives words for the beginning of a word."""
    found: list[Example] = []
    for language in languages:
        entries = lexicon.read(language)
        votes: dict[str, dict[int, float]] = defaultdict(dict)
        for number, topic in enumerate(TOPICS):
            for written in lexicon.terms_of(entries[topic]):
                forms = _forms(written.lstrip("~="), complete)
                for form in forms:
                    weight = (WEAK if written.startswith("~") else 1.0) / len(forms) ** 0.5
                    votes[form][number] = max(weight, votes[form].get(number, 0.0))
        found += (
            Example(form, number, weight / len(given))
            for form, given in votes.items()
            for number, weight in given.items()
        )
    return found


def _forms(term: str, complete: Callable[[str], Sequence[str]] | None) -> list[str]:
    """A term as it may stand in a text: the completed forms of its last word where it is the beginning of one."""
    bare = term.replace("*", "")
    if not term.endswith("*") or complete is None:
        return [bare]
    *before, last = bare.split()
    return [" ".join([*before, form]) for form in complete(last)] or [bare]


def fit(vectors: Matrix, given: Sequence[Example], freedom: float = FREEDOM) -> tuple[Matrix, Matrix]:
    """Coefficients (dimensions x topics) and intercepts of the regression on `vectors`, one of each example.

    All topics together weigh the same, however many terms they have.
    """
    from scipy.optimize import minimize  # 100 ms

    count, width = vectors.shape
    topics = np.array([example.topic for example in given])
    weights = np.array([example.weight for example in given], dtype=np.float32)
    weights /= np.bincount(topics, weights, len(TOPICS))[topics]
    weights *= count / weights.sum()
    true = np.zeros((count, len(TOPICS)), dtype=np.float32)
    true[np.arange(count), topics] = 1

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        matrix = flat.reshape(width + 1, -1).astype(np.float32)
        logits = vectors @ matrix[:-1] + matrix[-1]
        logits -= logits.max(axis=1, keepdims=True)
        whole = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        error = (np.exp(logits - whole) - true) * weights[:, None]
        slope = np.vstack([vectors.T @ error + matrix[:-1] / freedom, error.sum(axis=0, keepdims=True)])
        missed = float(((whole - logits) * true * weights[:, None]).sum())
        return missed + float((matrix[:-1] ** 2).sum()) / (2 * freedom), slope.astype(np.float64).ravel()

    start = np.zeros((width + 1) * len(TOPICS))
    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    matrix = found.x.reshape(width + 1, -1).astype(np.float32)
    return matrix[:-1], matrix[-1]


def logits(
    vectors: NDArray[Any], weights: Matrix, tokenize: Callable[[Sequence[str]], list[list[int]]]
) -> Callable[[NDArray[Any]], Matrix]:
    """From rows of a table to their logits, where nothing is known but vectors, weights of the rows and tokens."""
    given = examples(lexicon.LANGUAGES)
    rows = tokenize([example.text for example in given])
    known = [place for place, found in enumerate(rows) if found]
    means = [np.average(_unit(vectors[rows[at]]), axis=0, weights=weights[rows[at]] + 1e-6) for at in known]
    matrix, intercepts = fit(_unit(np.array(means)), [given[place] for place in known])
    return lambda part: np.asarray(_unit(part) @ matrix + intercepts, dtype=np.float32)


def _unit(vectors: NDArray[Any]) -> Matrix:
    plain = vectors.astype(np.float32)
    lengths = np.linalg.norm(plain, axis=1, keepdims=True)
    return np.asarray(plain / np.maximum(lengths, 1e-9), dtype=np.float32)
