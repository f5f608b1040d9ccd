"""What is counted of members and of reviews, in the small ward."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from moderation.reports.figures import add_up
from moderation.reports.loading import load_tree
from moderation.reports.members import NOT_COUNTED, count_members
from moderation.reports.periods import Period
from moderation.reports.reviews import count_reviews
from moderation.reports.tables import MEMBERS
from portal.models import Membership, OrganisationEra, Standing
from portal.vocabulary import MembershipKind, MembershipStatus, ReviewOutcome
from tests.moderation.reports.reviewing import Result, review
from tests.moderation.ward import CELL_2, CELL_7, OTHER_WARD, SCHOOL, WARD, Ward

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
HALF = Period(date(2026, 1, 1), date(2026, 6, 30))


def test_a_member_counts_in_the_home_cell_unless_gone(ward: Ward) -> None:
    day = date(2026, 10, 1)
    with ward.database.writing() as session:
        everybody = count_members(session, on=day)
        for status in MembershipStatus:
            row = Standing(member_id=ward.members["bach"], status=status, valid_from=day)
            session.add(row)
            session.flush()
            gone = int(status in NOT_COUNTED)
            assert count_members(session, on=day)[CELL_7] == everybody[CELL_7] - gone
            assert count_members(session, on=day - timedelta(days=1)) == everybody
            session.delete(row)
        assert everybody == {CELL_7: 2, CELL_2: 3, SCHOOL: 2}


def test_a_cell_that_never_had_a_list_has_no_number_and_an_empty_one_has_zero(ward: Ward) -> None:
    with ward.database.writing() as session:
        wrong = Membership(
            member_id=ward.members["bach"],
            organisation_id=WARD,
            kind=MembershipKind.HOME,
            valid_from=date(2026, 5, 1),
            valid_to=date(2026, 4, 30),
        )
        over = Membership(
            member_id=ward.members["bach"],
            organisation_id=OTHER_WARD,
            kind=MembershipKind.HOME,
            valid_from=date(2026, 5, 1),
            valid_to=date(2026, 5, 31),
        )
        session.add_all([wrong, over])
        session.flush()
        assert count_members(session, on=date(2025, 6, 30)) == {}
        found = count_members(session, on=date(2026, 6, 1))
        assert found[OTHER_WARD] == 0
        assert WARD not in found


def test_a_cell_is_where_it_stood_and_called_what_it_was_called_on_the_day(ward: Ward) -> None:
    before = date(2026, 3, 31)
    with ward.database.writing() as session:
        session.add(
            OrganisationEra(
                organisation_id=CELL_7,
                name="Chi bộ khối 7 cũ",
                short_name="Khối 7 cũ",
                parent_id=OTHER_WARD,
                valid_from=date(2025, 7, 1),
                valid_to=before,
            )
        )
        session.flush()
        then = load_tree(session, on=before)
        now = load_tree(session, on=before + timedelta(days=1))
    assert (then.parent(CELL_7), then[CELL_7].short_name) == (OTHER_WARD, "Khối 7 cũ")
    assert (now.parent(CELL_7), now[CELL_7].short_name) == (WARD, "Chi bộ khối 7")


def test_only_what_is_confirmed_counts_and_what_nobody_said_is_blank(ward: Ward) -> None:
    with ward.database.writing() as session:
        review(
            session,
            ward,
            HALF,
            {
                CELL_7: (
                    Result("bach", outcome=ReviewOutcome.REMOVED, groups=(True, False, None, None)),
                    Result("thanh", outcome=ReviewOutcome.CONTINUE),
                ),
            },
        )
        review(session, ward, HALF, {CELL_2: (Result("doan"),)}, confirmed=False)
        found = count_reviews(session, period=YEAR)
    assert set(found) == {CELL_7}
    told = found[CELL_7]
    assert (told["reviewed"], told["removed"], told["expelled"]) == (2, 1, 0)
    assert (told["violations"], told["duty_unfulfilled"]) == (1, 1)
    assert (told["transfer_unfiled"], told["violation"]) == (0, None)


def test_a_member_counts_once_and_is_under_consideration_until_it_is_settled(ward: Ward) -> None:
    with ward.database.writing() as session:
        _pending(session, ward, HALF)
        assert count_reviews(session, period=HALF)[CELL_7]["pending"] == 1
        _pending(session, ward, YEAR)
        assert count_reviews(session, period=YEAR)[CELL_7]["pending"] == 1
        later = Period(date(2027, 1, 1), date(2027, 6, 30))
        review(session, ward, later, {CELL_7: (Result("bach", outcome=ReviewOutcome.WARNING),)})
        told = count_reviews(session, period=YEAR)[CELL_7]
    assert (told["pending"], told["warned"], told["reviewed"]) == (0, 0, 1)


def test_no_share_of_a_confirmed_part_is_more_than_all(ward: Ward) -> None:
    people = ("bach", "thanh", "doan")
    said = st.one_of(
        st.just((False, None, (None,) * 4)),
        st.sampled_from([None, *ReviewOutcome]).map(
            lambda each: (True, each, (True,) + (False,) * 3)
        ),
        st.just((True, ReviewOutcome.CONTINUE, (False,) * 4)),
    )
    parts = st.dictionaries(
        st.sampled_from([CELL_7, CELL_2]),
        st.dictionaries(st.sampled_from(people), said, min_size=1),
        min_size=1,
    )

    @settings(max_examples=15, deadline=None, database=None)
    @given(st.lists(parts, min_size=1, max_size=2))
    def holds(reviews: list[dict[int, dict[str, tuple[Any, ...]]]]) -> None:
        with ward.database.writer_session() as session:
            for told in reviews:
                results = {
                    cell: [Result(name, *each) for name, each in people.items()]
                    for cell, people in told.items()
                }
                review(session, ward, HALF, results)
            tree, found = load_tree(session, on=YEAR.until), count_reviews(session, period=YEAR)
        sums = add_up(tree, found, columns=MEMBERS.told, ratios=MEMBERS.ratios)
        for number in (CELL_7, CELL_2, WARD):
            for rate in sums[number].rates.values():
                assert rate.blank or (rate.part.value or 0) <= (rate.whole.value or 0)
        counted = [sums[number].figures["listed"].value or 0 for number in (CELL_7, CELL_2)]
        assert sums[WARD].figures["listed"].value == sum(counted)

    holds()


def _pending(session: Session, ward: Ward, period: Period) -> None:
    """A confirmed review in which one member is under consideration."""
    review(session, ward, period, {CELL_7: (Result("bach", outcome=ReviewOutcome.PENDING),)})
