"""The list of accounts: whose they are, in which order, page by page, and narrowed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation.administering.inviting import Newcomer, add_account
from moderation.administering.listing import Page, Wanted, count_departed, turn_to
from moderation.cursors import Cursor
from portal.models import Account, Grant, Standing
from portal.vocabulary import AccountState, MembershipStatus, Role
from tests.moderation.ward import CELL_7, OTHER_WARD, WARD, Ward


def _turn(
    session: Session,
    ward: Ward,
    by: str = "an",
    cursor: Cursor | None = None,
    size: int = 40,
    **wanted: object,
) -> Page:
    return turn_to(
        session,
        by=ward.person(session, by),
        wanted=Wanted(**wanted),  # type: ignore[arg-type]
        cursor=cursor,
        today=ward.office.today,
        size=size,
    )


def _logins(page: Page) -> list[str]:
    return [line.login for line in page.lines]


def test_the_province_sees_all_and_a_ward_its_own_sorted_by_given_name(ward: Ward) -> None:
    with ward.database.reading() as session:
        everybody, own = _turn(session, ward), _turn(session, ward, "duyen")
    assert set(_logins(everybody)) == set(ward.accounts)
    assert set(_logins(own)) == set(ward.accounts) - {
        *("thu", "far", "province", "auditor", "an", "kien")
    }
    names = [line.name.split()[-1] for line in own.lines]
    assert names[:3] == ["Duyên", "Đoàn", "Hòa"] or names[:3] == ["Đoàn", "Duyên", "Hòa"]


def test_whoever_departed_is_listed_until_an_administrator_has_ended_their_roles(
    ward: Ward,
) -> None:
    with ward.database.writer_session() as session:
        an = ward.person(session, "an")
        thanh = session.get_one(Account, ward.accounts["thanh"])
        old = session.scalars(select(Standing).where(Standing.member_id == thanh.member_id)).all()
        for row in old:
            row.valid_to = ward.office.today - timedelta(days=1)
        gone = Standing(member_id=ward.members["thanh"], status=MembershipStatus.EXPELLED)
        gone.valid_from = ward.office.today
        session.add(gone)
        session.flush()
        assert _logins(_turn(session, ward, departed=True)) == ["thanh"]
        assert _logins(_turn(session, ward, "far", departed=True)) == []
        assert count_departed(session, by=an, today=ward.office.today) == 1
        # The register takes no role away: the person still reads until somebody decides.
        assert ward.person(session, "thanh").has(Role.COMMITTEE)
        session.execute(
            update(Grant)
            .where(Grant.account_id == thanh.id)
            .values(valid_to=ward.office.today - timedelta(days=1))
        )
        assert _logins(_turn(session, ward, departed=True)) == []
        assert count_departed(session, by=an, today=ward.office.today) == 0


@pytest.mark.parametrize("login", ["hoa", "auditor"])
def test_whoever_is_no_administrator_sees_no_account(ward: Ward, login: str) -> None:
    with ward.database.reading() as session:
        assert _turn(session, ward, login).lines == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hoa", {"hoa", "lua", "wife"}),
        ("Lương Thị HÒA", {"hoa"}),
        ("luong hoà", {"hoa"}),
        ("thi", {"hoa", "thu", "tied", "wife", "lua", "ky", "far", "auditor", "an", "duyen"}),
        ("%", None),
        ("nobody", set()),
    ],
)
def test_a_name_is_found_without_its_marks(ward: Ward, typed: str, found: set[str] | None) -> None:
    with ward.database.reading() as session:
        logins = set(_logins(_turn(session, ward, name=typed)))
    assert logins == (set(ward.accounts) if found is None else found)


def test_the_list_is_narrowed_by_role_and_place(ward: Ward) -> None:
    with ward.database.reading() as session:
        assert _logins(_turn(session, ward, role=Role.AUDITOR)) == ["auditor"]
        assert _logins(_turn(session, ward, organisation_id=OTHER_WARD)) == ["far"]
        assert set(_logins(_turn(session, ward, organisation_id=CELL_7))) == {
            "thanh",
            "wife",
            "both",
        }
        assert _turn(session, ward, "duyen", organisation_id=OTHER_WARD).lines == ()


def test_each_state_has_its_list(ward: Ward) -> None:
    with ward.database.writing() as session:
        add_account(
            session, newcomer=Newcomer(login="moi.le", name="Lê Thị Mới", home_id=WARD), at=ward.at
        )
        ended = session.get_one(Account, ward.accounts["lam"])
        ended.active, ended.ended_at = False, ward.at
        session.flush()
        assert _logins(_turn(session, ward, state=AccountState.INVITED)) == ["moi.le"]
        assert _logins(_turn(session, ward, state=AccountState.ENDED)) == ["lam"]
        assert {"lam", "moi.le"}.isdisjoint(_logins(_turn(session, ward)))


@pytest.mark.parametrize("size", [1, 2, 5, 16])
def test_pages_cover_the_list_once_forwards_and_back(ward: Ward, size: int) -> None:
    with ward.database.reading() as session:
        whole = _logins(_turn(session, ward, size=100))
        page = _turn(session, ward, size=size)
        forwards = _logins(page)
        assert page.earlier is None
        while page.later:
            page = _turn(session, ward, cursor=page.later, size=size)
            forwards += _logins(page)
        back = _logins(page)
        while page.earlier:
            page = _turn(session, ward, cursor=page.earlier, size=size)
            back = _logins(page) + back
    assert forwards == whole
    assert back == whole


def test_a_page_begins_at_no_account_that_is_not_in_the_list(ward: Ward) -> None:
    with ward.database.reading() as session:
        first = _turn(session, ward, "duyen")
        for login in ("far", "an"):
            page = _turn(session, ward, "duyen", cursor=Cursor(ward.accounts[login]))
            assert page == first
