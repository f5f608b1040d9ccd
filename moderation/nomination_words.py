"""What a resident is about to read says nothing of what became of somebody who was nominated.

Design rule: what a cell decided about a person is for that person to tell. Whoever named them, for
good or to find out, reads that it was considered and no more: not that they were met or sent to a
class, and never why not. It looks at folded words only.
"""

from __future__ import annotations

import re

from portal.text import clean, fold

_WORD = re.compile(r"[^\W_]+")
#: Who is spoken of, folded.
_WHOM = r"(?:nguoi (?:nay|do|ay|duoc gioi thieu)|quan chung|ong|ba|anh|chi|co|chu|bac|em|dong chi)"
_TOLD = re.compile(
    # What leads into the Party, and the course before it.
    r"\b(?:lop|khoa) (?:hoc|boi duong|nhan thuc|cam tinh)\b|\bboi duong nhan thuc\b"
    r"|\bket nap\b|\bcam tinh dang\b|\bdoi tuong dang\b|\bvao dang\b"
    # Whether somebody fits, or falls short.
    r"|\b(?:khong|chua|da|rat|hoan toan) (?:du|dat|dap ung|phu hop|xung dang|uu tu|tieu bieu)\b"
    r"|\b(?:du|khong du|chua du) (?:dieu kien|tieu chuan|tuoi|uy tin)\b"
    r"|\btieu chuan\b|\bly lich\b|\blich su chinh tri\b"
    r"|\bxung dang\b|\btieu bieu\b|\bnhat tri\b|\bcon han che\b|\bnguon phat trien\b|\btao nguon\b"
    r"|\b(?:phan cong|giup do|kem cap|den tham)\b"
    # That it goes on, or does not.
    r"|\b(?:khong|chua|thoi|ngung|tiep tuc) (?:the )?(?:theo doi|boi duong|xem xet tiep|gioi thieu"
    r"|chap nhan|dong y|tiep tuc|nhat tri|de cu)\b"
    r"|\btu choi\b|\bbi loai\b|\bkhong co nguyen vong\b"
    # That somebody was met.
    rf"|\b(?:da|se) (?:gap|gap go|tiep xuc|trao doi|moi|den nha|dong vien)(?: voi)? {_WHOM}\b"
)


def outcome_told(text: str) -> tuple[str, ...]:
    """The words, as typed, that tell what was decided about somebody who was nominated."""
    typed = _WORD.findall(clean(text))
    folded = " ".join(fold(word) for word in typed)
    return tuple(dict.fromkeys(_as_typed(typed, folded, each) for each in _TOLD.finditer(folded)))


def _as_typed(typed: list[str], folded: str, found: re.Match[str]) -> str:
    """The words of a match as they were typed."""
    first = folded.count(" ", 0, found.start())
    return " ".join(typed[first : first + len(found[0].split())])
