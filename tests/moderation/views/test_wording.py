"""How deadlines are said."""

from __future__ import annotations

import pytest
from flask import Flask

from moderation.views.wording import time_left
from portal.deadlines import Remaining


@pytest.mark.parametrize(
    ("late", "days", "hours", "words"),
    [
        (False, 2, 0, "Còn 2 ngày"),
        (False, 0, 3, "Còn 3 giờ"),
        (False, 0, 0, "Còn dưới 1 giờ"),
        (True, 0, 0, "Vừa quá hạn"),
        (True, 0, 23, "Quá 23 giờ"),
        (True, 0, 65, "Quá 1 ngày"),
        (True, 5, 0, "Quá 5 ngày"),
    ],
)
def test_a_deadline_is_said_as_people_count(
    staff_app: Flask, late: bool, days: int, hours: int, words: str
) -> None:
    with staff_app.test_request_context("/desk/"):
        assert time_left(Remaining(late=late, working_days=days, hours=hours)) == words
