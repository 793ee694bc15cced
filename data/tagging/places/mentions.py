"""Finds the surfaces of places in a text, with what stands around each.

Only what is cheap is looked at: the word before, the word after, and the next surface. All steps are linear in the
text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.tagging.places import things, words
from data.tagging.places.gazetteer import (
    AREA,
    CAPITAL,
    COUNTRY,
    CUE,
    DEMONYM,
    LEADER,
    STATE,
    TOWN,
    Candidate,
    Entry,
    Found,
    Gazetteer,
)

if TYPE_CHECKING:
    from data.tagging.tags import Field

_REACH = 24
"""How many characters before and after a surface are looked at: the length of a long word."""

_DATE = r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})"
_STATE = r"(?:, [A-Z][A-Za-z. ]{1,25}?)"
_AGENCY = r"(?: ?\([^()]{2,40}\))"
_DASH = r"(?: [-\u2013\u2014_]{1,2}|--|[\u2013\u2014]) ?"
_DATELINE = re.compile(
    rf"\W{{0,4}}[A-Z][A-Z.'\-]+(?:[ /][A-Z][A-Z.'\-]*){{0,4}}{_STATE}?,?{_DATE}?,?{_AGENCY}?{_DASH}"
    rf"|\W{{0,4}}[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}}{_STATE}?,?(?:{_DATE},?{_AGENCY}?|{_AGENCY}){_DASH}"
)
"""The start of a wire story: "MOSCOW, March 3 (Reuters) - ", "NEW YORK (AP) _ ", "Kyiv (AFP) - "."""

_LONGER_NAMES = ("-on-", "-upon-", "-in-", "-by-", "-under-", "-le-", "-sur-", "-am-", "-an-der-")
"""After a surface they make it the first part of another place's name: "Weston-on-the-Green"."""

_LISTING = frozenset({" and ", " or ", ", ", ", and "})
_SHARED = words.LOCATIVES | words.LANGUAGE_BEFORE
"""Words that are said once for a whole list: "in Lyon and Nancy", "speaks Spanish and English"."""

_FAMOUS = 5.7
"""A city of half a million is no town of the state named after it: "New York, Texas and Ohio" is a list."""

_MARKS = ".,;:!?)]\"'\u201d"
_POSTAL = 2
"""Letters of a postal code."""
_NOT_INSIDE = frozenset({DEMONYM, LEADER})
"""What lies in no state or country that is named after it."""


@dataclass(slots=True)
class Mention:
    """A surface in one field of an article, and what its context says; the choice of its country comes later."""

    field: Field
    start: int
    end: int
    surface: str
    entry: Entry
    before: str = ""
    """The word directly before, empty at the start of a line or after a mark."""
    after: str = ""
    """The word directly after without the marks behind it, empty before a mark."""
    forced: Candidate | None = None
    """What the context leaves as the only reading: the state or country named after a comma."""
    rule: str = ""
    dateline: bool = False
    heading: bool = False
    """Whether it stands in the title, or where the text repeats it."""


MOST = 5_000
"""Surfaces that are read in one field: more than any article has, so that a text of any length stays quick to read."""


def find(text: str, field: Field, names: Gazetteer, body: int = 0) -> list[Mention]:
    """The mentions in `text`, in order; its own words begin at `body`, after a repeated title."""
    searched = text.replace("\u2019", "'") if "\u2019" in text else text
    spans = names.find(searched)[:MOST]
    dateline_end = _dateline_end(searched, body) if field == "text" else 0
    if dateline_end:
        spans = _read_dateline(searched, body, dateline_end, names, spans)
    found: list[Mention] = []
    previous: Mention | None = None
    reached = -1
    for number, (start, end, entry) in enumerate(spans):
        if start and searched[start - 1] == "-" and not _reads_on(searched, start, reached):
            continue
        if searched.startswith(_LONGER_NAMES, end):
            continue
        if entry.abbreviation and not _after_comma(searched, start, end, reached):
            continue
        if searched[start:end] in things.THINGS and things.is_thing(searched, start, end):
            continue
        reached = end
        mention = Mention(field, start, end, text[start:end], entry, heading=start < body or field == "title")
        found.append(mention)
        if entry.ignored or CUE in entry.kinds:
            continue
        mention.dateline = body <= start < dateline_end
        following = spans[number + 1] if number + 1 < len(spans) else None
        _look_around(mention, searched, following)
        if previous is not None and searched[previous.end : start] in _LISTING and previous.before in _SHARED:
            mention.before = previous.before
        previous = mention
    return found


def _dateline_end(text: str, offset: int) -> int:
    match = _DATELINE.match(text, offset, offset + 160)
    return match.end() if match else 0


def _read_dateline(text: str, start: int, end: int, names: Gazetteer, spans: list[Found]) -> list[Found]:
    """The spans with those of the dateline read in small letters too: few cities are known in capital ones."""
    head = "".join(
        letter.lower() if text[place - 1 : place].isalpha() and len(letter.lower()) == 1 else letter
        for place, letter in enumerate(text[start:end], start)
    )
    found = [(start + first, start + last, entry) for first, last, entry in names.find(head)]
    usual = [span for span in spans if start <= span[0] < end]
    before, after = [span for span in spans if span[0] < start], [span for span in spans if span[0] >= end]
    return before + (found if len(found) >= len(usual) else usual) + after


def _after_comma(text: str, start: int, end: int, reached: int) -> bool:
    """Whether a short form of a state stands after a comma and a name: "Dothan, Ala."; "TX" needs a known name."""
    if text[start - 2 : start] != ", " or not text[start - 3 : start - 2].isalpha():
        return False
    if end - start == _POSTAL:
        return reached == start - 2 and not text[start - 3].isupper()
    return "." in text[start:end] or not text[start - 3].isupper()


def _reads_on(text: str, start: int, reached: int) -> bool:
    """Whether a surface after a hyphen counts: after another one ("US-Russian") or a prefix ("pro-Russian")."""
    if reached == start - 1:
        return True
    space = text.rfind(" ", max(0, start - _REACH), start)
    return text[space + 1 : start - 1].lower() in words.COMPOUNDS


def _look_around(mention: Mention, text: str, following: Found | None) -> None:
    """Fills in the words around the mention, and the reading that a state or country after it forces."""
    start, end = mention.start, mention.end
    if start and text[start - 1] == " ":
        space = text.rfind(" ", max(0, start - _REACH), start - 1)
        mention.before = text[space + 1 : start - 1].rpartition("\n")[2]
    mark = text[end : end + 1]
    if mark == " ":
        space = text.find(" ", end + 1, end + _REACH)
        mention.after = text[end + 1 : space if space > 0 else end + _REACH].partition("\n")[0].rstrip(_MARKS)
    elif mark == "$" or (mark == "-" and mention.entry.given and text[end + 1 : end + 2].isupper()):
        mention.after = text[end : end + 2]
    if mark in (",", " ", "/") and mark and not mention.entry.kinds <= _NOT_INSIDE:
        _force(mention, text, following)


def _force(mention: Mention, text: str, following: Found | None) -> None:
    """Reads "City, State", "City (Country)" and "City/Country"."""
    between = text[mention.end : mention.end + 2]
    if following is None or not (between in (", ", " (") or between[:1] == "/"):
        return
    if following[0] != mention.end + (1 if between[:1] == "/" else 2):
        return
    entry = following[2]
    for around in entry.candidates:
        if around.kind not in (STATE, COUNTRY, AREA):
            continue
        inside = _inside(mention.entry, around)
        if around.kind == COUNTRY and mention.entry.weak and mention.before not in words.LOCATIVES:
            continue
        if inside is not None and inside.kind not in (COUNTRY, around.kind):
            mention.forced, mention.rule = inside, _rule(inside.kind, around.kind)
            return
    state = entry.best
    town = mention.entry.kinds <= {TOWN, AREA, CAPITAL} and (entry.abbreviation or _largest(mention.entry) < _FAMOUS)
    if town and between == ", " and state.kind == STATE:
        mention.forced, mention.rule = state, "city before its state"


def _largest(entry: Entry) -> float:
    return max(candidate.size for candidate in entry.candidates)


def _rule(kind: str, around: str) -> str:
    part = {STATE: "state", AREA: "area"}.get(kind, "city")
    return f"{part} before its {'country' if around == COUNTRY else 'state'}"


def _inside(entry: Entry, around: Candidate) -> Candidate | None:
    """The candidate of `entry` that lies in the state or country `around`.

    A name that is also a country's needs the very state: "China, Japan" and "Cuba, Florida" are lists.
    """
    best = None
    for candidate in entry.candidates:
        if candidate.country == around.country:
            if candidate.division and candidate.division == around.division and around.kind != COUNTRY:
                return candidate
            best = best or candidate
    return None if COUNTRY in entry.kinds else best
