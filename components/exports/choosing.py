"""What the command line chooses, read with care: whoever writes it sees no menu, so that words do as well as codes.

An unknown topic, country, region or language is refused with what was probably meant. A publisher or keyword that is
not in the data today may be there tomorrow: it is told, and the export goes on.
"""

from __future__ import annotations

from dataclasses import fields, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

from components.state import OTHER, REPORT, State
from components.view import FIGURES, View
from data import codes, geography
from data.commands.export import selection_of
from data.errors import SelectionError
from data.facets import FACETS, NONE
from data.selection import Selection
from data.taxonomy import SUBTOPICS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from data.engines import Engine

FIXED: Mapping[str, Callable[[], Iterable[str]]] = {
    "topic": lambda: TOPICS,
    "subtopic": lambda: SUBTOPICS,
    "region": lambda: geography.REGION_NAMES,
    "country": lambda: geography.COUNTRIES,
    "published_in": lambda: geography.COUNTRIES,
}
"""The facets whose values do not depend on the data, and those values."""
_CODES: Mapping[str, Callable[[str], str]] = {
    "country": codes.country,
    "published_in": codes.country,
    "language": codes.language,
}
"""From the names that people use to codes."""
MOST = 5_000
"""Values of the data, the most frequent ones, among which a similar one is looked for."""


def state_of(query: str, unit: str = "") -> State:
    """What a query chooses, as an address of the page has it: one selection, or two where any name begins with "b.".

    `unit` goes before what the query says. What only bears on the page, as which table is open, is passed over.
    SelectionError where a name or a value is not understood.
    """
    values = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    if unit:
        values["unit"] = [unit]
    view = View.from_query(_checked({name: values[name] for name in (*FIGURES, "version") if name in values}))
    other = {name.removeprefix(OTHER): said for name, said in values.items() if name.startswith(OTHER)}
    own = {name: said for name, said in values.items() if not name.startswith(OTHER) and name not in _NOT_SELECTING}
    a, b = (selection_of(urlencode(part, doseq=True)) for part in (own, other))
    report = values.get(REPORT, [""])[0]
    return State(a, b, replace(view, mode="compare") if other else view, report)


_NOT_SELECTING = (*(field.name for field in fields(View)), REPORT)


def _checked(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same values; SelectionError where the view would pass one over."""
    read = View.from_query(values)
    for name, said in values.items():
        if said != [str(getattr(read, name))] or (name == "version" and not said[0].isdecimal()):
            raise SelectionError(
                f"Not understood: {name}={' '.join(said)}. Write it as the address of the page has it."
            )
    return values


def known(selection: Selection, engine: Engine, tell: Callable[[str], None]) -> Selection:
    """The selection with its values as the engine has them; `tell` is told what the data do not hold.

    SelectionError where a value cannot be in any data.
    """
    for name, chosen in selection.values:
        selection = selection.choose(name, [_value(name, value, engine, tell) for value in chosen])
    return selection


def _value(name: str, value: str, engine: Engine, tell: Callable[[str], None]) -> str:
    if value == NONE:
        return value
    fixed = name in FIXED
    values = list(FIXED[name]()) if fixed else engine.counts(Selection(), (name,))[name].tolist()
    if value in values:
        return value
    words = {FACETS[name].text(each).casefold(): each for each in reversed(values)}
    words |= {each.casefold(): each for each in reversed(values)}
    code = _CODES[name](value) if name in _CODES else ""
    if found := words.get(value.casefold()) or code:
        return found
    meant = _similar(value, [FACETS[name].text(each) for each in values[:MOST]])
    said = f"There is no {FACETS[name].label.lower()} {value!r}" + ("" if fixed else " in these articles")
    if fixed or name == "language":
        raise SelectionError(f"{said}. {meant or 'Choose one as the page shows it.'}")
    tell(f"{said}. {meant}".rstrip())
    return value


def _similar(value: str, words: Sequence[str]) -> str:
    """ "Did you mean …?" """
    folded = {word.casefold(): word for word in words}
    found = [folded[each] for each in get_close_matches(value.casefold(), folded, 3, 0.6)]
    return f"Did you mean {' or '.join(found)}?" if found else ""
