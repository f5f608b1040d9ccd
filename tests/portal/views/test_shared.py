"""A shared machine: nothing that one person wrote or read comes back to the next."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.pages import page_of
from tests.portal.residents import FORM, TRACK, WHAT, Resident

SHARED, DONE = "/may-dung-chung", "/may-dung-chung/xong"


def share(client: FlaskClient) -> Resident:
    """A machine in a neighbourhood's house, set up by staff."""
    resident = Resident(client)
    token = resident.open(SHARED).fields["csrf_token"]
    resident.answer = resident.browser.post(SHARED, data={"csrf_token": token, "step": "on"})
    return resident


def test_every_page_says_so_is_kept_by_nobody_and_can_be_cleared(
    public_client: FlaskClient,
) -> None:
    resident = share(public_client)
    for address in ("/", FORM, TRACK, "/huong-dan", "/rieng-tu", "/so-cai", "/no-such-page"):
        page = resident.open(address)
        assert resident.answer.headers["Cache-Control"] == "no-store", address
        assert "Xong, xóa trang" in page.text
        assert page.html.count("data-exit") == 1, address
        assert page.html.count("data-idle") == 1
        assert f'<noscript><meta http-equiv="refresh" content="1200; url={DONE}">' in page.html
    assert "Máy dùng chung" not in Resident(public_client.application.test_client()).open("/").text


def test_what_was_written_does_not_come_back_after_it_was_cleared(
    public_client: FlaskClient,
) -> None:
    resident = share(public_client)
    resident.write()
    left = resident.page.fields
    resident.answer = resident.browser.get(DONE)
    assert resident.answer.status_code == 303
    assert resident.answer.headers["Clear-Site-Data"] == '"cache"'
    # The next person goes back, and the browser sends the same form once more.
    for step in ("preview", "send", "edit"):
        resident.answer = resident.browser.post(FORM, data=left | {"step": step, "consent": "y"})
        assert resident.answer.status_code == 303
        assert resident.answer.location == DONE
        assert WHAT not in resident.answer.text


def test_a_code_does_not_come_back_either(public_client: FlaskClient) -> None:
    resident = share(public_client)
    code = resident.send()
    token = resident.open(TRACK).fields["csrf_token"]
    resident.post(TRACK, csrf_token=token, code=code, step="look")
    resident.answer = resident.browser.get(DONE)
    answer = resident.browser.post(TRACK, data={"csrf_token": token, "code": code})
    assert answer.location == DONE
    assert code not in answer.text


def test_the_quick_way_out_stays_dull_and_leads_on_to_the_next_person(
    public_client: FlaskClient,
) -> None:
    resident = share(public_client)
    page = resident.open("/thoat")
    assert page.h1 == "Lịch làm việc"
    assert "dùng chung" not in page.text
    assert resident.answer.headers["Refresh"] == f"120; url={DONE}"


def test_it_is_switched_off_where_it_was_switched_on(public_client: FlaskClient) -> None:
    resident = share(public_client)
    page = resident.open(SHARED)
    assert "Máy này đang ở chế độ dùng chung." in page.text
    resident.browser.post(SHARED, data={"csrf_token": page.fields["csrf_token"], "step": "off"})
    assert "data-idle" not in page_of(resident.browser.get("/")).html
