"""Who the custodians are: made, admitted, replaced and retired, and what is kept divided anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from moderation.access import NotVisible
from moderation.accounts import hash_password
from moderation.identity.holding import (
    AlreadyCustodian,
    WrongPassphrase,
    become,
    key_of,
    make_own,
    unlock,
)
from moderation.identity.redividing import BATCH, SETTLES, waiting_sittings
from moderation.identity.sitting import NotSitting, Sitting, newest_sitting, sit, unlock_both
from moderation.passwords import WeakPassword
from portal.identity import Particulars
from portal.models import (
    Account,
    Custodian,
    CustodianRoster,
    Grant,
    IdentityShare,
    JournalEntry,
)
from portal.vocabulary import Deed, Role
from tests.moderation.identity.keepers import (
    PASSPHRASE,
    TOLD,
    add_key,
    agree,
    appoint,
    ask,
    key_id,
    read,
    redivide,
    roster_of,
    sign,
    write,
)
from tests.moderation.walking import Walk
from tests.moderation.ward import Ward


@pytest.fixture
def two(ward: Ward) -> Ward:
    """A ward with two custodians."""
    appoint(ward, "sao", "trang")
    return ward


def decide(
    ward: Ward,
    *,
    by: str = "sao",
    other: str = "trang",
    admit: tuple[str, ...] = (),
    retire: tuple[str, ...] = (),
    first: str = PASSPHRASE,
    second: str = PASSPHRASE,
) -> int:
    """Let two custodians sit together; the id of the sitting."""
    decided = Sitting(
        other_id=key_id(ward, other),
        admit=[key_id(ward, login) for login in admit],
        retire=[key_id(ward, login) for login in retire],
    )
    with ward.database.writing() as session:
        office, person = ward.office, ward.person(session, by)
        keys = unlock_both(
            session, office=office, by=person, decided=decided, passphrases=(first, second)
        )
        held = sit(session, office=office, by=person, decided=decided, keys=keys)
        session.flush()
        number = held.id
    sign(ward)
    return number


def finish(ward: Ward, number: int) -> None:
    """Let the worker divide until nothing is left, and once more after the pause."""
    for pause in (timedelta(), SETTLES):
        ward.at += pause
        for _batch in range(20):
            with ward.database.reading() as session:
                if number not in waiting_sittings(session, at=ward.at):
                    break
            redivide(ward, number)


def holders_of(walk: Walk) -> set[int]:
    with walk.ward.database.reading() as session:
        return set(
            session.scalars(
                select(IdentityShare.custodian_id).where(IdentityShare.submission_id == walk.number)
            )
        )


def test_the_first_two_become_custodians_by_themselves(ward: Ward) -> None:
    assert roster_of(ward) is None
    appoint(ward, "sao")
    roster = roster_of(ward)
    assert roster is not None
    assert not roster.takes_identities
    appoint(ward, "trang")
    roster = roster_of(ward)
    assert roster is not None
    assert roster.takes_identities
    with ward.database.reading() as session:
        assert set(session.scalars(select(Custodian.admitted_at))) == {ward.at}


def test_a_third_one_is_admitted_by_two_and_not_by_itself(two: Ward) -> None:
    appoint(two, "may")
    roster = roster_of(two)
    assert roster is not None
    assert len(roster.members) == 2
    decide(two, admit=("may",))
    roster = roster_of(two)
    assert roster is not None
    assert len(roster.members) == 3


def test_what_is_kept_is_divided_anew_and_the_lent_keys_are_gone(two: Ward) -> None:
    walk = write(two)
    appoint(two, "may")
    before, known = holders_of(walk), roster_of(two)
    number = decide(two, admit=("may",), retire=("trang",))
    late = write(two, roster=known)
    finish(two, number)
    assert (
        holders_of(walk) == holders_of(late) == {key_id(two, "sao"), key_id(two, "may")} != before
    )
    with two.database.reading() as session:
        sitting = newest_sitting(session)
        assert sitting is not None
        assert (sitting.finished_at, sitting.first_box, sitting.second_box) == (two.at, None, None)
        assert (sitting.done, sitting.lost) == (2, 0)
        gone = session.scalars(select(Custodian).where(Custodian.retired_at.is_not(None))).one()
        assert gone.locked is None
    request = ask(walk)
    with pytest.raises(NotVisible):
        agree(walk, "trang", request)
    agree(walk, "sao", request)
    assert agree(walk, "may", request) is True
    assert read(walk, "hoa") == TOLD


def test_dividing_goes_on_where_it_stopped(two: Ward) -> None:
    letters = [write(two) for _letter in range(BATCH + 2)]
    appoint(two, "may")
    number = decide(two, admit=("may",))
    redivide(two, number)
    with two.database.reading() as session:
        sitting = newest_sitting(session)
        assert sitting is not None
        assert (sitting.done, sitting.total) == (BATCH, len(letters))
        assert sitting.first_box is not None
    finish(two, number)
    assert {len(holders_of(letter)) for letter in letters} == {3}


def test_an_agreement_from_before_is_asked_for_again(two: Ward) -> None:
    walk = write(two)
    request = ask(walk)
    agree(walk, "sao", request)
    appoint(two, "may")
    finish(two, decide(two, admit=("may",)))
    assert agree(walk, "sao", request) is False
    assert agree(walk, "may", request) is True


def test_what_two_cannot_open_is_counted_and_stays_closed(two: Ward) -> None:
    walk = write(two)
    with two.database.writing() as session:
        ended = select(Account.id).where(Account.login == "trang").scalar_subquery()
        yesterday = two.office.today - timedelta(days=1)
        session.execute(update(Grant).where(Grant.account_id == ended).values(valid_to=yesterday))
    appoint(two, "may")
    write(two, told=Particulars(name="Bế Thị Mới"))
    appoint(two, "hai")
    finish(two, decide(two, other="may", admit=("hai",)))
    with two.database.reading() as session:
        sitting = newest_sitting(session)
        assert sitting is not None
        assert (sitting.done, sitting.lost) == (1, 1)
    assert len(holders_of(walk)) == 2


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"first": "sai"}, "first"),
        ({"second": "sai"}, "second"),
        ({"other": "sao"}, "other"),
        ({"other": "may"}, "other"),
        ({"admit": (), "retire": ("trang",)}, "few"),
        ({"admit": ()}, "nothing"),
    ],
)
def test_what_two_custodians_cannot_do(
    two: Ward, more: dict[str, str | tuple[str, ...]], reason: str
) -> None:
    appoint(two, "may")
    with pytest.raises(NotSitting) as refused:
        decide(two, **{"admit": ("may",), **more})  # type: ignore[arg-type]
    assert refused.value.reason == reason
    roster = roster_of(two)
    assert roster is not None
    assert len(roster.members) == 2


def test_one_sitting_at_a_time(two: Ward) -> None:
    appoint(two, "may", "hai")
    decide(two, admit=("may",))
    with pytest.raises(NotSitting) as refused:
        decide(two, admit=("hai",))
    assert refused.value.reason == "running"


def test_a_key_put_in_from_outside_is_never_signed(two: Ward) -> None:
    with two.database.writing() as session:
        account_id = two.accounts["hoa"]
        session.execute(
            insert(Grant).values(
                account_id=account_id,
                role=Role.CUSTODIAN,
                organisation_id=1,
                valid_from=two.office.today,
            )
        )
        own = session.scalars(select(Custodian)).first()
        assert own is not None
        session.add(
            Custodian(
                uid=bytes(16),
                account_id=account_id,
                public=bytes(range(32)),
                salt=own.salt,
                rounds=1,
                memory_kib=64,
                locked=own.locked,
                proof=own.proof,
                made_at=two.at,
                admitted_at=two.at,
            )
        )
    sign(two)
    with two.database.reading() as session:
        assert session.scalars(select(CustodianRoster.id)).all() == [1]


def test_becoming_a_custodian_takes_a_passphrase_that_nobody_guesses(ward: Ward) -> None:
    appoint(ward, "sao", keyed=False)
    password = "mật khẩu đăng nhập của chị Sao ở tỉnh"
    with ward.database.writing() as session:
        session.get_one(Account, ward.accounts["sao"]).password_hash = hash_password(password)
    with ward.database.writing() as session:
        by = ward.person(session, "sao")
        for weak in ("ngắn quá", "matkhau123456", password):
            with pytest.raises(WeakPassword) as told:
                make_own(session, office=ward.office, by=by, passphrase=weak)
            # It stands below the field of a passphrase, which is no password.
            assert not str(told.value).startswith("Mật khẩu")
        made, second = (
            make_own(session, office=ward.office, by=by, passphrase=PASSPHRASE) for _ in range(2)
        )
        become(session, office=ward.office, by=by, made=made)
        session.flush()
        own = key_of(session, account_id=by.account_id)
        assert own is not None
        assert unlock(own, PASSPHRASE).public_key().public_bytes_raw() == own.public
        with pytest.raises(WrongPassphrase):
            unlock(own, PASSPHRASE.upper())
        with pytest.raises(AlreadyCustodian):
            become(session, office=ward.office, by=by, made=second)
        assert session.scalars(select(JournalEntry.deed)).all() == [Deed.CUSTODIAN_MADE]
        assert PASSPHRASE.encode() not in (own.locked or b"")


def test_who_has_the_role_and_no_key_is_no_custodian(two: Ward) -> None:
    appoint(two, "may", keyed=False)
    add_key(two, "may")
    assert key_id(two, "may") > 0
    with two.database.reading() as session, pytest.raises(AlreadyCustodian):
        make_own(session, office=two.office, by=two.person(session, "hoa"), passphrase=PASSPHRASE)
