"""What bars of counts and bars of shares have in common, whatever they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.wording import percent
from data.frames import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def labels(frame: pd.DataFrame, numbers: Numbers, palette: Palette, size: int) -> dict[str, Any]:
    """The words of each bar, at its end; where its interval is drawn they stand behind that, see :func:`beside`."""
    if numbers == "shares":
        return {"textposition": "none"}
    return {
        "text": bar_labels(frame, numbers),
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": palette.quiet, "size": size},
    }


def beside(
    frame: pd.DataFrame, places: Sequence[Any], numbers: Numbers, palette: Palette, size: int
) -> list[dict[str, Any]]:
    """What draws the words behind the intervals of bars at `places` on the other axis; nothing for counts."""
    if numbers != "shares" or frame.empty:
        return []
    trace = {"type": "scatter", "mode": "text", "x": frame["high"].tolist(), "y": list(places)}
    look = {"textposition": "middle right", "textfont": {"color": palette.quiet, "size": size}, "cliponaxis": False}
    return [{**trace, **look, "text": [f" {words}" for words in bar_labels(frame, numbers)], "hoverinfo": "skip"}]


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
