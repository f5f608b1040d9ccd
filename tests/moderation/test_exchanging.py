"""Exchanging a code: only with the slip, once, and moved by the worker to where codes lie."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation import carrying_out, entering, preparing
from portal.models import Case, CodeExchange, Event, NoticeAddress, Seal, Slip
from portal.models.submission import SealHolder
from portal.receiving import Entry
from portal.tracking import AlreadyExchanged, exchange, find, find_slip
from portal.vault import Code, new_token
from portal.vocabulary import Channel
from tests.moderation.walking import BACH
from tests.moderation.ward import OTHER_WARD, PROVINCE, WARD, Ward


def type_in(ward: Ward, login: str = "hoa", unit_id: int = WARD, **more: str) -> tuple[Code, int]:
    """A moderator types a letter: the code of the slip, and the number."""
    with ward.database.writing() as session:
        entry = Entry(words=BACH, channel=Channel.TELEPHONE, unit_id=unit_id, **more)  # type: ignore[arg-type]
        by = ward.person(session, login)
        found = entering.enter(
            session, office=ward.office, by=by, token=new_token(), entry=entry, roster=None
        )
    return found.receipt.code, found.receipt.submission_id


def swap(ward: Ward, code: Code, token: str) -> Code:
    """Whoever holds the slip exchanges its code."""
    with ward.database.writing() as session:
        slip = find_slip(session, ring=ward.ring, code=code)
        assert slip is not None
        return exchange(session, ring=ward.ring, slip=slip, token=token, at=ward.at)


def settle(ward: Ward, number: int) -> None:
    """The worker moves it."""
    with ward.database.writing() as session:
        carrying_out.settle_exchange(session, office=ward.office, submission_id=number)


def opens(ward: Ward, code: Code) -> bool:
    """Whether a code opens a letter."""
    with ward.database.reading() as session:
        return find(session, ring=ward.ring, code=code) is not None


@pytest.fixture
def prepared(ward: Ward) -> tuple[Ward, Code, int]:
    """A letter that was typed and prepared."""
    code, number = type_in(ward, notify="nguoi.gui@vi.du")
    with ward.database.writing() as session:
        preparing.prepare(session, office=ward.office, case_id=number)
    return ward, code, number


def test_an_exchange_that_was_not_made_with_the_slip_is_thrown_away(
    prepared: tuple[Ward, Code, int], caplog: pytest.LogCaptureFixture
) -> None:
    ward, code, number = prepared
    new = swap(ward, code, new_token())
    with ward.database.writing() as session:
        session.get_one(CodeExchange, number).proof = bytes(60)
    settle(ward, number)
    assert "was not made with its slip" in caplog.text
    assert not opens(ward, new)
    # The writer can still exchange it.
    assert opens(ward, swap(ward, code, new_token()))


def test_one_new_code_works_at_once_and_the_same_form_gives_it_again(
    prepared: tuple[Ward, Code, int],
) -> None:
    ward, code, number = prepared
    token = new_token()
    new = swap(ward, code, token)
    assert opens(ward, new)
    assert not opens(ward, code)
    assert swap(ward, code, token) == new
    with pytest.raises(AlreadyExchanged):
        swap(ward, code, new_token())
    settle(ward, number)
    assert opens(ward, new)
    assert swap(ward, code, token) == new
    ward.later(minutes=31)
    with pytest.raises(AlreadyExchanged):
        swap(ward, code, token)


def test_nothing_is_left_that_the_old_code_opens_and_the_writer_is_told(
    prepared: tuple[Ward, Code, int],
) -> None:
    ward, code, number = prepared
    swap(ward, code, new_token())
    settle(ward, number)
    settle(ward, number)
    with ward.database.reading() as session:
        assert session.get_one(Slip, number).box is None
        assert session.get(CodeExchange, number) is None
        codes = select(Seal).where(Seal.target_id == number, Seal.holder == SealHolder.CODE)
        assert len(session.scalars(codes).all()) == 1
        steps = select(Event).where(Event.case_id == number, Event.action == "exchange")
        assert session.scalars(steps).one().shown
        assert session.get_one(NoticeAddress, number).news_at == ward.at


def test_what_the_only_moderator_of_a_desk_typed_goes_to_the_level_above(ward: Ward) -> None:
    _code, number = type_in(ward, "far", OTHER_WARD)
    with ward.database.writing() as session:
        preparing.prepare(session, office=ward.office, case_id=number)
    with ward.database.reading() as session:
        assert session.get_one(Case, number).desk_id == PROVINCE
