"""On PostgreSQL a review goes its way, and two who sign at once sign once."""

from __future__ import annotations

from sqlalchemy import func, select

from moderation import appraising
from moderation.appraising.changing import PartChanged
from moderation.appraising.progress import list_reviews, progress_of
from moderation.appraising.reading import table_of
from moderation.appraising.recording import NotRecording
from portal.models import JournalEntry, ReviewPart
from portal.vocabulary import Deed, PartState
from tests.moderation.appraising.conftest import HELPED, Reviewing, reviewing
from tests.postgresql.test_meeting import at_once

__all__ = ["reviewing"]


def test_two_who_sign_at_once_sign_once(reviewing: Reviewing) -> None:
    reviewing.record("both", "bach", HELPED)
    reviewing.record("vinh", "thanh")
    refused: list[str] = []

    def sign(login: str) -> None:
        try:
            reviewing.do("sign", login)
        except (NotRecording, PartChanged):
            refused.append(login)

    at_once(lambda: sign("thanh"), lambda: sign("both"))
    assert len(refused) == 1
    reviewing.do("confirm", "province")
    ward = reviewing.ward
    with ward.database.reading() as session:
        by = ward.person(session, "vinh")
        work = appraising.find_part(session, by=by, part_id=reviewing.part_id)
        lines = table_of(session, office=ward.office, by=by, work=work)
        assert [line.is_open for line in lines] == [False, False]
        assert len(progress_of(session, by=by, review=work.review).cells) == 2
        assert list_reviews(session, by=by)[0].counts[PartState.CONFIRMED] == 1
        signed = select(func.count()).where(JournalEntry.deed == Deed.REVIEW_SIGNED)
        assert session.scalar(signed) == 1
        assert session.get_one(ReviewPart, reviewing.part_id).state is PartState.CONFIRMED
