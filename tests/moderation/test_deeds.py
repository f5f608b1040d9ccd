"""Whatever staff do about accounts and settings stands in the journal, in the same commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import appending, proving
from moderation.accounts import hash_password
from moderation.administering.confirming import confirm, decline, withdraw
from moderation.administering.ending import end_account
from moderation.administering.founding import invite_first
from moderation.administering.granting import give_role, take_role
from moderation.administering.inviting import Newcomer, accept, invite, renew_link
from moderation.administering.requesting import Wish, ask
from moderation.administering.tying import (
    ask_to_untie,
    declare_own_tie,
    declare_tie,
    name_member,
)
from moderation.passwords import Chosen, change_password
from moderation.refusals import note_refusal, refused_lately
from moderation.sessions import begin_session, end_others, sign_out
from moderation.verifying import verify_journal
from portal.db import Database
from portal.models import Account, AccountRequest, Grant, JournalEntry, RefusedHour
from portal.models.administration import RequestKind
from portal.vocabulary import Deed, Role
from tests.clocks import START
from tests.moderation.ward import CELL_2, CELL_7, PROVINCE, WARD, Ward, copy

WHY = "Theo phân công mới."
PASSWORD = "suối trâu bảng cửa sổ 61"
Act = Callable[[Session, Ward], Any]


def last(session: Session) -> JournalEntry:
    """What was written down last."""
    return session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()


def count(session: Session) -> int:
    """How much is written down."""
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def told(session: Session, ward: Ward) -> tuple[Any, ...]:
    """The last entry: deed, who, about whom, where, which role, which matter."""
    entry, logins = last(session), {number: login for login, number in ward.accounts.items()}
    return (
        entry.deed,
        logins.get(entry.account_id or 0),
        logins.get(entry.subject_id or 0),
        entry.organisation_id,
        entry.role,
        entry.matter,
    )


def _by(session: Session, ward: Ward, login: str = "duyen") -> dict[str, Any]:
    """An administrator of the ward, as verbs are handed one."""
    return {"office": ward.office, "by": ward.person(session, login)}


def _own(ward: Ward, login: str = "hoa") -> dict[str, Any]:
    """What a verb about one's own account is handed."""
    return {"search": ward.ring.search, "account_id": ward.accounts[login], "at": ward.at}


def _give(session: Session, ward: Ward, role: Role = Role.REGISTRAR) -> Any:
    return give_role(
        session,
        **_by(session, ward),
        account_id=ward.accounts["lua"],
        role=role,
        organisation_id=CELL_2,
        reason=WHY,
    )


def _asked(session: Session, ward: Ward, kind: RequestKind) -> AccountRequest:
    """A request of the administrator of the ward."""
    role = Role.MODERATOR if kind is RequestKind.GRANT else None
    wish = Wish(
        kind=kind,
        reason=WHY,
        role=role,
        organisation_id=CELL_2 if role else None,
        member_id=ward.members["doan"] if kind is RequestKind.UNTIE else None,
    )
    account = session.get_one(Account, ward.accounts["lua"])
    return ask(session, **_by(session, ward), account=account, wish=wish)


def _decide(verb: Callable[..., Any], kind: RequestKind, by: str = "kien") -> Act:
    """Somebody answers such a request."""
    return lambda session, ward: verb(
        session, **_by(session, ward, by), request_id=_asked(session, ward, kind).id
    )


def _take(session: Session, ward: Ward) -> Any:
    grant = select(Grant.id).where(Grant.account_id == ward.accounts["thanh"])
    return take_role(
        session,
        **_by(session, ward),
        account_id=ward.accounts["thanh"],
        grant_id=session.scalars(grant).one(),
    )


def _invite(session: Session, ward: Ward) -> Any:
    newcomer = Newcomer(login="man.le", name="Lê Thị Mận", home_id=CELL_7)
    link = invite(session, **_by(session, ward), newcomer=newcomer)
    ward.accounts["man"] = link.account.id
    return link


def _accept(session: Session, ward: Ward) -> Any:
    token = _invite(session, ward).token
    return accept(
        session,
        search=ward.ring.search,
        token=token,
        name="Lê Thị Mận",
        password=Chosen(hash_password(PASSWORD)),
        at=ward.at,
    )


def _session(session: Session, ward: Ward) -> str:
    return begin_session(session, account_id=ward.accounts["hoa"], at=ward.at, hours=10)


def _sign_in(session: Session, ward: Ward) -> Any:
    token = proving.begin_half(session, account_id=ward.accounts["hoa"], at=ward.at)
    return proving.complete_half(session, search=ward.ring.search, token=token, at=ward.at)


def _wrong_code(session: Session, ward: Ward) -> Any:
    token = proving.begin_half(session, account_id=ward.accounts["hoa"], at=ward.at)
    return proving.note_wrong(session, search=ward.ring.search, token=token, at=ward.at)


def _sign_out(session: Session, ward: Ward) -> Any:
    token = _session(session, ward)
    return sign_out(session, search=ward.ring.search, token=token, at=ward.at)


def _end_others(session: Session, ward: Ward) -> Any:
    _session(session, ward)
    return end_others(session, **_own(ward), by_id=ward.accounts["duyen"])


def _change_password(session: Session, ward: Ward) -> Any:
    return change_password(session, **_own(ward), password=Chosen(hash_password(PASSWORD)), keep="")


def _app(session: Session, ward: Ward) -> Any:
    secret = proving.new_secret(ward.ring.search, token="t", nonce=b"n")
    proving.store_app(session, **_own(ward), secret=secret, name="Máy cũ")
    code = proving.code_now(session, **_own(ward))
    return proving.add_app(session, **_own(ward), secret=secret, code=code, name="Máy mới")


def _remove(session: Session, ward: Ward) -> Any:
    return proving.remove_factor(session, **_own(ward), factor_id=_app(session, ward).id)


def _renew_codes(session: Session, ward: Ward) -> list[str]:
    return proving.new_recovery_codes(session, **_own(ward))


def _use_code(session: Session, ward: Ward) -> Any:
    return proving.take_recovery_code(session, **_own(ward), code=_renew_codes(session, ward)[0])


def _about(verb: Callable[..., Any], login: str = "lua", **more: Any) -> Act:
    """An administrator does something to an account."""
    return lambda session, ward: verb(
        session, **_by(session, ward), account_id=ward.accounts[login], **more
    )


def _tie(session: Session, ward: Ward) -> Any:
    return _about(declare_tie, member_id=ward.members["doan"])(session, ward)


def _tie_oneself(session: Session, ward: Ward) -> Any:
    return declare_own_tie(session, **_by(session, ward), member_id=ward.members["doan"])


def _ask_to_untie(session: Session, ward: Ward) -> Any:
    _tie(session, ward)
    return _about(ask_to_untie, member_id=ward.members["doan"], reason=WHY)(session, ward)


def _name(session: Session, ward: Ward) -> Any:
    member = ward.members["bach_84"]
    return _about(name_member, "hoa", member_id=member, reason=WHY)(session, ward)


G, R, U, C = RequestKind
SEPARATELY = (Role.MODERATOR, G)

#: What is done, and the entry that it leaves.
DEEDS: dict[str, tuple[Act, tuple[Any, ...]]] = {
    "sign in": (_sign_in, (Deed.SIGNED_IN, "hoa", "hoa", WARD, None, None)),
    "wrong code": (_wrong_code, (Deed.REFUSED, None, "hoa", WARD, None, None)),
    "sign out": (_sign_out, (Deed.SIGNED_OUT, "hoa", "hoa", WARD, None, None)),
    "end": (_end_others, (Deed.SESSIONS_ENDED, "duyen", "hoa", WARD, None, None)),
    "password": (_change_password, (Deed.PASSWORD_CHANGED, "hoa", "hoa", WARD, None, None)),
    "app": (_app, (Deed.FACTOR_ADDED, "hoa", "hoa", WARD, None, None)),
    "remove": (_remove, (Deed.FACTOR_REMOVED, "hoa", "hoa", WARD, None, None)),
    "new codes": (_renew_codes, (Deed.RECOVERY_RENEWED, "hoa", "hoa", WARD, None, None)),
    "code": (_use_code, (Deed.RECOVERY_USED, "hoa", "hoa", WARD, None, None)),
    "invite": (_invite, (Deed.INVITED, "duyen", "man", CELL_7, None, None)),
    "link": (_about(renew_link), (Deed.LINK_RENEWED, "duyen", "lua", 7, None, None)),
    "accept": (_accept, (Deed.ACCEPTED, "man", "man", CELL_7, None, None)),
    "give": (_give, (Deed.ROLE_GIVEN, "duyen", "lua", CELL_2, Role.REGISTRAR, None)),
    "take": (_take, (Deed.ROLE_TAKEN, "duyen", "thanh", CELL_7, Role.COMMITTEE, None)),
    "propose": (
        lambda session, ward: _give(session, ward, Role.MODERATOR),
        (Deed.PROPOSED, "duyen", "lua", CELL_2, *SEPARATELY),
    ),
    "confirm": (_decide(confirm, G), (Deed.ROLE_GIVEN, "kien", "lua", CELL_2, *SEPARATELY)),
    "decline": (_decide(decline, G), (Deed.DECLINED, "kien", "lua", CELL_2, *SEPARATELY)),
    "withdraw": (
        _decide(withdraw, G, "duyen"),
        (Deed.WITHDRAWN, "duyen", "lua", CELL_2, *SEPARATELY),
    ),
    "reset": (_decide(confirm, R), (Deed.FACTORS_RESET, "kien", "lua", 7, None, R)),
    "untie": (_decide(confirm, U), (Deed.UNTIED, "kien", "lua", 7, None, U)),
    "rename": (_decide(confirm, C), (Deed.MEMBER_NAMED, "kien", "lua", 7, None, C)),
    "tie": (_tie, (Deed.TIED, "duyen", "lua", 7, None, None)),
    "own tie": (_tie_oneself, (Deed.TIED, "duyen", "duyen", WARD, None, None)),
    "ask to untie": (_ask_to_untie, (Deed.PROPOSED, "duyen", "lua", 7, None, U)),
    "name": (_name, (Deed.MEMBER_NAMED, "duyen", "hoa", WARD, None, None)),
    "end account": (_about(end_account), (Deed.ACCOUNT_ENDED, "duyen", "lua", 7, None, None)),
    "hours": (
        lambda session, ward: appending.set_hours(
            session, ring=ward.ring, hours=[time(12)], at=ward.at
        ),
        (Deed.HOURS_SET, None, None, PROVINCE, None, None),
    ),
}


@pytest.fixture(scope="module")
def shared(built_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Ward:
    """One ward for all deeds: each is undone again."""
    return copy(built_ward, tmp_path_factory.mktemp("deeds") / "ward")


@pytest.mark.parametrize("name", DEEDS)
def test_every_deed_is_written_down(shared: Ward, name: str) -> None:
    act, expected = DEEDS[name]
    with shared.database.writer_session() as session:
        act(session, shared)
        assert told(session, shared) == expected
        assert last(session).case_id is None
        report = verify_journal(session, ring=shared.worker_ring, moved=lambda _count: None)
        assert (report.faults, report.entries) == ([], count(session))


def test_what_ends_nothing_leaves_no_entry(ward: Ward) -> None:
    with ward.database.writing() as session:
        token = _session(session, ward)
        for _twice in range(2):
            sign_out(session, search=ward.ring.search, token=token, at=ward.at)
        end_others(session, **_own(ward), by_id=ward.accounts["hoa"])
        assert count(session) == 1


def test_a_flood_of_refusals_is_one_entry_an_hour_for_an_account(ward: Ward) -> None:
    with ward.database.writing() as session:
        for login in (*("hoa",) * 5, "lam", *("nobody",) * 4):
            note_refusal(session, search=ward.ring.search, login=login, at=ward.at)
        _wrong_code(session, ward)
        assert count(session) == 2
        ward.later(hours=1)
        note_refusal(session, search=ward.ring.search, login="hoa", at=ward.at)
        assert count(session) == 3
        assert refused_lately(session, at=ward.at) == 11
        assert refused_lately(session, at=ward.at + timedelta(hours=25)) == 0


def test_the_counts_of_refusals_are_forgotten(ward: Ward) -> None:
    with ward.database.writing() as session:
        for _day in range(3):
            note_refusal(session, search=ward.ring.search, login="nobody", at=ward.at)
            ward.later(days=20)
        assert session.scalar(select(func.count()).select_from(RefusedHour)) == 2


def test_the_first_invitations_are_deeds_of_the_machine(database: Database) -> None:
    with database.writing() as session:
        link = invite_first(
            session,
            search=b"s" * 32,
            login="an.vi",
            name="Vi An",
            organisation="Đảng bộ tỉnh",
            at=START,
        )
        entry = last(session)
        assert (entry.deed, entry.account_id) == (Deed.FOUNDED, None)
        assert (entry.subject_id, entry.organisation_id) == (link.account.id, link.account.home_id)


def test_an_account_without_a_home_is_written_down_at_the_highest_level(ward: Ward) -> None:
    with ward.database.writing() as session:
        session.get_one(Account, ward.accounts["hoa"]).home_id = None
        _sign_in(session, ward)
        assert last(session).organisation_id == PROVINCE
