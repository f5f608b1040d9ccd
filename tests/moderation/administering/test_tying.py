"""Ties: they hide at once, and showing again takes two."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from moderation.access import NotVisible, find_case, visible_to
from moderation.administering.confirming import confirm
from moderation.administering.requesting import AlreadyAsked, NotForYou
from moderation.administering.scope import NotYours
from moderation.administering.tying import (
    AlreadyTied,
    NoSuchMember,
    ask_to_untie,
    declare_tie,
    name_member,
)
from portal.models import Account, AccountRequest, Tie
from portal.vocabulary import Status
from tests.moderation.conftest import MakeCase
from tests.moderation.ward import Ward

REASON = "Khai nhầm người cùng tên"


def _tie(session: Session, ward: Ward, login: str = "hoa", key: str = "bach") -> Tie:
    return declare_tie(
        session,
        office=ward.office,
        by=ward.person(session, "duyen"),
        account_id=ward.accounts[login],
        member_id=ward.members[key],
    )


def _untie(session: Session, ward: Ward, login: str, key: str, by: str = "an") -> AccountRequest:
    return ask_to_untie(
        session,
        office=ward.office,
        by=ward.person(session, by),
        account_id=ward.accounts[login],
        member_id=ward.members[key],
        reason=REASON,
    )


def _name(session: Session, ward: Ward, login: str, member_id: UUID | None) -> object:
    return name_member(
        session,
        office=ward.office,
        by=ward.person(session, "an"),
        account_id=ward.accounts[login],
        member_id=member_id,
        reason=REASON,
    )


def _sees(session: Session, ward: Ward, login: str) -> set[int]:
    return set(session.scalars(visible_to(ward.person(session, login))))


def test_a_declared_tie_hides_at_once_and_what_was_claimed_goes_back(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        hoa = ward.accounts["hoa"]
        claim = {"claimant_id": hoa, "lease_until": ward.at + timedelta(hours=1)}
        tied = make_case(session, status=Status.SCREENING, subjects=["bach"], **claim)
        other = make_case(session, status=Status.SCREENING, subjects=["ky"], **claim)
        assert _sees(session, ward, "hoa") == {tied.id, other.id}
        _tie(session, ward)
        assert _sees(session, ward, "hoa") == {other.id}
        assert (tied.claimant_id, tied.status) == (None, Status.RECEIVED)
        assert other.claimant_id == hoa
        with pytest.raises(NotVisible):
            find_case(session, person=ward.person(session, "hoa"), case_id=tied.id)


def test_a_tie_shows_again_only_when_a_second_administrator_confirms(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        case = make_case(session, subjects=["bach"])
        asked = _untie(session, ward, "tied", "bach")
        assert _sees(session, ward, "tied") == set()
        with pytest.raises(NotForYou):
            confirm(session, office=ward.office, by=ward.person(session, "an"), request_id=asked.id)
        by = ward.person(session, "duyen")
        confirm(session, office=ward.office, by=by, request_id=asked.id)
        assert _sees(session, ward, "tied") == {case.id}


def test_naming_the_member_hides_at_once_and_changing_it_takes_two(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        case = make_case(session, subjects=["bach"])
        _name(session, ward, "hoa", ward.members["bach"])
        assert _sees(session, ward, "hoa") == set()
        asked = _name(session, ward, "hoa", None)
        assert isinstance(asked, AccountRequest)
        assert _sees(session, ward, "hoa") == set()
        by = ward.person(session, "duyen")
        confirm(session, office=ward.office, by=by, request_id=asked.id)
        assert session.get_one(Account, ward.accounts["hoa"]).member_id is None
        assert _sees(session, ward, "hoa") == {case.id}


def test_the_same_tie_is_neither_declared_nor_asked_away_twice(ward: Ward) -> None:
    with ward.database.writing() as session:
        with pytest.raises(AlreadyTied):
            _tie(session, ward, "tied")
        with pytest.raises(AlreadyTied):
            _tie(session, ward, "lua", "lua")
        _untie(session, ward, "tied", "bach")
        with pytest.raises(AlreadyAsked):
            _untie(session, ward, "tied", "bach", by="kien")
        with pytest.raises(NotYours):
            _untie(session, ward, "tied", "ky")


def test_nobody_is_tied_to_a_member_who_is_not_there(ward: Ward) -> None:
    with ward.database.writing() as session:
        ward.members["nobody"] = UUID(int=7)
        with pytest.raises(NoSuchMember):
            _tie(session, ward, "hoa", "nobody")
        with pytest.raises(NoSuchMember):
            _name(session, ward, "hoa", UUID(int=7))


@pytest.mark.parametrize("login", ["duyen", "far", "province", "thu"])
def test_nobody_ties_themselves_or_who_belongs_elsewhere(ward: Ward, login: str) -> None:
    with ward.database.writing() as session, pytest.raises(NotYours):
        _tie(session, ward, login)
