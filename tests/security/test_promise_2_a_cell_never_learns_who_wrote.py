"""Promise 2: a cell never learns who wrote, because the portal itself does not know.

Whoever says who they are is sealed to two custodians: no theft of what the portal has opens that.

What a committee reads is tried in ``tests/moderation/test_reading.py``. Here nothing is found of
who sat at the browser, in any store, and two letters of one person have nothing in common.
"""

from __future__ import annotations

import hashlib
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, inspect, select

from moderation.identity.holding import key_of, unlock
from moderation.papers import open_submission_key
from portal.db import Database
from portal.forms import SendForm
from portal.identity import Share, open_address, open_particulars, open_share
from portal.models import (
    Base,
    Custodian,
    Event,
    Identity,
    IdentityShare,
    NoticeAddress,
    ResidentAct,
    Seal,
    Submission,
)
from portal.models.submission import SealHolder, SealTarget
from portal.vault import CannotOpen, KeyFault, Ring, decrypt, mark, open_box
from tests.doors.conftest import Ask
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.identity.keepers import PASSPHRASE, agree, appoint, write
from tests.moderation.identity.keepers import ask as ask_who
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward
from tests.pages import page_of
from tests.portal.residents import FORM, Resident
from tests.security.dumps import readable

ADDRESS, BROWSER = "203.0.113.77", "Cau-Tre/7.0 (quay xay lua)"
NOBODY_YET = 999
#: What a form asks that could tell who somebody is, in the names that forms use.
IDENTITY = ("name", "email", "mail", "phone", "telephone", "address", "birth", "contact", "account")


@pytest.fixture
def known(public_app: Flask) -> Resident:
    """A resident whose browser gives away all that browsers give away."""
    browser = public_app.test_client()
    browser.environ_base |= {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_USER_AGENT": BROWSER,
        "HTTP_X_FORWARDED_FOR": ADDRESS,
        "HTTP_REFERER": f"https://{ADDRESS}/",
    }
    browser.set_cookie("visitor", BROWSER)
    return Resident(browser)


def test_nothing_of_who_sat_at_the_browser_is_kept(
    known: Resident, database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = known.send()
    known.track(code, "supply", text="Việc này từ đầu tháng 9.")
    known.track("AAAA-AAAA-AAAA-AAAA-AAAA")
    known.open("/khong-co")
    (tmp_path / "log").write_text(caplog.text)
    packed = socket.inet_aton(ADDRESS)
    with database.reading() as session:
        session.scalars(select(ResidentAct)).one()
    pile = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for plain in (ADDRESS.encode(), packed, BROWSER.encode()):
        for kind in ("md5", "sha1", "sha256", "blake2b"):
            assert hashlib.new(kind, plain, usedforsecurity=False).digest() not in pile
    assert readable(tmp_path, [ADDRESS, BROWSER]) == []


def test_nobody_has_to_say_who_they_are(public_app: Flask) -> None:
    with public_app.test_request_context(FORM):
        asked = {field.name: bool(field.flags.required) for field in SendForm()}
    assert {name for name, needed in asked.items() if needed} == {"about", "what"}
    who = {name for name in asked if any(word in name for word in IDENTITY)}
    assert who == {"own_name", "own_telephone", "own_address"}


def test_a_stolen_database_and_a_stolen_staff_key_open_no_identity(ward: Ward) -> None:
    appoint(ward, "sao", "trang", "may")
    walk = write(ward)
    agree(walk, "sao", ask_who(walk))
    privates = ward.ring.private
    with ward.database.reading() as session:
        keys = [
            (seal, open_box(privates[seal.key_version], seal.box, seal.target, seal.target_id))
            for seal in session.scalars(select(Seal).where(Seal.holder == SealHolder.STAFF))
        ]
        own = next(key for seal, key in keys if seal.target is SealTarget.SUBMISSION)
        share = Share.from_bytes(
            next(key for seal, key in keys if seal.target is SealTarget.IDENTITY_APPROVAL)
        )
        identity = session.scalars(select(Identity)).one()
        custodians = session.scalars(select(Custodian)).all()
        shares = session.scalars(select(IdentityShare)).all()
        address = session.scalars(select(NoticeAddress)).one()
    stolen = [key for _seal, key in keys if len(key) == 32]
    stolen += [ward.ring.search, *ward.ring.peppers.values(), ward.ring.session_secret or b""]
    for each in custodians:
        for key in stolen:
            with pytest.raises(CannotOpen):
                decrypt(key, each.locked or b"", "custodian", each.uid, "locked")
    for private in privates.values():
        for part in shares:
            row = f"{part.submission_id}.{part.custodian_id}".encode()
            with pytest.raises(CannotOpen):
                open_box(private, part.box, "identity_share", row)
        with pytest.raises(CannotOpen):
            open_address(private, address.box, number=walk.number, own=own)
    for guess in (share, *(Share(part.place, part.box[-16:]) for part in shares)):
        with pytest.raises(CannotOpen):
            open_particulars(share, guess, identity.box, number=walk.number, own=own)
    with pytest.raises(KeyFault):
        ward.ring.notice_opener(1)


def test_one_custodian_with_the_database_and_the_staff_key_opens_no_identity(ward: Ward) -> None:
    appoint(ward, "sao", "trang", "may")
    walk = write(ward)
    with ward.database.reading() as session:
        sao = key_of(session, account_id=ward.accounts["sao"])
        assert sao is not None
        row = session.get_one(IdentityShare, (walk.number, sao.id))
        own = open_submission_key(session, office=ward.office, submission_id=walk.number)
        box = session.get_one(Identity, walk.number).box
    share = open_share(
        unlock(sao, PASSPHRASE), row.box, place=row.place, number=walk.number, custodian_id=sao.id
    )
    for place in (1, 2, 3):
        for value in (bytes(16), share.value, box[:16], own[:16]):
            with pytest.raises(CannotOpen):
                open_particulars(share, Share(place, value), box, number=walk.number, own=own)


def test_two_letters_of_one_browser_share_nothing_that_is_stored(
    known: Resident, database: Database
) -> None:
    codes = {known.send(), known.send()}
    assert len(codes) == 2
    with database.reading() as session:
        first, second = session.scalars(select(Submission).order_by(Submission.id))
        for model, column in (
            *((Submission, Submission.id), (Seal, Seal.target_id)),
            (Event, Event.submission_id),
        ):
            rows = [
                session.scalars(select(model).where(column == each.id)) for each in (first, second)
            ]
            ours, theirs = ({value for row in each for value in _random(row)} for each in rows)
            assert ours
            assert not ours & theirs, model


def _random(row: Base) -> Iterator[bytes]:
    """The beginning of all that is stored of a row as bytes: keys, marks, names, what is sealed.

    What is sealed begins with what makes it another one each time.
    """
    for column in inspect(type(row)).columns:
        if isinstance(column.type, LargeBinary) and (value := getattr(row, column.key)):
            yield value[:12]


def test_the_keys_of_the_public_site_make_no_mark_of_a_person(ring_public: Ring) -> None:
    with pytest.raises(KeyFault):
        mark(ring_public.search, "member")


def test_a_cell_reads_nothing_of_it_and_its_address_is_not_there(
    ward: Ward, staff_client: StaffClient, ask: Ask
) -> None:
    appoint(ward, "sao", "trang")
    walk = write(ward)
    for stage in (Course.claim, Course.choose, Course.propose, Course.confirm, Course.route):
        stage(walk)
    plain = set_out(ward).until(Course.route)
    number = walk.number
    thanh = staff_client("thanh")
    page = page_of(thanh.get(f"/committee/{number}")).text
    assert "anh tính" not in page
    assert "anh tính" not in page_of(thanh.get(f"/committee/{plain.number}")).text
    there, nowhere = (
        ask(thanh, "GET", f"/committee/{number}/identity/{submission}")
        for submission in (number, number + NOBODY_YET)
    )
    assert there == nowhere
    assert there.status == 404


def test_every_address_of_a_hidden_identity_answers_as_if_there_were_none(
    ward: Ward, staff_client: StaffClient, ask: Ask
) -> None:
    appoint(ward, "tied", "sao", "trang")
    walk = write(ward)
    request = ask_who(walk)
    addresses = [
        ("GET", f"/case/{{n}}/identity/{walk.number}"),
        ("POST", f"/case/{{n}}/identity/{walk.number}"),
        ("POST", f"/case/{{n}}/identity/{walk.number}/read"),
    ]
    for login in ("tied", "far"):
        browser = staff_client(login)
        token = page_of(browser.get("/settings/")).fields["csrf_token"]
        fields = {"csrf_token": token, "version": "1", "passphrase": PASSPHRASE}
        for method, path in addresses:
            there, nowhere = (
                ask(browser, method, path.format(n=number), fields if method == "POST" else None)
                for number in (walk.number, walk.number + NOBODY_YET)
            )
            assert there == nowhere, (login, path)
            assert there.status == 404
    browser = staff_client("tied")
    token = page_of(browser.get("/settings/")).fields["csrf_token"]
    fields = {"csrf_token": token, "passphrase": PASSPHRASE}
    for method, rest in (("GET", ""), ("POST", "/agree"), ("POST", "/refuse")):
        there, nowhere = (
            ask(
                browser,
                method,
                f"/identity/requests/{number}{rest}",
                fields if method == "POST" else None,
            )
            for number in (request, request + NOBODY_YET)
        )
        assert there == nowhere, rest
        assert there.status == 404
