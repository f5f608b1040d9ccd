"""Proving once more who one is: asked for when the proof is old, and it leads nowhere else."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from moderation.accounts import hash_password
from moderation.views.again import needs_fresh_proof
from moderation.views.here import signed_in
from portal.models import Account
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import Ward
from tests.pages import page_of

PASSWORD = "Suối Đồng Kỳ 1979"
TYPED = "Giao việc cho đồng chí Nông Thị Thu từ hôm nay."
_STORED = hash_password(PASSWORD)


@pytest.fixture
def guarded(ward: Ward, staff_app: Flask, staff_client: StaffClient) -> FlaskClient:
    """Somebody whose password is known, on a site with one page that asks for a fresh proof."""
    with ward.database.writing() as session:
        session.execute(update(Account).values(password_hash=_STORED))
    probe = Blueprint("probe", __name__)
    probe.before_request(signed_in)
    probe.before_request(needs_fresh_proof)
    probe.add_url_rule("/probe", view_func=lambda: ("", 204), methods=["GET", "POST"])
    staff_app.register_blueprint(probe)
    return staff_client("hoa")


def _prove(client: FlaskClient, password: str = PASSWORD, **more: str) -> TestResponse:
    token = page_of(client.get("/sign-in/again")).fields["csrf_token"]
    data = {"csrf_token": token, "password": password, **more}
    return client.post("/sign-in/again", data=data)


def test_signing_in_is_a_proof_for_ten_minutes(ward: Ward, guarded: FlaskClient) -> None:
    ward.later(minutes=9, seconds=59)
    assert guarded.get("/probe").status_code == 204
    ward.later(seconds=1)
    sent = guarded.get("/probe?page=2")
    assert sent.headers["Location"] == "/sign-in/again?next=/probe?page%3D2"


def test_the_password_opens_the_page_for_ten_more_minutes(ward: Ward, guarded: FlaskClient) -> None:
    ward.later(minutes=10)
    page = page_of(guarded.get(guarded.get("/probe?page=2").headers["Location"]))
    answer = _prove(guarded, next=page.fields["next"])
    assert answer.headers["Location"] == "/probe?page=2"
    assert guarded.get("/probe").status_code == 204
    ward.later(minutes=10)
    assert guarded.get("/probe").status_code == 302


def test_a_form_that_comes_too_late_gives_its_words_back(ward: Ward, guarded: FlaskClient) -> None:
    ward.later(minutes=10)
    token = page_of(guarded.get("/sign-in/again")).fields["csrf_token"]
    data = {"csrf_token": token, "note": TYPED, "new_password": "x" * 30}
    answer = guarded.post("/probe", data=data)
    assert answer.status_code == 403
    assert TYPED in page_of(answer).fields.values()
    assert "x" * 30 not in answer.text
    assert '/sign-in/again?next=/probe"' in answer.text


def test_a_wrong_password_proves_nothing_and_is_slowed(ward: Ward, guarded: FlaskClient) -> None:
    ward.later(minutes=10)
    for _ in range(5):
        assert _prove(guarded, "sai").status_code == 422
    assert _prove(guarded).status_code == 429
    assert guarded.get("/probe").status_code == 302
    ward.later(seconds=2)
    assert _prove(guarded).status_code == 302


@pytest.mark.parametrize("forged", ["//xau.example", "https://xau.example/", "/khong-co", "/x\ny"])
def test_a_forged_address_to_go_on_to_leads_to_the_desk(guarded: FlaskClient, forged: str) -> None:
    assert _prove(guarded, next=forged).headers["Location"] == "/desk/"


def test_whoever_is_signed_out_is_asked_to_sign_in_instead(
    guarded: FlaskClient, staff_client: StaffClient
) -> None:
    for address in ("/probe", "/sign-in/again"):
        sent = staff_client().get(address).headers["Location"]
        assert sent.startswith("/sign-in?next=")
