"""Which posts a text names: the deputy is not the head, and a unit beside a post binds it."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from moderation.matching.places import Mention
from moderation.matching.posts import Held, PostFit, PostWords, post_fit
from moderation.matching.reading import read
from portal.vocabulary import PostTitle

TODAY = date(2026, 11, 23)


def fitting(
    text: str, title: PostTitle, words: str = "", *, until: date | None = None
) -> PostFit | None:
    """The fit of a post in organisation 7 where the text names that as khối 7."""
    said = read(text)
    mentions = [
        Mention(start, start + 2, frozenset({int(said.plain[start + 1])}), False, True)
        for start in said.find(("khoi",))
        if said.plain[start + 1 : start + 2] in (("5",), ("7",))
    ]
    held = Held(uuid.UUID(int=1), 7, title, words, date(2020, 1, 1), until)
    return post_fit(held, PostWords(said, mentions, frozenset(), frozenset({1})), TODAY)


SECRETARY, DEPUTY, OTHER = PostTitle.SECRETARY, PostTitle.DEPUTY_SECRETARY, PostTitle.OTHER


@pytest.mark.parametrize(
    ("text", "title", "words", "quality"),
    [
        ("bí thư khối 7", SECRETARY, "", 1.0),
        ("phó bí thư khối 7", SECRETARY, "", 0.0),
        ("phó bí thư khối 7", DEPUTY, "", 1.0),
        ("bí thư khối 7", DEPUTY, "", 0.0),
        ("bí thư chi đoàn", SECRETARY, "", 0.0),
        ("ủy viên ban thường vụ", PostTitle.STANDING_MEMBER, "", 1.0),
        ("chi ủy viên", PostTitle.COMMITTEE_MEMBER, "", 1.0),
        ("chi ủy khối 7", SECRETARY, "", 0.6),
        ("lãnh đạo khối 7", OTHER, "Giáo viên", 0.0),
        ("cô hiệu trưởng", OTHER, "Hiệu trưởng", 1.0),
        ("cô hiệu trưởng", OTHER, "Phó Hiệu trưởng", 0.4 * 2 / 3),
        ("cô hiệu phó", OTHER, "Hiệu trưởng", 0.0),
        ("cô hiệu phó", OTHER, "Phó Hiệu trưởng", 1.0),
        ("cô giáo", OTHER, "Giáo viên chủ nhiệm", 0.5),
        ("cán bộ địa chính", OTHER, "Công chức địa chính", 1.0),
        ("khối trưởng", OTHER, "Trưởng khối 7", 1.0),
        ("công an", OTHER, "Trưởng Công an phường", 0.45),
        ("chủ tịch mặt trận", OTHER, "Chủ tịch Ủy ban nhân dân phường", 0.0),
        ("chủ tịch phường", OTHER, "Bí thư, Chủ tịch Ủy ban nhân dân phường", 1.0),
        ("ông Hùng", OTHER, "Lái xe", 0.0),
    ],
)
def test_a_post_is_named_in_full_or_in_part(
    text: str, title: PostTitle, words: str, quality: float
) -> None:
    found = fitting(text, title, words)
    least = quality if quality >= 0.4 else 0.0
    assert (found.quality if found else 0.0) == pytest.approx(least)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("bí thư khối 7", True),
        ("bí thư chi bộ khối 7", True),
        ("bí thư khối 5", False),
        ("bí thư", None),
        ("khối 5, ông bí thư", None),
    ],
)
def test_the_unit_beside_a_post_binds_it(text: str, unit: bool | None) -> None:
    found = fitting(text, SECRETARY)
    assert found is not None
    assert found.unit is unit


def test_a_post_held_before_is_not_current() -> None:
    found = fitting("nguyên bí thư khối 7", SECRETARY, until=date(2024, 1, 1))
    assert found is not None
    assert (found.current, found.former) == (False, True)
