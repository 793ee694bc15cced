"""Figures as samples that can be resampled: from right and given answers to what each document adds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from tests.evaluation.bootstrap import Counts

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from tests.evaluation.bootstrap import Numbers


def micro_f1(found: Sequence[Collection[Hashable]], true: Sequence[Collection[Hashable]]) -> Counts:
    """F1 over all members of the sets together."""
    pairs = zip(found, true, strict=True)
    return ratio([(2 * len(set(a) & set(b)), len(set(a)) + len(set(b))) for a, b in pairs])


def share(right: Sequence[bool]) -> Counts:
    """The share of documents that are right: accuracy, recall or precision, by which documents they are."""
    return precision_at(1, right)


def precision_at(number: int, hits: Sequence[int]) -> Counts:
    """Hits among the first `number` answers; where fewer were given the rest count as wrong."""
    return ratio([(hit, number) for hit in hits])


def ratio(rows: Sequence[tuple[float, float]]) -> Counts:
    """The sum of the first numbers over the sum of the second; 0 where these are 0."""
    return Counts(np.array(rows, dtype=float).reshape(len(rows), 2), _ratio)


def macro_f1(labels: Sequence[str], topics: Sequence[str], right: Mapping[str, Collection[str]]) -> Counts:
    """Mean F1 over the labels that occur; `right` says which topics are right for a label.

    A topic that is right for several labels is read as the true one of them if possible, else as the first.
    """
    names = sorted(right)
    table = np.zeros((len(labels), 2 * len(names)))
    for row, (label, topic) in enumerate(zip(labels, topics, strict=True)):
        meant = [label] if topic in right[label] else [other for other in right if topic in right[other]]
        table[row, names.index(label)] += 2.0 * (topic in right[label])
        for name in (label, *meant[:1]):
            table[row, len(names) + names.index(name)] += 1
    present = np.array([[label == name for name in names] for label in labels]).reshape(len(labels), len(names))
    return Counts(np.hstack([table, present]), _macro)


def _macro(sums: Numbers) -> Numbers:
    hits, named, true = np.split(sums, 3, axis=-1)
    f1 = hits / np.maximum(named, 1)
    return np.asarray((f1 * (true > 0)).sum(axis=-1) / np.maximum((true > 0).sum(axis=-1), 1))


@dataclass(frozen=True)
class Confident:
    """The share of right documents in the half of the documents whose `confidence` is highest."""

    right: Numbers
    confidence: Numbers

    @property
    def size(self) -> int:
        return len(self.right)

    def figures(self, weights: Numbers) -> Numbers:
        order = np.argsort(-self.confidence, kind="stable")
        drawn = weights[:, order]
        half = drawn.sum(axis=1, keepdims=True) / 2
        taken = np.clip(half - (drawn.cumsum(axis=1) - drawn), 0, drawn)
        return np.asarray((taken * self.right[order]).sum(axis=1) / half[:, 0])


@dataclass(frozen=True)
class Pairs:
    """F1 of pairs of documents that share a group, from the group found and the true group of each document.

    A document drawn twice makes no pair with itself.
    """

    found: Sequence[Hashable]
    true: Sequence[Hashable]

    @property
    def size(self) -> int:
        return len(self.found)

    def figures(self, weights: Numbers) -> Numbers:
        both = list(zip(self.found, self.true, strict=True))
        right, given, wanted = (_pairs(weights, groups) for groups in (both, self.found, self.true))
        return np.asarray(2 * right / np.maximum(given + wanted, 1))


def _pairs(weights: Numbers, groups: Sequence[Hashable]) -> Numbers:
    """How many pairs of different documents share a group, in each row of `weights`."""
    number = {group: column for column, group in enumerate(Counter(groups))}
    columns = [number[group] for group in groups]
    member = sparse.csr_array((np.ones(len(groups)), (range(len(groups)), columns)), (len(groups), len(number)))
    sums = np.asarray(weights @ member)
    return np.asarray(((sums**2).sum(axis=1) - (weights**2).sum(axis=1)) / 2)


def _ratio(sums: Numbers) -> Numbers:
    return np.asarray(sums[..., 0] / np.maximum(sums[..., 1], 1))
