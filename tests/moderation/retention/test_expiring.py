"""When a case expires, under which rule, and what no setting and no clock can bring about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from moderation.retention import holding
from moderation.retention.days import count_day
from moderation.retention.setting_periods import set_periods
from moderation.workflow.table import FINISHED
from portal.models import Case, Expiry, RetentionHold
from portal.periods import CONTEST, NOTICE_DAYS, UNITS, read_periods
from portal.vocabulary import Kind, RetentionRule, Status
from tests.moderation import ward as wards
from tests.moderation.retention.conftest import TAKEN_BACK, TURNED_AWAY, Ended, Nights
from tests.moderation.ward import NOON, Ward


def rule_of(ward: Ward, number: int) -> RetentionRule:
    with ward.database.reading() as session:
        return session.scalars(select(Expiry.rule).where(Expiry.case_id == number)).one()


def test_each_end_has_its_rule(nights: Nights, ended: Ended) -> None:
    ward = nights.ward
    closed, praise, named, back, away, rubbish = (
        ended(*stages) for stages in ((), (), (), TAKEN_BACK, TURNED_AWAY, TURNED_AWAY)
    )
    with ward.database.writing() as session:
        session.get_one(Case, praise.number).kind = Kind.PRAISE
        session.get_one(Case, named.number).kind = Kind.NOMINATION
        session.execute(
            text(
                'UPDATE event SET facts = \'{"reason": "spam"}\' '
                "WHERE action = 'decline' AND case_id = :id"
            ),
            {"id": rubbish.number},
        )
    nights.one()
    assert rule_of(ward, closed.number) is RetentionRule.CLOSED
    assert rule_of(ward, praise.number) is RetentionRule.PRAISE
    assert rule_of(ward, named.number) is RetentionRule.NOMINATION
    assert rule_of(ward, back.number) is RetentionRule.WITHDRAWN
    assert rule_of(ward, away.number) is RetentionRule.DECLINED
    assert rule_of(ward, rubbish.number) is RetentionRule.REFUSED


def test_what_is_open_again_does_not_expire(nights: Nights, ended: Ended) -> None:
    walk = ended()
    nights.leap(733)
    nights.one()
    with nights.ward.database.writing() as session:
        # As a review that begins anew will do; no verb opens a finished case yet.
        session.execute(
            text(
                "UPDATE feedback_case SET status = 'screening', finished_at = NULL WHERE id = :id"
            ),
            {"id": walk.number},
        )
    assert nights.pass_by(40) == 0
    with nights.ward.database.reading() as session:
        assert session.scalars(select(Expiry.case_id)).all() == []


def test_a_leap_of_the_clock_deletes_nothing_and_counts_as_one_day(
    nights: Nights, ended: Ended
) -> None:
    walk = ended()
    nights.leap(4000)
    assert nights.one() == 0
    nights.leap(4000)
    assert nights.one() == 0
    assert nights.pass_by(NOTICE_DAYS - 2) == 0
    assert walk.number in nights.left()
    assert nights.pass_by(1) == 1


def test_after_a_leap_backwards_everything_is_announced_anew(nights: Nights, ended: Ended) -> None:
    ended()
    nights.leap(733)
    nights.pass_by(NOTICE_DAYS - 1)
    nights.leap(-2)
    assert nights.one() == 0
    assert nights.pass_by(NOTICE_DAYS - 1) == 0
    assert nights.pass_by(2) == 1


def test_one_day_is_counted_once_however_often_the_worker_starts(
    nights: Nights, ended: Ended
) -> None:
    ended()
    nights.leap(733)
    for _start in range(3 * NOTICE_DAYS):
        assert nights.one() == 0


def in_the_log(session: Session) -> None:
    """As if the log had grown over all there is; what it proves is tried elsewhere."""
    session.execute(
        text(
            "INSERT INTO log_leaf SELECT id + 100000, uid FROM event e WHERE "
            "NOT EXISTS (SELECT 1 FROM log_leaf WHERE event_uid = e.uid)"
        )
    )


class Years(RuleBasedStateMachine):
    """Cases end, are held and let go, periods and the clock change, and nights pass."""

    folder: Path
    built: Path

    def __init__(self) -> None:
        super().__init__()
        number = len(list(self.folder.iterdir()))
        self.ward = wards.copy(self.built, self.folder / str(number))
        self.nights = Nights(self.ward, self.folder / f"{number}-purged")
        #: The first counted night on which a case could have been announced, and the nights.
        self.seen: dict[int, int] = {}
        self.count = 0
        self.there: dict[int, tuple[Status, bool]] = {}

    @rule(status=st.sampled_from([*FINISHED, Status.IN_PROGRESS]))
    def a_case(self, status: Status) -> None:
        with self.ward.database.writing() as session:
            case = self.ward.place(session, status=status)
            case.finished_at = self.ward.at if status in FINISHED else None
            in_the_log(session)

    @rule(nights=st.sampled_from([1, 2, 31, 62]))
    def nights_pass(self, nights: int) -> None:
        self.ward.later(days=1)
        self.night()
        if nights > 2:
            with self.ward.database.writing() as session:
                for _night in range(nights - 2):
                    self.ward.later(days=1)
                    count_day(session, today=self.ward.office.today)
            self.count += nights - 2
            self.ward.later(days=1)
            self.night()

    @rule(days=st.sampled_from([-800, -40, -1, 0, 20, 89, 3000]))
    def the_clock_leaps(self, days: int) -> None:
        # Before that day nobody of the ward had a role yet.
        self.ward.at = max(self.ward.at + timedelta(days=days), NOON)
        self.night()

    @rule(data=st.data())
    def somebody_holds(self, data: st.DataObject) -> None:
        with self.ward.database.writing() as session:
            free = session.scalars(
                select(Expiry.case_id).where(
                    ~Expiry.case_id.in_(
                        select(RetentionHold.case_id).where(RetentionHold.released_at.is_(None))
                    )
                )
            ).all()
            if free:
                self.act(session, data.draw(st.sampled_from(sorted(free))), held=True)

    @rule(data=st.data())
    def somebody_lets_go(self, data: st.DataObject) -> None:
        with self.ward.database.writing() as session:
            held = session.scalars(
                select(RetentionHold.case_id).where(RetentionHold.released_at.is_(None))
            ).all()
            if held:
                self.act(session, data.draw(st.sampled_from(sorted(held))), held=False)

    @rule(data=st.data(), which=st.sampled_from(RetentionRule))
    def periods_change(self, data: st.DataObject, which: RetentionRule) -> None:
        unit = UNITS[which]
        with self.ward.database.writing() as session:
            set_periods(
                session,
                office=self.ward.office,
                by=self.ward.person(session, "an"),
                amounts={which: data.draw(st.integers(unit.least, unit.most))},
            )

    def act(self, session: Session, number: int, *, held: bool) -> None:
        case, office = session.get_one(Case, number), self.ward.office
        keys, by = self.ward.keys(session, case), self.ward.person(session, "hoa")
        reason, review = "Cần xem lại.", office.today + timedelta(days=60)
        if held:
            holding.place(
                session,
                office=office,
                keys=keys,
                case=case,
                by=by,
                reason=reason,
                review_on=review,
            )
        else:
            holding.release(session, office=office, keys=keys, case=case, by=by, reason=reason)
            self.seen.pop(number, None)
        in_the_log(session)

    def night(self) -> None:
        """One night: whatever went was finished, not held, its time over, and long announced."""
        with self.ward.database.reading() as session:
            periods = read_periods(session)
            held = set(
                session.scalars(
                    select(RetentionHold.case_id).where(RetentionHold.released_at.is_(None))
                )
            )
            before = {
                case.id: (case.status, case.finished_at, case.id in held)
                for case in session.scalars(select(Case))
            }
            rows = session.execute(select(Expiry.case_id, Expiry.rule))
            rules = {row.case_id: row.rule for row in rows}
        self.count += 1
        for number in before:
            self.seen.setdefault(number, self.count)
        gone = self.nights.one()
        left = self.nights.left()
        assert gone == len(before.keys() - left)
        for number in before.keys() - left:
            status, finished_at, is_held = before[number]
            assert status in FINISHED
            assert not is_held
            assert finished_at is not None
            assert finished_at + CONTEST <= self.ward.at
            assert finished_at + periods.length(rules[number]) <= self.ward.at
            assert self.count - self.seen[number] >= NOTICE_DAYS


def test_nothing_unfinished_held_or_recent_ever_goes(built_ward: Path, tmp_path: Path) -> None:
    machine = type("Machine", (Years,), {"folder": tmp_path, "built": built_ward})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
