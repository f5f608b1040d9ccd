"""Searching everything that lies in a folder for words, in every form in which they could lie."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.text import fold

#: The tables that a letter fills on its way, with what was written or with what follows from it.
OF_A_LETTER = {
    *("attachment", "case_part", "case_scope", "copy_group", "counter", "event", "exclusion"),
    *("expiry", "feedback_case", "follow_up", "held_copy", "journal_entry", "likeness"),
    *("log_head", "log_leaf", "log_node", "notice", "paper", "resident_act", "retention_hold"),
    *("search_entry", "seal", "seeking", "sequence", "stage_clock", "submission"),
    *("identity", "identity_approval", "identity_opening", "identity_request", "identity_share"),
    *("look_alike", "notice_address", "sketch", "stay", "trait"),
}
#: The others: people, places, keys, and how the portal runs.
APART = {
    *("abuse_word", "authority", "legal_basis"),
    # What a cell records of its members; a letter is never copied there.
    *("review_correction", "review_member", "review_part", "review_result", "screening_review"),
    *("figures_edition", "figure_tally", "published_figure", "reported_figure"),
    *("calendar_change", "custodian", "custodian_roster", "custodian_sitting"),
    *(
        "account",
        "account_request",
        "calendar_change",
        "calendar_day",
        "half_sign_in",
        "heartbeat",
        "invitation",
    ),
    # What writers allow, by marks; and texts for everybody, which two people have read.
    *("answer_consent", "answer_invitation", "answer_release", "published_answer"),
    # Codes that staff know, as look-up ids and boxes.
    *("code_exchange", "slip"),
    *("reply_template", "staff_mail"),
    # What registrars bring in files: members and organisations.
    *("import_line", "import_write", "member_source", "register_import"),
    # What somebody ordered for many cases: numbers, and a reason sealed under each case's key.
    *("bulk_item", "bulk_order", "list_filter"),
    *("confirmation_slip", "excusal", "transfer"),
    *("key_check", "member", "membership", "place_name", "post", "recovery_code"),
    *(
        "organisation",
        "organisation_era",
        "planned_end",
        "refused_hour",
        "journal_floor",
        "journal_notice",
        "retention_period",
        "stage_target",
        "role_grant",
        "search_residue",
        "search_stale",
        "purge_mark",
        "tombstone",
        "second_factor",
        "setting",
        "staff_session",
        "standing",
    ),
    *("succession", "tie"),
}


def readable(folder: Path, needles: Iterable[str]) -> list[str]:
    """Which of these can be read in any file below a folder.

    UTF-8, UTF-16, hex in both cases, base64 at every place, and folded letters are looked at.
    """
    pile = b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    small = pile.lower()
    return [
        needle
        for needle in needles
        if folded(needle) in small or any(form in pile for form in forms(needle))
    ]


def forms(needle: str) -> Iterator[bytes]:
    """The bytes that a text could be, as it was typed."""
    yield needle.encode()
    yield as_utf16(needle)
    yield as_hex(needle)
    yield as_hex(needle).upper()
    for shift in range(3):
        yield as_base64(needle, shift)


def runs(*texts: str) -> Iterator[str]:
    """Every run of three words of these texts."""
    for text in texts:
        words = re.findall(r"\w+", text)
        yield from (" ".join(words[at : at + 3]) for at in range(len(words) - 2))


def as_utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def as_hex(text: str) -> bytes:
    return text.encode().hex().encode()


def folded(text: str) -> bytes:
    return fold(text).encode()


def as_base64(text: str, shift: int = 0) -> bytes:
    """The part of the base64 of ``text`` that does not depend on its neighbours."""
    raw = base64.b64encode(b"\x00" * shift + text.encode())
    return raw[4 * bool(shift) : len(raw) - 4]
