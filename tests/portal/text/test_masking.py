"""Personal data and abuse give way to words in brackets before anyone reads a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import Masked, clean, for_readers, mask, mask_abuse
from portal.text.masked import WORDS

PIECES = [
    *(
        "0912345678",
        "020399000000",
        "281234567",
        "1.500.000",
        "12/03/2026",
        "09",
        "12",
        "34",
        "567",
    ),
    *("1903 5678 9012", "8400000000001", "12A-", "123.45", "B1", "2026", "000", "0", "84", "+84"),
    *(" ", " ", " ", ".", "-", ", ", "\n", "(", ")", "/", "@", ": "),
    *(
        "STK",
        "tài khoản",
        "Agribank",
        "CCCD",
        "CMND",
        "sđt",
        "thẻ đảng",
        "BHXH",
        "MST",
        "hộ chiếu C",
    ),
    *("đồng", "đ", "thu", "của", "nam.nv@gmail.com", "@gmail", "zalo.me/", "facebook.com/a", "đm"),
    *("PA-2026-000123", "7KQP-M3XD-9TWF-HR42-6VNB", "biển số", "[", "]", *WORDS.values()),
]
MIXED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
DIGITS_AND_GAPS = st.text(alphabet="00123456789 .-()+/ađ", max_size=60)


@given(MIXED | DIGITS_AND_GAPS | st.text())
def test_masking_masked_text_changes_nothing(text: str) -> None:
    for rule in (mask, mask_abuse, for_readers):
        masked = rule(text)
        assert rule(masked.text) == Masked(masked.text, 0, ())


@given(MIXED | DIGITS_AND_GAPS | st.text())
def test_no_unbroken_personal_number_is_left(text: str) -> None:
    left = mask(text).text
    assert not re.search(r"\d{12}", left)
    assert not re.search(r"(?<!\d)0[35789]\d{8}(?!\d)", left)
    assert not re.search(r"[a-z0-9]@[a-z0-9]+\.[a-z]{2}", left)


@given(st.emails(domains=st.just("example.vn")).filter(lambda address: "/" not in address))
def test_no_mail_address_is_left(address: str) -> None:
    left = mask(f"gửi tới {address} nhé").text
    assert "@" not in left
    assert "example" not in left


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.data())
def test_a_mobile_number_is_masked_wherever_its_gaps_are(number: str, data: st.DataObject) -> None:
    cuts = data.draw(st.sets(st.integers(2, 9), max_size=4))
    gap = data.draw(st.sampled_from([" ", ".", "-", " - "]))
    typed = "".join(gap * (place in cuts) + digit for place, digit in enumerate(number))
    masked = mask(f"số của tôi là {typed}, xin gọi")
    assert masked.count == 1
    assert not re.search(r"\d", masked.text)


@given(st.dates(), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "tháng %m/%Y", "năm %Y"]))
def test_a_date_is_never_masked(day: object, form: str) -> None:
    text = f"Sự việc xảy ra {day:{form}} tại khối 7."
    assert mask(text).text == text


@given(st.integers(1, 10**11), st.sampled_from(["đồng", "đ", "VNĐ", " đồng"]))
def test_an_amount_with_its_unit_is_never_masked(amount: int, unit: str) -> None:
    text = f"Thu của mỗi hộ {amount:,}{unit}".replace(",", ".")
    assert mask(text).text == text


@given(st.integers(1900, 2099), st.integers(0, 999_999))
def test_a_reference_number_of_the_portal_is_never_masked(year: int, number: int) -> None:
    text = f"Theo PA-{year}-{number:06} đã gửi"
    assert mask(text).text == text


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặ ,.?!\n"))
def test_words_alone_are_never_masked_as_numbers(text: str) -> None:
    assert mask(text) == Masked(clean(text), 0, ())


def test_counts_and_kinds_say_what_was_masked() -> None:
    masked = mask("sđt 0500 000 001 hoặc 0500 000 002, thư nam@example.vn")
    assert masked.count == 3
    assert masked.kinds == ("email", "phone")


def test_invisible_characters_do_not_split_a_number() -> None:
    assert mask("05\u200b00\u00ad000\u2060001").kinds == ("phone",)


def test_what_a_resident_of_the_scenario_wrote_is_masked() -> None:
    text = (
        "Vợ ông ấy là Chu Thị Mận CCCD 020 399 000 000, sđt 0500 000 001, "
        "STK Agribank 8400000000001"
    )
    assert mask(text).text == (
        "Vợ ông ấy là Chu Thị Mận CCCD [đã che số căn cước], sđt [đã che số điện thoại], "
        "STK Agribank [đã che số tài khoản]"
    )


def test_readers_get_personal_data_and_abuse_masked_together() -> None:
    masked = for_readers("Đm ông ấy, gọi 0500 000 001 mấy buổi rồi mà các hộ chưa thấy")
    assert masked.text == (
        "[từ xúc phạm] ông ấy, gọi [đã che số điện thoại] mấy buổi rồi mà các hộ chưa thấy"
    )
    assert masked.count == 2
    assert masked.kinds == ("phone", "abuse")


@pytest.mark.parametrize(
    "word",
    [
        *("Đm", "ĐM", "đcm", "vcl", "vcllll", "clgt", "dcm", "fuck", "đ.m"),
        *("địt", "ĐỊT MẸ", "lồn", "cặc", "buồi", "đéo"),
        *("thằng chó", "đồ ngu", "mất dạy", "khốn nạn", "tiên sư bố"),
    ],
)
def test_abuse_is_masked_as_a_whole_word(word: str) -> None:
    masked = mask_abuse(f"nó, {word}! thế")
    assert masked.text.startswith("nó, [từ xúc phạm]")
    assert masked.kinds == ("abuse",)


@pytest.mark.parametrize(
    "text",
    [
        "các buổi họp, lớn nhỏ, nuôi lợn, cụ Bùi Văn Củ đủ 5 dm vải",
        "cac buoi hop lon nho, du tien, cu gia, con cho",
        "nhà có chó, chó đẻ bốn con, cứt chó đầy ngõ, chó ỉa bậy",
        "hiếp dâm, ma túy, đánh đập, chửi bới",
        "cái đĩa, đụn rơm, địa bàn, đồng chí, mẹ nó ốm, tổ sư nghề mộc",
        "VLXD, đ/c Hùng, 5.000đ, ĐMST, CMND, bố mẹ, con ngu roi",
        "mồ mả mẹ tôi, quả óc chó, phò mã, điếm canh đê",
    ],
)
def test_words_that_only_look_like_abuse_stay(text: str) -> None:
    assert mask_abuse(text) == Masked(text, 0, ())


def test_abuse_typed_on_a_mac_is_masked() -> None:
    assert mask_abuse("đe\u0301o").count == 1
