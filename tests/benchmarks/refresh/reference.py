"""The right answers, slowly: a mask a panel, and one count of the values of its rows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.refresh.asked import LATEST, OWN, TOP, Answer, Chosen

if TYPE_CHECKING:
    import numpy.typing as npt

    from data.selection import Selection
    from tests.benchmarks.refresh.made import Lists, Made


class Reference:
    """Answers from the numbers as they were made."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.bits = {"topics": made.topics.bits(), "regions": made.regions.bits()}

    @cached_property
    def tables(self) -> dict[str, npt.NDArray[np.bool_]]:
        """For the few topics and regions, which rows have each; the last for none."""
        shapes = {"topics": len(self.made.topics.words) + 1, "regions": len(self.made.regions.words) + 1}
        return {
            name: np.array([(self.bits[name] >> np.uint64(place)) & np.uint64(1) for place in range(n)]).astype(bool)
            for name, n in shapes.items()
        }

    def ask(self, selection: Selection) -> Answer:
        """Every panel."""
        mask = {name: self.mask(selection.without(*own)) for name, own in OWN.items()} | {"": self.mask(selection)}
        words = _counts(self.made.keywords, mask["keywords"])[:-1]
        order = np.lexsort((np.array(self.made.keywords.words), -words))[:TOP]
        topics, regions = self.tables["topics"], self.tables["regions"]
        grid = [[(mask["grid"] & region & topic).sum() for topic in topics] for region in regions]
        panels = {
            "topics": np.array([(mask["topics"] & topic).sum() for topic in topics]),
            "countries": _counts(self.made.countries, mask["countries"]),
            "grid": np.array(grid),
            "weeks": np.array([np.bincount(self.made.weeks[mask["weeks"] & topic], minlength=105) for topic in topics]),
        }
        order = order[words[order] > 0]
        latest = np.flatnonzero(mask[""])[::-1][:LATEST]
        return Answer(self._totals(mask[""]), panels, np.array([words[order], order]), latest)

    def mask(self, selection: Selection) -> npt.NDArray[np.bool_]:
        """Which rows match."""
        chosen = Chosen(self.made, selection)
        mask: npt.NDArray[np.bool_] = (self.made.days >= chosen.first) & (self.made.days <= chosen.last)
        for name, bits in (("topics", chosen.topics), ("regions", chosen.regions)):
            mask &= (self.bits[name] & np.uint64(bits)) != 0 if bits else True
        return mask & np.isin(self.made.publisher, chosen.publishers) if chosen.publishers else mask

    def _totals(self, mask: npt.NDArray[np.bool_]) -> tuple[int, ...]:
        made, days = self.made, self.made.days[mask]
        countries = _counts(made.countries, mask)
        unsure = int((mask & self.tables["topics"][-1]).sum())
        publishers = len(np.unique(made.publisher[mask]))
        ends = (int(days[0]), int(days[-1])) if len(days) else (-1, -1)
        return int(mask.sum()), int(countries[-1]), unsure, publishers, int((countries[:-1] > 0).sum()), *ends


def _counts(lists: Lists, mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """How many masked rows have each value, and last how many have none."""
    sizes = np.diff(lists.starts)
    return np.append(
        np.bincount(lists.codes[np.repeat(mask, sizes)], minlength=len(lists.words)), (mask & (sizes == 0)).sum()
    )
