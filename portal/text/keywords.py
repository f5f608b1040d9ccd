"""Words that announce a number, say what it is, or say that it is an amount. Tables only."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Announced:
    """A number announced by a word: how many digits it has, and how far away the word may be."""

    kind: str
    words: str
    least: int
    most: int
    reach: int = 24


_BANKS = (
    r"agribank|vietcombank|vcb|bidv|vietinbank|techcombank|tcb|mb ?bank|vp ?bank|acb|sacombank|"
    r"tp ?bank|vib|shb|hdbank|msb|ocb|seabank|abbank|lp ?bank|lienviet(?:postbank)?|pvcombank|"
    r"eximbank|namabank|bacabank|momo|zalopay|viettelpay"
)

#: The nearest word before a number decides (design rule).
ANNOUNCED = (
    Announced("party_card", r"thẻ đảng(?: viên)?|the dang(?: vien)?", 5, 12),
    Announced(
        "insurance", r"bhxh|bhyt|bảo hiểm(?: xã hội| y tế)?|bao hiem(?: xa hoi| y te)?", 8, 15
    ),
    Announced("tax", r"mst|mã số thuế|ma so thue", 10, 14),
    Announced("passport", r"hộ chiếu|ho chieu|passport", 7, 8),
    Announced("cccd", r"cccd|căn cước(?: công dân)?|can cuoc|định danh|dinh danh", 8, 13),
    Announced("cmnd", r"cmnd|cmtnd|cmt|chứng minh(?: nhân dân| thư)?|chung minh", 8, 12),
    Announced(
        "phone",
        r"sđt|sdt|đt|đtdđ|điện thoại|dien thoai|số máy|so may|di động|zalo|tel|phone|fax",
        7,
        13,
    ),
    Announced("bank", rf"stk|tk|tài khoản|tai khoan|ngân hàng|ngan hang|{_BANKS}|mb", 6, 19, 40),
)

_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W_])", r"(?![^\W\d_])"

ANNOUNCING = re.compile(
    _NO_LETTER_BEFORE
    + "(?:"
    + "|".join(f"(?P<{row.kind}>{row.words})" for row in ANNOUNCED)
    + ")"
    + _NO_LETTER_AFTER,
    re.IGNORECASE,
)

#: "8400000000 (Agribank)": the bank may also follow.
BANK_FOLLOWS = re.compile(rf"[ ,(\-–]{{0,3}}(?:{_BANKS}){_NO_LETTER_AFTER}", re.IGNORECASE)

#: "150000000 đồng" is money, "281234567 đồng chí Hùng" is not.
UNIT_FOLLOWS = re.compile(
    r" ?(?:(?:đồng|dong)(?! (?:chí|chi|bào|bao|nghiệp|nghiep|hương|huong|đội|doi|ý|y)(?![^\W_]))"
    r"|vnđ|vnd|đ(?![.*][^\W\d_])|₫|usd|tệ|m2|m²|kwh)(?![^\W_])|(?:d|k|tr)(?![^\W_])",
    re.IGNORECASE,
)

#: "thu 150000000": round sums are written so, and a person's number seldom ends in zeros.
AMOUNT_BEFORE = re.compile(
    r"(?<![^\W_])(?:tiền|tien|thu|chi|nộp|nop|đóng|dong|quỹ|quy|phí|phi|giá|gia|phạt|phat|nợ|no|vay"
    r"|trả|tra|tổng|tong|hết|het|lương|luong)"
    r"(?: (?:là|la|khoảng|khoang|hơn|hon|gần|gan|cộng|cong))?[ :]{0,2}$",
    re.IGNORECASE,
)
