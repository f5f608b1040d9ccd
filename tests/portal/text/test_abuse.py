"""Abuse however it is typed; and what only looks like it: names, places, ordinary words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import USUAL, Lexicon, Masked, fold, mask_abuse
from portal.text.abuse import BUILT_IN

#: Names, places and words of every day that read like abuse once their marks are gone.
ORDINARY = """
Bùi Văn Các, Lồng Thị Bưởi, Đinh Đĩnh, Lò Văn Đủ, Cắc Thị Lớn, Bế Đùm, Nông Đức Địch, Vi Thị Địp,
Chi Lăng, Đông Kinh, Na Dương, Lộc Bình, Đồng Đăng, Mẫu Sơn, Điềm He, Nà Lốn,
Bản Đụn,
các buổi, lớn, lợn, lộn, lọn, cụ, củ, đủ, dù, đu đủ, đúng, bưởi, buổi, cặp,
các bác, đít chai, đìa, điếc,
địa, địch, dịch, đĩa, đùm bọc, đùn đẩy, nứt, nung, chích ngừa,
chịt, mẹ mất, mất dấu, khốn khó, khó khăn,
thắng, thẳng, con cháu, đồ gỗ, ngủ, do ngủ quên, tháng chờ đẻ, khôn ngoan, súc vật ốm, điếm canh đê
"""


@pytest.mark.parametrize(
    "text",
    [
        "đ ị t", "Đ.Ị.T", "l ồ n", "l-ồ-n", "c_ặ_c", "b u ồ i", "đ é o", "đ.ụ",
        "v.c.l", "đ-m", "Đ.m", "đ_c_m", "f.u.c.k", "c.l.g.t",
        "lồnnnn", "vcllll", "đ1t", "l0n", "đ*t",
    ],
)  # fmt: skip
def test_letters_that_stand_apart_are_still_the_word(text: str) -> None:
    masked = mask_abuse(f"nó, {text} thế")
    assert masked.text == "nó, [từ xúc phạm] thế"


@pytest.mark.parametrize(
    "text",
    [
        "ｖｃｌ",
        "vсl",
        "đéо",
        "ｆuck",
        "l\u043e\u0302\u0300n",
        "ĐỊТ",
        unicodedata.normalize("NFD", "địt"),
    ],
)
def test_letters_of_other_alphabets_are_read_as_ours(text: str) -> None:
    masked = mask_abuse(f"Ơ {text}, họp ba buổi rồi")
    assert masked.text == "Ơ [từ xúc phạm], họp ba buổi rồi"


@pytest.mark.parametrize("word", [" ".join(each.split()) for each in ORDINARY.split(",")])
def test_names_places_and_ordinary_words_stay(word: str) -> None:
    for typed in (word, word.upper(), unicodedata.normalize("NFC", word).lower(), fold(word)):
        assert mask_abuse(f"Có {typed} ở đây").count == 0, typed


@pytest.mark.parametrize(
    "text",
    [
        "ông Đ.M nói", "bà Đ.M.H đến", "Nguyễn Đ.M trả lời", "anh Đ.C.M, khối 7", "N.Đ.M ký",
        "50.000 đ ụ đất", "giá 5 đ m vải", "đèn V C L", "lớp l ồ, n ăm", "gọi ông ấy là cụ",
    ],
)  # fmt: skip
def test_initials_and_measures_stay(text: str) -> None:
    assert mask_abuse(text) == Masked(text, 0, ())


def test_at_the_beginning_of_a_sentence_capitals_are_no_name() -> None:
    assert mask_abuse("Đ.M, họp mãi").text == "[từ xúc phạm], họp mãi"


def test_administrators_add_words_and_shelter_others() -> None:
    lexicon = Lexicon(added=frozenset({"đồ rác rưởi"}), kept=frozenset({"wtf", "bản đụ"}))
    text = "Đồ rác rưởi! WTF, ông ở Bản Đụ, đụ nó"
    assert mask_abuse(text, lexicon).text == ("[từ xúc phạm]! WTF, ông ở Bản Đụ, [từ xúc phạm] nó")
    assert (
        mask_abuse(text).text
        == "Đồ rác rưởi! [từ xúc phạm], ông ở Bản [từ xúc phạm], [từ xúc phạm] nó"
    )
    assert "wtf" not in lexicon.forms
    assert lexicon.forms - BUILT_IN == {"đồ rác rưởi"}


@given(st.sampled_from(sorted(USUAL.forms)), st.sampled_from(["", " ", ", ", "\n"]))
def test_every_form_is_masked_and_what_is_masked_stays_so(form: str, gap: str) -> None:
    once = mask_abuse(f"các buổi{gap or ' '}{form}{gap or ' '}họp lớn")
    assert once.count == 1
    assert once.text.startswith("các buổi")
    assert once.text.endswith("họp lớn")
    assert mask_abuse(once.text).count == 0
