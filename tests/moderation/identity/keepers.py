"""Custodians for the small ward, whose passphrases take no work, and letters with a name."""

from __future__ import annotations

from dataclasses import replace

from moderation.access import relate
from moderation.identity import asking, deciding, reading, redividing, rostering
from moderation.identity.holding import make, unlock_own
from moderation.office import Office
from moderation.workflow import Action, perform
from portal.identity import Particulars, Roster, read_roster
from portal.models import Account, Case, Custodian, Grant, IdentityRequest
from portal.receiving import Entry, receive
from portal.vault import new_token
from portal.vocabulary import Role
from portal.words import Words
from tests.moderation.walking import BACH, Walk, set_out
from tests.moderation.ward import PROVINCE, SINCE, WARD, Ward

PASSPHRASE = "giếng làng trâu vàng khung cửi"
TOLD = Particulars("Mông Thị Thuận Yến", "0500 000 231", "Số 88 ngõ Giếng Tiên, khối 9")
MAIL = "thuan.yen@thu.vi.du"
WHY = "Cần gọi lại để hỏi rõ việc đã nêu."


def appoint(ward: Ward, *logins: str, at: int = PROVINCE, keyed: bool = True) -> None:
    """Give people the role and, unless told otherwise, a key; the worker signs the roster."""
    with ward.database.writing() as session:
        for login in logins:
            account_id = ward.accounts.get(login) or _invite(ward, session, login)
            session.add(
                Grant(
                    account_id=account_id,
                    role=Role.CUSTODIAN,
                    organisation_id=at,
                    valid_from=SINCE,
                )
            )
            if keyed:
                session.add(_key(ward, account_id))
    sign(ward)


def sign(ward: Ward) -> None:
    """Let the worker keep the roster."""
    with ward.database.writing() as session:
        rostering.keep_roster(session, office=worker_office(ward))


def worker_office(ward: Ward) -> Office:
    """An office with the worker's keys."""
    return replace(ward.office, ring=ward.worker_ring)


def roster_of(ward: Ward) -> Roster | None:
    """The roster as a public process reads it."""
    with ward.database.reading() as session:
        return read_roster(session, keys=ward.ring.log_public)


def add_key(ward: Ward, login: str) -> None:
    """Make a key for somebody."""
    with ward.database.writing() as session:
        session.add(_key(ward, ward.accounts[login]))


def key_id(ward: Ward, login: str) -> int:
    """The id of somebody's key."""
    with ward.database.reading() as session:
        return next(
            each.id
            for each in session.query(Custodian)
            if each.account_id == ward.accounts[login] and each.retired_at is None
        )


def write(
    ward: Ward,
    told: Particulars = TOLD,
    notify: str = MAIL,
    words: Words = BACH,
    roster: Roster | None = None,
    *,
    fears: bool = False,
) -> Walk:
    """A letter whose writer said who they are, prepared by the worker; sealed to the roster of now
    unless to another one.
    """
    walk = set_out(ward, words)
    entry = Entry(
        words=words,
        unit_id=WARD,
        fears_retaliation=fears,
        particulars=told,
        notify=notify,
    )
    with ward.database.writing() as session:
        walk.receipt = receive(
            session,
            ring=ward.ring,
            token=new_token(),
            entry=entry,
            at=ward.at,
            roster=roster or roster_of(ward),
        )
    walk.prepare()
    return walk


def ask(walk: Walk, by: str = "hoa", reader: str = "hoa", reason: str = WHY) -> int:
    """Ask for who wrote; the id of the request."""
    ward = walk.ward
    with ward.database.writing() as session:
        case, person = session.get_one(Case, walk.number), ward.person(session, by)
        request = asking.ask_to_open(
            session,
            office=ward.office,
            keys=ward.keys(session, case),
            case=case,
            by=person,
            relation=relate(session, person=person, case=case),
            submission_id=walk.number,
            reader_id=ward.accounts[reader],
            reason=reason,
        )
        session.flush()
        return request.id


def agree(walk: Walk, login: str, request_id: int, passphrase: str = PASSPHRASE) -> bool:
    """Let a custodian agree."""
    with walk.ward.database.writing() as session:
        office, by = walk.ward.office, walk.ward.person(session, login)
        key = unlock_own(session, office=office, by=by, passphrase=passphrase)
        return deciding.agree(session, office=office, by=by, request_id=request_id, key=key)


def read(walk: Walk, login: str) -> Particulars:
    """Let somebody read who wrote."""
    with walk.ward.database.writing() as session:
        return reading.read(
            session,
            office=walk.ward.office,
            case=session.get_one(Case, walk.number),
            by=walk.ward.person(session, login),
            submission_id=walk.number,
        )


def claim(walk: Walk, login: str) -> None:
    """Let a moderator take the case."""
    walk.do(login, perform, action=Action.CLAIM)


def redivide(ward: Ward, sitting_id: int) -> None:
    """Let the worker divide one batch anew."""
    with ward.database.writing() as session:
        redividing.redivide(session, office=worker_office(ward), sitting_id=sitting_id)


def request_row(ward: Ward, request_id: int) -> IdentityRequest:
    """A request as it lies in the database."""
    with ward.database.reading() as session:
        return session.get_one(IdentityRequest, request_id)


def _key(ward: Ward, account_id: int) -> Custodian:
    return make(
        office=ward.office,
        account_id=account_id,
        passphrase=PASSPHRASE,
        rounds=1,
        memory=64,
    )


def _invite(ward: Ward, session: object, login: str) -> int:
    account = Account(
        login=login,
        name=f"Hoàng Thị {login.capitalize()}",
        password_hash="",
        home_id=PROVINCE,
        created_at=ward.at,
    )
    session.add(account)  # type: ignore[attr-defined]
    session.flush()  # type: ignore[attr-defined]
    ward.accounts[login] = account.id
    return account.id
