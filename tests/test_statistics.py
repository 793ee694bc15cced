from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.statistics import chance_of_rise, discoveries, keyness, rise, shares, wilson


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


def test_a_rise_is_shrunk_and_has_an_interval() -> None:
    ratio, low = rise([12, 1, 0], 33, [0, 0, 0], 289)
    expected = 12 * 33 / 322
    assert ratio[0] == pytest.approx(12.5 / (expected + 0.5))
    assert low[0] == pytest.approx(13.120 / 2 / (expected + 0.5), rel=1e-4)  # chi-square table: 25 degrees, 2.5 %
    assert ratio[1] < 3
    assert low[1] < 1
    assert ratio[2] == pytest.approx(1)


@given(st.integers(1, 200), st.integers(0, 200), st.integers(200, 5000), st.integers(200, 5000))
def test_the_lower_end_lies_below_the_ratio(now: int, before: int, of_now: int, of_before: int) -> None:
    ratio, low = rise([now], of_now, [before], of_before)
    assert 0 < low[0] < ratio[0]


@pytest.mark.parametrize(
    ("now", "of_now", "before", "of_before", "chance"),
    [
        (3, 50, 0, 50, 0.125),
        (2, 50, 1, 50, 0.5),
        (0, 50, 9, 50, 1.0),
        (1, 1, 1, 3, 1 - 0.75**2),
        (2, 30, 0, 0, 1.0),
    ],
)
def test_the_chance_of_a_rise_is_exact(now: int, of_now: int, before: int, of_before: int, chance: float) -> None:
    assert chance_of_rise([now], of_now, [before], of_before)[0] == pytest.approx(chance)


def test_discoveries_are_those_of_the_worked_example() -> None:
    # Benjamini and Hochberg (1995), section 4.1: of these 15 the first four are rejected at 0.05.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    assert discoveries(p[::-1], 15).tolist() == [False] * 11 + [True] * 4
    assert not discoveries(p, 15_000_000).any()
    assert discoveries([], 0).tolist() == []
