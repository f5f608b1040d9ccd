"""A person's own doors: password, second factors, recovery codes, sessions."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import select

from portal.models import SecondFactor, StaffSession
from tests import telephones
from tests.moderation.conftest import StaffClient
from tests.moderation.views.entering import PASSWORD, Entrant, code_of, give_passwords
from tests.moderation.ward import Ward
from tests.pages import page_of

_HOME = "/settings/security"
_NEW = "nắng chiều gõ phím cối đá"


@pytest.fixture(autouse=True)
def enrolled(ward: Ward) -> None:
    """Everybody has a password and an app."""
    give_passwords(ward)
    telephones.hand_out(ward.database, ward.ring.search, at=ward.at)


@pytest.fixture
def hoa(staff_client: StaffClient) -> Entrant:
    """Somebody who is signed in."""
    return Entrant(staff_client("hoa"))


def _change(hoa: Entrant, **other: str) -> int:
    fields = {"password": PASSWORD, "new_password": _NEW, "again": _NEW} | other
    return hoa.post(f"{_HOME}/password", **fields).status_code


def _factor(ward: Ward, login: str) -> int:
    with ward.database.reading() as session:
        mine = SecondFactor.account_id == ward.accounts[login]
        return session.scalars(select(SecondFactor.id).where(mine)).first() or 0


def _add_app(ward: Ward, client: FlaskClient) -> None:
    page = client.get(f"{_HOME}/add")
    secret = "".join(re.findall("<li>([A-Z2-7]{4})</li>", page.text))
    fields = {"csrf_token": page_of(page).fields["csrf_token"], "code": TOTP(secret).at(ward.at)}
    assert client.post(f"{_HOME}/add", data=fields).headers["Location"] == _HOME


def test_a_new_password_ends_every_other_session(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    other, half = Entrant(staff_client("hoa")), Entrant(staff_client())
    half.password()
    assert _change(hoa) == 302
    assert hoa.is_in()
    assert not other.is_in()
    assert half.client.get("/sign-in/second").headers["Location"] == "/sign-in"
    assert half.password().status_code == 422
    assert half.password(_NEW).status_code == 302


@pytest.mark.parametrize(
    "other",
    [
        {"password": "sai"},
        {"again": "khác hẳn"},
        {"new_password": "matkhau12345", "again": "matkhau12345"},
        {"new_password": "", "again": ""},
    ],
)
def test_a_password_is_not_changed_by_half(
    hoa: Entrant, staff_client: StaffClient, other: dict[str, str]
) -> None:
    elsewhere = Entrant(staff_client("hoa"))
    assert _change(hoa, **other) == 422
    assert elsewhere.is_in()
    assert Entrant(staff_client()).password().status_code == 302


def test_guessing_the_present_password_is_slowed(hoa: Entrant) -> None:
    for _ in range(5):
        assert _change(hoa, password="sai") == 422
    assert _change(hoa) == 429


def test_a_session_can_be_ended_from_another_browser(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    other, lam = Entrant(staff_client("hoa")), Entrant(staff_client("lam"))
    page = hoa.client.get(_HOME)
    assert page.text.count("máy này") == 1
    uid = page_of(page).fields["session"]
    hoa.post(f"{_HOME}/sessions", page=_HOME, session=uid)
    assert not other.is_in()
    assert hoa.is_in()
    assert lam.is_in()


def test_nobody_ends_the_session_of_somebody_else(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    lam = Entrant(staff_client("lam"))
    with ward.database.reading() as session:
        mine = StaffSession.account_id == ward.accounts["lam"]
        uid = session.scalars(select(StaffSession.uid).where(mine)).one()
    for forged in (uid.hex(), "x", "00", "\ufffd"):
        hoa.post(f"{_HOME}/sessions", page=_HOME, session=forged)
    assert lam.is_in()
    assert hoa.is_in()


def test_all_other_sessions_can_be_ended_at_once(hoa: Entrant, staff_client: StaffClient) -> None:
    others = [Entrant(staff_client("hoa")) for _ in range(2)]
    hoa.post(f"{_HOME}/sessions", page=_HOME)
    assert [other.is_in() for other in others] == [False, False]
    assert hoa.is_in()


def test_an_app_is_added_renamed_and_removed_and_the_last_one_stays(
    ward: Ward, hoa: Entrant
) -> None:
    first = _factor(ward, "hoa")
    _add_app(ward, hoa.client)
    hoa.post(f"{_HOME}/factors/{first}/name", page=_HOME, name="Máy cũ")
    assert "Máy cũ" in page_of(hoa.client.get(_HOME)).text
    hoa.post(f"{_HOME}/factors/{first}/name", page=_HOME, name=" ")
    hoa.post(f"{_HOME}/factors/{first}/remove", page=_HOME)
    assert "Máy cũ" not in page_of(hoa.client.get(_HOME)).text.replace("Đã gỡ: Máy cũ", "")
    last = _factor(ward, "hoa")
    assert last != first
    hoa.post(f"{_HOME}/factors/{last}/remove", page=_HOME)
    assert "cuối cùng" in page_of(hoa.client.get(_HOME)).text
    assert _factor(ward, "hoa") == last


def test_a_wrong_code_or_passkey_adds_nothing(ward: Ward, hoa: Entrant) -> None:
    for code in ("000000", ""):
        assert hoa.post(f"{_HOME}/add", code=code).status_code == 422
    answer = hoa.post(f"{_HOME}/add/passkey", page=f"{_HOME}/add", credential="{}")
    assert answer.status_code == 422
    with ward.database.reading() as session:
        mine = SecondFactor.account_id == ward.accounts["hoa"]
        assert len(session.scalars(select(SecondFactor).where(mine)).all()) == 1


def test_the_factor_of_somebody_else_is_not_touched(ward: Ward, hoa: Entrant) -> None:
    theirs = _factor(ward, "lam")
    for number in (2**63 - 1, 2**63):
        for act in ("name", "remove"):
            assert hoa.post(f"{_HOME}/factors/{number}/{act}", page=_HOME).status_code < 500
    hoa.post(f"{_HOME}/factors/{theirs}/name", page=_HOME, name="Của tôi")
    hoa.post(f"{_HOME}/factors/{theirs}/remove", page=_HOME)
    assert _factor(ward, "lam") == theirs


def test_a_new_set_of_recovery_codes_is_shown_once(hoa: Entrant, staff_client: StaffClient) -> None:
    shown = [hoa.post(f"{_HOME}/recovery", page=_HOME) for _ in range(2)]
    old, new = (re.findall("<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", each.text) for each in shown)
    assert len(new) == 10
    entrant = Entrant(staff_client())
    entrant.password()
    assert entrant.post("/sign-in/recovery", code=old[0]).status_code == 422
    assert entrant.post("/sign-in/recovery", code=new[0]).status_code == 302


def test_what_opens_a_door_asks_for_a_fresh_proof(ward: Ward, hoa: Entrant) -> None:
    ward.later(minutes=10)
    sent = hoa.client.get(f"{_HOME}/add").headers["Location"]
    assert sent == f"/sign-in/again?next={_HOME}/add"
    assert hoa.client.get(f"{_HOME}/password").status_code == 302
    number = _factor(ward, "hoa")
    for address in ("recovery", f"factors/{number}/remove", "add/passkey", "password"):
        refused = hoa.post(f"{_HOME}/{address}", page=_HOME)
        assert refused.status_code == 403
        assert page_of(refused).action == f"{_HOME}/{address}"
        assert f'href="{_HOME}' in refused.text


def test_an_app_that_was_scanned_before_the_proof_grew_old_is_still_taken(
    ward: Ward, hoa: Entrant
) -> None:
    page = hoa.client.get(f"{_HOME}/add")
    secret = "".join(re.findall("<li>([A-Z2-7]{4})</li>", page.text))
    ward.later(minutes=10)
    waiting = hoa.post(f"{_HOME}/add", page=_HOME, code=TOTP(secret).at(ward.at))
    proof = {"proof-password": PASSWORD, "proof-code": code_of(ward, "hoa")}
    done = hoa.client.post(f"{_HOME}/add", data=page_of(waiting).forms[-1] | proof)
    assert done.headers["Location"] == _HOME
