"""``python -m data search``: the articles of the store that match best, with the words that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.commands import stored

if TYPE_CHECKING:
    import argparse

EXAMPLES = """\
  python -m data search 'flood "red cross" -insurance'
  python -m data search 'title:(strike OR walkout) rail*' --limit 5 --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    from data.search import HELP

    parser.add_argument("query", help=HELP)
    parser.add_argument("--limit", type=int, default=10, help="how many are shown (default: 10)")
    stored.arguments(parser)


def run(chosen: argparse.Namespace) -> None:
    """Shows the best matches; how many there are is said in full."""
    import pandas as pd

    from data.engines.stored import indexed
    from data.search import parse, snippet

    store = stored.existing(chosen)
    version, query = store.version(), parse(chosen.query)
    index = indexed(store, version)
    there = set(store.read(("id",), version).column("id").to_pylist())
    matching = index.matching(query)
    gone = sum(article not in there for article in matching)  # the index keeps what was taken back
    best = [hit.id for hit in index.best(query, chosen.limit + gone) if hit.id in there][: chosen.limit]
    found = store.texts(best, version).to_dict("records")
    shown = [
        {
            "id": row["id"],
            "title": row["title"],
            "publisher": row["publisher"],
            "published": None if pd.isna(row["published"]) else f"{row['published']:%Y-%m-%d %H:%M}",
            "url": row["url"],
            "snippet": [run._asdict() for run in snippet(row["text"], query)],
        }
        for row in found
    ]
    lines = [f"{len(matching) - gone:,} articles match."]
    for row in shown:
        lines += ["", f"{row['title']}  ({', '.join(filter(None, (row['publisher'], row['published'])))})"]
        lines += ["  " + "".join(f"[{run['text']}]" if run["marked"] else run["text"] for run in row["snippet"])]
    stored.answer(chosen, {"query": chosen.query, "matches": len(matching) - gone, "shown": shown}, lines)
