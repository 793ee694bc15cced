"""Dates: what is read, what is refused, and that nothing is ever read wrongly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.dates import AHEAD, day_first, to_utc

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


READ = [
    ("2025-01-02", utc(2025, 1, 2), "day"),
    ("2025-1-2", utc(2025, 1, 2), "day"),
    ("2025/01/02", utc(2025, 1, 2), "day"),
    ("2025-01-02T10:11:12Z", utc(2025, 1, 2, 10, 11, 12), "second"),
    ("2025-01-02T10:11:12.345678Z", utc(2025, 1, 2, 10, 11, 12), "second"),
    ("2025-01-02T10:11Z", utc(2025, 1, 2, 10, 11), "minute"),
    ("2025-01-02T10Z", utc(2025, 1, 2, 10), "hour"),
    ("2025-01-02T10:11:12+01:00", utc(2025, 1, 2, 9, 11, 12), "second"),
    ("2025-01-02T00:30:00+0530", utc(2025, 1, 1, 19, 0, 0), "second"),
    ("2025-01-02 10:11:12 UTC", utc(2025, 1, 2, 10, 11, 12), "second"),
    ("2025-01-02 10:11:12", utc(2025, 1, 2, 10, 11, 12), "day"),
    ("2025-01-02T10:11:12", utc(2025, 1, 2, 10, 11, 12), "day"),
    ("2025-01-02 10:11:12 CST", utc(2025, 1, 2, 10, 11, 12), "day"),
    ("Thu, 02 Jan 2025 10:11:12 +0000", utc(2025, 1, 2, 10, 11, 12), "second"),
    ("Thu, 02 Jan 2025 10:11:12 GMT", utc(2025, 1, 2, 10, 11, 12), "second"),
    ("Thu, 02 Jan 2025 10:11:12 EST", utc(2025, 1, 2, 15, 11, 12), "second"),
    ("Thu, 02 Jan 25 10:11:12 GMT", utc(2025, 1, 2, 10, 11, 12), "second"),
    ("Thu Jan 02 2025 10:11:12 GMT+0100 (CET)", utc(2025, 1, 2, 9, 11, 12), "second"),
    ("Thu Jan  2 10:11:12 +0000 2025", utc(2025, 1, 2, 10, 11, 12), "second"),
    ("20250102", utc(2025, 1, 2), "day"),
    ("20250102101112", utc(2025, 1, 2, 10, 11, 12), "second"),
    ("20250102T101112Z", utc(2025, 1, 2, 10, 11, 12), "second"),
    (20250102, utc(2025, 1, 2), "day"),
    (20250102.0, utc(2025, 1, 2), "day"),
    ("1735812672", utc(2025, 1, 2, 10, 11, 12), "second"),
    (1735812672, utc(2025, 1, 2, 10, 11, 12), "second"),
    (1735812672.75, utc(2025, 1, 2, 10, 11, 12), "second"),
    (1735812672999, utc(2025, 1, 2, 10, 11, 12), "second"),
    ("2 January 2025", utc(2025, 1, 2), "day"),
    ("2nd January 2025", utc(2025, 1, 2), "day"),
    ("Thursday, 2 January 2025", utc(2025, 1, 2), "day"),
    ("Jan 2, 2025", utc(2025, 1, 2), "day"),
    ("January 2nd, 2025 at 3:04 PM", utc(2025, 1, 2, 15, 4), "day"),
    ("Jan 2, 2025 12:04 am UTC", utc(2025, 1, 2, 0, 4), "minute"),
    ("02-Jan-2025", utc(2025, 1, 2), "day"),
    ("27. Februar 2012", utc(2012, 2, 27), "day"),
    ("2 de enero de 2025", utc(2025, 1, 2), "day"),
    ("1er février 2025", utc(2025, 2, 1), "day"),
    ("2025-01", utc(2025, 1, 1), "month"),
    ("January 2025", utc(2025, 1, 1), "month"),
    ("2025", utc(2025, 1, 1), "year"),
    ("25/12/2025", utc(2025, 12, 25), "day"),
    ("12/25/2025", utc(2025, 12, 25), "day"),
    ("03/03/2025", utc(2025, 3, 3), "day"),
    ("2024-02-29", utc(2024, 2, 29), "day"),
    ("  2025-01-02 ", utc(2025, 1, 2), "day"),
    (date(2025, 1, 2), utc(2025, 1, 2), "day"),
    (datetime(2025, 1, 2, 10), utc(2025, 1, 2, 10), "day"),
    (datetime(2025, 1, 2, 10, tzinfo=timezone(timedelta(hours=1))), utc(2025, 1, 2, 9), "second"),
    (pd.Timestamp("2025-01-02 10:11:12.5", tz="Europe/Berlin"), utc(2025, 1, 2, 9, 11, 12), "second"),
]


@pytest.mark.parametrize(("raw", "moment", "precision"), READ, ids=lambda value: str(value)[:40])
def test_read(raw: object, moment: datetime, precision: str) -> None:
    found, known = to_utc(raw, now=NOW)
    assert (found, known) == (moment, precision)
    assert type(found) is datetime


REFUSED = [
    "", " ", "soon", None, True, float("nan"), float("inf"), [], {}, b"2025-01-02", pd.NaT,
    "0000-00-00", "0000-00-00 00:00:00", "2026-02-30", "2025-13-01", "2025-00-10", "2023-02-29", "31 February 2025",
    "2025-01-02T25:00:00Z", "2025-01-02T10:61:00Z", "2025-01-02T10:00:00+15:30", "13:04 PM", "Jan 2, 2025 13:04 PM UTC",
    "1970-01-01", "1970-01-01T00:00:00Z", "1969-12-31T19:00:00-05:00", "0001-01-01T00:00:00Z", "1900-01-01", 0, "0",
    "1899-12-31", "2026-11-26", "2099-01-01", 9999999999, "99999999999999", 10**30, -1735812672, "12 Foo 2025",
    "01/02/2026", "1-2-2026", "01.02.2026", "1/25/26", "25/1/26", "45/45/2025", "2025-W01-1", "2025-001",
    "202501021011", "1e9", "٢٠٢٥-٠١-٠٢", "2025-01-02x", "x2025-01-02", "2025-01-02 " * 20, "2" * 5_000_000,
    "2025-01-02T10:11:12Z junk", "10:11:12",
]  # fmt: skip


@pytest.mark.parametrize("raw", REFUSED, ids=lambda value: repr(value)[:30])
def test_refused(raw: object) -> None:
    assert to_utc(raw, now=NOW) == (None, "unknown")


def test_two_days_ahead_is_a_time_zone_not_the_future() -> None:
    assert to_utc("2026-11-25", now=NOW)[0] == utc(2026, 11, 25)
    assert to_utc("2026-11-25T12:00:01Z", now=NOW)[0] is None


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["01/02/2026", "13/02/2026"], True),
        (["01/02/2026", "02/13/2026"], False),
        (["13/02/2026", "02/13/2026"], None),
        (["01/02/2026", "03/04/2026"], None),
        (["01.02.2026", "03.04.2026"], True),
        (["01.02.2026", "03/04/2026"], None),
        (["01.25.2026", "03.04.2026"], False),
        (["1/25/26", "2/3/26"], False),
        (["25/01/13"], None),
        (["28/01/13"], True),
        (["2026-01-13", None, 5, "", "text"], None),
        ([], None),
    ],
)
def test_the_order_is_settled_by_the_column(values: list[object], order: bool | None) -> None:
    assert day_first(values, now=NOW) is order


@pytest.mark.parametrize(
    ("raw", "order", "moment"),
    [
        ("01/02/2026", True, utc(2026, 2, 1)),
        ("01/02/2026", False, utc(2026, 1, 2)),
        ("1/2/26", False, utc(2026, 1, 2)),
        ("1/2/98", True, utc(1998, 2, 1)),
        ("1/2/40", False, None),
        ("13/01/2026", False, None),
        ("01/13/2026", True, None),
        ("01/02/2026 10:11", True, utc(2026, 2, 1, 10, 11)),
    ],
)
def test_ambiguous_dates_follow_their_column(raw: str, order: bool, moment: datetime | None) -> None:
    assert to_utc(raw, day_first=order, now=NOW)[0] == moment


@given(st.datetimes(datetime(1900, 1, 2), datetime(2026, 11, 20)), st.integers(-14 * 60, 14 * 60))
def test_what_is_written_is_read(moment: datetime, minutes: int) -> None:
    written = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    found, precision = to_utc(written.isoformat(), now=NOW)
    sentinels = {date(1970, 1, 1), date(1900, 1, 1)}
    if written.date() in sentinels or written.astimezone(UTC).date() in sentinels:
        assert found is None
    else:
        assert (found, precision) == (written.astimezone(UTC), "second")


@given(st.text(max_size=40) | st.integers() | st.floats() | st.from_regex(r"[0-9/.:TZ+ -]{4,25}", fullmatch=True))
def test_anything_gives_a_sane_date_or_none(raw: object) -> None:
    moment, precision = to_utc(raw, now=NOW)
    assert (moment is None) == (precision == "unknown")
    assert moment is None or utc(1900, 1, 2) <= moment <= NOW + AHEAD
