"""What in a text could tell who wrote, and what looks like it and tells nothing."""

import pytest

from moderation.versions import telling_details


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tối ngày 3/11 ông sang.", "ngày 3/11"),
        ("Từ 03-11-2026 đến nay", "03-11-2026"),
        ("Hôm 3.11.2026 có họp", "3.11.2026"),
        ("Mùng 5 tháng 9 năm 2026 thu tiền", "Mùng 5 tháng 9 năm 2026"),
        ("Sáng thứ Ba vừa rồi", "thứ Ba vừa rồi"),
        ("Lúc 21h30 còn ồn", "21h30"),
        ("Khoảng 9 giờ tối", "9 giờ"),
        ("trước số nhà 15", "số nhà 15"),
        ("ở ngõ 12/3B", "ngõ 12/3B"),
        ("chồng tôi chưa ký", "chồng tôi"),
        ("con gái của em bị gọi", "con gái của em"),
        ("ở sát vách nhà tôi", "sát vách nhà tôi"),
        ("Tôi là giáo viên ở đây", "Tôi là giáo viên"),
    ],
)
def test_days_hours_houses_and_the_writer_are_told(text: str, told: str) -> None:
    assert told in telling_details(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thu 1.500.000 đồng của các hộ, chưa công khai.",
        "Theo Quyết định 12/QĐ-UBND và 30/2020/NĐ-CP.",
        "Họp ba buổi, 120 hộ dự, thửa 125 tờ 34.",
        "Đồng chí ấy để vật liệu trên vỉa hè khối 7.",
        "Các nhà tôn trọng nhau, em gái tôi luyện.",
        "",
    ],
)
def test_sums_decisions_and_blocks_tell_nothing(text: str) -> None:
    found = telling_details(text)
    assert found in {(), ("em gái tôi",)}


def test_the_writers_own_place_counts_when_the_text_repeats_it() -> None:
    place = "Quán cà phê đối diện bến xe"
    assert telling_details("Nhận tiền ở quán ca phe doi dien ben xe.", place, "") == (place,)
    assert telling_details("Có việc ở chợ.", "Chợ") == ()
