"""How well stories are found: ``python -m tests.evaluation.stories``.

The gold is ``stories.csv``, the event of each article of two sets: the built-in briefs, labelled by their author, and
Wikinews 2019 and 2020, labelled by reading titles and leads before any grouping ran. Two articles are of one event if
one tells what directly became of the other's: the next step of the same case, disaster or procedure, however long
after. The same topic, person, series, campaign or lasting crisis does not make one event. An article alone is its own
event.

Counted are pairs of articles: precision is the share of the pairs in one story that are of one event, recall the share
of the pairs of one event that are in one story. The halves are halves of the events; a false pair with one article in
each half counts in neither, but in ``all``.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data import grouping, ingest, starter
from data.grouping import WINDOW_DAYS
from tests.corpora import FOLDER, for_looking, rows
from tests.evaluation.duplicates import article
from tests.evaluation.halves import HALVES

if TYPE_CHECKING:
    from numpy.typing import NDArray

GOLD = Path(__file__).with_name("stories.csv")
WIKINEWS = "dated/wikinews_2019_2020.jsonl.gz"
HEADLINES = "dated/headlines_aj_bbc_lemonde_economist.jsonl.gz"
VOLUME = "dated/reuters21578_first6000.jsonl.gz"
BATCH = 500


def gold() -> dict[str, str]:
    """The event of each labelled article."""
    with GOLD.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["event"] for row in csv.DictReader(lines)}


def corpus(name: str) -> pd.DataFrame:
    """The articles of a corpus with their tags."""
    found = list(rows(FOLDER / name))
    parts = [
        ingest.tagged_table([article(row) for row in found[at : at + BATCH]]) for at in range(0, len(found), BATCH)
    ]
    return pd.concat(parts, ignore_index=True)


def labelled(articles: pd.DataFrame) -> pd.DataFrame:
    """The labelled articles, with their event, and the part of it where no two neighbours are further apart in time
    than a story waits: what can be found within the window."""
    event = articles["id"].map(gold())
    known = articles.assign(event=event)[event.notna()].sort_values(["published", "id"])
    gaps = known.groupby("event")["published"].diff() > pd.Timedelta(days=WINDOW_DAYS)
    part = gaps.groupby(known["event"]).cumsum().astype(str)
    return known.assign(within=known["event"] + " " + part)


def counts(articles: pd.DataFrame, event: str = "event", across: bool | None = None) -> NDArray[Any]:
    """One line an article: half the pairs it is in that are right, found, and true. Sums are numbers of pairs.

    `across` takes only the pairs of two languages, or only those of one.
    """
    events, stories, languages = (articles[name].to_numpy(object) for name in (event, "story", "language"))
    true, found = events[:, None] == events[None, :], stories[:, None] == stories[None, :]
    chosen = ~np.eye(len(articles), dtype=bool)
    if across is not None:
        chosen &= (languages[:, None] != languages[None, :]) == across
    return np.stack([(pairs & chosen).sum(axis=1) for pairs in (true & found, found, true)], axis=1) / 2


def figures(table: NDArray[Any]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the sum of `table`."""
    right, found, true = table.sum(axis=0)
    return right / max(found, 1), right / max(true, 1), 2 * right / max(found + true, 1)


def show(name: str, articles: pd.DataFrame) -> None:
    looking = articles["event"].map(for_looking)
    for half, wanted in HALVES.items():
        chosen = articles[looking.isin(wanted)]
        ways = {
            "all pairs": counts(chosen),
            "of one language": counts(chosen, across=False),
            "across languages": counts(chosen, across=True),
            f"within {WINDOW_DAYS:g} days": counts(chosen, "within"),
        }
        for way, table in ways.items():
            precision, recall, f1 = figures(table)
            print(
                f"{name:<18}{half:<8}{len(chosen):>6}  {way:<18}{int(table[:, 2].sum()):>6}"
                f"{precision:>10.3f}{recall:>8.3f}{f1:>7.3f}"
            )


def main() -> None:
    """Prints precision, recall and F1 of pairs: the gold alone, and among headlines of the same time."""
    alone = pd.concat([corpus(WIKINEWS), ingest.ingest(starter.FILES).articles], ignore_index=True)
    alone = alone[alone["id"].isin(gold())].reset_index(drop=True)
    among = pd.concat([alone, corpus(HEADLINES)], ignore_index=True)
    print(f"{'set':<18}{'half':<8}{'rows':>6}  {'pairs':<18}{'true':>6}{'precision':>10}{'recall':>8}{'F1':>7}")
    show("alone", labelled(grouping.group(alone)))
    show("among headlines", labelled(grouping.group(among)))
    volume = corpus(VOLUME)
    started = time.process_time()
    grouping.group(volume)
    print(
        f"copies and stories: {len(volume) / (time.process_time() - started):,.0f} Reuters reports a second of one core"
    )


if __name__ == "__main__":
    main()
