"""Selection: what a person has chosen, as one immutable value that filters, says itself and travels in an address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data.facets import FACETS, NONE, facet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Naming = Callable[[str, str], str]
    """From a facet and one of its values to the words shown for it."""

TEXT, FIRST, LAST = "q", "from", "to"
"""Names of the search text and of the first and last day in an address; facets use their own names."""


def facet_text(name: str, value: str) -> str:
    """The words shown for a value of a facet, as the facet itself knows them."""
    return FACETS[name].text(value)


@dataclass(frozen=True, slots=True)
class Selection:
    """Articles that have any of the chosen values in every facet named, lie between the days, and match the text.

    `values` holds (facet, values) pairs in the order of FACETS and is best made with :meth:`choose`. Both days are
    included; a selection by days leaves undated articles out, and the value NONE of the facet `day` means only those.
    """

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    first: date | None = None
    last: date | None = None
    text: str = ""

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values chosen in a facet, in the order of choice."""
        return dict(self.values).get(facet(name).name, ())

    def choose(self, name: str, values: Iterable[str]) -> Selection:
        """The same selection with exactly these values in one facet."""
        chosen = dict(self.values) | {facet(name).name: tuple(dict.fromkeys(values))}
        return replace(self, values=tuple((known, chosen[known]) for known in FACETS if chosen.get(known)))

    def toggle(self, name: str, value: str) -> Selection:
        """Adds a value, or takes it back if it is chosen already: what a click on a mark does.

        Where values hold others, as regions do, the new one replaces those around and inside it, so that it narrows.
        """
        chosen, around = self.chosen(name), facet(name).around
        if value in chosen:
            return self.choose(name, [v for v in chosen if v != value])
        return self.choose(name, [*(v for v in chosen if v not in around(value) and value not in around(v)), value])

    def toggle_all(self, marks: Iterable[tuple[str, str]]) -> Selection:
        """A click on a mark that stands for values of several facets at once: all on, or all off again."""
        marks = tuple(marks)
        switch_off = all(value in self.chosen(name) for name, value in marks)
        selection = self
        for name, value in marks:
            if (value in selection.chosen(name)) == switch_off:
                selection = selection.toggle(name, value)
        return selection

    def between(self, first: date | None, last: date | None) -> Selection:
        """The same selection from `first` to `last`, both included; None leaves that side open."""
        if first and last and first > last:
            first, last = last, first
        return replace(self, first=first, last=last).choose("day", ())

    def without(self, *names: str) -> Selection:
        """The selection as the panel that draws these facets must see it; `day` stands for the days."""
        left = tuple((name, values) for name, values in self.values if name not in names)
        days = (None, None) if "day" in names else (self.first, self.last)
        return Selection(left, *days, self.text)

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return self != Selection()

    def describe(self, noun: str = "articles", say: Naming = facet_text) -> str:
        """The selection in plain English, without a full stop: for captions, slides and exports.

        `noun` is what is counted, as in "stories" or "publishers of articles"; `say` names the value of a facet, for
        those that the facet alone cannot name, as stories by their titles.
        """
        parts = [FACETS[name].phrase.format(_either(say(name, v) for v in values)) for name, values in self.values]
        parts += [f"from {_day(self.first)} to {_day(self.last)}"] if self.first and self.last else []
        parts += [f"since {_day(self.first)}"] if self.first and not self.last else []
        parts += [f"until {_day(self.last)}"] if self.last and not self.first else []
        parts += [f"that say {self.text.strip()}"] if self.text.strip() else []
        before, of, last = noun.rpartition(" of ")
        noun = f"{before}{of}undated {last}" if self.chosen("day") else noun
        parts = [part for part in parts if not part.startswith("from undated")]
        said = f"{noun} {', '.join(parts)}" if parts else noun if self else f"all {noun}"
        return said[:1].upper() + said[1:]

    def to_query(self) -> dict[str, list[str]]:
        """The selection as parameters of an address; empty for the empty selection."""
        query = {name: list(values) for name, values in self.values}
        days = {FIRST: self.first, LAST: self.last}
        query |= {name: [day.isoformat()] for name, day in days.items() if day}
        return query | ({TEXT: [self.text]} if self.text.strip() else {})

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Selection:
        """Reads the parameters of an address; what is not understood is passed over, so that old links still open."""
        selection = cls(text=next(iter(query.get(TEXT, ())), ""))
        for name in FACETS:
            selection = selection.choose(name, (v for v in query.get(name, ()) if v and (name != "day" or v == NONE)))
        first, last = (_read_day(query.get(name, ())) for name in (FIRST, LAST))
        return selection.between(first, last) if first or last else selection


def _read_day(values: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(values[0]) if values else None
    except ValueError:
        return None


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _either(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
