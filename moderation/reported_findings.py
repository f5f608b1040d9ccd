"""What was found in several cases, opened out of their sealed reports."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import open_internal_keys, tell_shut
from portal.models import Paper
from portal.models.case import PaperKind
from portal.vault import CannotOpen, decrypt
from portal.vocabulary import Finding

_FINDINGS = {finding.value: finding for finding in Finding}


def reported_findings(
    session: Session, *, office: Office, case_ids: Iterable[int]
) -> dict[int, Finding]:
    """What was reported of each case last, in two statements. What does not open is left out."""
    keys = open_internal_keys(session, office=office, case_ids=case_ids)
    rows = session.execute(
        select(Paper.case_id, Paper.uid, Paper.body)
        .where(Paper.case_id.in_(keys), Paper.kind == PaperKind.REPORT)
        .order_by(Paper.id)
    )
    found: dict[int, Finding] = {}
    for row in rows:
        try:
            paper = json.loads(decrypt(keys[row.case_id], row.body, "paper", row.uid, "body"))
        except CannotOpen:
            tell_shut(row.case_id, "the report")
            found.pop(row.case_id, None)
        else:
            found[row.case_id] = _FINDINGS[paper["finding"]]
    return found
