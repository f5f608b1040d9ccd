"""Which words of a text for the resident tell what became of somebody who was nominated."""

from __future__ import annotations

import pytest

from moderation.nomination_words import outcome_told
from moderation.replying.reading import usual_texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chi bộ đã gặp gỡ người được giới thiệu.", ("đã gặp gỡ người được giới thiệu",)),
        ("Sẽ mời chị ấy học LỚP bồi dưỡng.", ("Sẽ mời chị", "LỚP bồi dưỡng")),
        ("Đã đề nghị kết nạp.", ("kết nạp",)),
        ("chua du dieu kien", ("chua du",)),
        ("Người này không đạt tiêu chuẩn.", ("không đạt", "tiêu chuẩn")),
        ("Chi bộ không tiếp tục theo dõi.", ("không tiếp tục",)),
        ("Chi bộ chưa giới thiệu, vì lý lịch.", ("chưa giới thiệu", "lý lịch")),
        ("Chi bộ từ chối.", ("từ chối",)),
        ("Người được nêu xứng đáng.", ("xứng đáng",)),
        ("Chi bộ nhất trí, đưa vào nguồn phát triển đảng viên.", ("nhất trí", "nguồn phát triển")),
        ("Chi bộ đến thăm, phân công đảng viên giúp đỡ.", ("đến thăm", "phân công", "giúp đỡ")),
    ],
)
def test_what_was_decided_about_somebody_is_found(text: str, words: tuple[str, ...]) -> None:
    assert outcome_told(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Chi bộ đã ghi nhận lời giới thiệu và xem xét theo quy định của Đảng. Cảm ơn ông/bà.",
        "Chi bộ cần thêm năm ngày, vì kỳ họp vào cuối tháng.",
        "Xin ông/bà cho biết người ấy ở khối nào.",
        "Nơi giải quyết trước không còn người phụ trách việc này.",
        *(each.text for each in usual_texts() if each.name.startswith(("ask", "message"))),
        *(each.text for each in usual_texts() if each.detail == "nomination_noted"),
    ],
)
def test_neutral_words_may_be_read(text: str) -> None:
    assert outcome_told(text) == ()
