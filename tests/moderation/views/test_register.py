"""The register in a registrar's browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.models import Account, Grant, JournalEntry, Member, Membership, Post, Tie
from portal.vocabulary import Deed, MembershipKind, Role
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import CELL_2, CELL_7, NOON, OTHER_WARD, SINCE, WARD, Ward
from tests.pages import page_of


@pytest.fixture
def browser(ward: Ward, staff_client: StaffClient) -> FlaskClient:
    """The registrar of the ward, signed in."""
    enrol(ward, "yen", WARD)
    return staff_client("yen")


def enrol(ward: Ward, login: str, organisation_id: int, *roles: Role) -> None:
    """Add somebody who is registrar at an organisation, and has other roles there if named."""
    with ward.database.writing() as session:
        account = Account(login=login, name="Nông Hải Yến", password_hash="", created_at=NOON)
        session.add(account)
        session.flush()
        for role in (Role.REGISTRAR, *roles):
            session.add(
                Grant(
                    account_id=account.id,
                    role=role,
                    organisation_id=organisation_id,
                    valid_from=SINCE,
                )
            )
        ward.accounts[login] = account.id


def send(browser: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    """Send a form as its page would; return the status and what the answer says."""
    carried = page_of(browser.get(path)).fields
    kept = {name: carried[name] for name in ("csrf_token", "version") if name in carried}
    answer = browser.post(path, data=kept | fields)
    if answer.status_code == 302:
        return 302, page_of(browser.get(answer.location)).text
    return answer.status_code, page_of(answer).text


def test_a_registrar_lands_on_the_register_and_walks_down_the_tree(browser: FlaskClient) -> None:
    """From the organisation of the role to a cell and its people, and to a day in the past."""
    assert browser.get("/sign-in").location == "/register/"
    assert "Đảng bộ phường Đông Kinh" in page_of(browser.get("/register/")).text
    assert "Chi bộ khối 7" in page_of(browser.get(f"/register/organisations/{WARD}")).text
    cell = page_of(browser.get(f"/register/organisations/{CELL_7}")).text
    assert "Nông Văn Bách" in cell
    assert "Vi Văn Thành" in cell
    assert "Bí thư" in cell
    before = page_of(browser.get(f"/register/organisations/{CELL_7}?on=2025-06-30")).text
    assert "Ngày này không có tổ chức này." in before
    assert "Nông Văn Bách" not in before


def test_members_are_found_without_accents_those_written_as_typed_first(
    ward: Ward, browser: FlaskClient
) -> None:
    """Folded, by given name; nobody is found whom the registrar does not keep."""
    with ward.database.writing() as session:
        for name in ("Nông Văn Bạch", "Nông Văn Bách Hai"):
            member = Member(name=name, folded=name, given="bach", birth_year=1970)
            member.folded = "nong van bach"
            session.add(member)
            session.flush()
            place = CELL_2 if name.endswith("Bạch") else OTHER_WARD
            session.add(
                Membership(
                    member_id=member.id,
                    organisation_id=place,
                    kind=MembershipKind.HOME,
                    valid_from=SINCE,
                )
            )
    token = page_of(browser.get("/register/")).fields["csrf_token"]
    text = page_of(browser.post("/register/find", data={"csrf_token": token, "words": "bạch"})).text
    assert text.index("Nông Văn Bạch") < text.index("Nông Văn Bách")
    assert "Nông Văn Bách Hai" not in text
    nobody = browser.post("/register/find", data={"csrf_token": token, "words": "zz"})
    assert "Không có đảng viên nào như vậy" in page_of(nobody).text


def test_a_member_is_entered_and_a_twin_is_a_warning(ward: Ward, browser: FlaskClient) -> None:
    """The second of a name and year is entered when somebody says that it is another."""
    path = f"/register/organisations/{CELL_7}/members/new"
    who = {"name": "Nông Văn Bách", "birth_year": "1961", "status": "active", "on": "1/11/2026"}
    status, text = send(browser, path, **who)
    assert status == 422
    assert "trùng họ tên và năm sinh" in text
    status, text = send(browser, path, **who, twin="y")
    assert status == 302
    assert "Đã ghi vào danh sách." in text
    with ward.database.reading() as session:
        entry = session.scalars(
            select(JournalEntry).where(JournalEntry.deed == Deed.MEMBER_ENTERED)
        ).one()
        assert entry.organisation_id == CELL_7
        assert session.get_one(Member, entry.member_id).placed


def test_a_home_is_changed_from_a_day_and_history_is_shown(
    ward: Ward, browser: FlaskClient
) -> None:
    """The old cell keeps its days."""
    path = f"/register/members/{ward.members['bach']}/cell"
    status, text = send(browser, path, kind="home", place=str(CELL_2), on="1/12/2026")
    assert status == 302
    assert "Chi bộ khối 2" in text
    assert "đến 30/11/2026" in text
    status, text = send(browser, path, kind="home", place=str(CELL_2), on="1/10/2026")
    assert status == 422
    assert "Đã có mục bắt đầu sau ngày này." in text


def test_the_later_of_two_is_told_who_was_faster(ward: Ward, browser: FlaskClient) -> None:
    """Nothing is overwritten, and what was typed is kept."""
    path = f"/register/members/{ward.members['bach']}/correct"
    fields = {"name": "Nông Văn Bạch", "birth_year": "1961"}
    status, _text = send(browser, path, **fields)
    assert status == 302
    token = page_of(browser.get(path)).fields["csrf_token"]
    late = browser.post(path, data={**fields, "csrf_token": token, "version": "1"})
    text = page_of(late).text
    assert late.status_code == 409
    assert "Sửa họ tên, năm sinh" in text
    assert "Nông Hải Yến" in text


def test_nobody_enters_anything_about_themself_or_where_they_read_cases(
    ward: Ward, staff_client: StaffClient
) -> None:
    """Own entry, declared ties, and posts and cells of an organisation whose committee one is."""
    enrol(ward, "own", WARD, Role.COMMITTEE)
    with ward.database.writing() as session:
        session.get_one(Account, ward.accounts["own"]).member_id = ward.members["vinh"]
        tie = Tie(account_id=ward.accounts["own"], member_id=ward.members["doan"], declared_at=NOON)
        session.add(tie)
    browser = staff_client("own")
    for key in ("vinh", "doan"):
        page = f"/register/members/{ward.members[key]}"
        assert "Người quản lý danh sách khác sẽ sửa." in page_of(browser.get(page)).text
        status, _text = send(browser, f"{page}/correct", name="Khác", birth_year="1970")
        assert status == 403
    post = f"/register/members/{ward.members['ky']}/post"
    status, text = send(browser, post, title="secretary", place=str(WARD), on="1/11/2026")
    assert status == 403
    assert "Xin nhờ người quản lý danh sách khác ghi." in text


def test_what_is_elsewhere_is_answered_like_what_is_not_there(
    ward: Ward, staff_client: StaffClient
) -> None:
    """Same bytes, whether an organisation or a member is another's or nobody's."""
    enrol(ward, "yen", OTHER_WARD)
    browser = staff_client("yen")
    nothing = browser.get("/register/organisations/99999").data
    for path in (
        f"organisations/{CELL_7}",
        f"organisations/{CELL_7}/members/new",
        f"members/{ward.members['bach']}",
        f"members/{ward.members['bach']}/cell",
        "members/00000000-0000-0000-0000-000000000000",
        "members/nobody",
    ):
        answer = browser.get(f"/register/{path}")
        assert (answer.status_code, answer.data) == (404, nothing), path


def test_a_page_of_a_member_says_nothing_of_cases(
    ward: Ward, browser: FlaskClient, make_case: object
) -> None:
    """It is the same page whether there is a case about the member or not."""
    page = f"/register/members/{ward.members['bach']}"
    before = _without_token(browser.get(page))
    with ward.database.writing() as session:
        make_case(session, subjects=["bach"])  # type: ignore[operator]
    assert _without_token(browser.get(page)) == before


def _without_token(answer: TestResponse) -> str:
    """A page without the token of its forms, which holds the second in which it was made."""
    return answer.text.replace(page_of(answer).fields["csrf_token"], "")


def test_an_end_of_a_membership_is_shown_before_it_is_written(
    ward: Ward, browser: FlaskClient
) -> None:
    """Posts and cells that end are named, and that the roles of an account do not end by it."""
    path = f"/register/members/{ward.members['thanh']}/standing"
    form = browser.get(path).text
    for status in ("temporarily_excused", "transferring"):
        assert f'value="{status}"' not in form
    assert "/register/absences/" in form
    carried = page_of(browser.get(path)).fields
    fields = {name: carried[name] for name in ("csrf_token", "version")}
    answer = browser.post(path, data=fields | {"status": "expelled", "on": "1/11/2026"})
    shown = page_of(answer)
    assert "Bí thư: Chi bộ khối 7" in shown.text
    assert "vẫn giữ vai trò" in shown.text
    posts = select(Post.valid_to).where(Post.member_id == ward.members["thanh"])
    with ward.database.reading() as session:
        assert session.scalars(posts).all() == [None]
    assert browser.post(path, data=shown.fields).status_code == 302
    with ward.database.reading() as session:
        assert [str(day) for day in session.scalars(posts)] == ["2026-10-31"]


def test_nobody_ends_a_seat_by_a_standing_where_they_read_cases(
    ward: Ward, staff_client: StaffClient
) -> None:
    """Nor does a status go round the pages of excusals and transfers."""
    enrol(ward, "own", CELL_7, Role.COMMITTEE)
    path = f"/register/members/{ward.members['thanh']}/standing"
    browser = staff_client("own")
    assert send(browser, path, status="expelled", on="1/11/2026")[0] == 403
    assert send(browser, path, status="temporarily_excused", on="1/11/2026")[0] == 422


def test_an_entry_is_ended_or_taken_back(ward: Ward, browser: FlaskClient) -> None:
    """A wrong entry stays on the page and holds on no day; one of somebody else is not there."""
    member, other = ward.members["bach"], ward.members["vinh"]
    path, post = f"/register/members/{member}", {"title": "deputy_secretary", "on": "1/11/2026"}
    assert send(browser, f"{path}/post", place=str(CELL_7), **post)[0] == 302
    with ward.database.reading() as session:
        rows = select(Post.id).where(Post.member_id == member)
        theirs = select(Membership.id).where(Membership.member_id == other)
        row, foreign = session.scalars(rows).one(), session.scalars(theirs).first()
    assert browser.get(f"{path}/strike-cell/{foreign}").status_code == 404
    assert send(browser, f"{path}/end-post/{row}", on="20/11/2026")[0] == 302
    status, text = send(browser, f"{path}/strike-post/{row}")
    assert status == 302
    assert "ghi sai, đã bỏ" in text
