"""Finding: the right code opens, everything else finds nothing, for whatever reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, update

from portal.db import Database
from portal.models import Seal, Submission
from portal.models.submission import SealHolder
from portal.receiving import Entry, Receipt, receive
from portal.tracking import find, own_words
from portal.vault import Ring, code_from_token, encrypt, new_key, new_token
from portal.vocabulary import Status
from portal.words import Words
from tests.clocks import START

WORDS = Words("Ông Bách", "Vật liệu lấn vỉa hè.", hope="Mong dọn sớm.")


@pytest.fixture
def receipt(database: Database, ring_public: Ring) -> Receipt:
    """A submission that has just been received."""
    with database.writing() as session:
        entry = Entry(WORDS, fears_retaliation=True)
        return receive(session, ring=ring_public, token=new_token(), entry=entry, at=START)


def test_the_right_code_opens_status_and_words(
    database: Database, ring_public: Ring, receipt: Receipt
) -> None:
    with database.reading() as session:
        found = find(session, ring=ring_public, code=receipt.code)
        assert found is not None
        assert own_words(session, tracked=found) == WORDS
    assert (found.reference, found.status, found.state) == (
        receipt.reference,
        Status.RECEIVED,
        None,
    )
    assert found.received_at == START
    assert found.fears_retaliation
    assert found.key.hex() not in repr(found)


def test_another_code_finds_nothing(database: Database, ring_public: Ring) -> None:
    code = code_from_token(new_token(), ring_public.pepper)
    with database.reading() as session:
        assert find(session, ring=ring_public, code=code) is None


def test_an_erased_seal_finds_nothing(
    database: Database, ring_public: Ring, receipt: Receipt
) -> None:
    with database.writing() as session:
        session.execute(delete(Seal).where(Seal.holder == SealHolder.CODE))
    with database.reading() as session:
        assert find(session, ring=ring_public, code=receipt.code) is None


def test_a_seal_of_another_key_finds_nothing(
    database: Database, ring_public: Ring, receipt: Receipt
) -> None:
    forged = encrypt(new_key(), new_key(), "seal", receipt.submission_id, "code")
    with database.writing() as session:
        session.execute(update(Seal).where(Seal.holder == SealHolder.CODE).values(box=forged))
    with database.reading() as session:
        assert find(session, ring=ring_public, code=receipt.code) is None


def test_a_moved_lookup_finds_nothing(
    database: Database, ring_public: Ring, receipt: Receipt
) -> None:
    with database.writing() as session:
        entry = Entry(Words("Bà Sao", "Việc khác."))
        other = receive(session, ring=ring_public, token=new_token(), entry=entry, at=START)
        session.execute(
            update(Submission).where(Submission.id == other.submission_id).values(lookup=b"x" * 32)
        )
        session.execute(
            update(Submission)
            .where(Submission.id == receipt.submission_id)
            .values(lookup=other.code.lookup(ring_public.pepper))
        )
    with database.reading() as session:
        assert find(session, ring=ring_public, code=other.code) is None


def test_a_code_of_an_older_pepper_still_opens(
    database: Database, ring_public: Ring, receipt: Receipt
) -> None:
    renewed = replace(ring_public, peppers={**ring_public.peppers, 2: b"n" * 32})
    with database.reading() as session:
        assert find(session, ring=renewed, code=receipt.code) is not None
