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
    from data.engines.stored import indexed
    from data.search import parse, snippet

    store = stored.existing(chosen)
    version, query = store.version(), parse(chosen.query)
    index = indexed(store, version)
    there = set(store.read(("id",), version).column("id").to_pylist())
    count = sum(article in there for article in index.matching(query))
    best = [hit.id for hit in index.best(query, chosen.limit + len(there) // 50) if hit.id in there][: chosen.limit]
    found = store.texts(best, version).to_dict("records")
    shown = [
        {
            "id": row["id"],
            "title": row["title"],
            "publisher": row["publisher"],
            "published": None if row["published"] is None else str(row["published"]),
            "url": row["url"],
            "snippet": [run._asdict() for run in snippet(row["text"], query)],
        }
        for row in found
    ]
    lines = [f"{count:,} articles match."]
    for row in shown:
        lines += ["", f"{row['title']}  ({', '.join(filter(None, (row['publisher'], row['published'])))})"]
        lines += ["  " + "".join(f"[{run['text']}]" if run["marked"] else run["text"] for run in row["snippet"])]
    stored.answer(chosen, {"query": chosen.query, "matches": count, "shown": shown}, lines)
