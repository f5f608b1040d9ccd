"""A proposal before a commission, where no moderator is left who could confirm it."""

from __future__ import annotations

import pytest

from tests.moderation.screening.test_seconding import lonely
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.views.staffer import Staffer
from tests.moderation.ward import Ward
from tests.pages import page_of


@pytest.fixture
def second(ward: Ward, walk: Walk, sit: Sit) -> Staffer:
    """Somebody of the commission of the province, in front of the proposal."""
    lonely(ward)
    walk("send", "prepare", "claim", "choose", "propose")
    return sit("auditor", "committee")


def test_the_inbox_says_what_waits_and_how_much(second: Staffer) -> None:
    inbox = page_of(second.client.get("/committee/"))
    assert "Cần xác nhận" in inbox.text
    assert "Đề nghị của bộ phận tiếp nhận" in inbox.text
    assert "Chờ xác nhận" in inbox.text
    assert "Đang mở 1 việc" in inbox.text
    assert "vật liệu xây dựng" not in inbox.text


def test_the_page_shows_what_a_second_moderator_would_read_and_nothing_unmasked(
    second: Staffer,
) -> None:
    page = second.page()
    for words in ("lấn hết vỉa hè", "[đã che số điện thoại]", "Nông Văn Bách", "Chi bộ khối 7"):
        assert words in page.text
    assert "0912 345 678" not in page.html
    assert "/unmask" not in page.html
    assert "/case/" not in page.html


def test_the_desk_reads_who_has_to_confirm(second: Staffer, sit: Sit) -> None:
    assert "Ủy ban kiểm tra tỉnh xem đề nghị này" in sit("hoa", "case").page().text


def test_it_confirms_from_the_page_and_the_case_leaves_the_inbox(second: Staffer) -> None:
    after = second.do("confirm")
    assert "Đồng chí đã xác nhận." in after.text
    assert "Đang mở 0 việc" in after.text
    assert second.get().status_code == 404


def test_an_objection_needs_a_reason_and_keeps_what_was_typed(second: Staffer, sit: Sit) -> None:
    assert "Không đồng ý đề nghị" in second.page("object").text
    refused = second.send("object", reason=" ")
    assert refused.status_code == 422
    second.do("object", reason="Chưa rõ đây là việc của ai.")
    assert "Chưa rõ đây là việc của ai." in sit("hoa", "case").page().text


def test_a_commission_that_need_not_decide_finds_nothing_there(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim", "choose", "propose")
    ky = sit("ky", "committee")
    assert ky.get().status_code == 404
    assert ky.get("object").status_code == 404
