"""Who wrote goes before the case: on its day and not before, and never while anything hinders."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text, update

from moderation.notifying.posting import Post
from moderation.retention import holding, nightly
from moderation.retention.previewing import forecast, list_expiring
from moderation.retention.setting_periods import set_periods
from portal.models import (
    Expiry,
    Identity,
    IdentityShare,
    JournalEntry,
    NoticeAddress,
    ResidentAct,
    Seal,
)
from portal.models.submission import SealTarget
from portal.periods import CONTEST, DEFAULTS, NOTICE_DAYS, UNITS
from portal.vocabulary import ActKind, Deed, IdentityOutcome, RetentionRule
from tests.moderation import ward as wards
from tests.moderation.identity.keepers import agree, appoint, ask, request_row, write
from tests.moderation.retention.conftest import Nights
from tests.moderation.walking import STAGES, Walk
from tests.moderation.ward import Ward

DAYS = DEFAULTS[RetentionRule.CONTACT]


def letter(nights: Nights, *, ended: bool = True) -> Walk:
    """A letter whose writer said who they are, which went the whole way unless told otherwise."""
    walk = write(nights.ward)
    for stage in STAGES[2:] if ended else STAGES[2:-1]:
        stage(walk)
    # No news is left to be told, so an address goes with its case.
    Post(nights.ward.database, nights.ward.worker_ring, None, "").work(at=nights.ward.at)
    nights.log()
    return walk


@pytest.fixture
def walk(nights: Nights) -> Walk:
    """One that has ended, and three custodians."""
    appoint(nights.ward, "sao", "trang", "may")
    return letter(nights)


def kept(ward: Ward) -> list[int]:
    """How many identities, shares and addresses there are."""
    with ward.database.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Identity, IdentityShare, NoticeAddress)
        ]


def deeds(ward: Ward) -> list[tuple[int | None, int | None]]:
    """Whose and of which case the entries are that tell of it."""
    with ward.database.reading() as session:
        rows = session.execute(
            select(JournalEntry.account_id, JournalEntry.case_id).where(
                JournalEntry.deed == Deed.CONTACTS_DESTROYED
            )
        )
        return [(row.account_id, row.case_id) for row in rows]


def near(nights: Nights) -> None:
    """All nights but the last one of the period."""
    nights.pass_by(DAYS - NOTICE_DAYS)
    nights.pass_by(NOTICE_DAYS - 1)


def test_it_goes_when_its_days_are_over_and_the_case_stays(nights: Nights, walk: Walk) -> None:
    ward = nights.ward
    opened = ask(walk)
    agree(walk, "sao", opened)
    # A case never goes on while the public log lacks one of its steps.
    nights.log()
    near(nights)
    assert kept(ward) == [1, 3, 0]
    assert nights.pass_by(1) == 0
    assert kept(ward) == [0, 0, 0]
    assert walk.number in nights.left()
    assert deeds(ward) == [(None, None)]
    assert request_row(ward, opened).outcome is IdentityOutcome.DESTROYED
    targets = (SealTarget.IDENTITY_APPROVAL, SealTarget.IDENTITY_OPENING)
    with ward.database.reading() as session:
        assert not session.scalars(select(Seal.id).where(Seal.target.in_(targets))).all()


def test_it_is_done_once_however_many_workers_begin(nights: Nights, walk: Walk) -> None:
    near(nights)
    nights.leap(1)
    for _worker in range(2):
        nights.one()
    nights.pass_by(NOTICE_DAYS + 1)
    assert len(deeds(nights.ward)) == 1
    with nights.ward.database.reading() as session:
        assert session.scalars(select(Expiry.contact_announced)).all() == [None]


def test_an_address_that_was_left_goes_too(nights: Nights, walk: Walk) -> None:
    with nights.ward.database.writing() as session:
        session.execute(delete(IdentityShare))
        number = session.scalars(select(Identity.submission_id)).one()
        session.execute(delete(Identity))
        session.add(NoticeAddress(submission_id=number, key_version=1, box=b"x", proof=b"y" * 32))
    near(nights)
    assert kept(nights.ward) == [0, 0, 1]
    nights.pass_by(1)
    assert kept(nights.ward) == [0, 0, 0]


def test_batches_are_worked_off_and_a_stop_between_them_loses_nothing(
    nights: Nights, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "BATCH", 1)
    for _more in range(2):
        letter(nights)
    near(nights)
    ward, turns = nights.ward, iter([True, False])
    ward.later(days=2)
    nightly.keep(
        ward.database, office=ward.office, folder=nights.folder, go_on=lambda: next(turns, False)
    )
    assert kept(ward)[0] == 2
    nights.one()
    assert kept(ward)[0] == 0
    assert len(deeds(ward)) == 3


def test_what_is_held_keeps_who_wrote_until_a_month_after_it_was_let_go(
    nights: Nights, walk: Walk
) -> None:
    near(nights)
    review = nights.ward.office.today + timedelta(days=60)
    walk.do("hoa", holding.place, reason="Thanh tra đang hỏi.", review_on=review)
    nights.log()
    nights.pass_by(40)
    assert kept(nights.ward)[0] == 1
    walk.do("lam", holding.release, reason="Đã xong.")
    nights.log()
    nights.pass_by(NOTICE_DAYS - 1)
    assert kept(nights.ward)[0] == 1
    nights.pass_by(1)
    assert kept(nights.ward)[0] == 0


def test_what_is_not_finished_or_is_open_again_keeps_who_wrote(nights: Nights, walk: Walk) -> None:
    letter(nights, ended=False)
    near(nights)
    with nights.ward.database.writing() as session:
        session.execute(
            text(
                "UPDATE feedback_case SET status = 'screening', finished_at = NULL WHERE id = :id"
            ),
            {"id": walk.number},
        )
    nights.pass_by(200)
    assert kept(nights.ward)[0] == 2


def test_what_a_writer_did_and_nobody_carried_out_keeps_it(nights: Nights, walk: Walk) -> None:
    near(nights)
    with nights.ward.database.writing() as session:
        number = session.scalars(select(Identity.submission_id)).one()
        act = ResidentAct(submission_id=number, kind=ActKind.SUPPLY, at=nights.ward.at)
        act.uid = b"u" * 16
        session.add(act)
    nights.pass_by(5)
    assert kept(nights.ward)[0] == 1
    with nights.ward.database.writing() as session:
        session.execute(update(ResidentAct).values(done_at=nights.ward.at))
    nights.pass_by(1)
    assert kept(nights.ward)[0] == 0


def test_a_leap_of_the_clock_destroys_nothing_for_thirty_nights(nights: Nights, walk: Walk) -> None:
    nights.leap(4000)
    nights.pass_by(NOTICE_DAYS)
    assert kept(nights.ward)[0] == 1
    nights.leap(-2)
    nights.pass_by(NOTICE_DAYS)
    assert kept(nights.ward)[0] == 1
    nights.pass_by(1)
    assert kept(nights.ward)[0] == 0


def test_a_shorter_period_destroys_nothing_for_thirty_days_and_can_be_set_back(
    nights: Nights, walk: Walk
) -> None:
    ward, unit = nights.ward, UNITS[RetentionRule.CONTACT]
    assert timedelta(days=unit.least) >= CONTEST + timedelta(days=NOTICE_DAYS)
    change(ward, 365)
    nights.pass_by(100)
    change(ward, unit.least)
    nights.pass_by(NOTICE_DAYS - 1)
    assert kept(ward)[0] == 1
    change(ward, 365)
    nights.pass_by(NOTICE_DAYS)
    assert kept(ward)[0] == 1
    change(ward, unit.least)
    nights.pass_by(NOTICE_DAYS)
    assert kept(ward)[0] == 0


def change(ward: Ward, days: int) -> None:
    """Let an administrator set the period."""
    with ward.database.writing() as session:
        by, amounts = ward.person(session, "an"), {RetentionRule.CONTACT: days}
        set_periods(session, office=ward.office, by=by, amounts=amounts)


def test_it_is_listed_for_thirty_days_on_the_day_on_which_it_goes(
    nights: Nights, walk: Walk
) -> None:
    ward = nights.ward
    nights.pass_by(DAYS - NOTICE_DAYS)
    with ward.database.reading() as session:
        found = {
            login: list_expiring(session, office=ward.office, person=ward.person(session, login))
            for login in ("hoa", "tied", "thanh")
        }
        (line,) = found["hoa"].lines
        assert (line.case_id, line.rule) == (walk.number, RetentionRule.CONTACT)
        assert not found["tied"].lines
        assert not found["thanh"].lines
        soon = {row.rule: row.soon for row in forecast(session, at=ward.at)}
        assert soon[RetentionRule.CONTACT] == 1
    nights.pass_by((line.goes_on - ward.office.today).days - 1)
    assert kept(ward)[0] == 1
    nights.pass_by(1)
    assert kept(ward)[0] == 0
    with ward.database.reading() as session:
        person = ward.person(session, "hoa")
        assert not list_expiring(session, office=ward.office, person=person).lines


def test_in_an_older_database_it_goes_again_the_first_night(nights: Nights, walk: Walk) -> None:
    place = Path(nights.ward.database.engine.url.database or "").parent
    wards.copy(place, place.with_name("older"))
    near(nights)
    nights.pass_by(1)
    older = Nights(wards.open_ward(place.with_name("older")), nights.folder)
    older.ward.at = nights.ward.at
    assert kept(older.ward)[0] == 1
    older.one()
    assert kept(older.ward)[0] == 0
    assert walk.number in older.left()
