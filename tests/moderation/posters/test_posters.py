"""Posters: a page for each place, a picture that leads to its form, and nobody's name."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import segno
from flask import Flask

from moderation.posters import drawing
from moderation.posters.choosing import Spot, spots
from moderation.posters.sheets import Size, to_bytes
from moderation.posters.wording import Portal, word
from moderation.sessions import begin_session
from portal.installation import Unit
from portal.printing.page import Paper
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import WARD, Ward
from tests.pages import CheckingClient, page_of
from wsgi import create_staff_app

UNIT = Unit(WARD, "Phường Đông Kinh", "dong-kinh")
PORTAL = Portal("https://y-kien.example.vn", "/gui-y-kien", "0500 000 001", "Tỉnh", sample=True)
LINK = "https://y-kien.example.vn/gui-y-kien?noi=dong-kinh&khoi=Kh%E1%BB%91i%207"
CHOSEN = f"/posters/?unit={WARD}&spoken=vi"


def drawn(size: Size, *hung: Spot) -> pypdfium2.PdfDocument:
    """The posters of these places as somebody opens them."""
    made = io.BytesIO()
    posters = [word(spot, portal=PORTAL, language="vi") for spot in hung]
    drawing.draw_on(Paper(), to_bytes(posters, size), made)
    return pypdfium2.PdfDocument(made.getvalue())


def test_the_places_of_a_ward_are_the_ward_and_its_neighbourhoods(ward: Ward) -> None:
    with ward.database.reading() as session:
        found = spots(session, unit=UNIT, on=ward.office.today)
    assert [spot.neighbourhood for spot in found] == ["", "Khối 2", "Khối 7"]


def test_the_picture_is_the_link_to_the_form_with_the_place_chosen() -> None:
    poster = word(Spot(UNIT, 5, "Khối 7"), portal=PORTAL, language="vi")
    assert poster.link == LINK
    assert poster.place == "Khối 7, phường Đông Kinh"
    document = drawn(Size.A4, Spot(UNIT, 5, "Khối 7"))
    picture = document[0].render(scale=4).to_pil().convert("L")
    document.close()
    wanted = [[bool(dark) for dark in row] for row in segno.make_qr(LINK, error="q").matrix]
    dark = picture.crop((0, picture.height * 23 // 100, picture.width, picture.height * 54 // 100))
    box = dark.point(lambda level: 255 if level < 128 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    step = (right - left) / len(wanted)
    assert abs(bottom - top - (right - left)) <= 2
    seen = [
        [
            dark.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) < 128
            for x in range(len(wanted))
        ]
        for y in range(len(wanted))
    ]
    assert seen == wanted


def test_another_language_is_kept_in_the_link() -> None:
    poster = word(Spot(UNIT), portal=PORTAL, language="en")
    assert poster.link.endswith("?noi=dong-kinh&lang=en")
    assert poster.lead[0] == "Praise and criticism are equally welcome."
    assert poster.mark == "SAMPLE DATA"


def test_each_paper_has_its_size_and_a_whole_ward_a_page_for_each_place() -> None:
    hung = (Spot(UNIT), Spot(UNIT, 4, "Khối 2"), Spot(UNIT, 5, "Khối 7"))
    for size, millimetres in (
        (Size.A4, (210, 297)),
        (Size.A5, (148, 210)),
        (Size.CARD, (210, 297)),
    ):
        document = drawn(size, *hung)
        assert len(document) == len(hung)
        width, height = document[0].get_size()
        assert (round(width * 25.4 / 72), round(height * 25.4 / 72)) == millimetres
        last = document[2].get_textpage().get_text_bounded()
        assert last.count("y-kien.example.vn") >= (10 if size is Size.CARD else 3)
        assert last.count("DỮ LIỆU MẪU") == (10 if size is Size.CARD else 1)
        # What hangs on a wall says nothing of the page that it was of a file.
        assert "3" not in [line.strip() for line in last.splitlines()]
        document.close()


def test_anybody_of_the_staff_chooses_a_place_and_prints(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser = staff_client("thanh")
    assert "Chưa chọn xã, phường" in page_of(browser.get("/posters/")).text
    page = page_of(browser.get(CHOSEN))
    assert "Tất cả các nơi dưới đây" in page.text
    assert "Khối 2" in page.text
    answer = browser.get(f"/posters/a5?unit={WARD}&spoken=vi")
    assert answer.mimetype == "application/pdf"
    name = answer.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=to-gioi-thieu-a5-")
    document = pypdfium2.PdfDocument(answer.data)
    assert len(document) == 3
    document.close()
    for address in (
        "a4",
        "a4?unit=999999",
        f"a3?unit={WARD}",
        f"a4?unit={WARD}&for=999",
        "a4?for=x",
    ):
        assert browser.get(f"/posters/{address}").status_code == 404


def test_without_an_address_there_is_nothing_to_print(ward: Ward, staff_app: Flask) -> None:
    own = replace(staff_app.extensions["portal"].settings, address="")
    other = create_staff_app(own, clock=lambda: ward.at)
    other.test_client_class = CheckingClient
    browser = other.test_client()
    with ward.database.writing() as session:
        token = begin_session(session, account_id=ward.accounts["thanh"], at=ward.at, hours=10)
    with browser.session_transaction() as cookie:
        cookie.update({"_user_id": token, "_fresh": True})
    assert "PORTAL_ADDRESS" in page_of(browser.get(CHOSEN)).text
    assert browser.get(f"/posters/a4?unit={WARD}").status_code == 404
