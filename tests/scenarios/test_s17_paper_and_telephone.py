"""S-17: what comes by letter box or telephone is typed by staff, who cannot use its code later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient

from portal.vocabulary import Role
from tests.moderation.ward import WARD
from tests.pages import Page, page_of
from tests.scenarios.town import Letter, Town
from tests.security.dumps import readable, runs
from tests.specimens import photo
from tests.uploads import post

RARE = "Tôi thấy bồđàoxanh phơi kín lối đi chung trước cửa nhà bà hàng xóm."
ABOUT, WHAT = "Ông Nông Văn Bách, đảng viên ở khối 7", "Vật liệu để lấn hết vỉa hè trước nhà tôi."
FORM = {"about": ABOUT, "what": WHAT, "channel": "paper"}
_GROUP = re.compile(r"<li>([0-9A-HJKMNP-TV-Z]{4})</li>")


@dataclass
class Clerk:
    """A moderator who enters a letter for somebody."""

    town: Town
    browser: FlaskClient
    page: Page

    def press(self, step: str, address: str = "/enter/", **fields: str) -> Page:
        """Send the form on the screen."""
        answer = self.browser.post(address, data=self.page.fields | fields | {"step": step})
        while answer.status_code == 302:
            answer = self.browser.get(answer.location)
        self.page = page_of(answer)
        return self.page


def enter(town: Town, login: str = "hoa", **fields: str) -> tuple[Letter, Clerk]:
    """Somebody of the desk types what was in the letter box, and prints the slip."""
    browser = town.browser(login)
    clerk = Clerk(town, browser, page_of(browser.get("/enter/")))
    witness = {"channel": "box", "witness": str(town.ward.accounts["lam"])}
    clerk.press("preview", **{"about": ABOUT, "what": WHAT, **witness, **fields})
    clerk.press("send")
    groups = _GROUP.findall(clerk.page.html)
    assert len(groups) == 5, clerk.page.text
    found = re.search(r"PA-(\d+)-(\d+)", clerk.page.text)
    assert found is not None
    number = int(found[1]) * 10_000_000 + int(found[2])
    return Letter(town.resident(), "-".join(groups), number), clerk


def exchange(letter: Letter) -> Letter:
    """The writer exchanges the code of the slip at home."""
    page = letter.resident.track(letter.code)
    letter.resident.post("/tra-cuu/doi-ma", **page.fields)
    return Letter(letter.resident, letter.resident.code, letter.number)


def test_whoever_typed_it_sees_nothing_of_it_and_another_moderator_screens_it(town: Town) -> None:
    letter, clerk = enter(town)
    assert "Phiếu tra cứu" in clerk.page.text
    assert "không được giải quyết như đơn tố cáo" not in clerk.page.text
    assert "trang của Cổng" in clerk.page.text
    clerk.press("", "/enter/given")
    assert "Đã trao phiếu" in clerk.page.text
    town.work()
    assert clerk.browser.get(f"/case/{letter.number}").status_code == 404
    assert f"/case/{letter.number}" not in clerk.browser.get("/desk/").text
    lam = town.at_desk("lam", letter)
    assert "Hòm thư góp ý" in lam.page().text
    assert WHAT in lam.page().text
    town.at_desk("lam", letter).do("claim")
    town.enrol("sen", Role.MODERATOR, WARD)
    lam.do("classify", kind="report", sentiment="criticism", topic="environment_order")
    lam.do("choose", member=str(town.ward.members["bach"]))
    # The mark of whoever typed it stays when the match is confirmed.
    ticks = dict.fromkeys(("readable", "in_scope", "masked", "not_duplicate", "right_member"), "y")
    lam.do("verify", guessable="no", **ticks)
    town.at_desk("sen", letter).do("confirm")
    assert clerk.browser.get(f"/case/{letter.number}").status_code == 404
    journal = town.browser("auditor").get("/journal/").text
    assert "Nhập thư hộ người gửi" in journal
    assert "Cùng mở hòm thư góp ý" in journal


def test_the_slip_is_exchanged_once_and_opens_nothing_else(town: Town) -> None:
    letter, _clerk = enter(town)
    asked = letter.look()
    assert "Đổi mã trên phiếu" in asked
    assert "Đã tiếp nhận" not in asked
    assert "Đổi mã trên phiếu" in letter.do("withdraw")
    own = exchange(letter)
    # The new code works before the worker has done anything, and after.
    assert "Cổng đã tiếp nhận" in own.look()
    town.work()
    told = own.look()
    assert "Mã trên phiếu đã được đổi sang mã mới" in told
    assert WHAT in own.do("own")
    late = Letter(town.resident(), letter.code, letter.number)
    assert "Mã này đã được đổi ngày 23/11/2026" in late.look()
    assert "Không phải ông/bà đổi?" in late.look()
    assert "Mã trên phiếu đã được đổi" in town.at_desk("lam", letter).page().text


def test_nothing_of_it_can_be_read_where_the_portal_keeps_it(town: Town) -> None:
    letter, clerk = enter(town, what=RARE)
    clerk.press("", "/enter/given")
    own = exchange(letter)
    town.work()
    codes = (letter.code, letter.code.replace("-", ""), own.code, own.code.replace("-", ""))
    folder = Path(town.ward.database.engine.url.database or "").parent
    assert readable(folder, [*runs(RARE), "bồđàoxanh", *codes]) == []


def test_a_slip_that_was_handed_over_is_shown_to_nobody_again(town: Town) -> None:
    letter, clerk = enter(town, channel="paper")
    left = clerk.page.fields
    # A lost response loses no slip, and somebody else's browser gets none.
    again = clerk.browser.post("/enter/", data=left | FORM | {"step": "send"})
    assert _GROUP.findall(again.text) == letter.code.split("-")
    scanned = post(clerk.browser, "/enter/scan", photo(), **left)
    assert "Ảnh JPEG" in page_of(scanned).text
    assert _GROUP.findall(scanned.text) == letter.code.split("-")
    other = town.browser("lam")
    fields = left | {"csrf_token": page_of(other.get("/enter/")).fields["csrf_token"]}
    assert other.post("/enter/scan", data=fields).status_code == 404
    clerk.browser.post("/enter/given", data=left)
    assert clerk.browser.post("/enter/scan", data=left).status_code == 404
    late = clerk.browser.post("/enter/", data=left | FORM | {"step": "send"})
    assert not _GROUP.findall(late.text)
    assert "Bản trước đã được nhập." in late.text
    town.work()
    assert "Ảnh JPEG" in town.at_desk("lam", letter).page().text


def test_on_the_telephone_only_state_question_and_answer_are_read_out(town: Town) -> None:
    letter = town.send(about=ABOUT, what=WHAT)
    lam = town.at_desk("lam", letter)
    lam.do("claim")
    lam.do("ask", question="Vật liệu để ở trước số nhà nào ạ?")
    browser = town.browser("hoa")
    fields = page_of(browser.get("/read-out/")).fields | {"reference": str(letter.number)[-6:]}
    wrong = browser.post("/read-out/", data=fields | {"code": "0" * 20})
    assert "Không có hồ sơ nào với số và mã này ở đây." in wrong.text
    heard = page_of(browser.post("/read-out/", data=fields | {"code": letter.code}))
    assert "Vật liệu để ở trước số nhà nào ạ?" in heard.text
    assert WHAT not in heard.text
    assert "Đọc hồ sơ qua điện thoại" in town.browser("auditor").get("/journal/").text
    # The code that was heard opens nothing any more but its exchange.
    assert "Đổi mã trên phiếu" in letter.look()
    again = browser.post("/read-out/", data=fields | {"code": letter.code})
    assert "Bộ phận tiếp nhận hỏi người gửi" in again.text
    assert "Cán bộ đã đọc hồ sơ qua điện thoại" in exchange(letter).look()


def test_whoever_is_tied_reads_nothing_out_and_whoever_typed_it_may(town: Town) -> None:
    letter, _clerk = enter(town)
    town.work()
    for login, told in (
        ("tied", "Không có hồ sơ nào"),
        ("far", "Không có hồ sơ nào"),
        ("hoa", "PA-"),
    ):
        browser = town.browser(login)
        fields = page_of(browser.get("/read-out/")).fields
        sent = fields | {"reference": str(letter.number)[-6:], "code": letter.code}
        assert told in page_of(browser.post("/read-out/", data=sent)).text, login


def test_the_typist_is_told_what_belongs_elsewhere_before_it_is_entered(town: Town) -> None:
    browser = town.browser("hoa")
    clerk = Clerk(town, browser, page_of(browser.get("/enter/")))
    told = clerk.press("preview", **FORM | {"what": "Ông ấy nhận tiền của tôi để làm sổ đỏ."})
    for words in ("nhận tiền của tôi để làm sổ đỏ", "Ban Nội chính", "sau đó chỉ Ủy ban kiểm tra"):
        assert words in told.text
    assert "vẫn muốn gửi như một phản ánh" in clerk.press("send").text
    assert _GROUP.findall(clerk.page.html) == []
    clerk.press("send", gate="report")
    assert len(_GROUP.findall(clerk.page.html)) == 5
    # The writer takes home what a writer at the site reads on the receipt.
    assert "không được giải quyết như đơn tố cáo" in clerk.page.text
    # A page that comes back with a fault of a file says it again.
    assert "không được giải quyết như đơn tố cáo" in clerk.press("", "/enter/scan").text


def test_what_is_no_denunciation_asks_the_typist_for_nothing_more(town: Town) -> None:
    browser = town.browser("hoa")
    clerk = Clerk(town, browser, page_of(browser.get("/enter/")))
    assert "Xin nói với người gửi nơi có thẩm quyền" not in clerk.press("preview", **FORM).text
