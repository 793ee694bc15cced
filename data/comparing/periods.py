"""What a selection is often compared with: the same in the time before, or a year before."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.engines import Totals
    from data.selection import Selection


def days_of(selection: Selection, totals: Totals) -> tuple[date, date] | None:
    """First and last day of the selection; where it leaves an end open, that of what it holds (`totals`)."""
    first, last = selection.first or totals.first, selection.last or totals.last
    return (first, last) if first and last and first <= last else None


def previous_period(selection: Selection, totals: Totals) -> Selection | None:
    """The same in as many days before, or as many whole months where it is whole months; None without any dates."""
    days = days_of(selection, totals)
    if days is None:
        return None
    first, last = days
    try:
        months = _months(first, last)
        start = _back(first, months) if months else first - (last - first) - timedelta(1)
    except (OverflowError, ValueError):
        return None
    return selection.between(start, first - timedelta(1))


def year_before(selection: Selection, totals: Totals) -> Selection | None:
    """The same in the same days of the year before; None without any dates."""
    days = days_of(selection, totals)
    if days is None or days[0].year == 1:
        return None
    first, last = (_back(day, 12) for day in days)
    whole = days[1].day == monthrange(days[1].year, days[1].month)[1]
    return selection.between(first, last.replace(day=monthrange(last.year, last.month)[1]) if whole else last)


def _months(first: date, last: date) -> int:
    """How many calendar months the days make up; 0 if they are no whole ones."""
    if first.day != 1 or (last + timedelta(1)).day != 1:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _back(day: date, months: int) -> date:
    """The same day so many months ago, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
