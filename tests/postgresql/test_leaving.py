"""Who is away, on PostgreSQL: entries are held while they change, and lists go page by page."""

from __future__ import annotations

from datetime import date

from moderation.leaving import listing
from moderation.views.here import Tools
from tests.doors.course import Course
from tests.moderation.leaving.absent import granted, moved, taken_in
from tests.moderation.walking import set_out
from tests.moderation.ward import CELL_2, Ward


def test_an_excusal_and_a_transfer_go_their_way(ward: Ward) -> None:
    granted(ward, date(2025, 12, 1), date(2026, 11, 30))
    number = moved(ward, CELL_2, date(2026, 9, 3), date(2026, 9, 7))
    walk = set_out(ward).until(Course.accept)
    with ward.database.reading() as session:
        tools = Tools(office=ward.office, by=ward.person(session, "vinh"))
        assert len(listing.absences(session, **tools, name="contact").rows) == 1
        first = listing.transfers(session, **tools, name="late")
        assert len(first.rows) == 1
        assert listing.count_waiting(session, **tools) == 2
    taken_in(ward, number, ward.office.today)
    with walk.seen() as (_session, case):
        assert case.handler_id == CELL_2
