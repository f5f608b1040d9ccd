"""Dates and numbers as Vietnamese readers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import vn_date, vn_datetime, vn_number, vn_percent


def test_a_day_is_written_day_first() -> None:
    assert vn_date(date(2026, 1, 2)) == "02/01/2026"


def test_a_moment_is_shown_as_the_clock_in_vietnam_has_it() -> None:
    moment = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert vn_datetime(moment) == "17:00, 23/11/2026"
    assert vn_date(moment) == "23/11/2026"


def test_late_evening_utc_is_the_next_day_in_vietnam() -> None:
    moment = datetime(2026, 12, 31, 20, 5, tzinfo=UTC)
    assert vn_date(moment) == "01/01/2027"
    assert vn_datetime(moment) == "03:05, 01/01/2027"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    moment = datetime(2026, 11, 23)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        vn_date(moment)
    with pytest.raises(ValueError, match="time zone"):
        vn_datetime(moment)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (832, "832"), (1136, "1.136"), (-1234567, "-1.234.567")]
)
def test_thousands_stand_apart_by_points(number: int, text: str) -> None:
    assert vn_number(number) == text


@given(st.integers())
def test_a_number_reads_back_the_same(number: int) -> None:
    assert int(vn_number(number).replace(".", "")) == number


@pytest.mark.parametrize(
    ("percent", "digits", "text"),
    [
        (0.6, 2, "0,60%"),
        (5 / 832 * 100, 2, "0,60%"),
        (3 / 832 * 100, 2, "0,36%"),
        (102 / 708 * 100, 1, "14,4%"),
        (Decimal("0.605"), 2, "0,61%"),
        (100, 0, "100%"),
        (1234.5, 1, "1.234,5%"),
    ],
)
def test_a_percentage_has_a_decimal_comma(percent: float, digits: int, text: str) -> None:
    assert vn_percent(percent, digits) == text
