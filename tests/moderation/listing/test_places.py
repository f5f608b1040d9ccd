"""Several grants of one person: every case is seen once, and none is missed."""

from __future__ import annotations

from moderation.access import visible_to
from moderation.listing import (
    places_of,
)
from portal.models import Grant
from portal.models.case import Room
from portal.vocabulary import Role, Status
from tests.moderation.conftest import MakeCase
from tests.moderation.listing.looking import (
    COMMITTEE,
    DESK,
    ids_of,
    in_hours,
    page_for,
    tallies_for,
)
from tests.moderation.ward import CELL_7, COMMISSION, OTHER_WARD, PROVINCE, SINCE, WARD, Ward

S = Status


def _grant(ward: Ward, login: str, role: Role, *places: int) -> None:
    with ward.database.writing() as session:
        for place in places:
            session.add(
                Grant(
                    account_id=ward.accounts[login],
                    role=role,
                    organisation_id=place,
                    valid_from=SINCE,
                )
            )


def test_a_person_with_nested_grants_sees_and_counts_every_case_once(
    ward: Ward, make_case: MakeCase
) -> None:
    _grant(ward, "hoa", Role.MODERATOR, PROVINCE, OTHER_WARD)
    with ward.database.writing() as session:
        ids = {make_case(session).id, make_case(session, desk_id=OTHER_WARD).id}
    with ward.database.reading() as session:
        person = ward.person(session, "hoa")
        places = places_of(session, person=person, room=Room.DESK)
        page = page_for(ward, session, "hoa", DESK["todo"])
        assert tallies_for(ward, session, "hoa").lists["todo"] == 2
    assert (places.tops, places.within) == ((PROVINCE,), ())
    assert (set(ids_of(page)), len(page.rows)) == (ids, 2)


def test_a_person_at_two_places_side_by_side_sees_one_list_in_order(
    ward: Ward, make_case: MakeCase
) -> None:
    _grant(ward, "hoa", Role.MODERATOR, OTHER_WARD)
    with ward.database.writing() as session:
        ids = [
            make_case(session, due_at=in_hours(ward, hours), desk_id=desk).id
            for hours, desk in ((1, WARD), (2, OTHER_WARD), (3, WARD), (4, OTHER_WARD))
        ]
    with ward.database.reading() as session:
        assert ids_of(page_for(ward, session, "hoa", DESK["todo"])) == ids
        assert tallies_for(ward, session, "hoa").lists["todo"] == 4


def test_whoever_sits_above_and_in_a_commission_below_sees_its_restricted_cases_too(
    ward: Ward, make_case: MakeCase
) -> None:
    """A restricted case is seen from its commission and not from the levels above it."""
    _grant(ward, "vinh", Role.COMMITTEE, COMMISSION)
    with ward.database.writing() as session:
        restricted = make_case(session, status=S.ROUTED, handler=COMMISSION, restricted=True).id
        usual = make_case(session, status=S.ROUTED, handler=COMMISSION).id
        cells = make_case(session, status=S.ROUTED, handler=CELL_7).id
    with ward.database.reading() as session:
        page = page_for(ward, session, "vinh", COMMITTEE["todo"], room=Room.COMMITTEE)
        above = page_for(ward, session, "province", COMMITTEE["todo"], room=Room.COMMITTEE)
        tallies = tallies_for(ward, session, "vinh", Room.COMMITTEE)
        visible = set(session.scalars(visible_to(ward.person(session, "vinh"))))
    assert sorted(ids_of(page)) == [restricted, usual, cells]
    assert visible == {restricted, usual, cells}
    assert sorted(ids_of(above)) == [usual, cells]
    assert tallies.lists["todo"] == 3
