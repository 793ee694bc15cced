"""``python -m data export``: the articles of a selection, as Parquet, CSV or JSON Lines.

store --batches--> corrected, keywords in one form --Selection--> rows --writer--> file or terminal
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qs

from data import frames
from data.commands import stored
from data.commands.output import output
from data.errors import SelectionError
from data.facets import FACETS
from data.inert import inert
from data.selection import FIRST, LAST, TEXT, Selection

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

    from data.store import Store

EXAMPLES = """\
  python -m data export --out news.parquet
  python -m data export --select "region=Europe&topic=politics" --out politics.csv
  python -m data export --select "q=election&from=2026-01-01" --format jsonl | head"""
COLUMNS = (
    *("id", "title", "text", "published", "publisher", "publisher_country", "language", "url"),
    *("countries", "main_country", "regions", "topics", "subtopics", "keywords", "story", "copy_of"),
)
"""What Parquet and CSV hold; JSON Lines hold the evidence of the tags besides."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--select", default="", metavar="QUERY", help="as in the address of the page (default: everything)"
    )
    parser.add_argument("--format", choices=[*WRITERS], help="default: by the name of the file, else jsonl")
    parser.add_argument("--out", type=Path, metavar="FILE", help="file to write (default: the terminal)")
    parser.add_argument("--raw", action="store_true", help="CSV: leave cells that begin like a formula as they are")
    parser.add_argument("--version", type=int, metavar="N", help="of an earlier version of the store")
    stored.arguments(parser)


def run(chosen: argparse.Namespace) -> None:
    """Writes the articles; how many, and of how many, goes to standard error."""
    store, selection = stored.existing(chosen), selection_of(chosen.select)
    suffix = chosen.out.suffix.removeprefix(".") if chosen.out else ""
    written = [0, 0]

    def found() -> Iterator[pd.DataFrame]:
        for rows, of in selected(store, selection, chosen.version):
            written[0] += len(rows)
            written[1] += of
            yield rows

    with output(chosen.out) as out:
        WRITERS[chosen.format or (suffix if suffix in WRITERS else "jsonl")](found(), out, chosen.raw)
    record = {"articles": written[0], "of": written[1], "selection": selection.describe()}
    said = f"{selection.describe()}: {written[0]:,} of {written[1]:,} articles"
    if chosen.out:
        stored.answer(chosen, record | {"file": str(chosen.out)}, [f"{said} written to {chosen.out}"])
    else:
        print(said, file=sys.stderr)


def selection_of(query: str) -> Selection:
    """The selection that a query says, as an address has it; SelectionError where a name is not known."""
    values = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    known = [*FACETS, FIRST, LAST, TEXT]
    if unknown := [name for name in values if name not in known]:
        raise SelectionError(f"Cannot select by {', '.join(unknown)}; choose of {', '.join(known)}.")
    selection = Selection.from_query(values)
    if sum(map(len, values.values())) != sum(map(len, selection.to_query().values())):
        raise SelectionError(f"Not all of {query!r} is understood. Days are written like 2026-01-31, values once each.")
    return selection


def selected(store: Store, selection: Selection, version: int | None = None) -> Iterator[tuple[pd.DataFrame, int]]:
    """The articles that match, some at a time, as the page shows them; and of how many they were found."""
    from data.corrections import FILE, Log, apply
    from data.engines.memory import MemoryEngine
    from data.store.schema import ARTICLES, to_pandas

    corrections = Log(store.folder / FILE).read().in_force
    same = _forms(store, version)
    for table in store.batches(ARTICLES.names, version):
        rows = to_pandas(table)
        rows["keywords"] = same(rows)
        rows = apply(rows, corrections) if corrections else rows
        if selection:
            matching = MemoryEngine(rows, version="export").articles(selection, limit=len(rows))["id"]
            yield rows[rows["id"].isin(matching)], len(rows)
        else:
            yield rows, len(rows)


def _forms(store: Store, version: int | None) -> Callable[[pd.DataFrame], pd.Series]:
    """What brings keywords into the form that most articles of the store write."""
    import pandas as pd

    from data.store.schema import to_pandas
    from data.tagging.corpus import Forms

    forms = Forms()
    for table in store.batches(["keywords", "language"], version):
        rows = to_pandas(table)
        forms.count(rows["keywords"].tolist(), rows["language"].tolist())
    return lambda rows: pd.Series(
        forms.of(rows["keywords"].tolist(), rows["language"].tolist()), rows.index, dtype=object
    )


def _jsonl(tables: Iterable[pd.DataFrame], out: IO[bytes], _raw: bool) -> None:
    import orjson

    from data.records import record

    for table in tables:
        for row in frames.records(table):
            tags = {"mentioned": [], "topics": [], "keywords": [], "countries": row["countries"]} | row["tags"]
            more = {name: row[name] or None for name in ("url", "story", "copy_of")} | {"text": row["text"]}
            out.write(orjson.dumps(_plain(record(row | {"tags": tags}) | more), option=orjson.OPT_APPEND_NEWLINE))


def _plain(value: Any) -> Any:
    """The value with text that UTF-8 can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _plain(inside) for name, inside in value.items()}
    return [_plain(inside) for inside in value] if isinstance(value, list) else value


def _csv(tables: Iterable[pd.DataFrame], out: IO[bytes], raw: bool) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for table in tables:
        for row in frames.records(table[list(COLUMNS)]):
            cells = [_cell(value) for value in row.values()]
            lines.writerow(cells if raw else [inert(cell) for cell in cells])
    text.detach()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return value if isinstance(value, str) else "" if value != value else value.isoformat()


def _parquet(tables: Iterable[pd.DataFrame], out: IO[bytes], _raw: bool) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from data.store.schema import ARTICLES, to_arrow

    schema = pa.schema([ARTICLES.field(name) for name in COLUMNS])
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(to_arrow(table, schema))


WRITERS: dict[str, Callable[[Iterable[pd.DataFrame], IO[bytes], bool], None]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}
