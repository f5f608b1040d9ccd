"""A review from its basis to the confirmed list of a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from moderation import appraising
from moderation.appraising.enlisting import enlist
from moderation.appraising.fitting import NotRecorded
from moderation.appraising.judging import column_of
from moderation.appraising.sealing import open_key, read_texts
from portal.models import (
    JournalEntry,
    Membership,
    ReviewMember,
    ReviewPart,
    ReviewResult,
    ScreeningReview,
    Standing,
)
from portal.vocabulary import (
    AnswerState,
    Deed,
    MembershipStatus,
    PartState,
    ReviewOutcome,
    ScreeningGroup,
)
from tests.moderation.appraising.conftest import HELPED, Reviewing
from tests.security.dumps import readable


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


def test_no_text_of_a_review_can_be_read_without_the_staff_key(reviewing: Reviewing) -> None:
    reviewing.record("both", "bach", HELPED)
    reviewing.record("vinh", "thanh")
    reviewing.do("sign", "both")
    reason = "Xin ghi rõ ngày kiểm điểm của chi bộ."
    reviewing.do("send_back", "province", reason=reason)
    folder = Path(reviewing.ward.database.engine.url.database or "").parent
    assert readable(folder, [HELPED.answer, HELPED.note, reason]) == []


def test_of_whom_was_not_reviewed_nothing_is_said(reviewing: Reviewing) -> None:
    flagged = replace(HELPED, reviewed=False)
    reviewing.record("both", "bach", flagged)
    with reviewing.ward.database.reading() as session:
        row = session.scalars(select(ReviewResult)).one()
    groups = {getattr(row, column_of(group)) for group in ScreeningGroup}
    assert (row.outcome, row.reference, row.decided_on, groups) == (None, None, None, {None})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reviewed": None}, "reviewed"),
        ({"reviewed": False, "note": " "}, "note"),
        ({"answer_state": None}, "answer_state"),
        ({"asked_on": None}, "asked_on"),
        ({"answer": " "}, "answer"),
        ({"read_back": False}, "read_back"),
        ({"answered_on": date(2026, 11, 2)}, "answered_on"),
        ({"decided_on": date(2026, 12, 1)}, "decided_on"),
        ({"mentor_id": UUID(int=3)}, "mentor"),
        ({"mentoring_until": date(2026, 11, 23)}, "mentoring_until"),
        (
            {"answer_state": AnswerState.UNREACHABLE, "asked_again_on": date(2026, 11, 3)},
            "asked_again_on",
        ),
    ],
)
def test_what_does_not_fit_is_refused_beside_what_can_mend_it(
    reviewing: Reviewing, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(NotRecorded) as refused:
        reviewing.record("both", "bach", replace(HELPED, **wrong))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_who_was_expelled_in_the_period_is_on_the_list_and_who_went_before_is_not(
    reviewing: Reviewing,
) -> None:
    ward = reviewing.ward

    def names(day: date) -> list[str]:
        with ward.database.writer_session() as session:
            bach = ward.members["bach"]
            session.execute(update(Standing).where(Standing.member_id == bach).values(valid_to=day))
            session.execute(
                update(Membership).where(Membership.member_id == bach).values(valid_to=day)
            )
            session.add(
                Standing(
                    member_id=bach,
                    status=MembershipStatus.EXPELLED,
                    valid_from=day + timedelta(days=1),
                )
            )
            session.flush()
            session.execute(delete(ReviewMember))
            review = session.get_one(ScreeningReview, reviewing.review_id)
            enlist(session, review=review, today=ward.office.today)
            work = reviewing.work(session, "vinh")
            listed = appraising.members_of(session, work=work, today=ward.office.today)
            return [each.name for each in listed]

    assert names(date(2026, 5, 1)) == ["Nông Văn Bách", "Vi Văn Thành"]
    assert names(date(2025, 12, 30)) == ["Vi Văn Thành"]
