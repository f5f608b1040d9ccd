"""The texts of one cell in a review, sealed: answers of members, notes, reasons.

They lie under a key of the part, which only the staff key opens; a change of that key takes it
along. They are in no search and in no journal.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.staff_keys import make_staff_key, open_staff_key
from portal.models import ReviewCorrection, ReviewPart, ReviewResult
from portal.models.submission import SealTarget
from portal.vault import CannotOpen, decrypt, encrypt

Body = dict[str, Any]

_TARGET = SealTarget.REVIEW_PART


def open_key(session: Session, *, office: Office, part_id: int) -> bytes | None:
    """The key of a part, or nothing where no text was ever kept. Raises CannotOpen."""
    return open_staff_key(session, office=office, target=_TARGET, number=part_id)


def key_for(session: Session, *, office: Office, part_id: int) -> bytes:
    """The key of a part, made with its first text; the part is locked. Raises CannotOpen."""
    there = open_key(session, office=office, part_id=part_id)
    if there is not None:
        return there
    return make_staff_key(session, office=office, target=_TARGET, number=part_id)


def seal_texts(key: bytes, row: ReviewResult, body: Body) -> None:
    """Keep the texts of a result."""
    row.texts = encrypt(key, _plain(body), "review_result", row.uid, "texts")


def read_texts(key: bytes | None, row: ReviewResult) -> Body:
    """The texts of a result; empty where there are none. Raises CannotOpen."""
    if row.texts is None:
        return {}
    return _opened(key, row.texts, "review_result", row.uid, "texts")


def seal_reason(key: bytes, part: ReviewPart, reason: str) -> None:
    """Keep why a part was sent back."""
    part.sent_back = encrypt(key, _plain({"reason": reason}), "review_part", part.uid, "sent_back")


def read_reason(key: bytes | None, part: ReviewPart) -> str:
    """Why a part was sent back; empty where it never was. Raises CannotOpen."""
    if part.sent_back is None:
        return ""
    return str(_opened(key, part.sent_back, "review_part", part.uid, "sent_back")["reason"])


def seal_correction(key: bytes, uid: bytes, body: Body) -> bytes:
    """What stood before a correction, and why it was made."""
    return encrypt(key, _plain(body), "review_correction", uid, "body")


def read_correction(key: bytes | None, row: ReviewCorrection) -> Body:
    """A correction, opened. Raises CannotOpen."""
    return _opened(key, row.body, "review_correction", row.uid, "body")


def _plain(body: Body) -> bytes:
    """A text as it is sealed."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _opened(key: bytes | None, box: bytes, table: str, uid: bytes, column: str) -> Body:
    """A sealed text. Raises CannotOpen."""
    if key is None:
        raise CannotOpen("the seal of the part is gone")
    found: Body = json.loads(decrypt(key, box, table, uid, column))
    return found
