"""Opening what a list shows of the words, and naming who handles a case: for all rows at once.

The desk reads the first of the writer's masked words. A committee reads the first words of the
text that was written for it, and never the writer's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import open_internal_keys, tell_shut
from moderation.register import in_force
from moderation.titling import headline
from portal.models import Account, Case, CasePart, Grant, Paper
from portal.models.case import PaperKind, Part, Room
from portal.vault import CannotOpen, decrypt
from portal.vocabulary import Role


def open_titles(
    session: Session, *, office: Office, room: Room, sealed: Mapping[int, bytes | None]
) -> dict[int, str | None]:
    """What each case is called in a room; ``sealed`` holds the headlines as they lie.

    None for a case that does not open: it says so in its row, and the others stay. One
    statement for the desk, two for the committees.
    """
    keys = open_internal_keys(session, office=office, case_ids=sealed)
    openers: dict[int, Callable[[bytes], str]] = {
        case_id: _headline(case_id, box) for case_id, box in sealed.items() if box is not None
    }
    if room is Room.COMMITTEE:
        openers = _shown_titles(session, list(sealed))
    return {case_id: _opened(keys, case_id, opener) for case_id, opener in openers.items()}


def handlers_of(
    session: Session, *, office: Office, case_ids: list[int]
) -> dict[int, dict[int, str]]:
    """Who works on each case for the committee that has it now, in one statement.

    Somebody who worked on it for an earlier one is not named: the case has moved on.
    """
    found: dict[int, dict[int, str]] = {}
    for row in session.execute(
        select(CasePart.case_id, Account.id, Account.name)
        .join(Account, Account.id == CasePart.account_id)
        .join(Case, Case.id == CasePart.case_id)
        .join(Grant, (Grant.account_id == Account.id) & (Grant.organisation_id == Case.handler_id))
        .where(
            CasePart.case_id.in_(case_ids),
            CasePart.part == Part.HANDLER,
            Grant.role == Role.COMMITTEE,
            in_force(Grant, office.today),
        )
        .order_by(Account.id)
    ):
        found.setdefault(row.case_id, {})[row.id] = row.name
    return found


def _opened(keys: Mapping[int, bytes], case_id: int, opener: Callable[[bytes], str]) -> str | None:
    """The title of one case, or None and one line in the log."""
    try:
        return opener(keys[case_id])
    except (KeyError, CannotOpen):
        tell_shut(case_id, "the title of a list")
        return None


def _headline(case_id: int, box: bytes) -> Callable[[bytes], str]:
    """How the headline of a case is opened."""
    return lambda key: decrypt(key, box, "feedback_case", case_id, "headline").decode()


def _shown_titles(session: Session, case_ids: list[int]) -> dict[int, Callable[[bytes], str]]:
    """How the first words of the newest text shown to each committee are opened."""
    rows = session.execute(
        select(Paper.case_id, Paper.uid, Paper.body)
        .where(Paper.case_id.in_(case_ids), Paper.kind == PaperKind.SHOWN)
        .order_by(Paper.id)
    )
    return {row.case_id: _shown(row.uid, row.body) for row in rows}


def _shown(uid: bytes, body: bytes) -> Callable[[bytes], str]:
    """How the first words of a shown paper are opened."""
    return lambda key: headline(json.loads(decrypt(key, body, "paper", uid, "body"))["text"])
