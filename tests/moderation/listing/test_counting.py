"""The numbers beside the lists: each is the length of its list for this very person."""

from __future__ import annotations

import pytest

from moderation.access import visible_to
from moderation.listing import LISTS, counting
from portal.models.case import Room
from portal.vocabulary import Sentiment, Status
from tests.moderation.conftest import MakeCase
from tests.moderation.listing.looking import COMMITTEE, DESK, ids_of, page_for, tallies_for
from tests.moderation.ward import CELL_7, COMMISSION, Ward

S = Status


@pytest.mark.parametrize("status", sorted(set(S) - {S.WITHDRAWN, S.MERGED}))
def test_every_case_is_in_exactly_one_whole_list_of_the_desk_and_counted_there(
    ward: Ward, make_case: MakeCase, status: Status
) -> None:
    with ward.database.writing() as session:
        make_case(session, status=status, handler=CELL_7)
    with ward.database.reading() as session:
        tallies = tallies_for(ward, session, "hoa")
        names = [name for name in DESK if ids_of(page_for(ward, session, "hoa", DESK[name]))]
    assert len(names) == 1
    assert {name for name, amount in tallies.lists.items() if amount} == set(names)
    assert {found for found, amount in tallies.statuses.items() if amount} == {status}


def test_praise_to_note_is_a_list_of_its_own(ward: Ward, make_case: MakeCase) -> None:
    with ward.database.writing() as session:
        make_case(session, status=S.ROUTED, handler=CELL_7)
        praise = make_case(session, status=S.ROUTED, handler=CELL_7, sentiment=Sentiment.PRAISE).id
    with ward.database.reading() as session:
        page = page_for(ward, session, "thanh", COMMITTEE["praise"], room=Room.COMMITTEE)
        tallies = tallies_for(ward, session, "thanh", Room.COMMITTEE)
    assert ids_of(page) == [praise]
    assert (tallies.lists["praise"], tallies.lists["todo"], tallies.lists["open"]) == (1, 2, 2)


def test_a_list_without_a_counter_is_counted_so_far_and_no_farther(
    ward: Ward, make_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "FARTHEST", 2)
    counting._asked.cache_clear()
    told: list[tuple[int, bool]] = []
    for _each in range(3):
        with ward.database.writing() as session:
            make_case(session, status=S.RECEIVED, claimant_id=ward.accounts["hoa"])
        with ward.database.reading() as session:
            tallies = tallies_for(ward, session, "hoa")
        told.append((tallies.lists["mine"], "mine" in tallies.longer))
    counting._asked.cache_clear()
    assert told == [(1, False), (2, False), (2, True)]
    assert tallies.lists["todo"] == 3


@pytest.mark.parametrize("login", ["hoa", "tied", "thu", "both", "vinh", "thanh", "wife", "far"])
@pytest.mark.parametrize("room", list(LISTS))
def test_lists_and_numbers_agree_with_the_rule_of_who_sees_what(
    ward: Ward, make_case: MakeCase, login: str, room: Room
) -> None:
    with ward.database.writing() as session:
        for number, status in enumerate(S):
            for subjects in ([], ["bach"], ["thanh"]):
                make_case(
                    session,
                    status=status,
                    handler=(CELL_7, COMMISSION)[number % 2],
                    restricted=bool(number % 2),
                    subjects=subjects,
                )
    with ward.database.reading() as session:
        visible = set(session.scalars(visible_to(ward.person(session, login), (room,))))
        tallies = tallies_for(ward, session, login, room)
        listed: set[int] = set()
        for name, chosen in LISTS[room].items():
            page = page_for(ward, session, login, chosen, room=room)
            assert len(page.rows) == tallies.lists.get(name, 0), name
            listed |= set(ids_of(page))
    assert listed == visible
    assert sum(tallies.statuses.values()) == len(visible)
