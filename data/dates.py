"""From a date as a source wrote it to UTC, or to nothing: a wrong date is worse than none.

Only forms whose meaning is certain are read. Left undated are impossible days, the sentinels that databases use for
"none", everything before 1900 or more than two days ahead, and ``01/02/2026`` unless its column settles the order.
A time without a zone is taken as UTC and known to the day only.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from numbers import Real
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKNOWN = "unknown"
NONE: tuple[None, str] = (None, UNKNOWN)
SENTINELS = frozenset({date(1, 1, 1), date(1900, 1, 1), date(1970, 1, 1)})
AHEAD = timedelta(days=2)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero ene gennaio gen januari janeiro jänner",
            "feb february februar février fevrier févr fev febrero febbraio februari fevereiro",
            "mar march märz maerz mrz mars marzo maart mrt março",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august août aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
# Zone names that mean one offset all over the world; EST is also Sydney's and CST China's, so the American ones count
# only where RFC 822 defines them.
_ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "cet": 1, "cest": 2}
_AMERICAN = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}

_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap]\.?m\.?))?"
    r"(?:\s?(?:(?:utc|gmt)?(?P<offset>[+-]\d{2}(?::?\d{2})?)|(?P<zone>[a-z]{1,5}))(?:\s\([a-z ]{1,40}\))?)?"
)
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s)?"
_NAME = r"(?P<name>[^\W\d_]{3,10})\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2025-01-02, 2025/1/2, 2025-01-02T10:00:00Z, 2025-01-02 10:00 +01:00
        rf"(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?:(?:T|\s)(?:{_TIME}|(?P<only>\d{{2}})Z))?",
        # 2025-01
        r"(?P<year>\d{4})[-/](?P<month>\d{2})",
        # 20250102T100000Z, 20250102100000 (defined as UTC where it is used), 20250102
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        r"(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>Z)?|(?P<packed>\d{6}))?",
        # Thu, 02 Jan 2025 10:00:00 EST
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\s{_NAME}\s(?P<year>\d{{4}})\s"
        r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s(?P<american>[ECMP][SD]T)",
        # Thu, 02 Jan 2025 10:00:00 +0000; 2 January 2025; 27. Februar 2012; 2 de enero de 2025
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?(?:\s|-)(?:de\s)?{_NAME}(?:\s|-|,\s)(?:de\s|del\s)?"
        rf"(?P<year>\d{{4}})(?:,?\s(?:at\s)?{_TIME})?",
        # Jan 2, 2025 3:04 PM; January 2nd 2025; Thu Jan 02 2025 10:00:00 GMT+0100 (CET)
        rf"{_WEEKDAY}{_NAME}\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?:,?\s(?:at\s)?{_TIME})?",
        # Thu Jan  2 10:00:00 2025, Thu Jan 02 10:00:00 +0000 2025
        rf"{_WEEKDAY}{_NAME}\s{{1,2}}(?P<day>\d{{1,2}})\s{_TIME}\s(?P<year>\d{{4}})",
        # Thu, 02 Jan 25 10:00:00 GMT: the year of two digits of RFC 822, only with the time that it demands
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\s{_NAME}\s(?P<short>\d{{2}})\s{_TIME}",
        # January 2025
        rf"{_NAME}\s(?P<year>\d{{4}})",
        r"(?P<year>\d{4})",
    )
)
_NUMERIC = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second_>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}})(?:,?\s{_TIME})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{13}")
_LONGEST = 80
"""Characters; a longer value is no date."""


def to_utc(raw: object, *, day_first: bool | None = None, now: datetime | None = None) -> tuple[datetime | None, str]:
    """The time that `raw` states, in UTC, and its precision: second, minute, hour, day, month, year or unknown.

    `day_first` says how the column of `raw` writes ``01/02/2026``, see :func:`day_first`. Below a day, the part of the
    answer finer than its precision is zero, except that a time without a zone keeps its clock but has precision "day".
    Whatever cannot be read with certainty gives ``(None, "unknown")``.
    """
    now = now or datetime.now(UTC)
    try:
        moment, precision = _read(raw, day_first, now)
    except (ValueError, OverflowError, OSError):
        return NONE
    if moment is None or moment.date() in SENTINELS:
        return NONE
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return NONE
    if moment.date() in SENTINELS or moment.year < 1900 or moment > now + AHEAD:
        return NONE
    return moment, precision


def day_first(values: Iterable[object], *, now: datetime | None = None) -> bool | None:
    """Whether a column writes ``31/12/2025`` (True) or ``12/31/2025`` (False); None where its values do not settle it.

    One value above 12 settles the order of the whole column, two that contradict each other unsettle it. Without any,
    dots mean day first: no language region writes the month first with dots (Unicode CLDR).
    """
    year = (now or datetime.now(UTC)).year % 100
    day, month, dots, others = False, False, False, False
    for value in values:
        match = _NUMERIC.fullmatch(_text(value))
        if match is None:
            continue
        first, second = int(match["first"]), int(match["second_"])
        # 25/01/13 may be 13 January 2025: with two digits, only a number too large for a year shows a day.
        day |= 12 < first <= 31 and second <= 12 and (len(match["year"]) == 4 or first > year)
        month |= first <= 12 < second <= 31
        dots |= match["mark"] == "." and len(match["year"]) == 4
        others |= match["mark"] != "." or len(match["year"]) == 2
    if day or month:
        return day if day != month else None
    return True if dots and not others else None


def is_numeric(value: object) -> bool:
    """Whether `value` is a date in numbers whose order only its column can tell."""
    return bool(_NUMERIC.fullmatch(_text(value)))


class _Parts(NamedTuple):
    groups: dict[str, str | None]

    def number(self, name: str, default: int = 0) -> int:
        value = self.groups.get(name)
        return int(value) if value else default


def _text(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        return ""
    text = " ".join(raw.replace("\u202f", " ").split())
    # Digits of other scripts pass \d but not the rest of the forms; they are left undated.
    return text if all(char.isascii() or char.isalpha() or char == "º" for char in text) else ""


def _read(raw: object, order: bool | None, now: datetime) -> tuple[datetime | None, str]:
    if isinstance(raw, datetime):
        return _moment(raw)
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day), "day"
    if isinstance(raw, Real) and not isinstance(raw, bool):
        number = float(raw)  # 20250102.0 is what a table with gaps makes of 20250102
        raw = str(int(number)) if number.is_integer() else f"{number:.3f}"
    text = _text(raw)
    if _NUMBER.fullmatch(text):
        return _epoch(text)
    if match := _NUMERIC.fullmatch(text):
        return _numeric(_Parts(match.groupdict()), order, now)
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _build(_Parts(match.groupdict()), now)
    return NONE


def _moment(raw: datetime) -> tuple[datetime | None, str]:
    if raw != raw:  # pandas' NaT is a datetime that differs from itself
        return NONE
    # A pandas Timestamp is a datetime too; built anew, it is a plain one.
    moment = datetime(raw.year, raw.month, raw.day, raw.hour, raw.minute, raw.second, tzinfo=raw.tzinfo, fold=raw.fold)
    return moment, "day" if raw.tzinfo is None else "second"


def _epoch(text: str) -> tuple[datetime | None, str]:
    seconds = int(text[:10]) if len(text) == 13 and "." not in text else float(text)
    return datetime.fromtimestamp(int(seconds), UTC), "second"


def _numeric(parts: _Parts, order: bool | None, now: datetime) -> tuple[datetime | None, str]:
    first, second = parts.number("first"), parts.number("second_")
    short = len(parts.groups["year"] or "") == 2
    if order is None and not short and first != second:
        # Alone, a value settles its own order only by a number above 12.
        order = True if first > 12 else False if second > 12 else None
    if order is None and (short or first != second):
        return NONE
    day, month = (first, second) if order else (second, first)
    year = _century(parts.number("year"), now) if short else parts.number("year")
    return _build(_Parts({**parts.groups, "year": str(year), "month": str(month), "day": str(day)}), now)


def _century(year: int, now: datetime) -> int:
    """The year meant by two digits; those that could be either a coming or a long-past year are refused."""
    if year <= now.year % 100:
        return now.year // 100 * 100 + year
    if year >= 69:
        return now.year // 100 * 100 - 100 + year
    raise ValueError("a year of two digits that may be past or future")


def _build(parts: _Parts, now: datetime) -> tuple[datetime | None, str]:
    groups = parts.groups
    year = _century(parts.number("short"), now) if groups.get("short") else parts.number("year")
    name = groups.get("name")
    month = _MONTHS[name.lower()] if name and name.lower() in _MONTHS else parts.number("month")
    if not name and not groups.get("month"):
        return datetime(year, 1, 1), "year"
    if not groups.get("day"):
        return datetime(year, month, 1), "month"
    return _clock(parts, datetime(year, month, parts.number("day")))


def _clock(parts: _Parts, midnight: datetime) -> tuple[datetime | None, str]:
    groups = parts.groups
    if packed := groups.get("packed"):
        return datetime.combine(midnight, datetime.strptime(packed, "%H%M%S").time(), UTC), "second"
    if only := groups.get("only"):
        return midnight.replace(hour=int(only), tzinfo=UTC), "hour"
    if not groups.get("hour"):
        return midnight, "day"
    hour = parts.number("hour")
    if half := groups.get("half"):
        if not 1 <= hour <= 12:
            return NONE
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    moment = midnight.replace(hour=hour, minute=parts.number("minute"), second=parts.number("second"))
    zone = _zone(groups)
    if zone is None:
        return moment, "day"
    return moment.replace(tzinfo=zone), "second" if groups.get("second") else "minute"


def _zone(groups: dict[str, str | None]) -> timezone | None:
    if offset := groups.get("offset"):
        digits = offset[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:] or 0)
        if hours > 14 or minutes > 59:
            raise ValueError("no such offset")
        return timezone((1 if offset[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    if american := groups.get("american"):
        return timezone(timedelta(hours=_AMERICAN[american.lower()]))
    name = (groups.get("zone") or "").lower()
    return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else None
