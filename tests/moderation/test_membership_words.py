"""Which words of a text for the resident say that somebody is, or is not, a Party member."""

from __future__ import annotations

import pytest

from moderation.membership_words import membership_told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anh Hùng không phải đảng viên nên Cổng không nhận.", "không phải đảng viên"),
        ("anh hung khong phai la dang vien", "khong phai la dang vien"),
        ("Người ông/bà nêu là đảng viên.", "là đảng viên"),
        ("Người được nêu không là ĐẢNG VIÊN", "không là ĐẢNG VIÊN"),
        ("Ông ấy chưa phải là một đảng viên.", "chưa phải là một đảng viên"),
        ("Bà không còn là đảng viên nữa.", "không còn là đảng viên"),
        ("Khối 7 không có đảng viên nào tên này.", "không có đảng viên nào"),
        ("Ông ấy chưa vào Đảng.", "chưa vào Đảng"),
    ],
)
def test_a_statement_about_somebody_is_found(text: str, words: str) -> None:
    assert membership_told(text) == (words,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nội dung không thuộc phạm vi tiếp nhận của Cổng.",
        "Ông/bà hỏi về đảng viên nào?",
        "Ông ấy có phải là đảng viên không?",
        "Cổng không cho biết ai là đảng viên.",
        "Cổng không cho biết một người có là đảng viên hay không.",
        "Cổng chỉ nhận ý kiến về người là đảng viên.",
        "Nếu là đảng viên, việc được chuyển chi bộ.",
        "Đã là đảng viên thì phải giữ vệ sinh chung.",
        "Chi bộ đã nhắc đảng viên dọn vỉa hè.",
        "Qua kiểm tra, không có đảng viên vi phạm.",
    ],
)
def test_what_says_nothing_of_anybody_may_stay(text: str) -> None:
    assert membership_told(text) == ()
