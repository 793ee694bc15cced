"""Does once, before the first visitor comes, what costs time only the first time: imports, counts, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components import emerging, keyword_cloud, region_topic, timeline, top_stories, topics, world_map
from components.theme import LIGHT
from data.engines import UNITS
from data.periods import latest
from data.selection import Selection
from data.statistics import shares

if TYPE_CHECKING:
    from data.engines import Engine


def rehearse(engine: Engine) -> None:
    """Asks and draws what the first page will ask and draw; the answers stay in the engine's cache."""
    everything = Selection()
    n = {unit: engine.totals(everything, unit).n for unit in UNITS}["articles"]
    by_topic = topics.ordered(shares(engine.counts(everything, ("topic",)), n))
    world_map.figure(shares(engine.counts(everything, ("country",)), n), (), LIGHT).to_json()
    topics.figure(by_topic, (), LIGHT).to_json()
    keyword_cloud.place(keyword_cloud.frequent(engine.counts(everything, ("keyword",))))
    axis = timeline.axis_of(engine.counts(everything, ("day",)))
    if axis:
        engine.counts(everything, (axis.bin,))
        engine.counts(everything, (axis.bin, "topic"))
    pairs = engine.counts(everything, ("region", "topic"))
    cells = region_topic.grid(pairs, engine.counts(everything, ("region",)), by_topic, region_topic.columns_for(()))
    if len(cells):
        region_topic.figure(cells, everything, LIGHT).to_json()
    top_stories.told(engine, everything, top_stories.largest(engine, everything, "articles"))
    if split := latest(engine.counts(everything, ("day",))):
        emerging.risen(engine, everything, split, "articles")
