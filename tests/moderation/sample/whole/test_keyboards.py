"""How the residents of the whole ward type."""

from __future__ import annotations

from random import Random

import pytest

from moderation.sample.whole.keyboards import bare, keys_of, typed

TEXT = "Ông Thắng ở khối 8 để vật liệu lấn đường, bà con nhắc mãi chưa dọn."


@pytest.mark.parametrize(
    ("word", "keys"),
    [("đường", "dduwowngf"), ("khối", "khoois"), ("Ông", "Oong"), ("mắt", "mawts"), ("an", "an")],
)
def test_a_slip_shows_the_keys_of_a_word(word: str, keys: str) -> None:
    assert keys_of(word) == keys


def test_marks_can_be_left_out() -> None:
    assert bare("Đường Đông Kinh, khối 8") == "Duong Dong Kinh, khoi 8"


def test_most_type_as_they_should_and_the_same_every_time() -> None:
    found = [typed(TEXT, Random(seed)) for seed in range(300)]
    assert found == [typed(TEXT, Random(seed)) for seed in range(300)]
    assert found.count(TEXT) > 200
    assert {bare(TEXT), TEXT.lower(), TEXT.upper()} < set(found)
