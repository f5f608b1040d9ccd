"""A session that was ended opens nothing from the very next request, whoever ended it and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.models import AccountRequest, Grant, StaffSession
from tests.moderation.conftest import StaffClient
from tests.moderation.views.test_accounts import REASON, ROOM, done, post, take_over
from tests.moderation.ward import CELL_2, WARD, Ward

Deed = Callable[[Ward, StaffClient, int], object]


def _give(_ward: Ward, staff_client: StaffClient, owner: int) -> object:
    return done(
        staff_client("duyen"), f"/{owner}/role", role="auditor", place=str(WARD), reason=REASON
    )


def _take(ward: Ward, staff_client: StaffClient, owner: int) -> object:
    with ward.database.reading() as session:
        grant = session.scalars(select(Grant.id).where(Grant.account_id == owner)).first()
    return done(staff_client("duyen"), f"/{owner}/roles/{grant}")


def _confirmed(ward: Ward, staff_client: StaffClient) -> object:
    with ward.database.reading() as session:
        request = session.scalars(select(AccountRequest.id)).one()
    return done(staff_client("duyen"), f"/requests/{request}/confirm")


def _give_by_two(ward: Ward, staff_client: StaffClient, owner: int) -> object:
    fields = {"role": "moderator", "place": str(CELL_2), "reason": REASON}
    done(staff_client("an"), f"/{owner}/role", **fields)
    return _confirmed(ward, staff_client)


def _reset(ward: Ward, staff_client: StaffClient, owner: int) -> object:
    done(staff_client("an"), f"/{owner}/reset", reason=REASON)
    return _confirmed(ward, staff_client)


def _new_password(_ward: Ward, staff_client: StaffClient, owner: int) -> object:
    link = post(staff_client("duyen"), f"/{owner}/link").text
    token = link.partition("/invitation#")[2].partition('"')[0].partition("<")[0]
    return take_over(staff_client(), token)


def _end_account(_ward: Ward, staff_client: StaffClient, owner: int) -> object:
    return done(staff_client("duyen"), f"/{owner}/end")


def _end_all(_ward: Ward, staff_client: StaffClient, owner: int) -> object:
    return done(staff_client("duyen"), f"/{owner}/sessions")


@pytest.mark.parametrize(
    "deed", [_give, _take, _give_by_two, _reset, _new_password, _end_account, _end_all]
)
def test_what_changes_an_account_signs_its_owner_out_at_once(
    ward: Ward, staff_client: StaffClient, deed: Deed
) -> None:
    owner = staff_client("hoa")
    assert owner.get("/desk/").status_code == 200
    deed(ward, staff_client, ward.accounts["hoa"])
    assert owner.get("/desk/").headers["Location"] == "/sign-in?next=/desk/"


def _uids(ward: Ward, login: str) -> list[str]:
    """The open sessions of somebody, the oldest first."""
    with ward.database.reading() as session:
        found = session.scalars(
            select(StaffSession)
            .where(StaffSession.account_id == ward.accounts[login])
            .order_by(StaffSession.created_at, StaffSession.uid)
        )
        return [row.uid.hex() for row in found if row.ended_at is None]


def test_an_administrator_ends_one_session_of_many(ward: Ward, staff_client: StaffClient) -> None:
    first = staff_client("hoa")
    (uid,) = _uids(ward, "hoa")
    second, browser, hoa = staff_client("hoa"), staff_client("duyen"), ward.accounts["hoa"]
    page = browser.get(f"{ROOM}/{hoa}")
    assert page.text.count("Đăng xuất nơi này") == 2
    assert "ở nơi đó" in done(browser, f"/{hoa}/sessions", session=uid).text
    assert first.get("/desk/").status_code == 302
    assert second.get("/desk/").status_code == 200


@pytest.mark.parametrize("whose", ["lam", "an"])
def test_an_administrator_ends_no_session_of_another_account_by_its_id(
    ward: Ward, staff_client: StaffClient, whose: str
) -> None:
    other, hoa = staff_client(whose), staff_client("hoa")
    browser, owner = staff_client("duyen"), ward.accounts["hoa"]
    for forged in (_uids(ward, whose)[0], "x", "00"):
        assert post(browser, f"/{owner}/sessions", session=forged).status_code == 302
    assert other.get("/settings/").status_code == hoa.get("/settings/").status_code == 200
