"""A resident, and communes to choose from."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from portal.db import Database
from portal.identity import sign_roster
from portal.models import Account, Custodian, Organisation, PlaceName
from portal.text import fold
from portal.vault import Ring
from portal.vocabulary import OrganisationKind
from tests.clocks import StandingClock
from tests.portal.residents import Resident

DONG_KINH, DINH_LAP, BAC_SON, OLD_WARD = 11, 12, 13, 14


@pytest.fixture
def resident(public_client: FlaskClient) -> Resident:
    """A person with a browser."""
    return Resident(public_client)


@pytest.fixture
def communes(database: Database) -> Database:
    """Three communes of today and one that has ended."""
    rows = (
        (DONG_KINH, "Phường Đông Kinh", date(2025, 7, 1), None),
        (DINH_LAP, "Xã Đình Lập", date(2025, 7, 1), None),
        (BAC_SON, "Xã Bắc Sơn", date(2025, 7, 1), None),
        (OLD_WARD, "Phường Vĩnh Trại", date(2000, 1, 1), date(2025, 6, 30)),
    )
    with database.writing() as session:
        for number, name, since, until in rows:
            values = {
                "id": number,
                "kind": OrganisationKind.WARD_COMMUNE,
                "name": f"Đảng bộ {name.lower()}",
                "short_name": name,
                "folded": fold(name),
                "path": f"{number}.",
                "valid_from": since,
                "valid_to": until,
            }
            session.execute(insert(Organisation).values(**values))
        session.execute(
            insert(PlaceName).values(
                organisation_id=DONG_KINH,
                name="Đông Kinh",
                folded="dong kinh",
                slug="dong-kinh",
            )
        )
    return database


@pytest.fixture
def custodians(database: Database, ring_worker: Ring, clock: StandingClock) -> None:
    """Two custodians on a signed roster; whose keys they are does not matter here."""
    keys = ((1, bytes(range(32))), (2, bytes(range(1, 33))))
    with database.writing() as session:
        for number, public in keys:
            account = {"id": number, "login": f"k{number}", "name": "Nguyễn Văn K"}
            session.execute(insert(Account).values(**account, password_hash="", created_at=clock()))
            session.execute(
                insert(Custodian).values(
                    id=number,
                    uid=bytes([number]) * 16,
                    account_id=number,
                    public=public,
                    salt=bytes(16),
                    rounds=1,
                    memory_kib=64,
                    proof=bytes(32),
                    made_at=clock(),
                )
            )
        session.add(
            sign_roster(ring_worker.log_signer, version=1, number=1, members=keys, at=clock())
        )
