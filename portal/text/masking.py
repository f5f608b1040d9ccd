"""Masking: personal data and abuse give way to words in brackets before anyone reads a text.

What was written is stored as written; the mask is made anew on the way to each reader. The work
grows with the length of the text only, and masking masked text changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from portal.text.abuse import USUAL, Lexicon
from portal.text.addresses import (
    CODE,
    LINK,
    MAIL_AT,
    is_code,
    mail_start,
    may_hold_code,
    may_hold_link,
    may_hold_mail,
    profile_end,
)
from portal.text.cleaning import clean
from portal.text.masked import WORDS, Masked, between_masks
from portal.text.plates import PLATE, is_plate
from portal.text.recognising import numbers_of_people
from portal.text.runs import digit_runs


def mask(text: str) -> Masked:
    """The text with personal numbers and addresses masked, cleaned first.

    Masked are mail addresses, profiles on social networks, tracking codes, accounts, personal and
    Party numbers, telephones and number plates, in any common way of writing them; long unbroken
    numbers of no known kind too. Dates, amounts, decisions, house numbers and the portal's own
    references stay. Numbers in words, and letters typed for digits, pass (design rule: a
    moderator reads the text before a committee does).
    """
    before = clean(text)
    after = before
    for rule in _RULES:
        after = between_masks(after, rule)
    return Masked.between(before, after)


def mask_abuse(text: str, lexicon: Lexicon = USUAL) -> Masked:
    """The text with abusive words masked; never a reason to refuse it (design rule).

    Only whole words count, with their exact diacritics: "các", "buổi", "lớn" and "5 dm" stay.
    """
    before = clean(text)
    return Masked.between(before, between_masks(before, partial(_hide_abuse, lexicon)))


def for_readers(text: str, lexicon: Lexicon = USUAL) -> Masked:
    """The text as every reader but the writer sees it: personal data masked, then abuse."""
    personal = mask(text)
    return Masked.between(clean(text), mask_abuse(personal.text, lexicon).text)


def _hide_emails(text: str) -> str:
    if not may_hold_mail(text):
        return text
    pieces, done = [], 0
    for match in MAIL_AT.finditer(text):
        start = mail_start(text, match.start(), done)
        if start < match.start():
            pieces += [text[done:start], WORDS["email"]]
            done = match.end()
    return "".join([*pieces, text[done:]])


def _hide_links(text: str) -> str:
    return LINK.sub(lambda match: _profile(match[0]), text) if may_hold_link(text) else text


def _profile(address: str) -> str:
    end = profile_end(address)
    return WORDS["link"] + address[end:] if end else address


def _hide_codes(text: str) -> str:
    return _hide_if(is_code, CODE, "code", text) if may_hold_code(text) else text


def _hide_numbers(text: str) -> str:
    pieces, done = [], 0
    for run in digit_runs(text):
        for found in numbers_of_people(run):
            pieces += [text[done : found.start], WORDS[found.kind]]
            done = found.end
    return "".join([*pieces, text[done:]])


def _hide_plates(text: str) -> str:
    return _hide_if(is_plate, PLATE, "plate", text)


def _hide_abuse(lexicon: Lexicon, text: str) -> str:
    pieces, done = [], 0
    for start, end in lexicon.find(text):
        pieces += [text[done:start], WORDS["abuse"]]
        done = end
    return "".join([*pieces, text[done:]])


def _hide_if(
    accepted: Callable[[re.Match[str]], bool], pattern: re.Pattern[str], kind: str, text: str
) -> str:
    """Replace the accepted matches; behind a refused one the next symbol may start a match."""
    pieces, done, look = [], 0, 0
    while match := pattern.search(text, look):
        look = match.start() + 1
        if accepted(match):
            pieces += [text[done : match.start()], WORDS[kind]]
            done = look = match.end()
    return "".join([*pieces, text[done:]])


#: In this order: what holds digits and more comes before what holds digits only.
_RULES: tuple[Callable[[str], str], ...] = (
    _hide_emails,
    _hide_codes,
    _hide_links,
    _hide_numbers,
    _hide_plates,
)
