"""The first sign-in: an app is shown and confirmed, and ten codes are shown once."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyotp import TOTP

from tests.moderation.conftest import StaffClient
from tests.moderation.views.entering import Entrant, give_passwords
from tests.moderation.ward import Ward
from tests.pages import page_of


@pytest.fixture
def hoa(ward: Ward, staff_client: StaffClient) -> Entrant:
    """Somebody who signs in for the first time and has given the password."""
    give_passwords(ward)
    entrant = Entrant(staff_client())
    assert entrant.password().headers["Location"] == "/sign-in/enrol"
    return entrant


def _secret(client: FlaskClient) -> str:
    text = client.get("/sign-in/enrol").text
    groups = re.findall("<li>([A-Z2-7]{4})</li>", text)
    assert len(groups) == 8
    assert "<svg" in text
    return "".join(groups)


def _code(ward: Ward, client: FlaskClient) -> str:
    return TOTP(_secret(client)).at(ward.at)


def test_nothing_opens_before_the_app_has_shown_a_right_code(ward: Ward, hoa: Entrant) -> None:
    assert not hoa.is_in()
    refused = hoa.post("/sign-in/enrol", code="000000")
    assert refused.status_code == 422
    assert "Mã không đúng" in page_of(refused).text
    assert hoa.post("/sign-in/enrol", code="").status_code == 422
    assert not hoa.is_in()
    assert hoa.post("/sign-in/enrol", code=_code(ward, hoa.client)).status_code == 200
    assert hoa.is_in()


def test_ten_codes_are_shown_once_and_lead_on_to_the_desk(ward: Ward, hoa: Entrant) -> None:
    shown = hoa.post("/sign-in/enrol", code=_code(ward, hoa.client))
    codes = re.findall("<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", shown.text)
    assert len(set(codes)) == 10
    assert 'href="/desk/"' in shown.text
    token = page_of(shown).fields["csrf_token"]
    assert hoa.client.post("/sign-out", data={"csrf_token": token}).status_code == 302
    again = Entrant(hoa.client)
    assert again.password().headers["Location"] == "/sign-in/second"
    assert again.post("/sign-in/recovery", code=codes[0]).status_code == 302


def test_the_code_that_confirmed_the_app_opens_nothing_more(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    code = _code(ward, hoa.client)
    hoa.post("/sign-in/enrol", code=code)
    other = Entrant(staff_client())
    other.password()
    assert other.code(code).status_code == 422


def test_whoever_has_a_factor_cannot_put_another_in_its_place(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    thief = Entrant(staff_client())
    thief.password()
    code = _code(ward, thief.client)
    token = page_of(thief.client.get("/sign-in/enrol")).fields["csrf_token"]
    hoa.post("/sign-in/enrol", code=_code(ward, hoa.client))
    assert thief.client.get("/sign-in/enrol").headers["Location"] == "/sign-in/second"
    answer = thief.client.post("/sign-in/enrol", data={"csrf_token": token, "code": code})
    assert answer.headers["Location"] == "/sign-in/second"
    assert not thief.is_in()


def test_two_browsers_are_shown_different_secrets(hoa: Entrant, staff_client: StaffClient) -> None:
    other = Entrant(staff_client())
    other.password()
    assert _secret(hoa.client) == _secret(hoa.client)
    assert _secret(hoa.client) != _secret(other.client)


def test_a_passkey_that_is_none_is_refused(hoa: Entrant) -> None:
    refused = hoa.post("/sign-in/enrol/passkey", page="/sign-in/enrol", credential="x")
    assert refused.status_code == 422
    assert "Khóa truy cập chưa tạo được" in page_of(refused).text
    assert not hoa.is_in()


def test_guesses_of_the_first_code_are_slowed(hoa: Entrant) -> None:
    for _ in range(5):
        assert hoa.post("/sign-in/enrol", code="000000").status_code == 422
    assert hoa.password().status_code == 302
    assert hoa.post("/sign-in/enrol", code="000000").status_code == 429


def test_a_passkey_is_made_for_the_name_of_the_site_and_for_no_forged_one(hoa: Entrant) -> None:
    page = hoa.client.get("/sign-in/enrol")
    asked = re.search(r'data-options="([^"]+)"', page.text)
    assert asked is not None
    assert json.loads(unescape(asked[1]))["rp"]["id"] == "localhost"
    forged = hoa.client.get("/sign-in/enrol", headers={"X-Forwarded-Host": "evil.example"})
    again = re.search(r'data-options="([^"]+)"', forged.text)
    assert again is not None
    assert again[1] == asked[1]
    assert "evil.example" not in forged.text
    assert hoa.client.get("/sign-in/enrol", headers={"Host": "evil.example"}).status_code == 400
