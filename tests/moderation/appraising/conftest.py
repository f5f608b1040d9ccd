"""A review of the small ward, by the verbs that pages call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import appraising
from moderation.appraising.fitting import Recorded
from moderation.appraising.opening import Plan
from moderation.appraising.standing import Work
from moderation.setting_bases import BasisFacts, keep_basis
from portal.models import ReviewPart, ReviewResult
from portal.vocabulary import AnswerState, BasisUse, ReviewOutcome, ScreeningGroup
from tests.moderation.ward import CELL_2, CELL_7, WARD, Ward

CONTINUES = Recorded(reviewed=True, outcome=ReviewOutcome.CONTINUE)
HELPED = Recorded(
    reviewed=True,
    groups=frozenset({ScreeningGroup.NOT_EXEMPLARY}),
    outcome=ReviewOutcome.REPRIMAND,
    reference="05-QĐ/ĐU",
    decided_on=date(2026, 11, 2),
    answer_state=AnswerState.GIVEN,
    asked_on=date(2026, 11, 3),
    answered_on=date(2026, 11, 5),
    answer="Tôi nhận khuyết điểm và đã dọn.",
    read_back=True,
    note="Đã trao đổi tại chi bộ.",
)


@dataclass(repr=False)
class Reviewing:
    """The review of one ward: who does what with the part of the seventh cell."""

    ward: Ward
    review_id: int
    part_id: int

    def work(self, session: Session, login: str) -> Work:
        """The part as somebody finds it."""
        return appraising.find_part(
            session, by=self.ward.person(session, login), part_id=self.part_id, to_change=True
        )

    def record(self, login: str, member: str, recorded: Recorded = CONTINUES) -> None:
        """Let somebody record a member of whom there may be a result already."""
        with self.ward.database.writing() as session:
            member_id = self.ward.members[member]
            there = session.scalars(
                select(ReviewResult.version).where(
                    ReviewResult.part_id == self.part_id, ReviewResult.member_id == member_id
                )
            ).one_or_none()
            appraising.record(
                session,
                office=self.ward.office,
                by=self.ward.person(session, login),
                work=self.work(session, login),
                member_id=member_id,
                recorded=recorded,
                version=there or 0,
            )

    def do(self, deed: str, login: str, **more: object) -> None:
        """Let somebody sign, confirm or send back."""
        with self.ward.database.writing() as session:
            work = self.work(session, login)
            getattr(appraising, deed)(
                session,
                office=self.ward.office,
                by=self.ward.person(session, login),
                work=work,
                version=work.part.version,
                **more,
            )


@pytest.fixture
def reviewing(ward: Ward) -> Reviewing:
    """A review that is open to two cells."""
    office = ward.office
    with ward.database.writing() as session:
        an, vinh = ward.person(session, "an"), ward.person(session, "vinh")
        facts = BasisFacts(
            code="HD mẫu",
            title="Hướng dẫn mẫu",
            effective_from=date(2026, 1, 1),
            uses=(BasisUse.REVIEW,),
        )
        basis = keep_basis(session, office=office, by=an, facts=facts)
        plan = Plan(
            title="Rà soát năm 2026",
            basis_id=basis.id,
            organisation_id=WARD,
            period_from=date(2026, 1, 1),
            period_to=date(2026, 12, 31),
            chosen_ids=frozenset({CELL_7, CELL_2}),
        )
        review = appraising.draft_review(session, office=office, by=vinh, plan=plan)
        appraising.open_review(
            session, office=office, by=vinh, review=review, version=review.version
        )
        part_id = session.scalars(
            select(ReviewPart.id).where(
                ReviewPart.review_id == review.id, ReviewPart.organisation_id == CELL_7
            )
        ).one()
        return Reviewing(ward, review.id, part_id)
