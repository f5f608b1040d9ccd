"""The pages of a list: their order, their neighbours, their rows."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import insert, select

from moderation.listing import (
    LISTS,
    Cursor,
    Page,
    Wanted,
    count,
    places_of,
    turn_to,
)
from moderation.listing.finding import PER_PAGE
from moderation.workflow.filing import file_case
from portal.models import Case, CasePart
from portal.models.case import Part, Room
from portal.vocabulary import Kind, Status
from tests.conftest import Watch
from tests.moderation.conftest import MakeCase
from tests.moderation.listing.looking import COMMITTEE, DESK, ids_of, in_hours, page_for
from tests.moderation.ward import CELL_7, OTHER_WARD, WARD, Ward

S = Status


def test_a_list_begins_with_the_oldest_deadline_and_ties_are_broken_by_number(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        made = [make_case(session, due_at=in_hours(ward, hours)) for hours in (5, -3, 5, 1)]
        ids = [case.id for case in made]
    with ward.database.reading() as session:
        page = page_for(ward, session, "hoa", DESK["todo"])
    assert ids_of(page) == [ids[1], ids[3], ids[0], ids[2]]
    assert (page.earlier, page.later) == (None, None)


def test_what_is_finished_is_listed_with_the_newest_first(ward: Ward, make_case: MakeCase) -> None:
    with ward.database.writing() as session:
        ids = [
            make_case(session, status=S.CLOSED, finished_at=in_hours(ward, -hours)).id
            for hours in (9, 1, 5)
        ]
    with ward.database.reading() as session:
        page = page_for(ward, session, "hoa", DESK["done"])
    assert ids_of(page) == [ids[1], ids[2], ids[0]]
    assert all(row.remaining is None and row.finished_on for row in page.rows)


@pytest.mark.parametrize("name", ["todo", "done"])
@pytest.mark.parametrize("amount", [1, PER_PAGE, PER_PAGE + 1, 2 * PER_PAGE, 2 * PER_PAGE + 5])
def test_pages_show_every_case_once_there_and_back(
    ward: Ward, make_case: MakeCase, name: str, amount: int
) -> None:
    status, moment = (S.CLOSED, "finished_at") if name == "done" else (S.RECEIVED, "due_at")
    with ward.database.writing() as session:
        for number in range(amount):
            make_case(session, status=status, **{moment: in_hours(ward, number % 7)})
    with ward.database.reading() as session:
        whole = ids_of(page_for(ward, session, "hoa", Wanted(DESK[name])))
        there: list[list[int]] = []
        cursor: Cursor | None = None
        page = Page(rows=())
        while not there or cursor:
            page = page_for(ward, session, "hoa", DESK[name], cursor=cursor)
            there.append(ids_of(page))
            cursor = page.later
        back = [there[-1]]
        while page.earlier:
            page = page_for(ward, session, "hoa", DESK[name], cursor=page.earlier)
            back.append(ids_of(page))
        every = set(session.scalars(select(Case.id)))
    walked = [case_id for ids in there for case_id in ids]
    assert there[0] == whole
    assert len(walked) == len(set(walked)) == amount
    assert set(walked) == every
    assert list(reversed(back)) == there


def test_a_page_goes_on_after_its_last_row_although_that_case_has_left_the_list(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        ids = [make_case(session, due_at=in_hours(ward, n)).id for n in range(PER_PAGE + 3)]
    with ward.database.reading() as session:
        later = page_for(ward, session, "hoa", DESK["todo"]).later
    with ward.database.writing() as session:
        case = session.get_one(Case, ids[PER_PAGE - 1])
        case.desk_id = OTHER_WARD
        file_case(session, case=case)
    with ward.database.reading() as session:
        assert ids_of(page_for(ward, session, "hoa", DESK["todo"], cursor=later)) == ids[PER_PAGE:]


def test_a_cursor_behind_the_last_row_leads_to_the_first_page(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        case_id = make_case(session, due_at=ward.at).id
    with ward.database.reading() as session:
        cursor = Cursor(due_at=in_hours(ward, 1), case_id=1)
        assert ids_of(page_for(ward, session, "hoa", DESK["todo"], cursor=cursor)) == [case_id]


def test_a_row_says_what_the_desk_needs_and_never_the_hour_of_arrival(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        make_case(
            session,
            status=S.IN_PROGRESS,
            handler=CELL_7,
            title="Họp ba buổi chưa công khai",
            due_at=in_hours(ward, 4),
            kind=Kind.REPORT,
            unit_id=WARD,
            fears_retaliation=True,
        )
    with ward.database.reading() as session:
        (row,) = page_for(ward, session, "hoa", DESK["handling"]).rows
    assert row.title == "Họp ba buổi chưa công khai"
    assert row.reference == "PA-2026-000001"
    assert (row.kind, row.unit, row.handler) == (
        Kind.REPORT,
        "Đảng bộ phường Đông Kinh",
        "Chi bộ khối 7",
    )
    assert row.remaining is not None
    assert (row.remaining.hours, row.due_today) == (4, True)
    assert not [name for name, value in vars(row).items() if value == ward.at]
    assert not any(
        isinstance(value, datetime) for name, value in vars(row).items() if name != "due_at"
    )


def test_a_committee_reads_the_text_written_for_it_and_never_the_words_of_the_writer(
    ward: Ward, make_case: MakeCase
) -> None:
    with ward.database.writing() as session:
        case = make_case(
            session,
            status=S.ROUTED,
            handler=CELL_7,
            title="Chữ của người gửi",
            shown="Có ý kiến về vỉa hè. " * 10,
        )
        session.execute(
            insert(CasePart).values(
                case_id=case.id, account_id=ward.accounts["thanh"], part=Part.HANDLER
            )
        )
    with ward.database.reading() as session:
        (row,) = page_for(ward, session, "thanh", COMMITTEE["todo"], room=Room.COMMITTEE).rows
    assert row.title is not None
    assert row.title.startswith("Có ý kiến về vỉa hè.")
    assert len(row.title) <= 91
    assert (row.holders, row.mine) == (("Vi Văn Thành",), True)


def test_a_case_without_such_a_text_has_no_title_for_a_committee(ward: Ward) -> None:
    with ward.database.writing() as session:
        ward.place(session, status=S.ROUTED, handler=CELL_7)
    with ward.database.reading() as session:
        (row,) = page_for(ward, session, "thanh", COMMITTEE["todo"], room=Room.COMMITTEE).rows
    assert row.title == ""


@pytest.mark.parametrize(
    ("room", "name", "most"), [(Room.DESK, "handling", 4), (Room.COMMITTEE, "open", 6)]
)
def test_a_page_with_its_numbers_takes_the_same_few_statements_at_five_cases_and_at_sixty(
    ward: Ward, make_case: MakeCase, statements: Watch, room: Room, name: str, most: int
) -> None:
    seen: list[int] = []
    for amount in (5, 55):
        with ward.database.writing() as session:
            for number in range(amount):
                make_case(session, status=S.ROUTED, handler=CELL_7, due_at=in_hours(ward, number))
        with ward.database.reading() as session:
            person = ward.person(session, "both")
            places = places_of(session, person=person, room=room)
            with statements(ward.database) as asked:
                page = turn_to(
                    session,
                    office=ward.office,
                    person=person,
                    places=places,
                    wanted=Wanted(LISTS[room][name]),
                )
                count(session, person=person, places=places, at=ward.at)
            assert page.rows
            seen.append(len(asked))
    assert seen == [most, most]
