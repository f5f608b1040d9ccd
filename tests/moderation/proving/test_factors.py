"""The list of second factors: only one's own, and the last one stays."""

from __future__ import annotations

import pytest
from pyotp import random_base32
from sqlalchemy.orm import Session

from moderation.proving import (
    LastFactor,
    NoSuchFactor,
    factors_of,
    remove_factor,
    rename_factor,
    store_app,
)
from portal.models import SecondFactor
from tests.moderation.ward import Ward


@pytest.fixture
def pair(ward: Ward) -> list[int]:
    """Two apps of one account."""
    with ward.database.writing() as session:
        return [
            store_app(
                session,
                search=ward.ring.search,
                account_id=ward.accounts["hoa"],
                secret=random_base32(),
                name=name,
                at=ward.at,
            ).id
            for name in ("Máy cũ", "Máy mới")
        ]


def _remove(session: Session, ward: Ward, account_id: int, factor_id: int) -> SecondFactor:
    return remove_factor(
        session,
        search=ward.ring.search,
        account_id=account_id,
        factor_id=factor_id,
        at=ward.at,
    )


def test_the_last_one_is_never_removed(ward: Ward, pair: list[int]) -> None:
    hoa = ward.accounts["hoa"]
    with ward.database.writing() as session:
        assert (
            remove_factor(
                session, search=ward.ring.search, at=ward.at, account_id=hoa, factor_id=pair[0]
            ).name
            == "Máy cũ"
        )
    with ward.database.writing() as session, pytest.raises(LastFactor):
        remove_factor(
            session, search=ward.ring.search, at=ward.at, account_id=hoa, factor_id=pair[1]
        )
    with ward.database.reading() as session:
        assert [factor.name for factor in factors_of(session, account_id=hoa)] == ["Máy mới"]


def test_nobody_touches_the_factor_of_somebody_else(ward: Ward, pair: list[int]) -> None:
    lam = ward.accounts["lam"]
    with ward.database.writing() as session:
        with pytest.raises(NoSuchFactor):
            remove_factor(
                session, search=ward.ring.search, at=ward.at, account_id=lam, factor_id=pair[0]
            )
        with pytest.raises(NoSuchFactor):
            rename_factor(session, account_id=lam, factor_id=pair[0], name="Của tôi")


def test_a_factor_can_be_renamed(ward: Ward, pair: list[int]) -> None:
    hoa = ward.accounts["hoa"]
    with ward.database.writing() as session:
        rename_factor(session, account_id=hoa, factor_id=pair[0], name="Máy để ở nhà")
    with ward.database.reading() as session:
        assert factors_of(session, account_id=hoa)[0].name == "Máy để ở nhà"
