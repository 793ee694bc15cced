"""A figure as Plotly's own objects, which check every name and value in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import plotly.graph_objects as go

if TYPE_CHECKING:
    from components.theme import Figure


def plotted(figure: Figure) -> go.Figure:
    """The figure as plotly.js gets it; ValueError where a name or a value is none that Plotly knows."""
    return go.Figure(json.loads(figure.to_json()))
