"""Proving once more who one is: both halves are asked for, and what was being done goes on."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.proving import new_recovery_codes
from moderation.views.again import needs_fresh_proof
from moderation.views.here import signed_in
from portal.models import JournalEntry
from portal.vocabulary import Deed
from tests import telephones
from tests.moderation.conftest import StaffClient
from tests.moderation.views.entering import PASSWORD, code_of, give_passwords
from tests.moderation.ward import Ward
from tests.pages import page_of

TYPED = "Giao việc cho đồng chí Nông Thị Thu từ hôm nay.\r\nLý do: “thiếu người” <2>"


@pytest.fixture
def guarded(ward: Ward, staff_app: Flask, staff_client: StaffClient) -> FlaskClient:
    """Somebody with a password and an app, on a site with one page that asks for a fresh proof."""
    give_passwords(ward)
    telephones.hand_out(ward.database, ward.ring.search, at=ward.at)
    probe = Blueprint("probe", __name__)
    probe.before_request(signed_in)
    probe.before_request(needs_fresh_proof)
    probe.add_url_rule("/probe", view_func=_carry_out, methods=["GET", "POST"])
    staff_app.register_blueprint(probe)
    return staff_client("hoa")


def _carry_out() -> tuple[dict[str, object], int]:
    """Tell what arrived."""
    return {"page": request.args.get("page"), **request.form.to_dict(flat=False)}, 200


def _prove(client: FlaskClient, code: str, password: str = PASSWORD, **more: str) -> TestResponse:
    token = page_of(client.get("/sign-in/again")).fields["csrf_token"]
    data = {"csrf_token": token, "proof-password": password, "proof-code": code, **more}
    return client.post("/sign-in/again", data=data)


def _recovery_code(ward: Ward) -> str:
    own = ward.accounts["hoa"]
    with ward.database.writing() as session:
        return new_recovery_codes(session, search=ward.ring.search, account_id=own, at=ward.at)[0]


def _send_late(ward: Ward, client: FlaskClient) -> TestResponse:
    """Send a form when the proof is too old."""
    ward.later(minutes=10)
    token = page_of(client.get("/sign-in/again")).fields["csrf_token"]
    data = {"csrf_token": token, "note": TYPED, "box": ["1", "2"], "new_password": "x" * 30}
    return client.post("/probe?page=2", data=data)


def test_signing_in_is_a_proof_for_ten_minutes(ward: Ward, guarded: FlaskClient) -> None:
    ward.later(minutes=9, seconds=59)
    assert guarded.get("/probe").status_code == 200
    ward.later(seconds=1)
    sent = guarded.get("/probe?page=2")
    assert sent.headers["Location"] == "/sign-in/again?next=/probe?page%3D2"


def test_both_halves_open_the_page_for_ten_more_minutes(ward: Ward, guarded: FlaskClient) -> None:
    ward.later(minutes=10)
    page = page_of(guarded.get(guarded.get("/probe?page=2").headers["Location"]))
    wanted = page.fields["proof-next"]
    answer = _prove(guarded, code_of(ward, "hoa"), **{"proof-next": wanted})
    assert answer.headers["Location"] == "/probe?page=2"
    assert guarded.get("/probe").status_code == 200
    ward.later(minutes=10)
    assert guarded.get("/probe").status_code == 302


def test_one_half_alone_proves_nothing(ward: Ward, guarded: FlaskClient) -> None:
    ward.later(minutes=10)
    code = code_of(ward, "hoa")
    for password, given in ((PASSWORD, ""), (PASSWORD, "000000"), ("", code), ("sai", code)):
        assert _prove(guarded, given, password).status_code == 422
        assert guarded.get("/probe").status_code == 302
    assert _prove(guarded, code).status_code == 302
    with ward.database.reading() as session:
        refused = select(JournalEntry.subject_id).where(JournalEntry.deed == Deed.REFUSED)
        assert session.scalars(refused).all() == [ward.accounts["hoa"]]


def test_a_code_that_was_taken_proves_nothing_more(
    ward: Ward, guarded: FlaskClient, staff_client: StaffClient
) -> None:
    ward.later(minutes=10)
    code, elsewhere = code_of(ward, "hoa"), staff_client("hoa")
    assert _prove(guarded, code).status_code == 302
    refused = _prove(elsewhere, code)
    assert refused.status_code == 422
    assert "đã dùng" in page_of(refused).text


def test_a_recovery_code_serves_once_and_its_owner_is_told(
    ward: Ward, guarded: FlaskClient
) -> None:
    ward.later(minutes=10)
    code = _recovery_code(ward)
    answer = _prove(guarded, code.upper())
    assert "còn 9 mã" in page_of(guarded.get(answer.headers["Location"])).text
    assert _prove(guarded, code).status_code == 422


def test_a_passkey_that_is_none_is_refused_and_what_it_signed_is_used_up(
    ward: Ward, guarded: FlaskClient
) -> None:
    ward.later(minutes=10)
    refused = _prove(guarded, "", **{"proof-credential": "{}"})
    assert refused.status_code == 422
    assert "Khóa truy cập chưa dùng được" in page_of(refused).text
    assert guarded.get("/probe").status_code == 302


def test_a_form_that_comes_too_late_waits_and_is_carried_out_as_it_was_sent(
    ward: Ward, guarded: FlaskClient
) -> None:
    waiting = _send_late(ward, guarded)
    assert waiting.status_code == 403
    page = page_of(waiting)
    assert page.action == "/probe?page=2"
    assert "x" * 30 not in waiting.text
    wrong = guarded.post(page.action, data=_filled(page.forms[-1], "000000"))
    assert wrong.status_code == 422
    done = guarded.post(
        "/probe?page=2", data=_filled(page_of(wrong).forms[-1], code_of(ward, "hoa"))
    )
    assert done.status_code == 200
    assert done.json is not None
    assert (done.json["page"], done.json["note"], done.json["box"]) == ("2", [TYPED], ["1", "2"])


def _filled(fields: dict[str, str], code: str) -> dict[str, object]:
    """The fields of the page, filled in."""
    assert fields["note"].splitlines() == TYPED.splitlines()
    return fields | {"box": ["1", "2"], "proof-password": PASSWORD, "proof-code": code}


def test_what_was_given_as_proof_is_never_written_into_a_page(
    ward: Ward, guarded: FlaskClient
) -> None:
    secrets = {"proof-password": "p" * 40, "proof-code": "c" * 41, "proof-credential": "d" * 40}
    token = page_of(guarded.get("/sign-in/again")).fields["csrf_token"]
    guarded.post("/sign-out", data={"csrf_token": token})
    token = page_of(guarded.get("/sign-in")).fields["csrf_token"]
    answer = guarded.post("/probe", data={"csrf_token": token, "note": TYPED, **secrets})
    assert "thiếu người" in answer.text
    assert not any(secret in answer.text for secret in secrets.values())


@pytest.mark.parametrize("half", ["password", "code"])
def test_guesses_are_slowed_at_each_half(ward: Ward, guarded: FlaskClient, half: str) -> None:
    ward.later(minutes=10)
    for _ in range(5):
        tried = ("000000", "sai") if half == "password" else ("000000", PASSWORD)
        assert _prove(guarded, *tried).status_code == 422
    assert _prove(guarded, code_of(ward, "hoa")).status_code == 429
    assert guarded.get("/probe").status_code == 302
    ward.later(seconds=2)
    assert _prove(guarded, code_of(ward, "hoa")).status_code == 302


@pytest.mark.parametrize("forged", ["//xau.example", "https://xau.example/", "/khong-co", "/x\ny"])
def test_a_forged_address_to_go_on_to_leads_to_the_desk(
    ward: Ward, guarded: FlaskClient, forged: str
) -> None:
    answer = _prove(guarded, code_of(ward, "hoa"), **{"proof-next": forged})
    assert answer.headers["Location"] == "/desk/"


def test_whoever_is_signed_out_is_asked_to_sign_in_instead(
    guarded: FlaskClient, staff_client: StaffClient
) -> None:
    for address in ("/probe", "/sign-in/again"):
        sent = staff_client().get(address).headers["Location"]
        assert sent.startswith("/sign-in?next=")
