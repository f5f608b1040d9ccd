"""What in a text could tell who wrote, or what only the writer could know. Pure.

Design rule: what is put to the member holds none of it, and a moderator who writes in other words
is told where it stands. It looks for common ways of saying it, not for all: a person reads each
text.
"""

from __future__ import annotations

import re

from portal.text import clean, fold

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_PATTERNS = (
    # Days: 3/11, 03-11-2026, 3.11.2026, ngày 3, ngày 3 tháng 11.
    rf"(?:(?:ngày|hôm|mùng|mồng) )?{_DAY}[/-]{_MONTH}(?:[/-]\d{{2,4}})?(?![/\d-])",
    rf"{_DAY}\.{_MONTH}\.\d{{4}}",
    rf"(?:ngày|mùng|mồng) {_DAY}(?: tháng {_MONTH})?(?: năm \d{{4}})?",
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?: (?:tuần|vừa|này) \w+)?",
    # Hours: 21h, 21h30, 21:30, 9 giờ 15.
    r"(?:[01]?\d|2[0-4])(?::[0-5]\d|h(?:[0-5]\d)?|g[0-5]\d| giờ(?: [0-5]?\d(?: phút)?)?)(?!\w)",
    # Houses: số nhà 15, ngõ 3, 12/4 is a day as well.
    r"(?:số nhà|nhà số|ngõ|ngách|hẻm|kiệt) (?:số )?\d+\w?(?:/\d+\w?)*",
    # The writer and those near to them.
    r"(?:nhà|gia đình|vợ|chồng|bố|mẹ|ba|má|con(?: trai| gái)?|cháu|em(?: trai| gái)?|ruộng|vườn"
    r"|quán) (?:của )?(?:tôi|em|cháu|mình|chúng tôi|nhà tôi)",
    r"(?:tôi|cháu|em) là \w+(?: \w+)?",
    r"(?:sát vách|đối diện|cạnh|bên cạnh|kế bên) (?:nhà )?(?:tôi|em|cháu|mình|chúng tôi)",
)
_DETAIL = re.compile(rf"(?<![^\W_])(?:{'|'.join(_PATTERNS)})(?!\w)", re.IGNORECASE)
#: One word alone ("chợ") says too little to be looked for.
_LEAST_WORDS = 2


def telling_details(text: str, *said: str) -> tuple[str, ...]:
    """The days, hours, houses and people near to the writer that a text names, as they stand there.

    ``said`` are the writer's own answers, such as the place: they count where the text repeats one.
    """
    plain = clean(text)
    found = [match[0].strip() for match in _DETAIL.finditer(plain)]
    folded = f" {fold(plain)} "
    for answer in said:
        words = fold(answer)
        if len(words.split()) >= _LEAST_WORDS and f" {words} " in folded:
            found.append(clean(answer))
    # "số nhà 15" is said by "Trước số nhà 15" already.
    whole = {each: f" {fold(each)} " for each in found}
    return tuple(
        each
        for each, words in whole.items()
        if not any(words != other and words in other for other in whole.values())
    )
