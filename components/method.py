"""Method card: what a figure counts, of what, from which data, by which taggers. It goes wherever the figure goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from components.wording import count, day, percent, plain, selected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from components.content import Source
    from data.engines import Totals, Unit
    from data.selection import Naming, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The card. `rows` says it in words; it is never empty."""

    selection: str
    """In plain English."""
    unit: Unit
    n: int
    of: int
    """Units that the selection holds, and all there are."""
    base: str
    """What shares are shares of, with its number."""
    first: date | None
    last: date | None
    undated: int
    unsure: int
    no_country: int
    copies: int
    corrections: int
    source: Source
    how: str = ""
    """The method of this panel beyond counting, with its source; "" if it only counts."""
    query: Mapping[str, Sequence[str]] | None = None
    """The parameters of an address that show the same."""

    @property
    def numbers(self) -> str:
        """ "1,204 of 9,113 articles (13 %)"."""
        share = f" ({percent(self.n / self.of)})" if self.of else ""
        return f"{self.n:,} of {count(self.of, self.unit)}{share}"

    @property
    def dates(self) -> str:
        """First and last day of what is dated, and how many articles are not."""
        span = f"{day(self.first)} to {day(self.last)}" if self.first else "none dated"
        return f"{span}; {self.undated:,} undated" if self.undated else span

    @property
    def link(self) -> str:
        """The query of an address that shows the same: "?region=Europe"; "" if that needs none."""
        return "?" + urlencode(self.query, doseq=True) if self.query else ""

    def rows(self) -> tuple[tuple[str, str], ...]:
        """(label, words), in the order in which they are read."""
        unsure = f"{self.unsure:,} without a clear topic, {self.no_country:,} about no country; both are counted"
        copies = f"{count(self.copies, 'articles')} say nearly the same as another one" if self.copies else "none"
        fixed = count(self.corrections, "corrections made by hand") if self.corrections else "none"
        said = (
            ("Selection", self.selection),
            ("Counted", self.numbers),
            ("Base of shares", self.base),
            ("Dates", self.dates),
            ("Unsure", unsure),
            ("Copies", copies),
            ("Corrections", fixed),
            ("Method", self.how),
            ("Data", self.data),
            ("Taggers", ", ".join(f"{name} {version}" for name, version in self.source.taggers)),
            ("Link", self.link),
        )
        return tuple((label, words) for label, words in said if words)

    @property
    def data(self) -> str:
        """What was opened, in which state."""
        version = f", version {self.source.version}" if self.source.version is not None else ""
        when = f" of {day(self.source.stored.date())} {self.source.stored:%H:%M} UTC" if self.source.stored else ""
        left = f"; {count(self.source.rejects, 'rows')} could not be read" if self.source.rejects else ""
        return f"{plain(self.source.name)}{version}{when}{left}"

    def text(self) -> str:
        """The card as lines of text."""
        return "\n".join(f"{label}: {words}" for label, words in self.rows())

    def with_how(self, how: str) -> Method:
        """The same card of a panel that does more than count."""
        return replace(self, how=how)


def method(
    selection: Selection,
    totals: Totals,
    unit: Unit,
    source: Source,
    *,
    say: Naming,
    base: str = "",
    query: Mapping[str, Sequence[str]] | None = None,
) -> Method:
    """The card of `selection`, whose `totals` are; by default shares are of all that it holds."""
    return Method(
        selection=f"{selection.describe(selected(unit), say)}.",
        unit=unit,
        n=totals.n,
        of=totals.of,
        base=base or f"the {count(totals.n, unit)} selected",
        first=totals.first,
        last=totals.last,
        undated=totals.undated,
        unsure=totals.unsure,
        no_country=totals.no_country,
        copies=totals.copies,
        corrections=totals.corrections,
        source=source,
        query=query,
    )
