"""Promise 8: the resident decides whether it is done.

What the page offers and when is tried in ``tests/portal/views/test_track.py``, and that a result is
contested once and then decided above in ``tests/scenarios``. Here nobody else can judge in the
resident's place, and what was said reaches the desk as it was said.
"""

from __future__ import annotations

import re

import pytest

from moderation.workflow import Who
from moderation.workflow.table import TRANSITIONS
from portal.tracking import ALLOWED, CannotAct, find, rate, withdraw
from portal.vocabulary import ActKind, Rating, Status
from tests.doors.course import Course
from tests.house.source import ROOMS, ROOT
from tests.moderation.conftest import StaffClient
from tests.moderation.views.staffer import Staffer
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward


def test_nobody_of_the_staff_ends_what_waits_for_the_resident() -> None:
    waiting = [row for row in TRANSITIONS if Status.ANSWERED in row.sources and row.target]
    assert waiting
    assert {who for row in waiting for who in row.who} <= {Who.RESIDENT, Who.CLOCK}
    assert ALLOWED[ActKind.RATE] == {Status.ANSWERED}


def test_a_judgement_is_written_for_the_holder_of_the_code_alone() -> None:
    writers = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"\.rating\s*=[^=]", path.read_text())
    }
    assert writers == {"moderation/carrying_out/acts.py"}


def test_a_judgement_reaches_the_desk_as_it_was_given(
    ward: Ward, staff_client: StaffClient
) -> None:
    walk = set_out(ward).until(Course.publish)
    rating, said = Rating.UNSATISFIED, "Vật liệu vẫn còn ở đó."
    walk.rate(rating, said)
    page = Staffer(staff_client("hoa"), "case", walk.number).page()
    assert str(rating.label) in page.text
    assert said in page.text


def test_what_was_answered_is_judged_once_and_not_taken_back(ward: Ward) -> None:
    walk = set_out(ward).until(Course.rate)
    assert walk.receipt is not None
    with ward.database.writing() as session:
        tracked = find(session, ring=ward.ring, code=walk.receipt.code)
        assert tracked is not None
        with pytest.raises(CannotAct):
            rate(session, tracked=tracked, rating=Rating.UNSATISFIED, at=ward.at)
        with pytest.raises(CannotAct):
            withdraw(session, tracked=tracked, at=ward.at)
