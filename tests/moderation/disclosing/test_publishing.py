"""A quarter is counted when it is settled, published once, and never changes afterwards."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.disclosing.counting import count_quarter
from moderation.disclosing.publishing import (
    NotPublished,
    due_quarters,
    publish,
    publish_due,
    take_back,
)
from moderation.retention.purging import purge
from portal.figures.layout import ABOVE, ALL, WHOLE
from portal.figures.quarters import Quarter
from portal.models import FigureTally, JournalEntry, PublishedFigure, ResidentAct, Submission
from portal.vault import new_uid
from portal.vocabulary import (
    ActKind,
    Deed,
    FigureCourse,
    FigureSide,
    FigureSign,
    FigureTable,
    FigureTimeliness,
    Finding,
    Kind,
    Rating,
    Sentiment,
    Status,
    Topic,
)
from tests.moderation.disclosing.conftest import Finish
from tests.moderation.walking import STAGES, set_out
from tests.moderation.ward import OTHER_WARD, PROVINCE, WARD, Ward

_T = FigureTable
#: The quarter of the ward's clock, and how many days after its now it is settled.
QUARTER, SETTLED = Quarter(2026, 4), 69


def printed(ward: Ward) -> dict[tuple[int, FigureTable, str], int | FigureSign | None]:
    """Everything that was published."""
    with ward.database.reading() as session:
        rows = session.scalars(select(PublishedFigure)).all()
    return {
        (row.place, row.measure, row.value): row.sign if row.amount is None else row.amount
        for row in rows
    }


def test_a_quarter_is_published_once_and_not_before_it_is_settled(
    ward: Ward, finish: Finish
) -> None:
    finish(9)
    ward.later(days=SETTLED - 1)
    assert publish_due(ward.database, ward.ring, at=ward.at) == 0
    ward.later(days=1)
    assert publish_due(ward.database, ward.ring, at=ward.at) == 1
    assert publish_due(ward.database, ward.ring, at=ward.at) == 0
    with ward.database.writing() as session:
        assert publish(session, office=ward.office, quarter=QUARTER) is None
        deeds = session.scalars(select(JournalEntry.deed)).all()
    assert deeds == [Deed.FIGURES_PUBLISHED]
    found = printed(ward)
    assert found[WHOLE, _T.RECEIVED, ALL] == 9
    assert found[WHOLE, _T.FINISHED, ALL] == found[WARD, _T.FINISHED, ALL] == 9
    assert found[WARD, _T.COURSE, FigureCourse.DECLINED] == 9
    assert found[WHOLE, _T.TOPIC, Topic.FAMILY] == 9
    assert (WARD, _T.TOPIC, Topic.FAMILY) not in found


def test_what_is_handled_above_wards_has_a_line_of_its_own(ward: Ward, finish: Finish) -> None:
    finish(6)
    finish(7, desk_id=PROVINCE)
    finish(8, handler_id=OTHER_WARD)
    ward.later(days=SETTLED)
    publish_due(ward.database, ward.ring, at=ward.at)
    found = printed(ward)
    assert [found[place, _T.FINISHED, ALL] for place in (WARD, ABOVE, OTHER_WARD)] == [6, 7, 8]


def test_a_case_that_went_the_whole_way_counts_with_its_finding_and_judgement(ward: Ward) -> None:
    walk = set_out(ward)
    for stage in STAGES:
        stage(walk)
    with ward.database.reading() as session:
        counts = count_quarter(session, office=ward.office, quarter=QUARTER)
        rating = session.scalars(select(Submission.rating)).one()
    told = {(table, value) for place, table, value in counts if place == WARD}
    assert rating is not None
    assert told >= {
        (_T.SIDE, FigureSide.OPINION),
        (_T.COURSE, FigureCourse.ANSWERED),
        (_T.FINDING, Finding.PARTLY),
        (_T.SATISFACTION, rating),
        (_T.TIMELINESS, FigureTimeliness.ON_TIME),
    }
    assert set(counts.values()) == {1}


@pytest.mark.parametrize(
    ("columns", "cell"),
    [
        ({"sentiment": Sentiment.PRAISE, "kind": Kind.PRAISE}, (_T.SIDE, FigureSide.PRAISE)),
        (
            {"sentiment": Sentiment.PRAISE, "kind": Kind.NOMINATION},
            (_T.SIDE, FigureSide.NOMINATION),
        ),
        ({"contested_from": Status.DECLINED}, (_T.COURSE, FigureCourse.DECLINED)),
        ({"contested_from": Status.REFERRED}, (_T.COURSE, FigureCourse.REFERRED)),
    ],
)
def test_praise_is_counted_apart_and_an_upheld_refusal_is_one(
    ward: Ward,
    finish: Finish,
    columns: dict[str, object],
    cell: tuple[FigureTable, str],
) -> None:
    finish(1, status=Status.CLOSED, **columns)
    with ward.database.reading() as session:
        counts = count_quarter(session, office=ward.office, quarter=QUARTER)
    assert counts[WARD, *cell] == 1
    assert not [each for each in counts if each[1] is _T.SATISFACTION]


def test_several_writers_count_once_by_the_least_satisfied(ward: Ward, finish: Finish) -> None:
    one, other = finish(2, status=Status.CLOSED)
    with ward.database.writing() as session:
        session.get_one(Submission, one).rating = Rating.SATISFIED
        moved = session.get_one(Submission, other)
        moved.case_id, moved.rating = one, Rating.UNSATISFIED
    with ward.database.reading() as session:
        counts = count_quarter(session, office=ward.office, quarter=QUARTER)
    assert counts[WARD, _T.SATISFACTION, Rating.UNSATISFIED] == 1
    assert counts[WARD, _T.SATISFACTION, Rating.SATISFIED] == 0


def test_a_case_that_is_deleted_first_counts_all_the_same(ward: Ward, finish: Finish) -> None:
    gone = finish(4) + finish(3)
    finish(2)
    with ward.database.writing() as session:
        before = count_quarter(session, office=ward.office, quarter=QUARTER)
        for number in gone:
            purge(session, office=ward.office, case_ids=[number])
        assert count_quarter(session, office=ward.office, quarter=QUARTER).total() < before.total()
    ward.later(days=SETTLED)
    assert publish_due(ward.database, ward.ring, at=ward.at) == 1
    assert printed(ward)[WHOLE, _T.RECEIVED, ALL] == printed(ward)[WHOLE, _T.FINISHED, ALL] == 9
    assert printed(ward)[WARD, _T.COURSE, FigureCourse.DECLINED] == 9
    with ward.database.reading() as session:
        assert session.scalars(select(FigureTally)).all() == []


def test_deleting_what_was_published_changes_no_number(ward: Ward, finish: Finish) -> None:
    numbers = finish(6)
    ward.later(days=SETTLED)
    publish_due(ward.database, ward.ring, at=ward.at)
    before = printed(ward)
    with ward.database.writing() as session:
        purge(session, office=ward.office, case_ids=numbers)
    assert printed(ward) == before
    with ward.database.reading() as session:
        assert session.scalars(select(FigureTally)).all() == []
        assert due_quarters(session, office=ward.office) == []


def test_a_quarter_waits_for_what_a_writer_did_in_time(ward: Ward, finish: Finish) -> None:
    number, *_others = finish(6)
    ward.later(days=SETTLED - 2)
    with ward.database.writing() as session:
        act = ResidentAct(uid=new_uid(), submission_id=number, kind=ActKind.CONTEST, at=ward.at)
        session.add(act)
    ward.later(days=2)
    assert publish_due(ward.database, ward.ring, at=ward.at) == 0
    with ward.database.writing() as session:
        session.scalars(select(ResidentAct)).one().done_at = ward.at
    assert publish_due(ward.database, ward.ring, at=ward.at) == 1


def test_a_quarter_is_taken_back_whole_and_once(ward: Ward, finish: Finish) -> None:
    finish(6)
    with ward.database.writing() as session, pytest.raises(NotPublished):
        take_back(session, office=ward.office, quarter=QUARTER, reason="Đếm sai.")
    ward.later(days=SETTLED)
    publish_due(ward.database, ward.ring, at=ward.at)
    with ward.database.writing() as session:
        take_back(session, office=ward.office, quarter=QUARTER, reason="Đếm sai.")
    with ward.database.writing() as session, pytest.raises(NotPublished):
        take_back(session, office=ward.office, quarter=QUARTER, reason="Đếm sai nữa.")
    assert publish_due(ward.database, ward.ring, at=ward.at) == 0
