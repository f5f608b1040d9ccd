"""The pages on which moderators make the text for everybody, and whoever may not see them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.vocabulary import Publication
from tests.moderation.conftest import StaffClient
from tests.moderation.making_public.teller import TEXT, Teller
from tests.moderation.views.staffer import Staffer
from tests.moderation.ward import NOON, Ward
from tests.pages import page_of

LIST, PAGE = "/public-answers/", "public-answer"
TICKED = dict.fromkeys(("nobody_named", "nothing_single", "own_words", "crowd"), "y")


@pytest.fixture
def teller(ward: Ward) -> Teller:
    """A closed case among enough like it."""
    ward.at = NOON - timedelta(days=7)
    return Teller.of(ward).among()


def at_desk(teller: Teller, staff_client: StaffClient, login: str) -> Staffer:
    """Somebody in front of the case."""
    return Staffer(staff_client(login), "case", teller.walk.number)


def test_two_moderators_make_the_text_on_its_page(
    teller: Teller, staff_client: StaffClient
) -> None:
    teller.say(agrees=True)
    hoa, lam = (at_desk(teller, staff_client, login) for login in ("hoa", "lam"))
    assert "5 việc, 3 tổ chức" in hoa.page(PAGE).text
    refused = hoa.send(PAGE, text="Ông Nông Văn Bách đã dọn ở khối 7.")
    assert refused.status_code == 422
    assert "Ông Nông Văn Bách đã dọn ở khối 7." in page_of(refused).fields["text"]
    hoa.do(PAGE, text=TEXT)
    assert "Người khác phải xác nhận" in hoa.page(PAGE).text
    page = lam.page(PAGE)
    assert TEXT in page.text
    draft = page.fields["draft"]
    half = lam.send(f"{PAGE}/confirm", draft=draft, nobody_named="y")
    assert half.status_code == 422
    assert teller.state is Publication.WRITTEN
    assert hoa.send(f"{PAGE}/confirm", draft=draft, **TICKED).status_code == 409
    lam.do(f"{PAGE}/confirm", draft=draft, **TICKED)
    assert teller.release.publish_on is not None


def test_a_text_that_was_replaced_is_not_confirmed(
    teller: Teller, staff_client: StaffClient
) -> None:
    teller.say(agrees=True).write().write("Một hộ đã dọn lối đi chung.")
    lam = at_desk(teller, staff_client, "lam")
    assert lam.send(f"{PAGE}/confirm", draft="1", **TICKED).status_code == 409
    assert teller.state is Publication.WRITTEN


def test_what_is_published_is_ended_on_its_page(teller: Teller, staff_client: StaffClient) -> None:
    teller.say(agrees=True).write().confirm()
    teller.wait(200)
    lam = at_desk(teller, staff_client, "lam")
    assert "Đã công bố" in lam.page(PAGE).text
    lam.do(f"{PAGE}/stop")
    assert teller.told == []
    assert lam.get(PAGE).status_code == 404


def test_lists_show_what_waits_to_whoever_sees_the_case(
    teller: Teller, staff_client: StaffClient
) -> None:
    reference = teller.walk.reference
    assert reference not in staff_client("hoa").get(f"{LIST}?list=agreed").text
    teller.say(agrees=True)
    for login, seen in (("hoa", True), ("thu", True), ("tied", False), ("far", False)):
        assert (reference in staff_client(login).get(f"{LIST}?list=agreed").text) is seen
    teller.write()
    assert reference in staff_client("lam").get(LIST).text
    assert reference not in staff_client("hoa").get(f"{LIST}?list=agreed").text


def test_a_page_is_there_for_nobody_before_the_writer_agrees_nor_for_whoever_is_tied(
    teller: Teller, staff_client: StaffClient
) -> None:
    forms = (PAGE, f"{PAGE}/confirm", f"{PAGE}/stop")

    def answers(login: str) -> set[int]:
        desk = at_desk(teller, staff_client, login)
        marks = desk.client.get("/settings/")
        token = page_of(marks).fields["csrf_token"]
        fields = {"csrf_token": token, "version": "1"}
        sent = [desk.client.post(f"{desk.address}/{form}", data=fields) for form in forms]
        return {answer.status_code for answer in (*sent, desk.get(PAGE))}

    for agreed in (False, True):
        for login in ("tied", "far", "thanh", "vinh", "an", "auditor"):
            assert answers(login) == {404}, login
        if not agreed:
            assert answers("hoa") == {404}
            teller.say(agrees=True)
    assert answers("hoa") != {404}
