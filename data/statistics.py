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


def adjusted(chances: npt.ArrayLike, tested: int) -> Floats:
    """Probabilities adjusted for `tested` looks: the least rate at which :func:`discoveries` would keep each.

    Those not in `chances` count as larger than all that are. Source: as there; as "adjusted p-values" in D. Yekutieli,
    Y. Benjamini, Journal of Statistical Planning and Inference 82 (1999).
    """
    p = np.asarray(chances, float)
    order = np.argsort(p)[::-1]
    ranks = np.arange(len(p), 0, -1)
    result = np.empty(len(p))
    result[order] = np.minimum.accumulate(np.minimum(p[order] * max(tested, len(p)) / ranks, 1.0))
    return result


def newcombe(a: npt.ArrayLike, of_a: int, b: npt.ArrayLike, of_b: int, shared: int = 0) -> tuple[Floats, Floats]:
    """95 % interval of the difference a / of_a - b / of_b, as (low, high) in -1..1, from the Wilson intervals of both.

    `shared` of the units belong to both groups, which then move together: the more, the narrower the interval; without
    any it is method 10 of R. G. Newcombe, Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17 (1998). With the correlation of the two shares, here shared / sqrt(of_a * of_b), it is the
    method of variance estimates recovery: G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008).
    """
    share_a, share_b = (np.asarray(k, float) / max(n, 1) for k, n in ((a, of_a), (b, of_b)))
    (low_a, high_a), (low_b, high_b) = wilson(a, of_a), wilson(b, of_b)
    together = min(shared / np.sqrt(max(of_a, 1) * max(of_b, 1)), 1.0)

    def reach(one: Floats, other: Floats) -> Floats:
        squared: Floats = one**2 + other**2 - 2 * together * one * other
        return np.sqrt(np.maximum(squared, 0))

    gap = share_a - share_b
    low = gap - reach(share_a - low_a, high_b - share_b)
    high = gap + reach(high_a - share_a, share_b - low_b)
    return np.clip(low, -1, 1), np.clip(high, -1, 1)


def chance_of_difference(
    a: npt.ArrayLike, of_a: int, b: npt.ArrayLike, of_b: int, both: npt.ArrayLike = 0, shared: int = 0
) -> Floats:
    """Probability of shares so far apart or farther, if they were the same: two-sided.

    `both` of the hits and `shared` of the units belong to both groups; where one group lies within the other this is
    the test of that one against the rest. The score test in its N - 1 form (I. Campbell, Chi-squared and Fisher-Irwin
    tests of two-by-two tables with small sample recommendations, Statistics in Medicine 26, 2007); where it expects
    fewer than 5 of anything, twice the smaller tail of :func:`chance_of_rise`, which is exact for what is rare and
    careful for what is not, between the smaller group and what only the larger one has.
    """
    hits_a, hits_b, hits_both = (np.asarray(k, float) for k in (a, b, both))
    whole = of_a + of_b - shared
    apart = 1 / max(of_a, 1) + 1 / max(of_b, 1) - 2 * shared / max(of_a * of_b, 1)
    if not of_a or not of_b or whole < 2 or apart <= 1e-15:
        return np.ones(np.broadcast(hits_a, hits_b).shape)
    pooled = np.clip((hits_a + hits_b - hits_both) / whole, 0, 1)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled) * apart * whole / (whole - 1), 1e-300))
    gap = hits_a / of_a - hits_b / of_b
    score = _two_sided(np.where(pooled * (1 - pooled) > 0, gap / spread, 0.0))
    small, of_small, rest = (hits_a, of_a, hits_b) if of_a <= of_b else (hits_b, of_b, hits_a)
    of_rest = whole - of_small
    few = np.minimum(pooled, 1 - pooled) * min(of_small, of_rest) < 5
    exact = _exact(small, of_small, np.maximum(rest - hits_both, 0), of_rest)
    chance: Floats = np.where(few, exact, score)
    return chance


def _two_sided(z: Floats) -> Floats:
    from scipy.special import erfc

    chance: Floats = erfc(np.abs(z) / np.sqrt(2))
    return chance


def _exact(a: Floats, of_a: int, b: Floats, of_b: int) -> Floats:
    """Of hits or of misses, whichever are fewer: those are rare, for which it is exact."""
    misses = a + b > (of_a + of_b) / 2
    one, other = np.where(misses, of_a - a, a), np.where(misses, of_b - b, b)
    tails = np.minimum(chance_of_rise(one, of_a, other, of_b), chance_of_rise(other, of_b, one, of_a))
    chance: Floats = np.minimum(2 * tails, 1.0)
    return chance


def times_as_often(a: npt.ArrayLike, of_a: int, b: npt.ArrayLike, of_b: int) -> tuple[Floats, Floats, Floats]:
    """How many times as large a / of_a is as b / of_b, shrunk towards 1, and its 95 % interval: (ratio, low, high).

    One more hit is added, divided between both as if there were no difference; given how many hits there are, those of
    `a` then have a beta distribution, whose points are turned into ratios. (Jeffreys' prior, if both are equally large:
    L. Brown, T. Cai, A. DasGupta, Statistical Science 16, 2001.)
    """
    from scipy.special import betaincinv

    k, m = np.asarray(a, float), np.asarray(b, float)
    n_a, n_b = max(of_a, 1), max(of_b, 1)
    one, other = k + n_a / (n_a + n_b), m + n_b / (n_a + n_b)
    ratio: Floats = one / other * (n_b / n_a)
    inner = [np.asarray(betaincinv(one, other, point), np.float64) for point in (0.025, 0.975)]
    low, high = (share / np.maximum(1 - share, 1e-15) * (n_b / n_a) for share in inner)
    return ratio, low, high
