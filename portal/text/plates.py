"""Number plates of vehicles: 12A-123.45, 12B1 234.56, 12-H1 2345. Never a class or a decision."""

from __future__ import annotations

import re

#: What must not stand before a plate is looked at from behind its first digits: a look for the next
#: digit takes half as long as a look for the next place where nothing stands before.
PLATE = re.compile(
    r"(?P<province>\d{2})(?<![^\W_]\d{2})(?P<first>[ \-.]?)(?P<series>[A-Z]{1,2}|MĐ)(?P<kind>\d?)"
    r"(?P<gap>[ \-.]{0,3})(?P<number>\d{3}[. ]?\d{2}|\d{4})(?!\d)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?<![^\W\d_])(?:biển|bien|bks|xe|ô ?tô|oto|đăng ký|dang ky)(?![^\W_])[^.!?;\d]{0,30}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOOK_BACK = 50


def is_plate(match: re.Match[str]) -> bool:
    """Whether a match of PLATE is a plate: by a word before it, or else by its exact form."""
    before = match.string[max(0, match.start() - _LOOK_BACK) : match.start()]
    return _ANNOUNCED.search(before) is not None or _looks_like_plate(match)


def _looks_like_plate(match: re.Match[str]) -> bool:
    """Capital letters, a dash or a point where plates have them, and no year for its number."""
    number, dashed = match["number"], "-" in match["first"] + match["gap"]
    if not match["series"].isupper():
        return dashed and len(number) == len("123.45")
    if len(number) > 4:
        return dashed or "." in number + match["gap"] or bool(match["kind"]) or not match["gap"]
    if len(match["series"]) > 1 or _YEAR.fullmatch(number):
        return False
    return dashed or bool(match["kind"])
