"""The main job, from a resident's screen to the committee's and back, as people do it."""

from __future__ import annotations

import re

import pytest

from portal.clock import local_date, now
from portal.text import vn_date
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.residents import code_on, open_details, step, track, write
from tests.browser.screens import DESK, PHONE, Screen
from tests.browser.staff import sign_in

pytestmark = pytest.mark.browser

ABOUT = "Ông Nông Văn Bách, đảng viên ở khối 7"
WHAT = (
    "Mấy tuần nay ông Bách chất gạch, cát trên vỉa hè trước số nhà 15, người già phải đi xuống "
    "lòng đường. Bà con đã nhắc hai lần. Ai cần hỏi thêm xin gọi 0500 000 001."
)
DRAFT = "Chi bộ đã gặp đảng viên và nhắc dọn."
ANSWER = "Chi bộ đã gặp đảng viên. Gạch, cát đã được dọn, vỉa hè đã thông."
STATEMENT = "Tôi nhận thiếu sót và đã thuê người dọn."


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, False), (DESK, True)])
def test_a_comment_reaches_its_cell_and_the_answer_comes_back(
    look: Look,
    installation: Installation,
    public: Served,
    staff: Served,
    width: int,
    scripts: bool,
) -> None:
    resident = look(public, width=width, scripts=scripts)
    code = _send(resident)
    reference = re.findall(r"PA-\d{4}-\d{6}", resident.text)[0]
    resident.tick("saved")
    resident.press("button[value=saved]")
    installation.work()

    first = look(staff, width=width, scripts=scripts)
    sign_in(first, "hoa.luong")
    _open(first, reference)
    _screen(first)
    second = look(staff, width=width, scripts=scripts)
    sign_in(second, "lam.chu")
    _open(second, reference)
    second.press('form[action$="/confirm"] button')
    assert "Đủ điều kiện chuyển" in second.text
    _pass_on(second)

    committee = look(staff, width=width, scripts=scripts)
    sign_in(committee, "sim.dam")
    _open(committee, reference)
    _handle(committee)

    _open(second, reference)
    second.put(answer=ANSWER)
    second.press("button[form=publish-form]")
    assert "Câu trả lời đã đến người gửi." in second.text

    track(resident, code)
    assert resident.h1 == "Ý kiến của ông/bà đã có kết quả"
    assert ANSWER in resident.text
    resident.tick("rating", "satisfied")
    step(resident, "rate")
    installation.work()
    track(resident, code)
    assert resident.h1 == "Việc này đã kết thúc"
    assert ANSWER in resident.text


def _send(screen: Screen) -> str:
    """Write, say which ward it is, look it over, and send."""
    write(screen, about=ABOUT, what=WHAT)
    open_details(screen)
    screen.see("#unit").select_option(label="Phường Đông Kinh")
    screen.press("button[value=preview]")
    assert "[đã che số điện thoại]" in screen.text
    screen.tick("consent")
    screen.press("button[value=send]")
    return code_on(screen)


def _open(screen: Screen, reference: str) -> None:
    """Look a case up by its number, on whatever desk this is, and open it."""
    screen.press(".nav a[aria-current], .nav a >> nth=0")
    screen.put(q=reference)
    screen.press(".filter button")
    assert reference in screen.text
    screen.press(".rows a.ti")
    assert reference in screen.text


def _screen(screen: Screen) -> None:
    """Take the case, read it, say who is meant, check it, and propose to pass it on."""
    screen.press('form[action$="/claim"] button')
    assert "0500 000 001" not in screen.see("main").inner_text()
    assert "[đã che số điện thoại]" in screen.text
    screen.see("#kind").select_option("report")
    screen.see("#sentiment").select_option("criticism")
    screen.see("#topic").select_option("environment_order")
    screen.press('button[formaction$="/classify"]')
    screen.see(".cand label", has_text="Nông Văn Bách, 1961").click()
    screen.press('button[formaction$="/choose"]')
    for point in ("readable", "in_scope", "masked", "not_duplicate", "right_member"):
        screen.tick(point)
    screen.tick("guessable", "no")
    screen.press('button[formaction$="/verify"]')
    assert "Chờ người thứ hai" in screen.text
    assert screen.see('form[action$="/confirm"]').count() == 0


def _pass_on(screen: Screen) -> None:
    """Send it where the rules propose, with the masked words, and others for the member."""
    proposed = screen.see("#organisation option:checked")
    assert proposed.inner_text().startswith("Chi bộ")
    screen.put(put="Có ý kiến về vật liệu để trên vỉa hè.")
    screen.press("button[form=route-form]:not([formaction])")
    assert "Hồ sơ đã chuyển đi." in screen.text


def _handle(screen: Screen) -> None:
    """Take it on, act, hear the member, and report."""
    assert "chất gạch, cát trên vỉa hè" in screen.text
    assert "0500 000 001" not in screen.see("main").inner_text()
    screen.press('form[action$="/accept"] button')
    screen.see("#deed").select_option("field_check")
    screen.put(note="Chi bộ đã đến xem tại chỗ.", inside="Có đồng chí khối trưởng cùng đi.")
    screen.press("button[form=work]")
    screen.press('a[href$="/statement"]')
    screen.tick("outcome", "given")
    today = vn_date(local_date(now()))
    screen.put(text=STATEMENT, asked_on=today, read_on=today)
    screen.tick("read_back")
    screen.press("button[form=work]")
    assert STATEMENT in screen.text
    screen.press('a[href$="/report"]')
    screen.tick("finding", "substantiated")
    screen.put(draft=DRAFT)
    screen.press("button[form=work]")
    assert "Báo cáo đã gửi bộ phận tiếp nhận." in screen.text
