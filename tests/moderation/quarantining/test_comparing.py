"""Signatures: alike is alike however it is typed, and nothing of the words is in them."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from moderation.pieces import BANDS
from moderation.quarantining.comparing import SHARED, Signature, signature_of
from portal.words import Words

KEY = b"k" * 32
ABOUT = "Ông Nông Văn Bách, khối 7"
LETTER = (
    "Mấy tháng nay ông Bách để vật liệu xây dựng lấn hết vỉa hè trước số nhà 15, bà con đi lại "
    "phải xuống lòng đường. Tổ dân phố đã nhắc nhiều lần mà chưa thấy dọn, mong chi bộ xem xét."
)
OTHER = (
    "Họp khối ba buổi rồi mà tiền điện chiếu sáng vẫn chưa được công khai thu chi cho các hộ. "
    "Ai hỏi thì bảo đợi, đề nghị chi bộ làm rõ số tiền đã thu từ đầu năm đến nay."
)


def test_the_same_words_typed_in_other_ways_are_the_same() -> None:
    plain = _sign(LETTER)
    for typed in (
        unicodedata.normalize("NFD", LETTER),
        LETTER.upper(),
        "".join(
            c for c in unicodedata.normalize("NFD", LETTER) if not unicodedata.combining(c)
        ).replace("đ", "d"),
        LETTER.replace(" ", "   "),
    ):
        assert _shared(plain, _sign(typed)) == BANDS


def test_a_word_changed_here_and_there_is_still_a_copy() -> None:
    changed = LETTER.replace("Mấy tháng nay", "Cả năm nay").replace("số nhà 15", "số nhà 17")
    assert _shared(_sign(LETTER), _sign(changed + " Xin cảm ơn.")) >= SHARED


def test_other_letters_are_no_copies() -> None:
    assert _shared(_sign(LETTER), _sign(OTHER)) < SHARED
    assert _shared(_sign("Cảm ơn cô giáo."), _sign("Mong bác sĩ nhẹ lời.")) < SHARED


def test_the_same_words_about_somebody_else_have_nothing_in_common() -> None:
    assert _shared(_sign(LETTER), _sign(LETTER, about="Bà Hoàng Thị Lụa")) == 0


def test_the_same_words_at_another_desk_have_nothing_in_common() -> None:
    assert _shared(_sign(LETTER), _sign(LETTER, desk_id=4)) == 0


def test_without_the_key_a_signature_tells_nothing() -> None:
    words = Words(about=ABOUT, what=LETTER)
    assert _shared(_sign(LETTER), signature_of(words, search=b"x" * 32, desk_id=3)) == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_text_has_a_signature_and_equals_itself(about: str, what: str) -> None:
    found = _sign(what, about=about)
    assert len(found) == BANDS
    assert found == _sign(what, about=about)


def _sign(what: str, about: str = ABOUT, desk_id: int = 3) -> Signature:
    return signature_of(Words(about=about, what=what), search=KEY, desk_id=desk_id)


def _shared(one: Signature, other: Signature) -> int:
    return len(set(one) & set(other))
