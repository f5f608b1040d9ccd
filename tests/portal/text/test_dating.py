"""Days as people type them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import BadDate, When, parse_date, parse_day, vn_date

TODAY = date(2026, 11, 23)
PAST_DAYS = st.dates(min_value=date(1945, 1, 1), max_value=TODAY)


@pytest.mark.parametrize(
    ("raw", "start", "end", "text"),
    [
        ("23/11/2026", date(2026, 11, 23), date(2026, 11, 23), "23/11/2026"),
        ("3-1-2026", date(2026, 1, 3), date(2026, 1, 3), "03/01/2026"),
        (" 23.11.2026. ", date(2026, 11, 23), date(2026, 11, 23), "23/11/2026"),
        ("23 / 11 / 2026", date(2026, 11, 23), date(2026, 11, 23), "23/11/2026"),
        ("2026-11-03", date(2026, 11, 3), date(2026, 11, 3), "03/11/2026"),
        ("Ngày 3 tháng 9 năm 2026", date(2026, 9, 3), date(2026, 9, 3), "03/09/2026"),
        ("11/2026", date(2026, 11, 1), date(2026, 11, 30), "11/2026"),
        ("Tháng 9/2026", date(2026, 9, 1), date(2026, 9, 30), "09/2026"),
        ("tháng 12 năm 2025", date(2025, 12, 1), date(2025, 12, 31), "12/2025"),
        ("2/2024", date(2024, 2, 1), date(2024, 2, 29), "02/2024"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("năm 1945", date(1945, 1, 1), date(1945, 12, 31), "1945"),
    ],
)
def test_a_day_a_month_and_a_year_are_read(raw: str, start: date, end: date, text: str) -> None:
    assert parse_date(raw, TODAY) == When(start, end, text)


@pytest.mark.parametrize("raw", ["", "   ", "\u200b"])
def test_nothing_typed_is_no_day(raw: str) -> None:
    assert parse_date(raw, TODAY) is None


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("hôm qua", "format"),
        ("30/2/2026", "no_such_day"),
        ("13/2026", "no_such_day"),
        ("0000", "no_such_day"),
        ("1/1/26", "format"),
        ("11/23/2026", "no_such_day"),
        ("20266", "format"),
        ("²⁰²⁶", "format"),
        ("24/11/2026", "future"),
        ("12/2026", "future"),
        ("2027", "future"),
        ("9999", "future"),
        ("12/9999", "future"),
        ("1890", "too_old"),
        ("31/12/1944", "too_old"),
        ("12/1944", "too_old"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_reason(raw: str, reason: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse_date(raw, TODAY)
    assert refused.value.reason == reason


@given(PAST_DAYS)
def test_a_day_as_we_write_it_reads_back_the_same(day: date) -> None:
    assert parse_date(vn_date(day), TODAY) == When(day, day, vn_date(day))
    assert parse_day(vn_date(day), TODAY) == day
    assert parse_day(day.isoformat(), TODAY) == day


@given(PAST_DAYS)
def test_a_month_ends_on_the_day_before_the_next(day: date) -> None:
    month = parse_date(f"{day.month}/{day.year}", TODAY)
    assert month is not None
    assert month.start.day == 1
    assert (month.end + timedelta(days=1)).day == 1
    assert month.start <= day <= month.end


@given(st.text(alphabet="0123456789/.- tháng năm"))
def test_any_typing_is_read_or_refused(raw: str) -> None:
    with suppress(BadDate):
        when = parse_date(raw, TODAY)
        assert when is None or when.start <= min(when.end, TODAY)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("", "format"), ("11/2026", "format"), ("24/11/2026", "future"), ("1/1/1890", "too_old")],
)
def test_a_staff_form_wants_one_whole_day(raw: str, reason: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse_day(raw, TODAY)
    assert refused.value.reason == reason


def test_a_staff_form_may_ask_for_a_day_to_come() -> None:
    assert parse_day("20/1/2027", TODAY, past_only=False) == date(2027, 1, 20)
