"""What an answer found is kept so that it can be counted, and tells nothing by its box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import select, update

from moderation.concluding import Findings, catch_up
from portal.models import Case, StageClock
from portal.revision import MIGRATIONS
from portal.vocabulary import Finding
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.ward import CELL_7, WARD, Ward

ANSWERED = (
    *("send", "prepare", "claim", "ask", "supply", "choose", "propose", "confirm"),
    *("route", "accept", "listen", "report", "publish"),
)
_REACHED = (Case.screened_at, Case.eligible_at, Case.routed_at, Case.answered_at, Case.contested_at)


@pytest.fixture
def answered(ward: Ward) -> Course:
    """A case that was answered, each step on a day of its own."""
    words = Words(about="Ông Nông Văn Bách ở khối 7", what="Vật liệu lấn hết vỉa hè.")
    course = Course(
        ward=ward,
        subject="bach",
        words=words,
        answers={"unit_id": WARD},
        handler=CELL_7,
        handled_by="thanh",
    )
    for stage in ANSWERED:
        course.supply("Trước số nhà 15.") if stage == "supply" else getattr(course, stage)()
        ward.later(days=1)
    return course


def test_what_was_found_does_not_tell_itself_by_its_length(ward: Ward) -> None:
    findings = Findings(ward.ring)
    boxes = {finding: findings.seal(7, finding) for finding in Finding}
    assert len({len(box) for box in boxes.values()}) == 1
    assert all(findings.open(7, box) is finding for finding, box in boxes.items())
    assert findings.open(8, boxes[Finding.PARTLY]) is None
    assert findings.open(7, None) is None


def test_older_answers_are_read_once_and_no_open_page_becomes_late_by_it(
    ward: Ward, answered: Course
) -> None:
    with ward.database.writing() as session:
        before = session.get_one(Case, answered.number).version
        session.execute(update(Case).values(finding=None))
    for amount in (1, 0):
        assert catch_up(ward.database, ward.worker_ring, go_on=lambda: True) == amount
    with ward.database.reading() as session:
        case = session.get_one(Case, answered.number)
        assert Findings(ward.ring).open(case.id, case.finding) is Finding.PARTLY
        assert case.version == before


def test_an_older_database_is_filled_with_what_the_verbs_would_have_written(
    ward: Ward, answered: Course
) -> None:
    clocks = (StageClock.stage, StageClock.stood, StageClock.taken)
    with ward.database.writing() as session:
        before = [_all(session, _REACHED), _all(session, clocks)]
        session.execute(update(Case).values(dict.fromkeys(_REACHED)))
        session.execute(update(StageClock).values(stood=0, taken=None))
    script = ScriptDirectory(str(MIGRATIONS)).get_revision("0047_course")
    assert script is not None
    with (
        ward.database.writer.begin() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        for column, statuses in script.module.REACHED.items():
            script.module._fill_reached(column, statuses)
        script.module._fill_clocks()
    with ward.database.reading() as session:
        assert [_all(session, _REACHED), _all(session, clocks)] == before
    assert any(stood for _stage, stood, _taken in before[1])


def _all(session: Any, columns: Sequence[Any]) -> list[tuple[Any, ...]]:
    """These columns of every row, in the order of the rows."""
    return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0].class_.id))]
