"""The first two administrators come from the machine's own command, and no third."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.administering.founding import AlreadyFounded, NoOrganisation, invite_first
from moderation.administering.inviting import InvitationOver, Link, LoginTaken, accept
from moderation.passwords import choose_password
from portal.db import Database
from portal.models import Account, Grant, Organisation
from portal.vocabulary import Role
from tests.clocks import START
from tests.moderation.ward import Ward

PASSWORD = "suối trâu bảng cửa sổ 61"
SEARCH = b"s" * 32
NAME = "Đảng bộ tỉnh Lạng Sơn"


def _invite(session: Session, login: str, organisation: str = NAME) -> Link:
    return invite_first(
        session, search=SEARCH, login=login, name="Vi An", organisation=organisation, at=START
    )


def _accept(session: Session, link: Link) -> Account:
    return accept(
        session,
        search=SEARCH,
        token=link.token,
        name="Vi An",
        password=choose_password(PASSWORD, login="an", name="Vi An"),
        at=START,
    )


def test_an_empty_installation_gets_its_highest_organisation_and_two_administrators(
    database: Database,
) -> None:
    with database.writing() as session:
        links = [_invite(session, login) for login in ("an.vi", "binh.vi")]
        for link in links:
            assert _accept(session, link).active
        top = session.scalars(select(Organisation)).one()
        assert (top.name, top.path) == (NAME, f"{top.id}.")
        grants = session.scalars(select(Grant)).all()
        assert {(one.role, one.organisation_id) for one in grants} == {(Role.ADMINISTRATOR, top.id)}
        with pytest.raises(AlreadyFounded):
            _invite(session, "third")


def test_a_link_that_nobody_used_is_made_anew_for_the_same_login(database: Database) -> None:
    with database.writing() as session:
        old, new = _invite(session, "an.vi"), _invite(session, "AN.VI")
        assert new.account.id == old.account.id
        with pytest.raises(InvitationOver):
            _accept(session, old)
        _accept(session, new)
        with pytest.raises(LoginTaken):
            _invite(session, "an.vi")


def test_without_an_organisation_a_name_is_needed(database: Database) -> None:
    with database.writing() as session, pytest.raises(NoOrganisation):
        _invite(session, "an.vi", " ")


def test_nobody_is_added_beside_administrators_who_are_there(ward: Ward) -> None:
    with ward.database.writing() as session, pytest.raises(AlreadyFounded):
        _invite(session, "an.vi")
