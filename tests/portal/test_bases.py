"""What the public pages say of the law and of whom to call: only what staff keep, and compared."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import delete, update

from portal.bases import printed_for, read_bases
from portal.db import Database
from portal.models import Authority, LegalBasis
from portal.vocabulary import BasisUse
from tests.clocks import StandingClock

TODAY = date(2026, 11, 23)


def _keep(database: Database, at: StandingClock) -> None:
    """Four documents: one in force, one that nobody has compared, one over, one to come."""
    rows = (
        ("01-MẪU", date(2026, 1, 1), None, TODAY),
        ("02-MẪU", date(2026, 1, 1), None, None),
        ("03-MẪU", date(2020, 1, 1), date(2026, 11, 22), TODAY),
        ("04-MẪU", date(2026, 11, 24), None, TODAY),
    )
    with database.writing() as session:
        session.add_all(
            LegalBasis(
                code=code,
                title="Văn bản mẫu",
                effective_from=begins,
                effective_to=ends,
                uses=[BasisUse.GUIDE.value],
                verified_on=verified_on,
                changed_at=at(),
            )
            for code, begins, ends, verified_on in rows
        )


def test_only_what_is_in_force_and_was_compared_with_its_text_is_read(
    database: Database, clock: StandingClock
) -> None:
    _keep(database, clock)
    with database.reading() as session:
        bases = read_bases(session, on=TODAY)
    assert [each.line for each in bases] == ["01-MẪU, Văn bản mẫu"]
    assert printed_for(bases, BasisUse.GUIDE) == bases
    assert printed_for(bases, BasisUse.SLIP) == ()


def test_the_pages_name_the_numbers_and_the_bases_that_staff_keep(
    public_client: FlaskClient, database: Database, clock: StandingClock
) -> None:
    assert "113" in public_client.get("/").text
    _keep(database, clock)
    with database.writing() as session:
        session.execute(
            update(Authority).where(Authority.telephone == "113").values(telephone="0500 000 113")
        )
        session.execute(delete(Authority).where(Authority.telephone == "111"))
    clock.forward(minutes=2)
    for address in ("/", "/huong-dan", "/tra-cuu"):
        text = public_client.get(address).text
        assert "0500 000 113" in text, address
        assert '<b class="nowrap">113' not in text, address
    guide = public_client.get("/huong-dan").text
    assert "01-MẪU" in guide
    assert "02-MẪU" not in guide
