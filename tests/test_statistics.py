from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.statistics import keyness, shares, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # the worked example of Newcombe (Statistics in Medicine, 1998), method 3
    ],
)
def test_wilson_intervals(hits: int, of: int, low: float, high: float) -> None:
    found = wilson([hits], [of])
    assert found[0][0] == pytest.approx(low, abs=5e-5)
    assert found[1][0] == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(pair: tuple[int, int]) -> None:
    k, n = pair
    low, high = wilson(k, n)
    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1


def test_shares_of_nothing_are_nothing() -> None:
    frame = shares(pd.DataFrame({"topic": ["sport"], "n": [0]}), 0)
    assert frame["share"].tolist() == [0.0]


def test_keyness_tells_which_words_belong_to_which_side() -> None:
    inside, outside = np.array([50, 5, 100, 0]), np.array([5, 50, 100, 0])
    z = keyness(inside, outside)
    assert z[0] > 2
    assert z[1] < -2
    assert z[2] == pytest.approx(0, abs=1e-9)
    assert z[3] == pytest.approx(0, abs=1e-3)
    assert keyness(outside, inside) == pytest.approx(-z)


def test_keyness_without_any_counts_is_zero() -> None:
    assert keyness([0, 0], [0, 0]).tolist() == [0, 0]
