"""What bars of counts and bars of shares have in common, whatever they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.wording import percent
from data.frames import rows

if TYPE_CHECKING:
    import pandas as pd

    from components.content import Numbers
    from components.theme import Palette


def bar_lengths(frame: pd.DataFrame, numbers: Numbers) -> list[float]:
    """How long each bar is; `frame` has n and share."""
    lengths: list[float] = frame["share" if numbers == "shares" else "n"].tolist()
    return lengths


def bar_labels(frame: pd.DataFrame, numbers: Numbers) -> list[str]:
    """Both numbers of each bar, first the one that is drawn."""
    pairs = [(f"{row.n:,}", percent(row.share)) for row in rows(frame)]
    return [f"{share} · {n}" if numbers == "shares" else f"{n} · {share}" for n, share in pairs]


def reach(frame: pd.DataFrame, numbers: Numbers) -> list[float]:
    """How far the intervals reach that are drawn."""
    ends: list[float] = frame["high"].tolist() if numbers == "shares" else []
    return ends


def intervals(frame: pd.DataFrame, numbers: Numbers, palette: Palette) -> dict[str, Any]:
    """What draws the 95 % interval of each share as a thin line at the end of its bar; nothing for counts."""
    if numbers != "shares":
        return {}
    ends = {"array": (frame["high"] - frame["share"]).tolist(), "arrayminus": (frame["share"] - frame["low"]).tolist()}
    line = {"color": palette.quiet, "thickness": 1, "width": 3}
    return {"error_x": {"type": "data", "symmetric": False, **ends, **line}}
