"""Legal bases: who keeps them, what a change undoes, and what cannot go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from moderation.administering.scope import NotYours
from moderation.setting_bases import (
    BasisChanged,
    BasisFacts,
    EndsBeforeItBegins,
    StillUsed,
    bases_for,
    drop_basis,
    find_basis,
    keep_basis,
    verify_basis,
)
from portal.models import LegalBasis
from portal.vocabulary import BasisUse
from tests.moderation.appraising.conftest import Reviewing
from tests.moderation.ward import Ward

FACTS = BasisFacts(
    code="01-MẪU", title="Văn bản mẫu", effective_from=date(2026, 1, 1), uses=(BasisUse.GUIDE,)
)


def test_a_basis_that_is_changed_waits_to_be_compared_again(ward: Ward) -> None:
    office = ward.office
    with ward.database.writing() as session:
        an = ward.person(session, "an")
        basis = keep_basis(session, office=office, by=an, facts=FACTS)
        number, version = basis.id, basis.version
        verify_basis(session, office=office, by=an, number=number, version=version)
        assert (basis.verified_on, basis.verified_by_id) == (office.today, ward.accounts["an"])
        with pytest.raises(BasisChanged):
            keep_basis(session, office=office, by=an, facts=FACTS, number=number, version=version)
        later = replace(FACTS, title="Văn bản mẫu, sửa đổi")
        keep_basis(session, office=office, by=an, facts=later, number=number, version=basis.version)
        assert basis.verified_on is None
        assert [each.id for each in bases_for(session, use=BasisUse.GUIDE, on=office.today)] == [
            number
        ]
        assert not bases_for(session, use=BasisUse.SLIP, on=office.today)
        assert not bases_for(session, use=BasisUse.GUIDE, on=date(2025, 12, 31))
        drop_basis(session, office=office, by=an, number=number, version=basis.version)
        assert session.scalars(select(LegalBasis)).all() == []


def test_only_administrators_of_the_highest_level_keep_them_and_days_must_fit(ward: Ward) -> None:
    with ward.database.writing() as session:
        for login in ("duyen", "vinh", "province"):
            with pytest.raises(NotYours):
                keep_basis(session, office=ward.office, by=ward.person(session, login), facts=FACTS)
        ended = replace(FACTS, effective_to=date(2025, 12, 31))
        with pytest.raises(EndsBeforeItBegins):
            keep_basis(session, office=ward.office, by=ward.person(session, "an"), facts=ended)


def test_a_basis_of_a_review_can_end_and_not_go(reviewing: Reviewing) -> None:
    ward = reviewing.ward
    with ward.database.writing() as session:
        an, basis = ward.person(session, "an"), find_basis(session, number=1)
        with pytest.raises(StillUsed):
            drop_basis(session, office=ward.office, by=an, number=basis.id, version=basis.version)
