"""One deed for many cases: said beforehand, done later, each once, and only what one may do."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import bulk, worker
from moderation.access import NotVisible
from moderation.bulk import Changed, Matter, Plan
from moderation.excluding import write_marks
from moderation.workflow import Action, NotAvailable, perform
from portal.models import BulkItem, BulkOrder, Case, Event, JournalEntry
from portal.models.bulk import BulkDeed, LeftOut
from portal.vocabulary import Deed, Status
from tests.moderation.conftest import MakeCase
from tests.moderation.ward import Ward

CLAIM, RELEASE = BulkDeed.CLAIM, BulkDeed.RELEASE


@pytest.fixture
def cases(ward: Ward, make_case: MakeCase) -> list[int]:
    """Four received cases on the desk of the ward; nobody has taken them."""
    with ward.database.writing() as session:
        return [make_case(session, subjects=["lua"]).id for _each in range(4)]


def order(ward: Ward, numbers: Iterable[int], deed: BulkDeed = CLAIM, login: str = "hoa") -> int:
    """Somebody orders a deed for these cases; the number of the order."""
    with ward.database.writing() as session:
        by = ward.person(session, login)
        matter = Matter(deed)
        return bulk.order(session, office=ward.office, by=by, matter=matter, case_ids=numbers).id


def plan(ward: Ward, session: Session, numbers: Iterable[int], matter: Matter) -> Plan:
    """What a moderator is told beforehand."""
    hoa = ward.person(session, "hoa")
    return bulk.plan(session, office=ward.office, by=hoa, matter=matter, case_ids=numbers)


def left(found: Plan) -> dict[LeftOut, list[int]]:
    """Which cases are left out, and why."""
    return {why: [case.id for case in each] for why, each in found.left_out.items()}


def work(ward: Ward, minutes: int = 10) -> None:
    """Let the worker go round once, some minutes later."""
    ward.later(minutes=minutes)
    worker.work_once(ward.database, ward.worker_ring, at=ward.at)


def claim(ward: Ward, session: Session, number: int, login: str) -> None:
    """Somebody takes one case by itself."""
    case, by = session.get_one(Case, number), ward.person(session, login)
    keys = ward.keys(session, case)
    perform(session, office=ward.office, keys=keys, case=case, action=Action.CLAIM, by=by)


def hide(ward: Ward, session: Session, number: int, login: str) -> None:
    """Let a case be about whom somebody is tied to."""
    person = ward.person(session, login)
    write_marks(session, case=session.get_one(Case, number), marks=set(person.marks))


def statuses(ward: Ward, numbers: Iterable[int]) -> list[Status]:
    with ward.database.reading() as session:
        return [session.get_one(Case, number).status for number in numbers]


def outcome(ward: Ward, order_id: int, login: str = "hoa") -> tuple[int, int, int]:
    """How many are done, wait and were left out, as somebody reads it."""
    with ward.database.reading() as session:
        person = ward.person(session, login)
        _order, line = bulk.find_order(session, person=person, order_id=order_id)
    return line.done, line.waiting, line.skipped


def test_nothing_happens_for_ten_minutes_then_each_case_by_the_verb_of_a_single_deed(
    ward: Ward, cases: list[int]
) -> None:
    number = order(ward, cases)
    work(ward, 9)
    assert statuses(ward, cases) == [Status.RECEIVED] * 4
    work(ward, 1)
    assert statuses(ward, cases) == [Status.SCREENING] * 4
    assert outcome(ward, number) == (4, 0, 0)
    with ward.database.reading() as session:
        steps = session.scalars(select(Event).where(Event.action == "claim")).all()
        assert {step.account_id for step in steps} == {ward.accounts["hoa"]}
        assert {case.claimant_id for case in session.scalars(select(Case))} == {
            ward.accounts["hoa"]
        }
        deeds = session.scalars(select(JournalEntry.deed)).all()
        assert deeds == [Deed.BULK_ORDERED]


def test_a_second_round_and_a_second_worker_do_nothing_twice(ward: Ward, cases: list[int]) -> None:
    order(ward, cases)
    for minutes in (10, 0, 0):
        work(ward, minutes)
    with ward.database.writing() as session:
        for item in session.scalars(select(BulkItem.id)):
            bulk.carry_out(session, office=ward.office, item_id=item)
    with ward.database.reading() as session:
        steps = select(func.count()).select_from(Event).where(Event.action == "claim")
        assert session.scalar(steps) == 4


def test_a_worker_that_was_stopped_goes_on_with_the_next_case(ward: Ward, cases: list[int]) -> None:
    number = order(ward, cases)
    ward.later(minutes=10)
    with ward.database.reading() as session:
        first, *_rest = bulk.waiting_items(session, at=ward.at)
    with ward.database.writing() as session:
        bulk.carry_out(session, office=ward.office, item_id=first)
    assert outcome(ward, number) == (1, 3, 0)
    work(ward, 0)
    assert outcome(ward, number) == (4, 0, 0)


def test_what_was_taken_back_never_happens(ward: Ward, cases: list[int]) -> None:
    number = order(ward, cases)
    with ward.database.writing() as session:
        hoa = ward.person(session, "hoa")
        found, _line = bulk.find_order(session, person=hoa, order_id=number)
        bulk.cancel(session, office=ward.office, by=hoa, order=found)
    work(ward)
    assert statuses(ward, cases) == [Status.RECEIVED] * 4
    with ward.database.writing() as session:
        hoa = ward.person(session, "hoa")
        found, line = bulk.find_order(session, person=hoa, order_id=number)
        assert (line.waiting, line.skipped, line.done) == (0, 4, 0)
        with pytest.raises(NotAvailable):
            bulk.cancel(session, office=ward.office, by=hoa, order=found)
        deeds = session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id)).all()
        assert deeds == [Deed.BULK_ORDERED, Deed.BULK_CANCELLED]


def test_what_is_not_possible_any_more_is_left_and_reported(ward: Ward, cases: list[int]) -> None:
    number = order(ward, cases)
    with ward.database.writing() as session:
        claim(ward, session, cases[0], "lam")
        hide(ward, session, cases[1], "hoa")
    work(ward)
    assert outcome(ward, number) == (2, 0, 1)
    assert statuses(ward, cases[1:2]) == [Status.RECEIVED]
    with ward.database.reading() as session:
        left, gone = bulk.read_skipped(
            session, office=ward.office, person=ward.person(session, "hoa"), order_id=number
        )
        assert [(why, [one.case_id for one in each]) for why, each in left.items()] == [
            (LeftOut.HELD, cases[:1])
        ]
        assert gone == 0
        holder = session.get_one(Case, cases[0]).claimant_id
        assert holder == ward.accounts["lam"]


def test_whoever_lost_the_role_meanwhile_does_nothing(ward: Ward, cases: list[int]) -> None:
    order(ward, cases)
    ward.later(minutes=10)
    with ward.database.writing() as session:
        session.query(BulkOrder).update({"account_id": ward.accounts["far"]})
    work(ward, 0)
    assert statuses(ward, cases) == [Status.RECEIVED] * 4
    with ward.database.reading() as session:
        assert set(session.scalars(select(BulkItem.skipped))) == {LeftOut.GONE}


def test_what_is_released_is_ones_own_and_without_a_proposal(ward: Ward, cases: list[int]) -> None:
    with ward.database.writing() as session:
        for number, login in zip(cases, ("hoa", "hoa", "lam"), strict=False):
            claim(ward, session, number, login)
        session.get_one(Case, cases[1]).proposal = Action.VERIFY.value
        found = plan(ward, session, cases, Matter(RELEASE))
        assert [case.id for case in found.meant] == cases[:1]
        assert left(found) == {
            LeftOut.PROPOSED: [cases[1]],
            LeftOut.HELD: [cases[2]],
            LeftOut.NOT_MINE: [cases[3]],
        }
    order(ward, cases[:1], RELEASE)
    work(ward)
    assert statuses(ward, cases[:1]) == [Status.RECEIVED]


def test_an_order_is_for_all_of_what_the_page_said_or_for_nothing(
    ward: Ward, cases: list[int]
) -> None:
    with ward.database.writing() as session:
        claim(ward, session, cases[0], "lam")
    with pytest.raises(Changed) as changed:
        order(ward, cases)
    assert [case.id for case in changed.value.plan.meant] == cases[1:]
    order(ward, cases[1:])
    with pytest.raises(Changed) as twice:
        order(ward, cases[1:])
    assert set(twice.value.plan.left_out) == {LeftOut.ORDERED}
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(BulkOrder)) == 1


def test_a_number_that_one_may_not_see_is_like_one_that_is_not_there(
    ward: Ward, cases: list[int]
) -> None:
    with ward.database.writing() as session:
        hide(ward, session, cases[0], "hoa")
    with ward.database.reading() as session:
        hidden = plan(ward, session, cases[:2], Matter(CLAIM))
        nothing = plan(ward, session, [999, cases[1]], Matter(CLAIM))
        assert hidden == nothing
        assert hidden.gone == 1


def test_an_order_is_there_for_whoever_made_it_and_for_nobody_else(
    ward: Ward, cases: list[int]
) -> None:
    number = order(ward, cases)
    with ward.database.writing() as session:
        lam, hoa = ward.person(session, "lam"), ward.person(session, "hoa")
        assert bulk.list_orders(session, person=lam) == []
        with pytest.raises(NotVisible):
            bulk.find_order(session, person=lam, order_id=number)
        for each in cases:
            hide(ward, session, each, "hoa")
        assert bulk.list_orders(session, person=hoa) == []


def test_what_became_of_an_order_is_forgotten_after_a_month_and_never_what_waits(
    ward: Ward, cases: list[int]
) -> None:
    order(ward, cases[:1])
    work(ward)
    order(ward, cases[1:])
    ward.later(days=31)
    with ward.database.writing() as session:
        bulk.forget(session, at=ward.at)
        assert set(session.scalars(select(BulkItem.case_id))) == set(cases[1:])
        assert session.scalar(select(func.count()).select_from(BulkOrder)) == 1
