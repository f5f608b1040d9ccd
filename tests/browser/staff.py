"""Somebody of the staff at the screen: signs in, and which cases lie before them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update

from moderation.access import identify, visible_to
from moderation.sample import PASSWORD
from moderation.sessions import begin_session
from portal.clock import now
from portal.models import Account, Case, StaffSession
from portal.models.case import Room
from tests import telephones
from tests.browser.installation import Installation
from tests.browser.screens import Screen

#: Two moderators of the ward, the committee of a cell, and the ward's inspectors.
FIRST, SECOND, COMMITTEE, INSPECTOR = "hoa.luong", "lam.chu", "sim.dam", "dung.ly"


def sign_in(screen: Screen, login: str) -> None:
    """Sign in by both forms, to wherever this person lands."""
    give_password(screen, login)
    screen.put(code=code_of(screen, login))
    screen.press('form[action$="/second"] button')


def come_in(screen: Screen, login: str) -> None:
    """Be signed in already, as ``sign_in`` leaves a browser; no page is open yet.

    For what is behind the door: the forms and the slow hash of the password are tried elsewhere.
    """
    held = screen.app.extensions["portal"]
    with held.database.writing() as session:
        account = session.scalars(select(Account.id).where(Account.login == login)).one()
        hours = held.settings.staff_hours
        token = begin_session(session, account_id=account, at=held.clock(), hours=hours)
    client = screen.app.test_client()
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": token, "_fresh": True})
        cookie.permanent = True
    name = screen.app.config["SESSION_COOKIE_NAME"]
    kept = client.get_cookie(name)
    assert kept is not None
    screen.context.add_cookies([{"name": name, "value": kept.value, "url": screen.address}])


def give_password(screen: Screen, login: str, password: str = PASSWORD) -> None:
    """Take the first of the two steps."""
    screen.open("/sign-in")
    screen.put(login=login, password=password)
    screen.press("main button")


def newcomer(installation: Installation, login: str) -> str:
    """An account that has a password and no second factor yet; returns its login."""
    with installation.database.writing() as session:
        stored = session.scalars(select(Account.password_hash).limit(1)).one()
        session.add(Account(login=login, name="Mã Thị Mới", password_hash=stored, created_at=now()))
    return login


def code_of(screen: Screen, login: str) -> str:
    """What this person's telephone shows now."""
    held = screen.app.extensions["portal"]
    return telephones.shown(held.database, held.ring.search, login, at=now())


def let_the_proof_grow_old(installation: Installation, login: str) -> None:
    """Let an hour pass for whoever is signed in to an account."""
    with installation.database.writing() as session:
        session.execute(
            update(StaffSession)
            .where(StaffSession.account_id == account_of(installation, login))
            .values(proven_at=now() - timedelta(hours=1))
        )


def account_of(installation: Installation, login: str) -> int:
    """The id of an account."""
    with installation.database.reading() as session:
        return session.scalars(select(Account.id).where(Account.login == login)).one()


def case_before(
    installation: Installation, login: str, room: Room, conditions: Iterable[ColumnElement[bool]]
) -> int:
    """A case that somebody sees from a room and that is as the conditions say."""
    office = installation.office()
    with installation.database.reading() as session:
        account = session.scalars(select(Account).where(Account.login == login)).one()
        person = identify(session, search=office.ring.search, account=account, today=office.today)
        found = session.scalars(
            select(Case.id)
            .where(Case.id.in_(visible_to(person, [room])), *conditions)
            .order_by(Case.id)
        ).first()
    assert found is not None, (login, [str(each) for each in conditions])
    return found
