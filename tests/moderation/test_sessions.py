"""The rows that stand for signed-in browsers: what ends one ends it at once."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.sessions import (
    FRESH,
    begin_session,
    end_sessions,
    find_session,
    prove_again,
    sessions_of,
    sign_out,
    use_up_challenge,
)
from portal.models import Account, StaffSession
from tests.moderation.ward import Ward


def _begin(ward: Ward, session: Session, login: str = "hoa") -> str:
    return begin_session(session, account_id=ward.accounts[login], at=ward.at, hours=10)


def test_only_the_hash_of_a_token_is_stored_and_every_sign_in_has_its_own(ward: Ward) -> None:
    with ward.database.writing() as session:
        tokens = [_begin(ward, session) for _ in range(2)]
    with ward.database.reading() as session:
        stored = set(session.scalars(select(StaffSession.token_hash)))
    assert stored == {hashlib.sha256(token.encode()).digest() for token in tokens}
    assert len(stored) == 2


def test_a_token_opens_its_account_until_its_hours_are_over(ward: Ward) -> None:
    account_id = ward.accounts["hoa"]
    with ward.database.writing() as session:
        token = _begin(ward, session)
    with ward.database.reading() as session:
        last = ward.at + timedelta(hours=10) - timedelta(microseconds=1)
        found = find_session(session, token=token, at=last)
        assert found is not None
        assert found.account.id == account_id
        assert find_session(session, token=token, at=ward.at + timedelta(hours=10)) is None
        assert find_session(session, token=token + "x", at=ward.at) is None
        assert find_session(session, token="", at=ward.at) is None


def test_signing_out_ends_one_browser_at_once_and_leaves_the_other(ward: Ward) -> None:
    with ward.database.writing() as session:
        here, elsewhere = (_begin(ward, session) for _ in range(2))
    with ward.database.writing() as session:
        sign_out(session, search=ward.ring.search, token=here, at=ward.at)
    with ward.database.reading() as session:
        assert find_session(session, token=here, at=ward.at) is None
        assert find_session(session, token=elsewhere, at=ward.at) is not None


def test_ending_the_sessions_of_an_account_ends_all_its_browsers_and_no_others(ward: Ward) -> None:
    account_id = ward.accounts["hoa"]
    with ward.database.writing() as session:
        tokens = [_begin(ward, session) for _ in range(2)]
        kept = _begin(ward, session, "lam")
        end_sessions(session, account_id=account_id, at=ward.at)
    with ward.database.reading() as session:
        assert [find_session(session, token=token, at=ward.at) for token in tokens] == [None, None]
        assert find_session(session, token=kept, at=ward.at) is not None


def test_nothing_works_any_more_once_an_account_is_inactive(ward: Ward) -> None:
    account_id = ward.accounts["hoa"]
    with ward.database.writing() as session:
        token = _begin(ward, session)
        session.get_one(Account, account_id).active = False
    with ward.database.reading() as session:
        assert find_session(session, token=token, at=ward.at) is None


def test_one_browser_can_go_on_while_the_others_end(ward: Ward) -> None:
    account_id = ward.accounts["hoa"]
    with ward.database.writing() as session:
        mine, other = (_begin(ward, session) for _ in range(2))
        assert end_sessions(session, account_id=account_id, at=ward.at, keep=mine) == 1
    with ward.database.reading() as session:
        assert find_session(session, token=mine, at=ward.at) is not None
        assert find_session(session, token=other, at=ward.at) is None


def test_one_browser_can_be_ended_by_its_name_and_only_by_its_owner(ward: Ward) -> None:
    with ward.database.writing() as session:
        token = _begin(ward, session)
    with ward.database.writing() as session:
        uid = session.scalars(select(StaffSession.uid)).one()
        lam, hoa = ward.accounts["lam"], ward.accounts["hoa"]
        assert end_sessions(session, account_id=lam, at=ward.at, only=uid) == 0
        assert find_session(session, token=token, at=ward.at) is not None
        assert end_sessions(session, account_id=hoa, at=ward.at, only=uid) == 1
        assert find_session(session, token=token, at=ward.at) is None
        assert sessions_of(session, account_id=hoa, at=ward.at) == []


def test_a_proof_is_fresh_for_ten_minutes_and_can_be_renewed(ward: Ward) -> None:
    with ward.database.writing() as session:
        token = _begin(ward, session)
        live = find_session(session, token=token, at=ward.at)
        assert live is not None
        assert live.is_fresh(ward.at + FRESH - timedelta(microseconds=1))
        assert not live.is_fresh(ward.at + FRESH)
        prove_again(session, token=token, at=ward.at + FRESH)
    with ward.database.reading() as session:
        again = find_session(session, token=token, at=ward.at + FRESH)
        assert again is not None
        assert again.is_fresh(ward.at + FRESH)


def test_what_was_signed_at_a_browser_can_be_used_up(ward: Ward) -> None:
    with ward.database.writing() as session:
        token = _begin(ward, session)
        other = _begin(ward, session)
    with ward.database.writing() as session:
        before = [find_session(session, token=each, at=ward.at) for each in (token, other)]
        signed = [live.challenge for live in before if live is not None]
        use_up_challenge(session, token=token)
    with ward.database.reading() as session:
        after = [find_session(session, token=each, at=ward.at) for each in (token, other)]
        now = [live.challenge for live in after if live is not None]
    assert now[0] != signed[0]
    assert now[1] == signed[1]
