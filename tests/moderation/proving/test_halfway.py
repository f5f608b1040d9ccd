"""Between the two steps: short, counted, used up once, and no session."""

from __future__ import annotations

from datetime import timedelta

import pytest

from moderation.proving import (
    HalfEnded,
    begin_half,
    complete_half,
    find_half,
    note_wrong,
    wrong_tries,
)
from moderation.proving.halfway import LASTS, MOST_TRIES
from moderation.sessions import end_sessions, find_session
from portal.models import Account
from tests.moderation.ward import Ward


@pytest.fixture
def token(ward: Ward) -> str:
    """The token of a browser that has given the password."""
    with ward.database.writing() as session:
        return begin_half(session, account_id=ward.accounts["hoa"], at=ward.at)


def _stands(ward: Ward, token: str) -> bool:
    with ward.database.reading() as session:
        return find_half(session, token=token, at=ward.at) is not None


def test_it_is_found_for_some_minutes_and_is_no_session(ward: Ward, token: str) -> None:
    with ward.database.reading() as session:
        assert find_session(session, token=token, at=ward.at) is None
        assert find_half(session, token=token + "x", at=ward.at) is None
        assert find_half(session, token="", at=ward.at) is None
    assert _stands(ward, token)
    ward.later(seconds=LASTS.total_seconds())
    assert not _stands(ward, token)


def test_a_few_wrong_tries_end_it_and_are_remembered(ward: Ward, token: str) -> None:
    for count in range(MOST_TRIES):
        assert _stands(ward, token), count
        with ward.database.writing() as session:
            note_wrong(session, search=ward.ring.search, token=token, at=ward.at)
    assert not _stands(ward, token)
    since = ward.at - timedelta(days=7)
    with ward.database.reading() as session:
        hoa, lam = ward.accounts["hoa"], ward.accounts["lam"]
        assert wrong_tries(session, account_id=hoa, since=since) == MOST_TRIES
        assert wrong_tries(session, account_id=lam, since=since) == 0


def test_it_leads_to_one_session_only(ward: Ward, token: str) -> None:
    with ward.database.writing() as session:
        complete_half(session, search=ward.ring.search, token=token, at=ward.at)
    with ward.database.writing() as session, pytest.raises(HalfEnded):
        complete_half(session, search=ward.ring.search, token=token, at=ward.at)
    assert not _stands(ward, token)


def test_what_ends_the_sessions_of_an_account_ends_it_too(ward: Ward, token: str) -> None:
    with ward.database.writing() as session:
        end_sessions(session, account_id=ward.accounts["hoa"], at=ward.at)
    assert not _stands(ward, token)


def test_it_ends_with_the_account(ward: Ward, token: str) -> None:
    with ward.database.writing() as session:
        session.get_one(Account, ward.accounts["hoa"]).active = False
    assert not _stands(ward, token)
