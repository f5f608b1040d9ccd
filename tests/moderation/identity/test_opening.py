"""Opening who wrote: two custodians, one reader, one day, and nobody who has a part in the case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from moderation import worker
from moderation.access import NotVisible, relate
from moderation.administering.ending import end_account
from moderation.discretion import NamesSomebody
from moderation.identity import asking, deciding
from moderation.identity.holding import WrongPassphrase
from moderation.identity.standing import NoIdentity, Standing, identities_of
from moderation.identity.waiting import find_request, list_requests
from moderation.notifying.posting import Post
from moderation.reading import HIDDEN_FROM_COMMITTEES, latest_step
from moderation.reading.course import course_since_routing
from moderation.workflow import available
from portal.models import (
    Case,
    Event,
    Grant,
    Identity,
    IdentityOpening,
    IdentityShare,
    JournalEntry,
    NoticeAddress,
    Seal,
    Tie,
)
from portal.models.submission import SealTarget
from portal.tracking import find, timeline
from portal.vocabulary import Deed, IdentityOutcome
from tests.doors.course import Course
from tests.moderation.identity.keepers import (
    TOLD,
    WHY,
    agree,
    appoint,
    ask,
    claim,
    read,
    request_row,
    roster_of,
    sign,
    worker_office,
    write,
)
from tests.moderation.walking import Walk
from tests.moderation.ward import OTHER_WARD, Ward


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A letter whose writer said who they are, and three custodians at the province."""
    appoint(ward, "sao", "trang", "may")
    return write(ward)


def standing(walk: Walk, login: str) -> list[Standing]:
    with walk.ward.database.reading() as session:
        case, person = session.get_one(Case, walk.number), walk.ward.person(session, login)
        relation = relate(session, person=person, case=case)
        office = walk.ward.office
        return identities_of(session, office=office, case=case, by=person, relation=relation)


def waiting(walk: Walk, login: str) -> list[str]:
    with walk.ward.database.reading() as session:
        person = walk.ward.person(session, login)
        return [
            each.reference for each in list_requests(session, office=walk.ward.office, by=person)
        ]


def count(walk: Walk, *models: type) -> list[int]:
    with walk.ward.database.reading() as session:
        return [session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


def sealed(walk: Walk) -> set[SealTarget]:
    with walk.ward.database.reading() as session:
        return set(session.scalars(select(Seal.target))) & {
            SealTarget.IDENTITY_APPROVAL,
            SealTarget.IDENTITY_OPENING,
        }


def test_two_custodians_open_an_identity_for_one_reader_and_the_writer_is_told(walk: Walk) -> None:
    number = ask(walk, reader="lam")
    assert waiting(walk, "sao") == waiting(walk, "may") == [walk.reference]
    assert agree(walk, "sao", number) is False
    with pytest.raises(NoIdentity):
        read(walk, "lam")
    assert waiting(walk, "sao") == []
    assert agree(walk, "may", number) is True
    assert waiting(walk, "trang") == []
    assert read(walk, "lam") == TOLD
    for login in ("hoa", "thu", "sao"):
        with pytest.raises(NoIdentity):
            read(walk, login)
    assert sealed(walk) == {SealTarget.IDENTITY_OPENING}
    with walk.ward.database.reading() as session:
        tracked = find(session, ring=walk.ward.ring, code=walk.receipt.code)  # type: ignore[union-attr]
        assert tracked is not None
        moment = timeline(session, tracked=tracked).moments[-1]
        deeds = session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id)).all()
    assert (moment.action, moment.note, moment.at) == ("identity_opened", WHY, walk.ward.at)
    assert deeds == [
        Deed.IDENTITY_ASKED,
        Deed.IDENTITY_AGREED,
        Deed.IDENTITY_AGREED,
        Deed.IDENTITY_READ,
    ]


def test_after_a_day_nobody_reads_it_and_the_worker_destroys_what_was_opened(walk: Walk) -> None:
    number = ask(walk)
    agree(walk, "sao", number)
    agree(walk, "may", number)
    walk.ward.later(hours=23, minutes=59)
    assert read(walk, "hoa") == TOLD
    walk.ward.later(minutes=1)
    with pytest.raises(NoIdentity):
        read(walk, "hoa")
    worker.guard_identities(walk.ward.database, worker_office(walk.ward))
    assert sealed(walk) == set()
    with walk.ward.database.reading() as session:
        assert session.get_one(IdentityOpening, number).gone_at == walk.ward.at
    assert [each.open for each in standing(walk, "hoa")] == [False]
    assert count(walk, Identity) == [1]
    assert ask(walk) != number


def test_a_first_share_is_gone_after_a_day_and_opens_nothing_more(walk: Walk) -> None:
    number = ask(walk)
    walk.ward.later(days=2)
    agree(walk, "sao", number)
    assert sealed(walk) == {SealTarget.IDENTITY_APPROVAL}
    walk.ward.later(days=1)
    with pytest.raises(NotVisible):
        agree(walk, "may", number)
    worker.guard_identities(walk.ward.database, worker_office(walk.ward))
    assert sealed(walk) == set()
    assert request_row(walk.ward, number).outcome is IdentityOutcome.EXPIRED


def test_one_custodian_refuses_and_it_ends(walk: Walk) -> None:
    number = ask(walk)
    agree(walk, "sao", number)
    with walk.ward.database.writing() as session:
        person = walk.ward.person(session, "may")
        deciding.refuse(session, office=walk.ward.office, by=person, request_id=number)
    assert request_row(walk.ward, number).outcome is IdentityOutcome.REFUSED
    assert sealed(walk) == set()
    with pytest.raises(NotVisible):
        agree(walk, "trang", number)
    with pytest.raises(NoIdentity):
        read(walk, "hoa")


def test_the_same_custodian_never_agrees_twice_and_a_wrong_passphrase_does_nothing(
    walk: Walk,
) -> None:
    number = ask(walk)
    with pytest.raises(WrongPassphrase):
        agree(walk, "sao", number, "giếng làng trâu vàng khung cửa")
    assert sealed(walk) == set()
    agree(walk, "sao", number)
    with pytest.raises(NotVisible):
        agree(walk, "sao", number)


def test_whoever_asks_reads_works_on_the_case_or_is_tied_to_it_is_no_custodian_of_it(
    ward: Ward,
) -> None:
    appoint(ward, "far", at=OTHER_WARD)
    appoint(ward, "hoa", "lam", "thu", "tied", "doan", "sao")
    later = write(ward)
    claim(later, "lam")
    number = ask(later, by="hoa", reader="thu")
    for login in ("hoa", "lam", "thu", "tied", "far"):
        assert waiting(later, login) == [], login
        with ward.database.reading() as session:
            person = ward.person(session, login)
            with pytest.raises(NotVisible):
                find_request(session, office=ward.office, by=person, request_id=number)
        with pytest.raises(NotVisible):
            agree(later, login, number)
    assert waiting(later, "doan") == [later.reference]


def test_a_custodian_who_answered_takes_no_other_part_in_the_case(ward: Ward) -> None:
    appoint(ward, "lam", "sao")
    appoint(ward, "may")
    later = write(ward)
    agree(later, "lam", ask(later))
    with ward.database.reading() as session:
        case, person = session.get_one(Case, later.number), ward.person(session, "lam")
        relation = relate(session, person=person, case=case)
        assert relation.moderates
        assert available(case, relation) == ()


def test_with_fewer_than_two_who_may_decide_nobody_is_asked(walk: Walk) -> None:
    ward = walk.ward
    with ward.database.writing() as session:
        for login in ("trang", "may"):
            session.add(
                Tie(
                    account_id=ward.accounts[login],
                    member_id=ward.members["bach"],
                    declared_at=ward.at,
                )
            )
    with pytest.raises(asking.TooFewCustodians):
        ask(walk)


def test_a_custodian_who_lost_the_role_counts_no_more_for_the_second(walk: Walk) -> None:
    ward, number = walk.ward, ask(walk)
    agree(walk, "sao", number)
    with ward.database.writing() as session:
        grant = session.scalars(select(Grant).where(Grant.account_id == ward.accounts["sao"])).one()
        grant.valid_to = ward.office.today - timedelta(days=1)
    sign(ward)
    assert agree(walk, "may", number) is False
    assert agree(walk, "trang", number) is True
    assert read(walk, "hoa") == TOLD


def test_the_key_of_an_account_that_ends_is_gone_and_nothing_is_sealed_to_it(walk: Walk) -> None:
    ward, before = walk.ward, roster_of(walk.ward)
    with ward.database.writing() as session:
        an = ward.person(session, "an")
        end_account(session, office=ward.office, by=an, account_id=ward.accounts["sao"])
    sign(ward)
    after = roster_of(ward)
    assert before is not None
    assert after is not None
    assert (len(before.members), len(after.members)) == (3, 2)
    assert set(after.members) < set(before.members)
    assert after.number == before.number + 1


def test_the_reason_names_nobody_because_the_writer_reads_it(walk: Walk) -> None:
    with pytest.raises(NamesSomebody):
        ask(walk, reason="Cần hỏi lại việc của ông Nông Văn Bách.")


def test_only_moderators_and_commissions_read_that_there_is_an_identity(walk: Walk) -> None:
    for stage in (
        *(Course.claim, Course.choose, Course.propose, Course.confirm, Course.route),
        Course.accept,
    ):
        stage(walk)
    number = ask(walk, by="lam", reader="thu")
    assert len(standing(walk, "lam")) == 1
    assert standing(walk, "thanh") == []
    with pytest.raises(NoIdentity):
        ask(walk, by="thanh", reader="thu")
    with pytest.raises(asking.NoReader):
        ask(walk, by="lam", reader="thanh")
    with pytest.raises(asking.AlreadyAsked):
        ask(walk, by="hoa", reader="hoa")
    agree(walk, "sao", number)
    agree(walk, "may", number)
    assert read(walk, "thu") == TOLD


def test_taking_a_letter_back_destroys_who_wrote_at_once(walk: Walk) -> None:
    opened, ward = ask(walk), walk.ward
    agree(walk, "sao", opened)
    agree(walk, "may", opened)
    asked = ask(walk, reader="lam")
    agree(walk, "trang", asked)
    walk.withdraw()
    assert count(walk, Identity, IdentityShare, NoticeAddress) == [0, 0, 0]
    assert sealed(walk) == set()
    with pytest.raises(NoIdentity):
        read(walk, "hoa")
    assert request_row(ward, asked).outcome is IdentityOutcome.DESTROYED
    assert waiting(walk, "may") == []


@pytest.mark.parametrize("end", ["refer", "close"])
def test_an_address_for_notices_is_destroyed_when_the_case_finishes(walk: Walk, end: str) -> None:
    walk.claim()
    assert count(walk, NoticeAddress) == [1]
    if end == "refer":
        walk.refer()
    else:
        for stage in (
            *(Course.choose, Course.propose, Course.confirm, Course.route, Course.accept),
            *(Course.listen, Course.report, Course.publish, Course.rate),
        ):
            stage(walk)
    # Its last news waits; where no mail is sent, it goes with the next round.
    assert count(walk, NoticeAddress) == [1]
    Post(walk.ward.database, walk.ward.worker_ring, None, "").work(at=walk.ward.at)
    assert count(walk, NoticeAddress, Identity) == [0, 1]


def test_the_course_of_a_committee_is_silent_about_it(walk: Walk) -> None:
    told = {"identity_asked", "identity_agreed", "identity_opened"}
    for stage in (Course.claim, Course.choose, Course.propose, Course.confirm, Course.route):
        stage(walk)
    number = ask(walk, by="thu", reader="thu")
    agree(walk, "sao", number)
    agree(walk, "may", number)
    with walk.ward.database.reading() as session:
        case = session.get_one(Case, walk.number)
        keys = walk.ward.keys(session, case)
        actions = set(session.scalars(select(Event.action).where(Event.case_id == walk.number)))
        read = {
            step.action for step in course_since_routing(session, keys=keys, case_id=walk.number)
        }
        newest = latest_step(
            session, keys=keys, case_id=walk.number, without=HIDDEN_FROM_COMMITTEES
        )
    assert told <= actions
    assert read & told == set()
    assert newest is not None
    assert newest.action == "route"
