"""Sending files: from the receipt, with the code, and everything that may go wrong on the way."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.db import Database
from portal.files.arriving import FILE_BYTES
from portal.models import Attachment, ResidentAct
from portal.vocabulary import ActKind, FileKind
from tests.portal.residents import FORM, TRACK, Resident
from tests.specimens import CAMERA, bomb, document, photo
from tests.uploads import CONTENT, body, post

WITH_RECEIPT, WITH_CODE = "/gui-y-kien/tep", "/tra-cuu/tep"


def bring(resident: Resident, raw: bytes, name: str = "anh.jpg") -> None:
    """Send a file by the form for files that is on the page."""
    page = resident.page
    action = WITH_RECEIPT if WITH_RECEIPT in resident.answer.text else WITH_CODE
    assert f'action="{action}"' in resident.answer.text
    names = ("csrf_token", "form_token", "code")
    fields = {key: page.fields[key] for key in names if key in page.fields}
    resident.answer = post(resident.browser, action, raw, name, **fields)


def count(database: Database) -> int:
    """How many files there are rows of."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Attachment)) or 0


def stored(app: Flask) -> list[Path]:
    """What lies in the store."""
    folder = Path(app.extensions["portal"].settings.files)
    return list(folder.iterdir()) if folder.is_dir() else []


def test_a_photograph_is_taken_on_the_receipt_and_the_code_stays(
    resident: Resident, public_app: Flask, database: Database
) -> None:
    code = resident.send()
    bring(resident, photo())
    assert resident.answer.status_code == 200
    assert resident.code == code
    assert "Cổng đã nhận các tệp sau." in resident.page.text
    assert "Ảnh JPEG, 2 KB" in resident.page.text
    with database.reading() as session:
        row = session.scalars(select(Attachment)).one()
        act = session.scalars(select(ResidentAct)).one()
    assert (row.kind, act.kind) == (FileKind.JPEG, ActKind.ATTACH)
    (file,) = stored(public_app)
    assert file.name == row.uid.hex()
    assert CAMERA.encode() not in file.read_bytes()


def test_files_are_added_later_with_the_code_and_listed(
    resident: Resident, public_app: Flask, database: Database
) -> None:
    resident.track(resident.send())
    assert "Gửi tệp này" in resident.page.text
    for raw, name in ((photo("HEIC"), "a.heic"), (document(), "b.pdf"), (photo("PNG"), "c.png")):
        bring(resident, raw, name)
        assert resident.answer.status_code == 200
        assert "Cổng đã nhận tệp của ông/bà." in resident.page.text
    assert "Ảnh JPEG" in resident.page.text
    assert "Tài liệu PDF" in resident.page.text
    assert "Ông/bà gửi thêm tệp" in resident.page.text
    assert count(database) == len(stored(public_app)) == 3


def test_the_content_decides_and_not_the_name(resident: Resident, public_app: Flask) -> None:
    resident.send()
    bring(resident, photo("PNG"), "../../etc/passwd")
    assert "Ảnh PNG" in resident.page.text
    bring(resident, document(), "anh cua toi.jpg" * 700)
    assert "Tài liệu PDF" in resident.page.text
    assert {len(file.name) for file in stored(public_app)} == {32}


REFUSED = {
    "nothing": (b"", "Chưa có tệp nào", 422),
    "page": (b"<html><script>alert(1)</script>", "Cổng chỉ nhận ảnh và PDF", 422),
    "archive": (b"PK\x03\x04" + bytes(99), "Cổng chỉ nhận ảnh và PDF", 422),
    "cut": (photo()[:-300], "bị hỏng hoặc thiếu phần cuối", 422),
    "bomb": (bomb(), "mở ra quá lớn", 422),
    "locked": (document(password="khoa"), "có mật khẩu", 422),
    "large": (photo() + bytes(31 * 1024 * 1024 - len(photo())), "lớn hơn 30 MB", 422),
}


@pytest.mark.parametrize("way", ["receipt", "code"])
def test_what_is_refused_is_said_and_leaves_code_and_words(
    way: str, resident: Resident, public_app: Flask, database: Database
) -> None:
    code = resident.send()
    if way == "code":
        resident.track(code)
    for name, (raw, sentence, status) in REFUSED.items():
        bring(resident, raw)
        assert resident.answer.status_code == status, name
        assert sentence in resident.page.text, name
        assert resident.page.title.startswith("Lỗi:"), name
        kept = resident.code if way == "receipt" else resident.page.fields["code"]
        assert kept.replace("-", "") == code.replace("-", ""), name
    assert (count(database), stored(public_app)) == (0, [])


def test_the_largest_file_is_taken(resident: Resident) -> None:
    resident.send()
    bring(resident, photo() + bytes(FILE_BYTES - len(photo())))
    assert resident.answer.status_code == 200, resident.page.text


def test_the_same_file_twice_is_told_and_kept_once(
    resident: Resident, public_app: Flask, database: Database
) -> None:
    code = resident.send()
    bring(resident, photo())
    bring(resident, photo(), "khác.jpg")
    assert "Tệp này đã được gửi trước đó" in resident.page.text
    resident.track(code)
    bring(resident, photo())
    assert "Tệp này đã được gửi trước đó" in resident.page.text
    assert count(database) == len(stored(public_app)) == 1
    resident.send(what="Một ý kiến khác, kể về chuyện khác hẳn ở cùng khối phố này.")
    bring(resident, photo())
    assert resident.answer.status_code == 200
    assert count(database) == 2


def test_the_sixth_file_is_refused(
    resident: Resident, public_app: Flask, database: Database
) -> None:
    code = resident.send()
    token = {name: resident.page.fields[name] for name in ("csrf_token", "form_token")}
    for width in range(90, 96):
        resident.answer = post(resident.browser, WITH_RECEIPT, photo("PNG", width), **token)
    assert resident.answer.status_code == 409
    assert "Mỗi ý kiến hoặc việc kèm được 5 tệp" in resident.page.text
    assert "Gửi tệp này" not in resident.page.text
    resident.track(code)
    assert "Gửi tệp này" not in resident.page.text
    assert count(database) == len(stored(public_app)) == 5


def test_an_upload_that_is_cut_off_leaves_nothing(
    resident: Resident, public_app: Flask, public_client: FlaskClient, database: Database
) -> None:
    resident.send()
    names = ("csrf_token", "form_token")
    whole = body(photo(), **{name: resident.page.fields[name] for name in names})
    for cut in (len(whole) - 10, len(whole) // 2, 60):
        answer = public_client.post(
            WITH_RECEIPT,
            input_stream=io.BytesIO(whole[:cut]),
            environ_overrides={"CONTENT_LENGTH": str(len(whole))},
            content_type=CONTENT,
        )
        assert answer.status_code == 400
        answer = public_client.post(WITH_RECEIPT, data=whole[:cut], content_type=CONTENT)
        assert answer.status_code == 400
    assert (count(database), stored(public_app)) == (0, [])


def test_a_body_that_is_far_too_large_is_not_read(resident: Resident) -> None:
    resident.send()
    answer = resident.browser.post(
        WITH_RECEIPT,
        input_stream=io.BytesIO(),
        environ_overrides={"CONTENT_LENGTH": str(65 * 1024 * 1024)},
        content_type=CONTENT,
    )
    assert answer.status_code == 413
    assert "30 MB" in answer.text


def test_no_other_form_reads_a_file(resident: Resident, public_app: Flask) -> None:
    page = resident.open(FORM)
    answer = post(resident.browser, FORM, photo(), csrf_token=page.fields["csrf_token"])
    assert answer.status_code == 400
    assert stored(public_app) == []


def test_a_page_that_was_open_too_long_keeps_the_code(resident: Resident) -> None:
    code = resident.send()
    token = resident.page.fields["form_token"]
    resident.answer = post(
        resident.browser, WITH_RECEIPT, photo(), csrf_token="x", form_token=token
    )
    assert resident.answer.status_code == 400
    assert resident.code == code
    resident.answer = post(resident.browser, WITH_CODE, photo(), csrf_token="x", code=code)
    assert resident.answer.status_code == 400
    assert resident.page.fields["code"] == code.replace("-", "")
    assert "Xin chọn lại tệp rồi gửi" in resident.page.text


def test_without_a_code_or_a_receipt_nothing_is_taken(
    resident: Resident, public_app: Flask, database: Database
) -> None:
    token = resident.open(TRACK).fields["csrf_token"]
    for address, name, status in ((WITH_CODE, "code", 422), (WITH_RECEIPT, "form_token", 400)):
        for value in ("", "x" * 43, "0000-0000-0000-0000-0000"):
            fields = {"csrf_token": token, name: value}
            assert post(resident.browser, address, photo(), **fields).status_code == status
    assert stored(public_app) == []


def test_once_the_code_is_saved_files_go_by_the_code_only(
    resident: Resident, public_app: Flask, database: Database
) -> None:
    resident.send()
    receipt = resident.answer
    resident.press("saved", saved="y")
    resident.answer = receipt
    bring(resident, photo())
    assert "Ý kiến này đã được gửi trước đó" in resident.page.text
    assert stored(public_app) == []


def test_what_is_taken_back_takes_no_file(
    resident: Resident, public_app: Flask, database: Database
) -> None:
    code = resident.send()
    resident.track(code)
    before = resident.answer
    resident.track(code, "withdraw")
    resident.answer = before
    bring(resident, photo())
    assert resident.answer.status_code == 409
    assert "không nhận thêm tệp" in resident.page.text
    assert (count(database), stored(public_app)) == (0, [])
