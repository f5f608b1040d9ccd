"""Sending, as a resident does it: nothing typed is lost, nothing is sent twice."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import sqlite
from portal.choices import FEAR_WORDS
from portal.db import Database
from portal.models import Case, ResidentAct, Submission
from portal.receiving import RECEIPT_LASTS
from portal.vault import Ring
from portal.vocabulary import ActKind, Context, HowKnown, Kind, PostLevel
from tests.clocks import StandingClock
from tests.conftest import Watch
from tests.pages import page_of
from tests.portal.conftest import DONG_KINH, OLD_WARD
from tests.portal.residents import ABOUT, FORM, WHAT, Resident

DETAILS = {
    "kind": "report",
    "unit": str(DONG_KINH),
    "unit_text": "Khối 7",
    "post_level": "cell",
    "context": "residence",
    "place": "trước số nhà 15",
    "when": "9/2026",
    "how_known": "seen",
    "hope": "Mong dọn sớm.",
    "fears": "y",
}


def submissions(database: Database) -> int:
    """How many submissions there are."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_two_answers_and_a_consent_are_enough(resident: Resident, database: Database) -> None:
    resident.write()
    assert resident.page.h1 == "Xem lại trước khi gửi"
    resident.press("send", consent="y")
    assert resident.page.h1 == "Cổng đã tiếp nhận ý kiến của ông/bà"
    assert "PA-2026-000001" in resident.page.text
    assert submissions(database) == 1


def test_the_receipt_promises_dates_spells_the_code_and_draws_it(resident: Resident) -> None:
    resident.send()
    page = resident.page
    assert "17:00, 25/11/2026" in page.text
    assert "17:00, 30/11/2026" in page.text
    assert '<dl class="spell" lang="vi">' in resident.answer.text
    assert "<svg viewBox" in resident.answer.text
    assert resident.answer.headers["Cache-Control"] == "no-store"
    assert FORM not in page.title
    assert WHAT not in page.text


def test_who_fears_retaliation_is_promised_a_look_within_one_day(resident: Resident) -> None:
    resident.send(fears="y")
    assert "17:00, 24/11/2026" in resident.page.text


def test_every_detail_reaches_the_database_or_the_seal(
    resident: Resident, communes: Database
) -> None:
    code = resident.send(**DETAILS)
    with communes.reading() as session:
        found = session.scalars(select(Submission)).one()
        case = session.scalars(select(Case)).one()
    assert (found.kind, found.context) == (Kind.REPORT, Context.RESIDENCE)
    assert (found.how_known, found.post_level) == (HowKnown.SEEN, PostLevel.CELL)
    assert found.unit_id == case.unit_id == DONG_KINH
    assert found.fears_retaliation
    assert case.fears_retaliation
    own = resident.track(code, "own").text
    for typed in ("Khối 7", "trước số nhà 15", "9/2026", "Mong dọn sớm."):
        assert typed in own


def test_the_preview_shows_what_readers_will_see_and_counts_what_is_masked(
    resident: Resident,
) -> None:
    page = resident.write(what="Xin gọi 0912 345 678 hoặc bach@example.org cho rõ.")
    assert "Cổng đã che 2 chỗ" in page.text
    assert "[đã che số điện thoại]" in page.text
    assert "0912" not in page.text
    assert page.fields["what"] == "Xin gọi 0912 345 678 hoặc bach@example.org cho rõ."


def test_what_was_written_is_escaped_once(resident: Resident) -> None:
    resident.write(what='<b>Đậm</b> & "ngoặc" <script>alert(1)</script>')
    assert "<script>alert" not in resident.answer.text
    assert '<b>Đậm</b> & "ngoặc" <script>alert(1)</script>' in resident.page.text


def test_going_back_from_the_preview_loses_nothing(resident: Resident, communes: Database) -> None:
    resident.write(**DETAILS)
    token = resident.page.fields["form_token"]
    page = resident.press("edit")
    assert page.h1 == "Gửi ý kiến"
    assert page.fields | DETAILS | {"about": ABOUT, "what": WHAT} == page.fields
    assert page.fields["form_token"] == token


def test_what_is_being_written_is_there_for_the_back_button_until_it_is_sent(
    resident: Resident,
) -> None:
    resident.write(about="")
    assert resident.answer.headers["Cache-Control"] == "private, no-cache"
    resident.write()
    assert resident.answer.headers["Cache-Control"] == "private, no-cache"
    resident.press("send")
    assert resident.answer.headers["Cache-Control"] == "private, no-cache"
    resident.press("send", consent="y")
    assert resident.answer.headers["Cache-Control"] == "no-store"
    assert "Clear-Site-Data" not in resident.answer.headers
    resident.press("saved", saved="y")
    assert resident.answer.headers["Cache-Control"] == "no-store"
    assert resident.answer.headers["Clear-Site-Data"] == '"cache"'


def test_whoever_fears_retaliation_reads_the_same_promise_everywhere(resident: Resident) -> None:
    promise = str(FEAR_WORDS)
    for address in ("/", FORM, "/rieng-tu"):
        assert promise in resident.open(address).text, address
    assert promise in resident.write(fears="y").text


def test_before_sending_one_reads_that_the_member_is_asked_and_how_to_withdraw(
    resident: Resident,
) -> None:
    for page in (resident.open("/gui-y-kien?noi=phuong-dong-kinh"), resident.write()):
        assert "cấp ủy nghe đảng viên giải trình" in page.text
        assert "ông/bà có thể rút ý kiến" in page.text


def test_the_corner_of_a_card_leads_back_to_its_field(resident: Resident) -> None:
    page = resident.write()
    resident.post(FORM, **page.fields, edit="what")
    assert resident.page.h1 == "Gửi ý kiến"
    assert "autofocus" in resident.answer.text
    assert resident.page.fields["what"] == WHAT


def test_without_consent_nothing_is_sent_and_nothing_is_lost(
    resident: Resident, database: Database
) -> None:
    resident.write(place="ngõ 3")
    page = resident.press("send")
    assert resident.answer.status_code == 422
    assert page.title.startswith("Lỗi:")
    assert page.fields["place"] == "ngõ 3"
    assert ("consent", "y") not in page.ticked
    assert submissions(database) == 0
    resident.press("send", consent="y")
    assert resident.answer.status_code == 200


def test_the_same_post_again_gives_the_same_receipt(
    resident: Resident, database: Database, clock: StandingClock
) -> None:
    resident.write()
    fields = resident.page.fields | {"step": "send", "consent": "y"}
    resident.post(FORM, **fields)
    first = resident.code
    clock.forward(minutes=29)
    resident.post(FORM, **fields)
    assert resident.code == first
    assert submissions(database) == 1


def test_after_half_an_hour_the_code_is_not_shown_again(
    resident: Resident, database: Database, clock: StandingClock
) -> None:
    resident.write()
    fields = resident.page.fields | {"step": "send", "consent": "y"}
    resident.post(FORM, **fields)
    clock.forward(seconds=RECEIPT_LASTS.total_seconds() + 1)
    page = resident.post(FORM, **fields)
    assert page.h1 == "Ý kiến này đã được gửi trước đó"
    assert "Tra cứu" in page.text
    assert submissions(database) == 1


def test_after_the_code_is_saved_it_is_not_shown_again(
    resident: Resident, database: Database
) -> None:
    resident.write()
    fields = resident.page.fields | {"step": "send", "consent": "y"}
    resident.post(FORM, **fields)
    receipt = resident.page.fields
    assert resident.press("saved", saved="y").h1 == "Xin cảm ơn ông/bà"
    assert resident.post(FORM, **fields).h1 == "Ý kiến này đã được gửi trước đó"
    assert resident.post(FORM, **receipt, step="saved", saved="y").h1 == "Xin cảm ơn ông/bà"
    with database.reading() as session:
        acts = session.scalars(select(ResidentAct)).all()
    assert [act.kind for act in acts] == [ActKind.SAVED]
    assert all(act.done_at for act in acts)


def test_the_box_must_be_ticked_before_the_code_is_put_away(resident: Resident) -> None:
    code = resident.send()
    page = resident.press("saved")
    assert resident.answer.status_code == 422
    assert resident.code == code
    assert "đánh dấu vào ô này" in page.text


def test_saying_saved_for_a_form_that_was_never_sent_is_refused(resident: Resident) -> None:
    page = resident.open(FORM)
    resident.post(FORM, **page.fields, step="saved", saved="y")
    assert resident.answer.status_code == 400


def test_other_words_from_a_sent_form_become_a_new_comment_only_when_asked_again(
    resident: Resident, database: Database
) -> None:
    resident.write()
    fields = resident.page.fields | {"step": "send", "consent": "y"}
    resident.post(FORM, **fields)
    page = resident.post(FORM, **fields | {"what": "Việc khác hẳn."})
    assert resident.answer.status_code == 409
    assert "một ý kiến mới" in page.text
    assert page.fields["what"] == "Việc khác hẳn."
    assert page.fields["form_token"] != fields["form_token"]
    assert submissions(database) == 1
    resident.press("send", consent="y")
    assert submissions(database) == 2


def test_a_tick_that_changes_is_other_words_too(resident: Resident, database: Database) -> None:
    resident.write()
    fields = resident.page.fields | {"step": "send", "consent": "y"}
    resident.post(FORM, **fields)
    resident.post(FORM, **fields | {"fears": "y"})
    assert resident.answer.status_code == 409
    assert submissions(database) == 1


def test_two_clicks_at_one_moment_give_one_submission_and_one_code(
    public_app: Flask, resident: Resident, database: Database
) -> None:
    resident.write()
    fields = resident.page.fields | {"step": "send", "consent": "y"}
    cookie = resident.browser.get_cookie("portal_public")
    assert cookie is not None
    codes: list[str] = []

    def click() -> None:
        browser = public_app.test_client()
        browser.set_cookie("portal_public", cookie.value)
        another = Resident(browser)
        another.post(FORM, **fields)
        codes.append(another.code)

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == 4
    assert len(set(codes)) == 1
    assert submissions(database) == 1


def test_a_unique_constraint_that_is_hit_once_is_tried_again(
    public_app: Flask, resident: Resident, database: Database
) -> None:
    own: Database = public_app.extensions["portal"].database
    hits: list[str] = []

    def hit(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO submission") and not hits:
            hits.append(statement)
            raise IntegrityError(statement, None, Exception("unique"))

    resident.write()
    event.listen(own.engine, "before_cursor_execute", hit)
    resident.press("send", consent="y")
    event.remove(own.engine, "before_cursor_execute", hit)
    assert hits
    assert resident.code
    assert submissions(database) == 1


def test_a_link_chooses_the_commune_and_an_unknown_one_is_ignored(
    resident: Resident, communes: Database
) -> None:
    assert resident.open(f"{FORM}?noi=dong-kinh").fields["unit"] == str(DONG_KINH)
    assert resident.open(f"{FORM}?noi=xa-bac-son").fields["unit"] == "13"
    assert resident.open(f"{FORM}?noi=khong-co").fields["unit"] == ""
    assert resident.answer.status_code == 200


def test_a_link_names_the_neighbourhood_and_nothing_longer_or_wilder(
    resident: Resident, communes: Database
) -> None:
    named = resident.open(f"{FORM}?noi=dong-kinh&khoi=Kh%E1%BB%91i%207")
    assert (named.fields["unit"], named.fields["unit_text"]) == (str(DONG_KINH), "Khối 7")
    assert resident.open(f"{FORM}?noi=dong-kinh").fields["unit_text"] == ""
    wild = resident.open(f"{FORM}?khoi=%3Cb%3E%0A" + "a" * 900).fields["unit_text"]
    assert wild == ("<b> " + "a" * 900)[:60]


def test_the_communes_come_by_letter_in_vietnamese_order(
    resident: Resident, communes: Database
) -> None:
    html = resident.browser.get(FORM).text
    shown = [html.index(word) for word in ('label="B"', "Bắc Sơn", 'label="Đ"', "Đình Lập")]
    assert shown == sorted(shown)
    assert html.index("Đình Lập") < html.index("Đông Kinh")
    assert "Vĩnh Trại" not in html


@pytest.mark.parametrize("unit", ["999", str(OLD_WARD), "0", "-1", "9" * 40, "một", "12 OR 1=1"])
def test_a_forged_commune_gets_a_sentence_and_loses_nothing(
    resident: Resident, communes: Database, unit: str
) -> None:
    page = resident.write(unit=unit)
    assert resident.answer.status_code == 422
    assert "không có trong danh sách" in page.text
    assert page.fields["what"] == WHAT


@pytest.mark.parametrize("name", ["kind", "post_level", "context", "how_known"])
def test_a_forged_answer_gets_a_sentence_and_loses_nothing(resident: Resident, name: str) -> None:
    page = resident.write(**DETAILS | {"unit": "", name: "forged"})
    assert resident.answer.status_code == 422
    question = {
        "kind": "Câu nào gần ý ông/bà nhất?",
        "post_level": "Người đó giữ chức vụ ở cấp nào?",
        "context": "Việc này liên quan đến",
        "how_known": "Ông/bà biết việc này từ đâu?",
    }[name]
    assert f"“{question}”: câu trả lời này không có trong danh sách." in page.text
    kept = {**DETAILS, "about": ABOUT, "what": WHAT, "unit": ""}
    del kept[name]
    assert page.fields | kept == page.fields


def test_an_unknown_step_gets_a_sentence_and_loses_nothing(resident: Resident) -> None:
    resident.write()
    page = resident.press("approve")
    assert resident.answer.status_code == 400
    assert page.fields["what"] == WHAT


@pytest.mark.parametrize("token", ["", "x", "a" * 43 + "!", "ă" * 43])
def test_a_form_token_that_is_none_never_sends(
    resident: Resident, database: Database, token: str
) -> None:
    resident.write()
    page = resident.press("send", consent="y", form_token=token)
    assert resident.answer.status_code == 400
    assert len(page.fields["form_token"]) == 43
    assert page.fields["what"] == WHAT
    assert submissions(database) == 0


@pytest.mark.parametrize("token", ["", "wrong", "expired"])
def test_a_token_that_is_no_good_sends_nothing_and_keeps_everything(
    public_app: Flask, resident: Resident, database: Database, token: str
) -> None:
    resident.write(place="ngõ 3")
    fields = resident.page.fields | {"step": "send", "consent": "y"}
    if token == "expired":
        public_app.config["WTF_CSRF_TIME_LIMIT"] = -1
    else:
        fields["csrf_token"] = token
    page = resident.post(FORM, **fields)
    assert resident.answer.status_code == 400
    assert page.h1 == "Xem lại trước khi gửi"
    assert "Trang mở đã lâu" in page.text
    assert (page.fields["what"], page.fields["place"]) == (WHAT, "ngõ 3")
    assert submissions(database) == 0


def test_a_bad_token_before_the_preview_keeps_the_form(resident: Resident) -> None:
    page = resident.open(FORM)
    page = resident.post(
        FORM, **page.fields | {"about": ABOUT, "csrf_token": "", "step": "preview"}
    )
    assert resident.answer.status_code == 400
    assert page.fields["about"] == ABOUT
    resident.post(FORM, **page.fields | {"what": WHAT, "step": "preview"})
    assert resident.answer.status_code == 200


def test_a_bad_token_on_the_receipt_shows_it_again_and_saves_nothing(
    resident: Resident, database: Database
) -> None:
    code = resident.send()
    resident.press("saved", saved="y", csrf_token="")
    assert resident.answer.status_code == 400
    assert resident.code == code
    with database.reading() as session:
        assert not session.scalars(select(ResidentAct)).all()


def test_a_browser_without_cookies_is_told_so(public_app: Flask) -> None:
    browser = public_app.test_client(use_cookies=False)
    resident = Resident(browser)
    page = resident.write()
    assert resident.answer.status_code == 400
    assert "cookie" in page.text
    assert page.fields["what"] == WHAT


def test_two_tabs_are_two_comments(resident: Resident, database: Database) -> None:
    first = resident.open(FORM).fields
    second = resident.open(FORM).fields
    assert first["form_token"] != second["form_token"]
    codes = set()
    for fields in (first, second):
        resident.post(FORM, **fields | {"about": ABOUT, "what": WHAT, "step": "preview"})
        resident.press("send", consent="y")
        codes.add(resident.code)
    assert len(codes) == 2
    assert submissions(database) == 2


def test_while_the_database_is_away_the_words_stay_on_the_screen(
    public_app: Flask, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    own: Database = public_app.extensions["portal"].database
    resident.write()
    monkeypatch.setattr(sqlite, "PATIENCE_SECONDS", 0)
    with own.writer.begin():
        page = resident.press("send", consent="y")
    assert resident.answer.status_code == 503
    assert page.fields["what"] == WHAT
    assert "Cổng đang bận" in page.text
    resident.press("send", consent="y")
    assert resident.code


def test_the_form_asks_the_database_nothing_once_it_is_warm(
    public_app: Flask, resident: Resident, communes: Database, statements: Watch
) -> None:
    own: Database = public_app.extensions["portal"].database
    resident.open(f"{FORM}?noi=dong-kinh")
    with statements(own) as seen:
        first = resident.open(FORM)
        second = resident.open(f"{FORM}?noi=dong-kinh")
    assert seen == []
    assert first.fields["form_token"] != second.fields["form_token"]
    assert second.fields["unit"] == str(DONG_KINH)


def test_a_preview_asks_the_database_nothing(
    public_app: Flask, resident: Resident, statements: Watch
) -> None:
    resident.write()
    with statements(public_app.extensions["portal"].database) as seen:
        resident.write()
    assert seen == []


def test_a_submission_takes_at_most_eight_statements_in_one_transaction(
    public_app: Flask, resident: Resident, statements: Watch
) -> None:
    resident.write()
    with statements(public_app.extensions["portal"].database) as seen:
        resident.press("send", consent="y")
    begun_and_asked = ["BEGIN IMMEDIATE", *seen]
    assert len(begun_and_asked) <= 8, seen
    assert seen.count("COMMIT") == 1
    assert seen[-1] == "COMMIT"


def test_no_code_stands_in_an_address_a_cookie_or_a_log(
    resident: Resident, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        code = resident.send()
        resident.track(code)
    plain = code.replace("-", "")
    assert plain not in caplog.text
    assert code not in caplog.text
    cookies = resident.browser._cookies or {}
    assert all(plain not in cookie.value for cookie in cookies.values())


def test_the_public_process_cannot_open_what_it_received(ring_public: Ring) -> None:
    assert not ring_public.private
    assert ring_public.search_key is None


def test_every_address_of_sending_answers_a_wrong_method_with_a_page(resident: Resident) -> None:
    answer: TestResponse = resident.browser.put(FORM)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert page_of(answer).h1
