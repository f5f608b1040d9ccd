"""Names of people: forms of address and the order of a Vietnamese list."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.text import drop_honorifics, name_key, name_order, place_key, place_order, syllables

WORDS = st.lists(
    st.sampled_from(["ong", "ba", "dong", "chi", "d", "c", "chu", "thi", "van", "man"])
)

BY_LETTER = ["An", "Ăn", "Ân", "Bình", "Cúc", "Dũng", "Đức", "En", "Ên", "Hà", "Oanh", "Ôn", "Ơn"]
BY_LETTER += ["Phú", "Quý", "Tú", "Ư", "Vi", "Xuân", "Ý"]
BY_TONE = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mai"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ông Nông Văn Bách", "nong van bach"),
        ("đ/c Lý Văn Đoàn", "ly van doan"),
        ("đồng chí Vi Thị Sao", "vi thi sao"),
        ("Cô giáo Hoàng Thị Lụa", "hoang thi lua"),
        ("ông ThS. BS Hùng", "hung"),
        ("PGS.TS Triệu Văn Khe", "trieu van khe"),
        ("cụ Bế Văn Cường", "be van cuong"),
        ("chú Nguyễn Văn Hùng", "nguyen van hung"),
        ("chú Hùng", "hung"),
        ("bác sĩ Hùng", "hung"),
        ("bác Tư", "tu"),
        ("cô Lan Anh", "lan anh"),
        ("chị Anh", "anh"),
        ("Lộc Văn Thắng", "loc van thang"),
    ],
)
def test_what_is_said_before_a_name_is_dropped(said: str, name: str) -> None:
    assert drop_honorifics(syllables(said)) == name.split()


@pytest.mark.parametrize(
    "name",
    [
        "Chu Thị Mận",
        "Chu Văn An",
        "Chu Đức Minh",
        "Cù Thị Hoa",
        "Bạc Văn Ói",
        "Anh",
        "Bác",
        "Dương Anh",
    ],
)
def test_a_name_that_sounds_like_a_form_of_address_is_kept(name: str) -> None:
    assert drop_honorifics(syllables(name)) == syllables(name)


@given(WORDS)
def test_nobody_is_left_without_a_name(words: list[str]) -> None:
    before = list(words)
    kept = drop_honorifics(words)
    assert words == before
    assert kept == words[len(words) - len(kept) :]
    assert bool(kept) == bool(words)


def test_people_sort_by_given_name_then_family_then_middle() -> None:
    people = ["Trần Thị Hùng", "Bế Văn Hùng", "Bế Thị Hùng", "Vi Thị An", "An", "Lý Bá"]
    expected = ["An", "Vi Thị An", "Lý Bá", "Bế Thị Hùng", "Bế Văn Hùng", "Trần Thị Hùng"]
    assert sorted(people, key=name_key) == expected


@given(st.permutations(BY_LETTER))
def test_letters_follow_the_vietnamese_alphabet(people: list[str]) -> None:
    assert sorted(people, key=name_key) == BY_LETTER


@given(st.permutations(BY_TONE))
def test_tones_decide_only_between_equal_letters(people: list[str]) -> None:
    assert sorted(people, key=name_key) == BY_TONE


@given(st.text(), st.text())
def test_any_two_names_can_be_put_in_order(one: str, other: str) -> None:
    assert (name_key(one) < name_key(other)) or (name_key(other) <= name_key(one))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=6))
@example(["Dũng", "Đoàn", "Thắng", "Thành", "Hòa", "Hoá", "Hoa", "An", "Vi Thị An", "Bế An"])
def test_in_a_column_names_stand_in_the_same_order(people: list[str]) -> None:
    in_column = sorted(people, key=lambda name: name_order(name).encode())
    assert [name_key(name)[:3] for name in in_column] == sorted(
        name_key(name)[:3] for name in people
    )


def test_places_stand_in_the_order_of_their_first_word() -> None:
    places = ["Xã Thái Bình", "Xã Lợi Bác", "Phường Đông Kinh", "Xã Lộc Bình", "Xã Điềm He"]
    expected = ["Phường Đông Kinh", "Xã Điềm He", "Xã Lộc Bình", "Xã Lợi Bác", "Xã Thái Bình"]
    assert sorted(places, key=place_key) == expected


def test_numbers_in_the_names_of_places_sort_as_numbers() -> None:
    places = ["Chi bộ trường học", "Chi bộ khối 10A", "Chi bộ khối 10", "Chi bộ khối 2"]
    assert sorted(places, key=place_key) == places[::-1]


def test_numbers_with_letters_beside_them_sort_as_numbers() -> None:
    places = ["Tổ 1/12", "Chi bộ khối 10A", "Chi bộ khối 10", "Chi bộ khối 2B", "Chi bộ khối 2A"]
    assert sorted(places, key=place_key) == places[::-1]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=6))
@example(["Khối 10", "Khối 2", "Khối 10A", "Khối 1", "Khối Đ", "Khối D", "Khối", "Xã Điềm He"])
def test_in_a_column_places_stand_in_the_same_order(places: list[str]) -> None:
    in_column = sorted(places, key=lambda name: place_order(name).encode())
    assert [place_key(name) for name in in_column] == sorted(map(place_key, places))
