"""Opening what a list shows of the words, and naming who handles a case: for all rows at once.

The desk reads the first of the writer's masked words. A committee reads the first words of the
text that was written for it, and never the writer's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import open_internal_keys
from moderation.preparing import headline
from portal.models import Account, CasePart, Paper
from portal.models.case import PaperKind, Part, Room
from portal.vault import decrypt


def open_titles(
    session: Session, *, office: Office, room: Room, sealed: Mapping[int, bytes | None]
) -> dict[int, str]:
    """What each case is called in a room; ``sealed`` holds the headlines as they lie.

    One statement for the desk, two for the committees. Raises CannotOpen.
    """
    keys = open_internal_keys(session, office=office, case_ids=sealed)
    if room is Room.COMMITTEE:
        return _shown_titles(session, keys)
    return {
        case_id: decrypt(keys[case_id], box, "feedback_case", case_id, "headline").decode()
        for case_id, box in sealed.items()
        if box is not None
    }


def handlers_of(session: Session, *, case_ids: list[int]) -> dict[int, dict[int, str]]:
    """Who works on each case for its committee: names by account, in one statement."""
    found: dict[int, dict[int, str]] = {}
    for row in session.execute(
        select(CasePart.case_id, Account.id, Account.name)
        .join(Account, Account.id == CasePart.account_id)
        .where(CasePart.case_id.in_(case_ids), CasePart.part == Part.HANDLER)
        .order_by(Account.id)
    ):
        found.setdefault(row.case_id, {})[row.id] = row.name
    return found


def _shown_titles(session: Session, keys: Mapping[int, bytes]) -> dict[int, str]:
    """The first words of the newest text shown to the committee of each case."""
    rows = session.execute(
        select(Paper.case_id, Paper.uid, Paper.body)
        .where(Paper.case_id.in_(keys), Paper.kind == PaperKind.SHOWN)
        .order_by(Paper.id)
    )
    newest = {row.case_id: row for row in rows}
    return {
        case_id: headline(_text(keys[case_id], row.uid, row.body))
        for case_id, row in newest.items()
    }


def _text(key: bytes, uid: bytes, body: bytes) -> str:
    """The text in a shown paper."""
    return str(json.loads(decrypt(key, body, "paper", uid, "body"))["text"])
