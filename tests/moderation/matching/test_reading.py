"""What the words say before any register is asked: names, posts, units, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.matching.lexicon import Label
from moderation.matching.reading import plain_words, read
from moderation.matching.words import LONGEST_TEXT, sound


def names(text: str) -> list[str]:
    """The words that stand where a name stands."""
    said = read(text)
    return [
        word.folded
        for word, value, run in zip(
            said.words, said.strengths.values, said.strengths.runs, strict=True
        )
        if run >= 0 and value >= 0.8
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ông Hùng", ["hung"]),
        ("Anh Hùng bác sĩ trạm y tế, nhà khối 5, nói năng cáu gắt", ["hung"]),
        ("Thầy Bách dạy lớp 4 trường Hoa Hồi", ["bach"]),
        ("đ/c Nông Văn Bách", ["nong", "van", "bach"]),
        ("BS. Hùng", ["hung"]),
        ("anh quang tram y te", ["quang"]),
        ("Cán bộ địa chính phường, tên Mạnh, trẻ, đeo kính", ["manh"]),
        ("ông Trường khối 9", ["truong"]),
        ("Ông Nguyễn Thế Anh ở khối 5", ["nguyen", "the", "anh"]),
        ("ông B. khối 5", ["b"]),
        ("Bí thư khối bảy", []),
        ("cô hiệu trưởng trường Hoa Hồi", []),
        ("một người ở khối 5", []),
        ("phường Lương Văn Tri", []),
        ("ông ấy", []),
    ],
)
def test_names_are_told_from_other_words(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("bí thư khối bảy", "bi thu khoi 7"),
        ("Bí thư tổ dân phố số 7", "bi thu khoi so 7"),
        ("BT K7", "bi thu khoi 7"),
        ("bt khối 07", "bi thu khoi 7"),
        ("khối mười hai", "khoi 12"),
        ("khối VII", "khoi 7"),
        ("trạm trưởng trạm xá", "truong tram tram y te"),
        ("hiệu phó", "pho hieu truong"),
        ("UBKT phường", "uy ban kiem tra phuong"),
        ("Chủ tịch UBND xã", "chu tich uy ban nhan dan xa"),
        ("bí thư đoàn xã", "doan xa"),
    ],
)
def test_words_for_one_thing_are_compared_as_one(text: str, plain: str) -> None:
    assert " ".join(plain_words(text)) == plain


def test_a_name_without_a_diacritic_is_no_other_word_where_diacritics_are_typed() -> None:
    assert read("ông Chung").labels[-1] is Label.FREE
    assert read("ong chung").labels[-1] is not Label.FREE


def test_a_form_of_address_tells_whom_it_speaks_to() -> None:
    assert read("bà Hoà, ông Tám").genders == ("f", "f", "m", "m")


@pytest.mark.parametrize(
    ("one", "other"),
    [("trung", "chung"), ("xao", "sao"), ("long", "nong"), ("vy", "vi"), ("quy", "qui")],
)
def test_letters_heard_alike_sound_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_letters_heard_apart_stay_apart() -> None:
    assert sound("may") != sound("mai")
    assert sound("nga") != sound("na")


def test_no_more_is_read_than_a_field_may_hold() -> None:
    assert len(read("a " * LONGEST_TEXT).words) <= LONGEST_TEXT // 2 + 1


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_any_text_is_read_and_every_list_fits_the_words(
    text: str, search: bool, prose: bool
) -> None:
    said = read(text, search=search, prose=prose)
    count = len(said.words)
    assert len(said.labels) == len(said.solid) == len(said.genders) == count
    assert len(said.strengths.values) == len(said.strengths.runs) == count
    assert len(said.plain) == len(said.origin)
    assert all(0 <= place < count for place in said.origin)
    assert all(0.0 <= value <= 1.0 for value in said.strengths.values)
