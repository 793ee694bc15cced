"""From records under the names of a file to rows under the names of our fields.

records ─first 100─▶ whose export, or which column is what; how dates are written ─▶ Row for each, Reject passed on
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from data.articles import Reject
from data.dates import day_first, is_numeric
from data.errors import SourceError
from data.sources.files import choices, exports
from data.sources.files.columns import by_shape, recognise
from data.sources.rows import Row, reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from data.sources.files.choices import Choice
    from data.sources.files.exports import Export

HEAD = 100
"""Records that decide what the columns are."""
_DEPTH = 2
_KINDS = 256
"""Different sets of names remembered; JSON may change them from row to row."""


class Record(NamedTuple):
    """One record as the file nests it; `number` as in :class:`data.sources.rows.Row`."""

    number: int
    values: Mapping[str, object]


class Meaning(NamedTuple):
    """How records are understood."""

    export: Export | None
    """Whose export they are; None where the names of their columns tell what is what."""
    columns: Columns
    choice: Choice | None = None
    """What the user chose for records with these names."""


def rows(records: Callable[[], Iterator[Record | Reject]], file: str) -> Iterator[Row | Reject]:
    """A Row for each record, rejects passed on. `records` may be called twice: once more to settle the order of dates.

    Raises SourceError where neither a title nor a text can be found in the first records.
    """
    stream = records()
    head = list(islice(stream, HEAD))
    export, columns, choice = meaning(head)
    order = choice.day_first if choice else None
    if order is None and any(map(is_numeric, columns.dates(head))):
        order = day_first(columns.dates(records()))
    for record in chain(head, stream):
        if isinstance(record, Reject):
            yield record
            continue
        found: dict[str, object] | str = columns.pick(flatten(record.values))
        if export is not None and export.fits(record.values):
            found = export.read(record.values, found)  # type: ignore[arg-type]  # no str yet
        if isinstance(found, str):
            yield reject(file, record.number, found, dict(record.values))
        else:
            yield Row(found, file, record.number, order)


def meaning(head: Sequence[Record | Reject]) -> Meaning:
    """How the first records of a file are understood; SourceError as for :func:`rows`."""
    samples = [record.values for record in head if isinstance(record, Record)]
    flat = [flatten(values) for values in samples]
    names = dict.fromkeys(name for values in flat for name in values)
    choice = choices.recall(choices.signature(names))
    if choice is not None and names.keys() >= set(choice.columns.values()):
        return Meaning(None, Columns(flat, chosen=choice.columns), choice)
    export = exports.recognise(samples)
    try:
        return Meaning(export, Columns(flat, certain=export is not None))
    except SourceError as error:
        broken = next((item.reason for item in head if isinstance(item, Reject)), "")
        raise SourceError(f"{error}; {broken}" if broken else str(error)) from error


class Columns:
    """Finds the columns of each record, remembering the answer for each set of names.

    SourceError where no column holds a title or a text, unless it is `certain` that the records are articles.
    """

    def __init__(
        self, samples: Sequence[Mapping[str, object]], *, certain: bool = False, chosen: Mapping[str, str] | None = None
    ) -> None:
        names = list(dict.fromkeys(name for values in samples for name in values))
        self._known: dict[tuple[str, ...], dict[str, str]] = {}
        self._shape: dict[str, str] = {}
        self._chosen = dict(chosen or {})
        certain = certain or bool({"title", "text", "summary"} & self._chosen.keys())
        if samples and not certain and not {"title", "text", "summary"} & recognise(names).keys():
            if refusal := exports.refusal(names):
                raise SourceError(refusal)
            self._shape = by_shape({name: [values.get(name) for values in samples] for name in names})
            if not {"title", "text"} & self._shape.keys():
                shown = ", ".join(repr(name[:60]) for name in names[:30])
                raise SourceError(f"no column holds a title or a text. Name one 'title' or 'text'. Columns: {shown}")

    def pick(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values of the fields that were found."""
        return {field: values.get(name) for field, name in self.of(values).items()}

    def dates(self, records: Iterable[Record | Reject]) -> Iterator[object]:
        """The dates of `records`."""
        for record in records:
            if isinstance(record, Record):
                values = flatten(record.values)
                yield values.get(self.of(values).get("published", ""))

    def of(self, values: Mapping[str, object]) -> dict[str, str]:
        """The column for each field, for records with the names of `values`."""
        names = tuple(values)
        found = self._known.get(names)
        if found is None:
            found = self._chosen or self._shape | recognise(names)
            if len(self._known) < _KINDS:
                self._known[names] = found
        return found


def flatten(values: Mapping[str, object], depth: int = _DEPTH) -> Mapping[str, object]:
    """Nested records as ``source.name``, down to `depth` levels; what lies deeper is dropped, lists stay."""
    if dict not in map(type, values.values()):
        return values
    flat: dict[str, object] = {}
    for name, value in values.items():
        if not isinstance(value, dict):
            flat[str(name)] = value
        elif depth:
            flat |= {f"{name}.{inner}": deep for inner, deep in flatten(value, depth - 1).items()}
    return flat
