"""What a resident adds after routing: seen on every list, read by a moderator, then passed on."""

from __future__ import annotations

import pytest

from moderation import carrying_out, followups, screening
from moderation.versions import ParaphraseNeeded
from moderation.workflow import Incomplete, NotAvailable
from portal.models import Case
from portal.tracking import find, supply
from portal.vocabulary import ActionKind
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import Ward
from tests.pages import page_of

MORE = "Hôm qua lúc sáu giờ tối ông ấy lại chở thêm hai xe gạch về, máy 0912 345 678."
RELEASED = "Có ý kiến nói vật liệu được chở thêm, gọi 0912 345 678."


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A case that its committee works on, with words that came today."""
    walk = set_out(ward).until(Course.accept)
    assert walk.receipt is not None
    with ward.database.writing() as session:
        tracked = find(session, ring=ward.ring, code=walk.receipt.code)
        assert tracked is not None
        supply(session, tracked=tracked, text=MORE, at=ward.at)
    with ward.database.writing() as session:
        for number in carrying_out.waiting_acts(session):
            carrying_out.carry_out(session, office=ward.office, act_id=number)
    return walk


def waits(walk: Walk) -> tuple[bool, bool]:
    """Whether a moderator has to read it, and whether the committee has."""
    with walk.seen() as (_session, case):
        return case.supplied_at is not None, case.passed_at is not None


def test_the_desk_sees_that_words_came_and_reads_them(
    walk: Walk, staff_client: StaffClient
) -> None:
    hoa = staff_client("hoa")
    for name in ("handling", "added"):
        assert "Có bổ sung" in page_of(hoa.get(f"/desk/?list={name}")).text
        assert "Vật liệu xây dựng" in page_of(hoa.get(f"/desk/?list={name}")).text
    page = page_of(hoa.get(f"/case/{walk.number}"))
    assert "lại chở thêm hai xe gạch" in page.text
    assert "0912" not in page.text
    assert "Chuyển phần bổ sung" in page.text


def test_the_committee_learns_that_words_came_and_not_which(
    walk: Walk, staff_client: StaffClient
) -> None:
    page = page_of(staff_client("thanh").get(f"/committee/{walk.number}"))
    assert "Người gửi viết thêm, bộ phận tiếp nhận đọc trước" in page.text
    assert "xe gạch" not in page.html


def test_what_a_moderator_releases_reaches_the_committee_masked(
    walk: Walk, staff_client: StaffClient
) -> None:
    lam = staff_client("lam")
    form = page_of(lam.get(f"/case/{walk.number}/added"))
    sent = {name: form.fields[name] for name in ("csrf_token", "version")}
    assert lam.post(f"/case/{walk.number}/added", data=sent).status_code == 422
    done = lam.post(f"/case/{walk.number}/added", data=sent | {"shown": RELEASED})
    assert done.status_code == 302
    assert waits(walk) == (False, True)
    thanh = staff_client("thanh")
    inbox = page_of(thanh.get("/committee/?list=added")).text
    assert "Có bổ sung" in inbox
    assert "Có ý kiến về vật liệu trên vỉa hè." in inbox
    page = page_of(thanh.get(f"/committee/{walk.number}")).text
    assert "Bổ sung ngày 23/11/2026 Có ý kiến nói vật liệu được chở thêm" in page
    assert "0912" not in page
    assert "xe gạch" not in page


def test_the_mark_goes_when_the_committee_works_on(walk: Walk) -> None:
    walk.do("lam", screening.pass_added, text=RELEASED)
    deed = followups.Deed(ActionKind.FIELD_CHECK, walk.ward.office.today)
    walk.do("thanh", followups.record, deed=deed)
    assert waits(walk) == (False, False)


def test_read_and_not_passed_on_leaves_the_committee_without_it(walk: Walk) -> None:
    walk.do("hoa", screening.note_added)
    assert waits(walk) == (False, False)
    with pytest.raises(NotAvailable):
        walk.do("lam", screening.note_added)
    with pytest.raises(NotAvailable):
        walk.do("lam", screening.pass_added, text=RELEASED)


def test_only_moderators_release_and_only_a_text(walk: Walk) -> None:
    with pytest.raises(NotAvailable):
        walk.do("thanh", screening.pass_added, text=RELEASED)
    with pytest.raises(Incomplete):
        walk.do("lam", screening.pass_added, text="  ")


def test_a_writer_who_could_be_guessed_is_put_in_other_words(walk: Walk) -> None:
    with walk.ward.database.writing() as session:
        session.get_one(Case, walk.number).guessable = True
    with pytest.raises(ParaphraseNeeded):
        walk.do("lam", screening.pass_added, text=MORE.upper())
    walk.do("lam", screening.pass_added, text=RELEASED)
