"""What is masked and what is not, row by row. «…» stands around what a reader must not see."""

from __future__ import annotations

import re

import pytest

from portal.text import mask
from portal.text.masked import WORDS

MASKED = [
    ("cccd", "căn cước «020399000000» của bà"),
    ("cccd", "cccd «020 399 000 000»"),
    ("cccd", "CCCD:«020.399.000.000»"),
    ("cccd", "định danh «0203-9900-0000»"),
    ("cccd", "số «020 3 99 000000» nhé"),
    ("cccd", "CCCD «０２０３９９００００００»"),
    ("cccd", "can cuoc so «0203990000000»"),
    ("cmnd", "CMND «080000001»"),
    ("cmnd", "chứng minh nhân dân số «280 000 001»"),
    ("cmnd", "CMND «280.000.001»"),
    ("cmnd", "cmt «080 000 001» cấp năm 2010"),
    ("cmnd", "CMND «280000001» đồng chí Bách giữ"),
    ("cmnd", "CMND «281200000» do công an cấp"),
    ("cmnd", "ghi «281230000» vào sổ"),
    ("cmnd", "số «080.000.001» ạ"),
    ("phone", "gọi «0500000001»"),
    ("phone", "gọi «0500 000 001»"),
    ("phone", "gọi «0500.000.001», gặp con tôi"),
    ("phone", "gọi «0500-000-001».Cảm ơn"),
    ("phone", "gọi «05 00 00 00 01»"),
    ("phone", "gọi «0 5 0 0 0 0 0 0 0 1»"),
    ("phone", "gọi «+84 500 000 001»"),
    ("phone", "gọi «(+84)500000001»"),
    ("phone", "gọi «84500000001» hoặc viết thư"),
    ("phone", "gọi «0084 500 000 001»"),
    ("phone", "gọi «０５００ ０００ ００１»"),
    ("phone", "máy bàn «0205 3000 001»"),
    ("phone", "máy bàn «(0205) 3 000 001»"),
    ("phone", "máy bàn cũ «025 3000001»"),
    ("phone", "số cũ «01600 000 001»"),
    ("phone", "sđt «500000001»"),
    ("phone", "ĐT: «3000001»"),
    ("phone", "Zalo «500 000 001»"),
    ("phone", "khối 7 «0500 000 001»"),
    ("phone", "năm 2026 «0500000001»"),
    ("phone", "ngày 12-03-2026 «0500000001»"),
    ("number", "gọi «0500 000 0011»"),
    ("number", "mã «4900000001»"),
    ("number", "dãy «12345678901234567890123»"),
    ("email", "thư «nong.van.bach@example.vn»"),
    ("email", "thư «bach_68+khoi7@mail.example.com.vn», gửi rồi"),
    ("email", "thư «bach (at) example.vn»"),
    ("email", "thư «bach[at]example.vn»"),
    ("email", "thư «bach @ example.vn»"),
    ("email", "thư «bach a còng example.vn»"),
    ("email", "thư «0500000001@example.vn»"),
    ("email", "thư «bach@gmail» thôi"),
    ("link", "trang «https://www.facebook.com/nong.van.bach.68» kìa"),
    ("link", "trang «m.facebook.com/profile.php?id=100000000000001»."),
    ("link", "trang «fb.com/bach»"),
    ("link", "trang «zalo.me/0500000001»"),
    ("link", "trang «tiktok.com/@bach.68»"),
    ("bank", "STK «8400000000001» Agribank"),
    ("bank", "stk: «8400 0000 0000 1» ngày mai"),
    ("bank", "số tài khoản «840-0000-0001»"),
    ("bank", "tài khoản của bà Lụa ở ngân hàng là «840001»"),
    ("bank", "tài khoản «190.000.001»"),
    ("bank", "chuyển vào BIDV «84000001»"),
    ("bank", "chuyển vào «84000001» (Agribank)"),
    ("bank", "thẻ «9704 0000 0000 0001»"),
    ("party_card", "số thẻ đảng «12.000001»"),
    ("party_card", "thẻ đảng viên «00000001»"),
    ("insurance", "mã BHXH «0000000001»"),
    ("insurance", "thẻ BHYT «DN4970000000001»"),
    ("tax", "MST «4900000001»"),
    ("tax", "mã số thuế: «4900000001-001»"),
    ("passport", "hộ chiếu «C0000001»"),
    ("plate", "xe «12A-000.01» đỗ"),
    ("plate", "«12B1-000.01» đỗ chắn ngõ"),
    ("plate", "«12-H1 0001» đỗ"),
    ("plate", "«29LD-000.01» đỗ"),
    ("plate", "«12A00001» đỗ"),
    ("plate", "biển số «12a 000.01»"),
    ("plate", "ô tô «12C 00001»"),
    ("code", "mã «7KQP-M3XD-9TWF-HR42-6VNB»"),
    ("code", "mã «7kqp m3xd 9twf hr42 6vnb»"),
    ("code", "mã «7KQPM3XD9TWFHR426VNB»"),
]

LEFT_ALONE = [
    "thu 1.500.000.000 đồng theo Quyết định 12/QĐ-UBND ngày 12/03/2026",
    "Nghị định 30/2020/NĐ-CP, Quy định 22-QĐ/TW, Quy định số 294-QĐ/TW",
    "Nghị quyết 1672/NQ-UBTVQH15, Luật 91/2025/QH15",
    "thửa 125 tờ 34, diện tích 120,5 m2, thửa 125 126 127",
    "Theo PA-2026-000123 và PA-2026-004217 đã gửi",
    "ngày 12/03/2026, 12-03-2026, 12.03.2026, 2026-03-12, 12.3.26",
    "từ năm 2019-2024, 2019 2020 2021 2022, tháng 11-2026, lúc 17:00",
    "số nhà 15, ngõ 12/34/56, khối 7, tổ 3, khối 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    "150000000 đồng, 150 000 000 đồng, 150.000.000, 500000đ, 500k, 2 tỷ",
    "mỗi hộ nộp 1500000000, thu 150000000, chi 200000000 rồi",
    "kế toán ghi 120000000, sổ ghi 35500000000 (một khoản)",
    "vào tài khoản 5.000.000 đồng ngày 12.03.2026, chuyển tài khoản 500000đ",
    "tài khoản năm 2026, ngân hàng tháng 11-2026, ngân hàng 2019-2024",
    "1.136 hộ, 0,60%, 14,4%, 832 đảng viên, 3.5 ha",
    "gọi 113, 111, 1022, tổng đài 1900 0001, hotline 1800 0001",
    "làm lại thẻ đảng 50000 đồng, đóng bảo hiểm 12000000 đồng",
    "lớp 12A 2026, khóa 12A-2026, số 15B Trần Phú, 12h30, điểm 9.75",
    "hồ sơ 000.00.12.H37-230901-0012",
    "https://baolangson.vn/chinh-tri/6449.html",
    "họp dan binh nhan than hang, lop mot hai nam muoi",
    "không chín một hai ba bốn năm sáu bảy tám",
    "@ nhà văn hóa, bán @ 5.000, a@b",
]


@pytest.mark.parametrize(("kind", "row"), MASKED)
def test_what_identifies_a_person_is_masked(kind: str, row: str) -> None:
    masked = mask(re.sub("[«»]", "", row))
    assert masked.text == re.sub("«.*»", WORDS[kind], row)
    assert (masked.count, masked.kinds) == (1, (kind,))


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_tells_when_where_or_how_much_stays(text: str) -> None:
    assert mask(text).text == text
