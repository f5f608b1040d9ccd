"""Saying who one is, as a resident does it: optional, sealed apart, and never in the way."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.db import Database
from portal.identity import open_address
from portal.models import (
    Identity,
    IdentityShare,
    NoticeAddress,
    Seal,
    Submission,
)
from portal.models.submission import SealHolder, SealTarget
from portal.vault import Ring, open_box
from tests.conftest import Watch
from tests.portal.residents import FORM, Resident

OWN = {
    "own_name": "Mông Thị Thuận Yến",
    "own_telephone": "0500 000 231",
    "own_address": "Số 88 ngõ Giếng Tiên",
}
MAIL = {"notify": "thuan.yen@thu.vi.du"}


def count(database: Database, *models: type) -> list[int]:
    with database.reading() as session:
        return [session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


def test_who_wrote_is_sealed_apart_and_the_preview_half_hides_it(
    custodians: None, resident: Resident, database: Database
) -> None:
    resident.write(**OWN, **MAIL)
    assert "M••• T•• T•••• Y••" in resident.page.text
    assert "•••• ••• 231" in resident.page.text
    assert "t••••.•••@thu.vi.du" in resident.page.text
    assert OWN["own_name"] not in resident.page.text
    resident.press("send", consent="y")
    assert count(database, Identity, IdentityShare, NoticeAddress) == [1, 2, 1]
    with database.reading() as session:
        places = session.scalars(select(IdentityShare.place)).all()
    assert sorted(places) == [1, 2]


def test_the_address_for_notices_opens_with_the_workers_key(
    custodians: None, resident: Resident, database: Database, ring_worker: Ring
) -> None:
    resident.send(**MAIL)
    with database.reading() as session:
        row = session.scalars(select(NoticeAddress)).one()
        seal = session.scalars(
            select(Seal).where(
                Seal.target == SealTarget.SUBMISSION, Seal.holder == SealHolder.STAFF
            )
        ).one()
    number = row.submission_id
    own = open_box(ring_worker.private[1], seal.box, "submission", number)
    opener = ring_worker.notice_opener(row.key_version)
    assert open_address(opener, row.box, number=number, own=own) == MAIL["notify"]
    assert count(database, Identity) == [0]


def test_the_same_form_twice_gives_the_same_receipt_and_another_name_is_told(
    custodians: None, resident: Resident, database: Database
) -> None:
    resident.write(**OWN, **MAIL)
    form = resident.page.fields
    resident.press("send", consent="y")
    code = resident.code
    again = {**form, "step": "send", "consent": "y"}
    resident.post(FORM, **again)
    assert resident.code == code
    for other in (
        {"own_name": "Bế Thị Khác"},
        {"own_name": "", "own_telephone": "", "own_address": ""},
        {"notify": ""},
    ):
        resident.post(FORM, **again | other)
        assert resident.answer.status_code == 409
    assert count(database, Submission, Identity) == [1, 1]


def test_without_two_custodians_the_form_says_so_and_takes_the_rest(
    resident: Resident, database: Database
) -> None:
    page = resident.open(FORM)
    assert "Hiện chưa đủ hai người giữ khóa" in page.text
    assert "own_name" not in page.fields
    assert "notify" in page.fields
    resident.send(**MAIL)
    assert count(database, Submission, Identity, NoticeAddress) == [1, 0, 1]


def test_a_name_typed_before_the_custodians_left_is_refused_gently_and_kept(
    resident: Resident, database: Database
) -> None:
    page = resident.write(**OWN)
    assert resident.answer.status_code == 422
    assert "chưa nhận được họ tên và liên hệ" in page.text
    assert page.fields["own_name"].strip() == OWN["own_name"]
    assert page.fields["what"].strip()
    resident.press("preview", own_name="", own_telephone="", own_address="")
    resident.press("send", consent="y")
    assert count(database, Submission, Identity) == [1, 0]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("own_name", "a" * 10_000, "nhiều nhất 100 ký tự"),
        ("own_telephone", "gọi cho tôi", "8 đến 15 chữ số"),
        ("notify", "thuan.yen", "ten@noi.vn"),
        ("notify", "a@b.vn, c@d.vn", "ten@noi.vn"),
    ],
)
def test_what_could_reach_nobody_is_refused_with_a_sentence(
    custodians: None, resident: Resident, field: str, typed: str, said: str
) -> None:
    page = resident.write(**{field: typed})
    assert resident.answer.status_code == 422
    assert said in page.text
    assert page.fields[field].strip() == typed


def test_who_tells_nothing_asks_the_database_nothing_more(
    custodians: None,
    public_app: Flask,
    resident: Resident,
    statements: Watch,
) -> None:
    own: Database = public_app.extensions["portal"].database
    resident.open(FORM)
    taken = []
    for told in ({}, OWN | MAIL):
        with statements(own) as seen:
            resident.write(**told)
        assert seen == []
        with statements(own) as seen:
            resident.press("send", consent="y")
        taken.append(len(seen))
        assert seen.count("COMMIT") == 1
    assert taken[1] == taken[0] + 3
