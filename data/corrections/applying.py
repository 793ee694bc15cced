"""Applies corrections to a tagged table.

The table that comes out remembers, in the record of every corrected row, what the taggers had said. So corrections can
be applied to a corrected table as well: they start from the taggers' word again, and none at all gives it back.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.corrections.changes import Row, corrected
from data.corrections.records import Correction, Rule, TagCorrection
from data.tagging.keywords import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COLUMN = "corrections"
"""Column that is added: the ids of the corrections that change something about the row, in the order applied."""
ORIGINAL = "as_tagged"
"""In the record `tags` of a corrected row: the columns as the taggers made them."""
_CHANGED = ("topics", "subtopics", "countries", "main_country", "regions", "keywords", "tags")
_READ = ("id", "publisher", "language")


def apply(tagged: pd.DataFrame, corrections: Sequence[Correction]) -> pd.DataFrame:
    """The tagged table with corrected tags, and COLUMN with the ids of those that apply.

    Rules come first and then the corrections of single tags, each in the given order, so that what was said of one
    article holds against a rule. Evidence of what a person decided has the rule BY_HAND. The record `tags` of a
    corrected row holds `corrections` (of each its `id`, `words`, and the tag that is `off`) and ORIGINAL. Rows that are
    not concerned stay as they are; they are shared with the given table.
    """
    concerned = _concerned(tagged, corrections)
    changed = [name for name in _CHANGED if name in tagged]
    columns: dict[str, list[Any]] = {name: tagged[name].tolist() for name in (*changed, *_READ)}
    marks: list[tuple[str, ...]] = [()] * len(tagged)
    for place, found in sorted(concerned.items()):
        row, marks[place] = _through({name: columns[name][place] for name in columns}, found)
        for name in changed:
            columns[name][place] = row[name]
    made = {name: pd.Series(columns[name], index=tagged.index, dtype=tagged[name].dtype) for name in changed}
    # A row may not be concerned any more; then its marks are gone and its tags are the taggers' again.
    return tagged.assign(**made if concerned else {}, **{COLUMN: pd.Series(marks, index=tagged.index, dtype=object)})


def _through(row: Row, corrections: Iterable[Correction]) -> tuple[Row, tuple[str, ...]]:
    """The row from the taggers' word through all corrections, and the ids of those that made a difference."""
    row = {**row, **row["tags"].get(ORIGINAL, {})}
    first, said = row, []
    for correction in corrections:
        before, row = row, corrected(row, correction)
        if row is not before:
            said.append({"id": correction.id, "words": correction.describe(), "off": _off(correction)})
    if said:
        kept = {name: first[name] for name in _CHANGED if name in first}
        row = {**row, "tags": {**row["tags"], COLUMN: said, ORIGINAL: kept}}
    return row, tuple(each["id"] for each in said)


def _off(correction: Correction) -> str:
    """The tag that was taken off, as "topic=politics"; empty for another correction."""
    taken = isinstance(correction, TagCorrection) and correction.action == "remove"
    return f"{correction.facet}={correction.value}" if taken else ""


def _concerned(tagged: pd.DataFrame, corrections: Sequence[Correction]) -> dict[int, list[Correction]]:
    """Position of each row that may change -> the corrections that may change it, in the order to apply them."""
    found: defaultdict[int, list[Correction]] = defaultdict(list)
    if COLUMN in tagged:
        for place, marks in enumerate(tagged[COLUMN]):
            if marks:
                found[place] = []
    for rule in corrections:
        if isinstance(rule, Rule):
            for place in _ruled(tagged, rule):
                found[place].append(rule)
    single: defaultdict[str, list[TagCorrection]] = defaultdict(list)
    for correction in corrections:
        if isinstance(correction, TagCorrection):
            single[correction.article].append(correction)
    for place in tagged["id"].isin(list(single)).to_numpy().nonzero()[0].tolist() if single else ():
        found[place] += single[tagged["id"].iloc[place]]
    return found


def reach(tagged: pd.DataFrame, rule: Rule) -> int:
    """The number of articles in which the taggers read the rule's word as a country, or took it for a keyword."""
    return len(_ruled(tagged, rule))


def _ruled(tagged: pd.DataFrame, rule: Rule) -> list[int]:
    """Positions of the rows that a rule may concern."""
    places: Sequence[int] = range(len(tagged))
    if rule.publisher:
        same = tagged["publisher"].str.casefold() == rule.publisher.casefold()
        places = same.to_numpy(bool).nonzero()[0].tolist()
    records, languages = tagged["tags"].tolist(), tagged["language"].tolist()
    if rule.facet == "country":
        word = rule.surface.casefold()
        return [place for place in places if _named(_first(records[place]), word)]
    folded = cache(fold)
    return [
        place
        for place in places
        if any(
            folded(tag["keyword"], languages[place]) == folded(rule.surface, languages[place])
            for tag in _first(records[place]).get("keywords", ())
        )
    ]


def _first(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record as the taggers made it."""
    return record[ORIGINAL]["tags"] if ORIGINAL in record else record


def _named(record: Mapping[str, Any], word: str) -> bool:
    return any(proof["text"].casefold() == word for tag in record.get("mentioned", ()) for proof in tag["evidence"])
