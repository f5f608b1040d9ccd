"""Every text that was made for a reader of a case: for whom, why, by whom and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.papers import Body, CaseKeys, tell_shut
from moderation.releases import whole_text
from portal.models import Account, Paper
from portal.models.case import PaperKind
from portal.vault import CannotOpen, decrypt
from portal.vocabulary import Making, VersionReason

_KINDS = (PaperKind.SHOWN, PaperKind.PUT)
_MAKINGS = {each.value: each for each in Making}
_REASONS = {each.value: each for each in VersionReason}


@dataclass(frozen=True)
class Made:
    """One text. ``current`` is read now; ``text`` is None where it does not open.

    ``added``: it holds what the writer added later. ``making`` and ``why`` are empty for what was
    kept before reasons were asked for.
    """

    kind: PaperKind
    text: str | None
    making: Making | None
    why: VersionReason | None
    note: str
    who: str
    at: datetime
    added: bool
    current: bool


def read_history(session: Session, *, keys: CaseKeys, case_id: int) -> tuple[Made, ...]:
    """Every text that was made, the newest first, in one statement. Only moderators ask for it."""
    rows = session.execute(
        select(Paper.kind, Paper.uid, Paper.body, Paper.at, Account.name)
        .outerjoin(Account, Account.id == Paper.account_id)
        .where(Paper.case_id == case_id, Paper.kind.in_(_KINDS))
        .order_by(Paper.id.desc())
    ).all()
    newest: set[PaperKind] = set()
    made = []
    for row in rows:
        made.append(_made(keys, case_id, row, current=row.kind not in newest))
        newest.add(row.kind)
    return tuple(made)


def _made(keys: CaseKeys, case_id: int, row: Any, *, current: bool) -> Made:
    """One text, opened if it opens."""
    try:
        body: Body = json.loads(decrypt(keys.internal, row.body, "paper", row.uid, "body"))
        text: str | None = whole_text(body)
    except CannotOpen:
        tell_shut(case_id, f"paper {row.kind.value}")
        body, text = {}, None
    return Made(
        kind=row.kind,
        text=text,
        making=_MAKINGS.get(body.get("making", "")),
        why=_REASONS.get(body.get("why", "")),
        note=str(body.get("note", "")),
        who=row.name or "",
        at=row.at,
        added=bool(body.get("added")),
        current=current,
    )
