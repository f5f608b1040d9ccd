"""What is read again and again is written down once an hour."""

from __future__ import annotations

from datetime import timedelta

from moderation.journal import has_just_read, write_down
from portal.vocabulary import Deed, Status
from tests.moderation.ward import Ward


def test_a_reading_counts_for_an_hour_for_one_person_and_one_case(ward: Ward) -> None:
    hoa, lam = ward.accounts["hoa"], ward.accounts["lam"]
    with ward.database.writing() as session:
        case, other = (
            ward.place(session, status=Status.SCREENING),
            ward.place(session, status=Status.SCREENING),
        )
        write_down(session, ring=ward.ring, at=ward.at, deed=Deed.READ, account_id=hoa, case=case)
        soon, late = ward.at + timedelta(minutes=59), ward.at + timedelta(hours=1)
        assert has_just_read(session, account_id=hoa, case_id=case.id, at=soon)
        assert not has_just_read(session, account_id=hoa, case_id=case.id, at=late)
        assert not has_just_read(session, account_id=lam, case_id=case.id, at=soon)
        assert not has_just_read(session, account_id=hoa, case_id=other.id, at=soon)
