"""DuckDB with the layout that answers fastest: a table in memory, in order of time, topics and regions as bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tests.benchmarks.refresh.asked import LATEST, OWN, TOP, Answer, Chosen
from tests.benchmarks.refresh.bits import columns, counted, totals, unfold

if TYPE_CHECKING:
    from data.selection import Selection
    from tests.benchmarks.refresh.made import Made

_TOTALS = """count(*), count(*) FILTER (len(countries) = 0), count(*) FILTER (topics = {none}),
    count(DISTINCT publisher), coalesce(min(day), -1), coalesce(max(day), -1)"""


class Duck:
    """One query a panel; bits are unfolded afterwards."""

    name = "DuckDB"

    def __init__(self, made: Made) -> None:
        import duckdb

        self.made, self.base = made, duckdb.connect()
        given = pa.table(columns(made))
        self.base.register("given", given)
        self.base.execute("CREATE TABLE articles AS SELECT * FROM given")
        self.base.unregister("given")

    def refresh(self, selection: Selection) -> Answer:
        """All panels."""
        made, where = self.made, {name: self._where(selection.without(*own)) for name, own in OWN.items()}
        topics, regions = len(made.topics.words) + 1, len(made.regions.words) + 1
        words = self._ask(
            f"SELECT word, count(*) AS n FROM (SELECT unnest(keywords) AS word FROM articles {where['keywords']})"
            f" GROUP BY word ORDER BY n DESC, 'word' || word LIMIT {TOP}"
        )
        here = self._where(selection)
        none = _TOTALS.format(none=1 << (topics - 1))
        said = [int(each[0]) for each in self._ask(f"SELECT {none} FROM articles {here}")]
        countries = self._countries(where["countries"])
        known = countries if here == where["countries"] else self._countries(here)
        by_topic = self._ask(f"SELECT topics, count(*) FROM articles {where['topics']} GROUP BY ALL")
        pairs = self._ask(f"SELECT regions, topics, count(*) FROM articles {where['grid']} GROUP BY ALL")
        weeks = self._ask(f"SELECT week, topics, count(*) FROM articles {where['weeks']} GROUP BY ALL")
        panels = {
            "topics": unfold(by_topic[1], (by_topic[0], topics)),
            "countries": countries,
            "grid": unfold(pairs[2], (pairs[0], regions), (pairs[1], topics)),
            "weeks": unfold(weeks[2], (weeks[1], topics), weeks=weeks[0]),
        }
        latest = self._ask(f"SELECT id, title FROM articles {here} ORDER BY id DESC LIMIT {LATEST}")[0]
        return Answer(totals(said, known), panels, np.array([words[1], words[0]], np.int64), latest)

    def answer(self, answer: Answer) -> Answer:
        """As it is."""
        return answer

    def _countries(self, where: str) -> np.ndarray:
        codes, n = self._ask(f"SELECT unnest(countries) AS c, count(*) FROM articles {where} GROUP BY c")
        none = self._ask(f"SELECT count(*) FROM articles {where or 'WHERE true'} AND len(countries) = 0")[0][0]
        return counted(codes, n, int(none), len(self.made.countries.words))

    def _where(self, selection: Selection) -> str:
        chosen, parts = Chosen(self.made, selection), []
        if selection.first or selection.last:
            parts.append(f"day BETWEEN {chosen.first} AND {chosen.last}")
        parts += [f"(topics & {chosen.topics}) != 0"] if chosen.topics else []
        parts += [f"(regions & {chosen.regions}) != 0"] if chosen.regions else []
        parts += [f"publisher IN ({', '.join(map(str, chosen.publishers))})"] if chosen.publishers else []
        return f"WHERE {' AND '.join(parts)}" if parts else ""

    def _ask(self, query: str) -> list[np.ndarray]:
        return list(self.base.execute(query).fetchnumpy().values())
