"""What a resident is about to read says of nobody that they are, or are not, a Party member.

Design rule: whether somebody is a member is theirs to tell. A text that says it would confirm a
guess, and a refusal that says "not a member" would let anybody ask the portal about anybody.
Questions and conditions ("có phải …", "nếu là …", "ai là …") say nothing of anyone and may stay.
It looks at folded words only, so that leaving out the diacritics helps nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from portal.text import clean, fold

_CLAUSE = re.compile(r"[^.,;:!?…\n()]+")
_WORD = re.compile(r"[^\W_]+")
#: What may stand between "là" and "đảng viên", and which words lead there, folded.
_TOLD = re.compile(
    r"\b(?:(?:khong|chua|chang)(?: con)? )?(?:phai la|phai|la)"
    r"(?: (?:mot|1|nguoi|dong chi|can bo))? dang vien\b(?! thi\b)"
    r"|\b(?:khong|chua)(?: con)? (?:thuoc|ten trong|co ten trong|trong|nam trong)"
    r" (?:danh sach )?dang vien\b"
    r"|\b(?:khong|chua)(?: tim)? (?:co|thay) dang vien (?:nao|nay|do|ten|nhu vay)\b"
    r"|\b(?:khong|chua|da) (?:duoc )?(?:ket nap )?vao dang\b"
    r"|\bla nguoi ngoai dang\b"
)
_RISING = "\u0301"
#: A clause with one of these asks, or sets a condition.
_ASKS = re.compile(r"^neu\b|\b(?:hay khong|hay chua|co phai|co la)\b|\bkhong$")
#: Before or after the words, these say that nobody in particular is meant.
_GENERAL = frozenset({"ai", "nguoi", "nhung"})


def membership_told(text: str) -> tuple[str, ...]:
    """The words, as typed, that say of somebody that they are or are not a member."""
    return tuple(found for clause in _CLAUSE.findall(clean(text)) for found in _told(clause))


def _is_if(word: str) -> bool:
    """Whether a word sets a condition: of the two that fold alike it has the rising tone."""
    return fold(word) == "neu" and _RISING in unicodedata.normalize("NFD", word)


def _told(clause: str) -> Iterator[str]:
    """Where one clause says it."""
    typed = _WORD.findall(clause)
    folded = " ".join(fold(word) for word in typed)
    if _ASKS.search(folded) or any(_is_if(word) for word in typed):
        return
    for match in _TOLD.finditer(folded):
        first = folded.count(" ", 0, match.start())
        if first and fold(typed[first - 1]) in _GENERAL:
            continue
        yield " ".join(typed[first : first + len(match[0].split())])
