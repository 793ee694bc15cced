"""The two sides of a comparison: what they are called, how they are drawn, what they share, and their method card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from components.wording import capital, count, plain, selected
from data.comparing.overlap import Overlap, overlap
from data.facets import FACETS
from data.selection import Selection

if TYPE_CHECKING:
    from components.asking import Ask
    from components.method import Method
    from data.engines import Totals, Unit

DASHES = ("solid", "dash")
SYMBOLS = ("circle", "diamond")
"""Colour is never the only mark of a side."""
LONGEST = 60
"""Characters of a side's name."""
BEGIN = ("about ", "from ", "in ", "on ", "published ", "since ", "under ", "until ", "with ")
"""What follows "Articles" in a description, so that it can stand alone: "about Europe"."""


@dataclass(frozen=True)
class Sides:
    """Both selections with what panels need of them."""

    ask: Ask

    @cached_property
    def totals(self) -> tuple[Totals, Totals]:
        """What each holds."""
        return self.ask.totals(), self.ask.totals(self.ask.other)

    @property
    def of(self) -> tuple[int, int]:
        """How many units each holds."""
        return self.totals[0].n, self.totals[1].n

    @cached_property
    def both(self) -> Overlap:
        """The articles in both."""
        return overlap(self.ask.engine, self.ask.selection, self.ask.other)

    @cached_property
    def names(self) -> tuple[str, str]:
        """ "About Europe", "About Asia": what of each selection the other has not."""
        a, b = (_shortened(words) for words in self._said)
        return (a, b) if a != b else (f"A: {a}", f"B: {b}")

    @cached_property
    def phrases(self) -> tuple[str, str]:
        """The same within a sentence: "about Europe", "in all articles"."""
        a, b = (_phrase(words, self.ask.unit) for words in self._said)
        return a, b

    @property
    def same(self) -> bool:
        """Whether both are one selection, so that there is nothing to compare."""
        return self.ask.selection == self.ask.other

    @property
    def empty(self) -> str:
        """Why nothing can be compared; "" if something can."""
        if self.same:
            return "Both sides are the same selection. Choose something else for one of them."
        without = [side for side, n in zip("AB", self.of, strict=True) if not n]
        return f"No {self.ask.unit} match on side {' and '.join(without)}." if without else ""

    @cached_property
    def _said(self) -> tuple[str, str]:
        a, b = self.ask.selection, self.ask.other
        noun = selected(self.ask.unit)
        own = ((_only(a, b), a), (_only(b, a), b))
        first, second = ((less or whole).describe(noun, self.ask.say) for less, whole in own)
        return first, second

    def caption(self) -> str:
        """Both bases, and what is in both."""
        unit = self.ask.unit
        base = f"Shares of {count(self.of[0], unit)} (A: {self.names[0]}) and of {self.of[1]:,} (B: {self.names[1]})."
        return f"{base} {self.shared()}".strip()

    def shared(self) -> str:
        """What both sides hold, and what that does to intervals; "" where they have nothing in common."""
        if self.ask.unit != "articles":
            return "What is on both sides is not known for this unit; intervals are as wide as if nothing was."
        n = self.both.n
        if n is None:
            return "How many articles are on both sides is not known; intervals are as wide as if none were."
        which = [side for side, of in zip("AB", self.of, strict=True) if of == n]
        inside = f": {which[0]} lies within {'AB'.replace(which[0], '')}" if len(which) == 1 and n else ""
        return f"On both sides: {count(n, 'articles')}{inside}; intervals allow for it." if n else ""

    def method(self, how: str) -> Method:
        """The card of both: its selection says A and B; its number is what either holds, if articles are counted."""
        ask, (a, b) = self.ask, self.totals
        card = ask.method(how=how)
        noun = selected(ask.unit)
        said = [
            f"{side}: {selection.describe(noun, ask.say)} ({count(totals.n, ask.unit)})."
            for side, selection, totals in zip("AB", (ask.selection, ask.other), (a, b), strict=True)
        ]
        days = sorted(day for totals in (a, b) for day in (totals.first, totals.last) if day)
        known = replace(
            card,
            selection=" ".join([*said, self.shared()]).strip(),
            base=f"each selection's own {ask.unit}: {a.n:,} in A, {b.n:,} in B",
            first=days[0] if days else None,
            last=days[-1] if days else None,
        )
        return self._of_either(known) if ask.unit == "articles" and self.both.n is not None else known

    def _of_either(self, card: Method) -> Method:
        """With the numbers of what is in A or in B: of both, less what is in both."""
        signed = [(1, self.totals[0]), (1, self.totals[1])]
        signed += [(-sign, self.ask.engine.totals(part)) for sign, part in self.both.parts]

        def number(name: str) -> int:
            return max(sum(sign * int(getattr(totals, name)) for sign, totals in signed), 0)

        return replace(
            card,
            n=number("n"),
            undated=number("undated"),
            unsure=number("unsure"),
            no_country=number("no_country"),
            copies=number("copies"),
            corrections=number("corrections"),
        )


def _only(one: Selection, other: Selection) -> Selection:
    """What is chosen in `one` but not in the same way in `other`."""
    names = [name for name in FACETS if one.chosen(name) == other.chosen(name)]
    days = (one.first, one.last) == (other.first, other.last)
    left = tuple((name, values) for name, values in one.values if name not in names)
    text = "" if one.text.strip() == other.text.strip() else one.text
    return Selection(left, *((None, None) if days else (one.first, one.last)), text)


def _shortened(said: str) -> str:
    """ "Articles about Europe" as "About Europe", cut to LONGEST."""
    noun, _, rest = said.partition(" ")
    short = capital(rest) if noun in ("Articles", "Stories") and rest.startswith(BEGIN) else said
    whole = " ".join(plain(short).split())
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1].rstrip()}…"


def _phrase(said: str, unit: Unit) -> str:
    noun, _, rest = said.partition(" ")
    whole = rest if noun == unit.capitalize() and rest.startswith(BEGIN) else f"in {said[:1].lower()}{said[1:]}"
    words = " ".join(plain(whole).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
