"""A review from its basis to the confirmed list of a cell."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation import appraising
from moderation.appraising.sealing import open_key, read_texts
from portal.models import JournalEntry, ReviewPart, ReviewResult
from portal.vocabulary import Deed, PartState, ReviewOutcome
from tests.moderation.appraising.conftest import HELPED, Reviewing


def test_a_cell_records_signs_and_another_of_the_level_above_confirms(
    reviewing: Reviewing,
) -> None:
    with pytest.raises(appraising.NotReady) as refused:
        reviewing.do("sign", "both")
    assert [what.value for _member, what in refused.value.waiting] == ["result", "result"]
    reviewing.record("both", "bach", HELPED)
    reviewing.record("vinh", "thanh")
    reviewing.do("sign", "thanh")
    with pytest.raises(appraising.NoSuchReview):
        reviewing.do("confirm", "vinh")
    reviewing.do("send_back", "province", reason="Xin ghi rõ hơn.")
    reviewing.do("sign", "thanh")
    reviewing.do("confirm", "province")
    with reviewing.ward.database.reading() as session:
        part = session.get_one(ReviewPart, reviewing.part_id)
        assert part.state is PartState.CONFIRMED
        row = session.scalars(
            select(ReviewResult).where(ReviewResult.outcome == ReviewOutcome.REPRIMAND)
        ).one()
        key = open_key(session, office=reviewing.ward.office, part_id=part.id)
        assert read_texts(key, row)["answer"] == HELPED.answer
        deeds = list(session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id)))
    assert deeds[-5:] == [
        Deed.RESULTS_RECORDED,
        Deed.REVIEW_SIGNED,
        Deed.REVIEW_SENT_BACK,
        Deed.REVIEW_SIGNED,
        Deed.REVIEW_CONFIRMED,
    ]
