"""How deadlines are said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from moderation.views.wording import short_moment, time_left
from portal.deadlines import Remaining


@pytest.mark.parametrize(
    ("late", "days", "hours", "words"),
    [
        (False, 2, 0, "Còn 2 ngày làm việc"),
        (False, 0, 3, "Còn 3 giờ"),
        (False, 0, 0, "Còn dưới 1 giờ"),
        (True, 0, 0, "Vừa quá hạn"),
        (True, 0, 23, "Quá 23 giờ"),
        (True, 0, 65, "Quá 1 ngày làm việc"),
        (True, 5, 0, "Quá 5 ngày làm việc"),
    ],
)
def test_a_deadline_is_said_as_people_count(
    staff_app: Flask, late: bool, days: int, hours: int, words: str
) -> None:
    with staff_app.test_request_context("/desk/"):
        assert time_left(Remaining(late=late, working_days=days, hours=hours)) == words


def test_the_year_is_said_only_where_it_is_another() -> None:
    moment = datetime(2026, 12, 31, 10, 0, tzinfo=UTC)
    assert short_moment(moment, date(2026, 11, 23)) == "17:00, 31/12"
    assert short_moment(moment, date(2027, 1, 2)) == "17:00, 31/12/2026"
