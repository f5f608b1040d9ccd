"""Searching: who finds what, page by page, with what of the text."""

from __future__ import annotations

import pytest

from moderation.cursors import Cursor
from moderation.searching.asking import PER_PAGE
from portal.models.case import Room
from portal.words import Words
from tests.conftest import Watch
from tests.doors.course import Course
from tests.moderation.searching.looking import found_by, look_for, said
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import COMMISSION, OTHER_WARD, Ward

THUY = Words(
    about="Ông Vi Văn Thuỵ Hùng",
    what="Xe chở xi măng đỗ kín vỉa hè cả đêm. Bà con đi lại phải xuống lòng đường.",
    place="ngõ Bờ Sông",
)

#: Who looks for something, and where.
READERS = {"hoa": Room.DESK, "ky": Room.COMMITTEE}


def letter(ward: Ward, words: Words = THUY, **answers: object) -> Walk:
    """A letter that the worker has prepared."""
    return set_out(ward, words, **answers).until(Course.prepare)


@pytest.mark.parametrize(
    "typed",
    [
        "thuy hung",
        "Thuỵ Hùng",
        "Thụy Hùng",
        "THUỴ HÙNG",
        "Thu\u0323y Hu\u0300ng",
        "hùng thuỵ",
        "xi mang via he",
        "vỉa hè xi măng",
        "hùng vỉa hè",
        "via he bo song",
        "bờ",
        "Hùng",
        '"lòng đường"',
        '"xe cho xi mang do kin via he"',
        "Xe, chở: xi-măng!",
    ],
)
def test_what_was_written_is_found_however_it_is_typed(ward: Ward, typed: str) -> None:
    number = letter(ward).number
    assert found_by(ward, "hoa", typed) == [number]


@pytest.mark.parametrize(
    "typed",
    [
        "hung dung",
        "xi mang bo song hung vuong",
        "măng",  # A single syllable of the text, which is no name.
        '"hùng thuỵ"',
        '"via he xi mang"',
        '"măng đỗ vỉa"',
        '"thuỵ" "măng"',
    ],
)
def test_what_was_not_written_is_not_found(ward: Ward, typed: str) -> None:
    letter(ward)
    assert found_by(ward, "hoa", typed) == []


def test_the_crossed_d_and_eth_are_found_by_each_other(ward: Ward) -> None:
    number = letter(
        ward, Words(about="Bà Đặng Đào", what="Họp khu dân cư đông đủ, rất vui.")
    ).number
    for typed in ("dang dao", "Ðặng Ðào", "đặng đào", "khu dan cu dong du"):
        assert found_by(ward, "hoa", typed) == [number], typed


def test_the_order_in_quotation_marks_is_looked_at_in_the_text_itself(ward: Ward) -> None:
    """Both pairs of neighbours are there, the three in a row are not."""
    apart = Words(about="Ông A Bình", what="Dọn vỉa hè sạch. Cái hè chợ thì chưa dọn.")
    close = Words(about="Ông A Bình", what="Dọn vỉa hè chợ sạch sẽ, bà con vui lòng.")
    letter(ward, apart)
    number = letter(ward, close).number
    assert found_by(ward, "hoa", '"vỉa hè chợ"') == [number]


def test_snippets_show_masked_words_with_what_was_found_marked(ward: Ward) -> None:
    words = Words(
        about="Ông Bách",
        what="Số máy 0912 345 678 của tôi. "
        + "Bà con đã nhắc nhiều lần. " * 20
        + "Vật liệu <b>lấn</b> hết vỉa hè trước ngõ.",
    )
    letter(ward, words)
    with ward.database.reading() as session:
        (snippet,) = said(look_for(ward, session, "hoa", "via he truoc ngo"))
        (masked,) = said(look_for(ward, session, "hoa", "số máy của tôi"))
    assert "lấn</b> hết [vỉa hè trước ngõ]." in snippet
    assert snippet.startswith("… ")
    assert masked.startswith("[Số máy] [đã che số điện thoại] [của tôi]")
    assert found_by(ward, "hoa", "0912 345 678") == []


def test_the_very_diacritics_are_told_from_others(ward: Ward) -> None:
    names = ("Ông Lý Đức", "Ông Lý Đực", "Ông Lý Dức")
    numbers = [letter(ward, Words(about=name, what="Việc chung của tổ.")).number for name in names]
    with ward.database.reading() as session:
        page = look_for(ward, session, "hoa", "lý đức")
        folded = look_for(ward, session, "hoa", "ly duc")
    assert [hit.row.case_id for hit in page.hits] == list(reversed(numbers))
    assert [hit.exact for hit in page.hits] == [False, False, True]
    assert not any(hit.exact for hit in folded.hits)


def test_pages_show_every_case_once_there_and_back_newest_first(ward: Ward) -> None:
    numbers = [letter(ward).number for _letter in range(2 * PER_PAGE + 3)]
    there: list[list[int]] = []
    cursor: Cursor | None = None
    with ward.database.reading() as session:
        while not there or cursor:
            page = look_for(ward, session, "hoa", "vỉa hè", cursor=cursor)
            there.append([hit.row.case_id for hit in page.hits])
            cursor = page.later
        back = [there[-1]]
        while page.earlier:
            page = look_for(ward, session, "hoa", "vỉa hè", cursor=page.earlier)
            back.append([hit.row.case_id for hit in page.hits])
        beyond = look_for(ward, session, "hoa", "vỉa hè", cursor=Cursor(1))
    assert [number for page in there for number in page] == numbers[::-1]
    assert [len(page) for page in there] == [PER_PAGE, PER_PAGE, 3]
    assert back == there[::-1]
    assert [hit.row.case_id for hit in beyond.hits] == there[0]


def test_a_page_takes_the_same_few_statements_for_one_case_and_for_twenty(
    ward: Ward, statements: Watch
) -> None:
    seen: dict[Room, list[int]] = {Room.DESK: [], Room.COMMITTEE: []}
    for amount in (1, PER_PAGE + 2):
        for _letter in range(amount):
            handled(ward)
        for login, room in READERS.items():
            with ward.database.reading() as session, statements(ward.database) as took:
                page = look_for(ward, session, login, "vỉa hè", room=room)
            assert page.hits
            seen[room].append(len(took))
    # Beside who it is: places, what is found, keys, rows; for a commission also who works on it.
    for login, room in READERS.items():
        with ward.database.reading() as session, statements(ward.database) as took:
            ward.person(session, login)
        assert seen[room] == [len(took) + 4 + (room is Room.COMMITTEE)] * 2


def test_nobody_finds_what_lies_elsewhere_and_everybody_above_does(ward: Ward) -> None:
    number = letter(ward).number
    elsewhere = letter(ward, unit_id=OTHER_WARD).number
    assert found_by(ward, "hoa", "vỉa hè") == [number]
    assert found_by(ward, "far", "vỉa hè") == [elsewhere]
    assert found_by(ward, "thu", "vỉa hè") == [elsewhere, number]


def test_whoever_is_tied_to_a_case_does_not_find_it(ward: Ward) -> None:
    words = Words(about="Ông Nông Văn Bách", what="Vật liệu lấn hết vỉa hè.")
    number = letter(ward, words).number
    assert found_by(ward, "hoa", "vỉa hè") == [number]
    assert found_by(ward, "tied", "vỉa hè") == []


@pytest.mark.parametrize("login", ["thanh", "wife", "vinh", "province", "auditor", "an"])
@pytest.mark.parametrize("room", [Room.DESK, Room.COMMITTEE])
def test_who_is_neither_moderator_nor_commission_finds_nothing(
    ward: Ward, login: str, room: Room
) -> None:
    set_out(ward).until(Course.route)
    assert found_by(ward, login, "vật liệu", room=room) == []


def handled(ward: Ward) -> Walk:
    """A letter that fears retaliation, passed on to the commission."""
    walk = set_out(ward, THUY, fears_retaliation=True)
    walk.handler, walk.handled_by = COMMISSION, "ky"
    return walk.until(Course.route)


def test_a_commission_finds_what_it_handles_by_what_it_reads(ward: Ward) -> None:
    number = handled(ward).number
    assert found_by(ward, "ky", "vật liệu trên vỉa hè", room=Room.COMMITTEE) == [number]
    assert found_by(ward, "ky", "xi măng", room=Room.COMMITTEE) == []
    assert found_by(ward, "ky", "vỉa hè", room=Room.DESK) == []
    with ward.database.reading() as session:
        page = look_for(ward, session, "ky", "vật liệu", room=Room.COMMITTEE)
    assert said(page) == ["Có ý kiến về [vật liệu] trên vỉa hè."]
    assert [hit.row.title for hit in page.hits] == ["Có ý kiến về vật liệu trên vỉa hè."]


def test_a_commission_does_not_find_what_a_cell_handles(ward: Ward) -> None:
    set_out(ward).until(Course.route)
    assert found_by(ward, "ky", "vật liệu", room=Room.COMMITTEE) == []
