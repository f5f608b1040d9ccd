"""Addresses and codes that lead to a person: mail, profiles on social networks, tracking codes.

No pattern asks for what a later mask could give it, the end of digits; so masking twice is masking
once.
"""

from __future__ import annotations

import re

#: Where a mail address turns, with or without "@", and all that follows. The big providers count
#: without their ".com" too.
MAIL_AT = re.compile(
    r" ?(?:@|＠|\(at\)|\[at\]|\(a còng\)|(?<= )a còng(?= )) ?"
    r"(?:(?:[a-z0-9\-]++\.)+[a-z][a-z0-9\-]*[a-z0-9]|gmail|yahoo|hotmail|outlook|icloud)",
    re.IGNORECASE,
)
_MAIL_SIGNS = frozenset(".%+!#$&'*=?^_`{|}~-")

_NETWORKS = (
    r"zalo\.me|facebook\.com|fb\.com|fb\.me|m\.me|messenger\.com|instagram\.com|tiktok\.com"
    r"|youtube\.com|threads\.net|t\.me|telegram\.me|twitter\.com|x\.com|wa\.me"
)
#: A page on a social network names whoever runs it, and so does each of their posts.
LINK = re.compile(
    rf"(?<![^\W\d])(?:https?://)?(?:[a-z\-]{{1,12}}\.)?(?:{_NETWORKS})[/?][^\s<>\[\]]++",
    re.IGNORECASE,
)
_PAGE = re.compile(r"[^/?]*(?://[^/?]*)?[/?]")

#: A tracking code opens its writer's page: five groups of four, or twenty symbols at once.
CODE = re.compile(
    r"[0-9A-Z]{4}(?:[0-9A-Z]{16}|(?:-[0-9A-Z]{4}){4}|(?: [0-9A-Z]{4}){4})", re.IGNORECASE
)
#: In a code some letter stands beside a digit, and in nearly no other text.
_MIXED = re.compile(r"[0-9](?:(?=[A-Z])|(?<=[A-Z][0-9]))", re.IGNORECASE)
_FOUR = re.compile(r"[0-9A-Z]{4}", re.IGNORECASE)


def may_hold_mail(text: str) -> bool:
    """Whether a look for mail addresses can find any: every turn has one of these signs."""
    return any(sign in text for sign in "@＠)]") or "còng" in text.lower()


def may_hold_link(text: str) -> bool:
    """Whether a look for profiles can find any: they lie behind one of these signs."""
    return "/" in text or "?" in text


def may_hold_code(text: str) -> bool:
    """Whether a look for tracking codes can find any: their groups mix letters and digits."""
    return _MIXED.search(text) is not None


def mail_start(text: str, turn: int, floor: int) -> int:
    """Where the mail address that turns at ``turn`` starts, not before ``floor``."""
    start = turn
    while start > floor and (text[start - 1].isalnum() or text[start - 1] in _MAIL_SIGNS):
        start -= 1
    return start


def profile_end(address: str) -> int:
    """Where the profile ends in a matched address, before any punctuation; 0 without a profile."""
    end = len(address.rstrip(".,;:!?)'\"”’"))
    front = _PAGE.match(address)
    return end if front and end > front.end() else 0


def is_code(match: re.Match[str]) -> bool:
    """Whether twenty symbols are a code: its groups mix letters and digits, unlike words."""
    groups = _FOUR.findall(match[0])
    return sum(not group.isdigit() and not group.isalpha() for group in groups) >= 2
