"""The register changes while a review is open: nobody is lost, and what was recorded stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from moderation import appraising
from moderation.appraising.listing import Departure
from moderation.appraising.progress import list_reviews
from moderation.appraising.reading import heirs_of, table_of
from moderation.registering.winding_up import hand_members, staying, wind_up
from portal.models import Membership, Organisation, ReviewPart, ReviewResult, Standing
from portal.vocabulary import MembershipKind, MembershipStatus, PartState
from tests.moderation.appraising.conftest import Reviewing
from tests.moderation.ward import CELL_2, CELL_7, SCHOOL

DAY = date(2026, 11, 23)


def _merge(reviewing: Reviewing, *heirs: int, on: date = DAY) -> None:
    """Let the seventh cell end, its members go on in the first heir, if there is one."""
    ward = reviewing.ward
    with ward.database.writing() as session:
        row = session.get_one(Organisation, CELL_7)
        if heirs:
            to = {each.id: heirs[0] for each in staying(session, organisation_id=CELL_7, on=on)}
            hand_members(session, ended=CELL_7, to=to, on=on)
        wind_up(
            session,
            office=ward.office,
            by=ward.person(session, "an"),
            row=row,
            last=on - timedelta(days=1),
            heirs=[session.get_one(Organisation, number) for number in heirs],
        )


def _names(reviewing: Reviewing, session: Session, login: str) -> dict[str, Departure | None]:
    """Who is on the list for somebody, and what became of them."""
    ward = reviewing.ward
    work = reviewing.work(session, login)
    by = ward.person(session, login)
    lines = table_of(session, office=ward.office, by=by, work=work)
    return {line.member.name: line.member.left for line in lines}


def test_a_merged_cell_keeps_its_people_and_its_heir_records_and_signs(
    reviewing: Reviewing,
) -> None:
    ward = reviewing.ward
    reviewing.record("both", "bach")
    _merge(reviewing, CELL_2)
    with ward.database.reading() as session:
        assert _names(reviewing, session, "doan") == {"Nông Văn Bách": None, "Vi Văn Thành": None}
        work = reviewing.work(session, "doan")
        assert heirs_of(session, work=work, today=DAY) == ["Chi bộ khối 2"]
        assert len(list_reviews(session, by=ward.person(session, "doan"))) == 1
        with pytest.raises(appraising.NoSuchReview):
            reviewing.work(session, "both")
        with pytest.raises(appraising.NoSuchReview):
            reviewing.work(session, "lua")
    with pytest.raises(appraising.NoSuchReview):
        reviewing.record("doan", "thanh")
    reviewing.record("vinh", "thanh")
    with pytest.raises(appraising.NoSuchReview):
        reviewing.do("sign", "vinh")
    reviewing.do("sign", "doan")
    reviewing.do("confirm", "province")
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReviewResult)) == 2
        assert session.get_one(ReviewPart, reviewing.part_id).state is PartState.CONFIRMED


def test_an_heir_to_be_reads_nothing_before_its_day(reviewing: Reviewing) -> None:
    _merge(reviewing, CELL_2, on=DAY + timedelta(days=9))
    with reviewing.ward.database.reading() as session:
        with pytest.raises(appraising.NoSuchReview):
            reviewing.work(session, "doan")
        assert reviewing.work(session, "both").place.at_cell


def test_without_an_heir_the_level_above_records_and_signs(reviewing: Reviewing) -> None:
    _merge(reviewing)
    reviewing.record("vinh", "bach")
    reviewing.record("vinh", "thanh")
    reviewing.do("sign", "vinh")


def test_who_has_left_stays_on_the_list_and_their_result_is_kept(reviewing: Reviewing) -> None:
    ward = reviewing.ward
    reviewing.record("both", "bach")
    with ward.database.writing() as session:
        bach, thanh = ward.members["bach"], ward.members["thanh"]
        here = Membership.organisation_id == CELL_7
        home = Membership.kind == MembershipKind.HOME
        session.execute(
            update(Membership).where(here, home).values(valid_to=DAY - timedelta(days=1))
        )
        session.add(
            Membership(
                member_id=bach, organisation_id=SCHOOL, kind=MembershipKind.HOME, valid_from=DAY
            )
        )
        session.flush()
        assert _names(reviewing, session, "vinh") == {
            "Nông Văn Bách": Departure(DAY, cell="Chi bộ trường học"),
            "Vi Văn Thành": Departure(DAY),
        }
        session.execute(update(Standing).where(Standing.member_id == thanh).values(valid_to=DAY))
        session.add(Standing(member_id=thanh, status=MembershipStatus.DECEASED, valid_from=DAY))
        session.flush()
        gone = Departure(DAY, status=MembershipStatus.DECEASED)
        assert _names(reviewing, session, "vinh")["Vi Văn Thành"] == gone
        assert _names(reviewing, session, "wife")["Nông Văn Bách"] is None
        done = appraising.record_rest(
            session,
            office=ward.office,
            by=ward.person(session, "vinh"),
            work=reviewing.work(session, "vinh"),
            member_ids=list(ward.members.values()),
        )
        assert done == 0
    reviewing.record("vinh", "thanh")
    reviewing.do("sign", "both")
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReviewResult)) == 2
