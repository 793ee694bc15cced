"""Pure statistics on counts: shares with their intervals, words that set texts apart, and what rises over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

Z95 = 1.959963984540054
"""Two-sided 95 % point of the standard normal distribution."""


def wilson(hits: npt.ArrayLike, of: npt.ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Score interval of a share, as (low, high) in 0..1; (0, 1) where `of` is 0.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    k, n = np.asarray(hits, float), np.asarray(of, float)
    safe = np.maximum(n, 1.0)
    share, z2 = k / safe, z * z
    centre = (share + z2 / (2 * safe)) / (1 + z2 / safe)
    half = z * np.sqrt(share * (1 - share) / safe + z2 / (4 * safe * safe)) / (1 + z2 / safe)
    return np.where(n > 0, np.clip(centre - half, 0, 1), 0.0), np.where(n > 0, np.clip(centre + half, 0, 1), 1.0)


def shares(counts: pd.DataFrame, base: int) -> pd.DataFrame:
    """Adds `share`, `low` and `high` (Wilson, 95 %) of column `n` over one base to a frame of counts."""
    low, high = wilson(counts["n"], base)
    share = counts["n"].to_numpy(float) / base if base else np.zeros(len(counts))
    return counts.assign(share=share, low=low, high=high)


def keyness(inside: npt.ArrayLike, outside: npt.ArrayLike, *, weight: float = 500.0) -> Floats:
    """How far each word belongs to one group of texts rather than to another: a z-score, positive for `inside`.

    `inside` and `outside` are counts of the same words. Log-odds ratio with an informative Dirichlet prior: the words'
    distribution in both groups together, scaled to `weight` pseudo-counts. Source: B. L. Monroe, M. P. Colaresi,
    K. M. Quinn, Fightin' Words, Political Analysis 16 (2008), equations 16 and 22.
    """
    a, b = np.asarray(inside, float), np.asarray(outside, float)
    both = a + b
    if not both.sum():
        return np.zeros_like(a)
    prior = np.maximum(both * (weight / both.sum()), 1e-9)
    in_total, out_total = a.sum() + prior.sum(), b.sum() + prior.sum()
    odds_in = np.log(a + prior) - np.log(in_total - a - prior)
    odds_out = np.log(b + prior) - np.log(out_total - b - prior)
    z: Floats = (odds_in - odds_out) / np.sqrt(1 / (a + prior) + 1 / (b + prior))
    return z


def rise(now: npt.ArrayLike, of_now: int, before: npt.ArrayLike, of_before: int) -> tuple[Floats, Floats]:
    """How many times as often as expected each thing occurs now, as (ratio, lower end of its 95 % interval).

    Expected is its share of now and before together. Small counts are shrunk towards 1: half a count is added to what
    is observed and to what is expected, and their ratio has a gamma distribution. Source: G. N. Norén, J. Hopstadius,
    A. Bate, Shrinkage observed-to-expected ratios, Statistical Methods in Medical Research 22 (2013).
    """
    from scipy.special import gammaincinv

    observed, past = np.asarray(now, float), np.asarray(before, float)
    expected = (observed + past) * (of_now / max(of_now + of_before, 1))
    ratio = (observed + 0.5) / (expected + 0.5)
    low: Floats = gammaincinv(observed + 0.5, 0.025) / (expected + 0.5)
    return ratio, low


def chance_of_rise(now: npt.ArrayLike, of_now: int, before: npt.ArrayLike, of_before: int) -> Floats:
    """Probability of so many or more now, if the share were the same before: one-sided, exact.

    Given now and before together, the number now is binomial (J. Przyborowski, H. Wilenski, Biometrika 31, 1940).
    """
    from scipy.special import betainc

    observed, past = np.asarray(now, float), np.asarray(before, float)
    share = of_now / max(of_now + of_before, 1)
    # The upper tail of a binomial distribution is an incomplete beta function.
    tail: Floats = np.where(observed > 0, betainc(np.maximum(observed, 1), past + 1, share), 1.0)
    return tail


def discoveries(chances: npt.ArrayLike, tested: int, rate: float = 0.05) -> npt.NDArray[np.bool_]:
    """Which of the smallest of `tested` probabilities are no chance; of those at most the share `rate` will be.

    Source: Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, JRSS B 57 (1995).
    """
    p = np.asarray(chances, float)
    ranked = np.sort(p)
    passing = np.flatnonzero(ranked <= rate * np.arange(1, len(p) + 1) / max(tested, 1))
    return p <= ranked[passing[-1]] if len(passing) else np.zeros(len(p), np.bool_)
