"""How many articles get a place of publication from our table: ``python -m tests.evaluation.publishers``.

*table* are those whose domain, or whose publisher's name, is in it, *ending* those known by a country's ending alone,
*none* the rest. The table was not made from these collections.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

from data.publishers import country_of, table
from data.sources import addresses
from tests.corpora import FOLDER, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Source = tuple[str, str]
"""Publisher and address of an article."""
GKG_NAME, GKG_URL = 3, 4
"""Columns of a GDELT file with the publisher's domain and the address."""


def babel() -> Iterator[Source]:
    articles = json.loads((FOLDER / "exports/newsapi_babel_briefings_sample.json").read_text(encoding="utf-8"))
    return ((row["source-name"] or "", row["url"] or "") for row in articles)


def gkg() -> Iterator[Source]:
    with zipfile.ZipFile(FOLDER / "gdelt/20230702153000.gkg.csv.zip") as archive:
        text = io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8", errors="replace").read()
    cells = (row.split("\t") for row in text.split("\n") if row)
    return ((row[GKG_NAME], row[GKG_URL]) for row in cells)


def digest() -> Iterator[Source]:
    return ((row["source"], row["url"]) for row in rows(FOLDER / "dated/rss_digest_2026.jsonl.gz"))


def lgl() -> Iterator[Source]:
    return ((row["source"], "") for row in rows(FOLDER / "places/lgl.jsonl.gz"))


COLLECTIONS: dict[str, Callable[[], Iterator[Source]]] = {
    "NewsAPI, 30 languages": babel,
    "GDELT, one quarter-hour": gkg,
    "RSS digest 2026": digest,
    "LGL, small-town papers": lgl,
}


def how(source: Source) -> str:
    """By what the country is known."""
    known = table.current()
    publisher, url = source
    hosts = filter(None, (addresses.domain(url), publisher.lower().removeprefix("www.")))
    if not country_of(publisher, url):
        return "none"
    listed = any((found := known.find(host)) and found.country for host in hosts)
    return "table" if listed or known.country(publisher) else "ending"


def main() -> None:
    """Prints one line a collection."""
    print(f"{'collection':<26}{'articles':>9}{'table':>8}{'ending':>8}{'none':>8}")
    for name, read in COLLECTIONS.items():
        try:
            counts = Counter(how(source) for source in read())
        except FileNotFoundError:
            print(f"{name:<26} not there: set NEWS_CORPORA to the folder of the corpora")
            continue
        shares = "".join(f"{counts[way] / counts.total():>8.3f}" for way in ("table", "ending", "none"))
        print(f"{name:<26}{counts.total():>9}{shares}")


if __name__ == "__main__":
    main()
