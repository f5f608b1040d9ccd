"""Keeping why many cases are declined: for each of them under its own internal key, until done.

So it is as safe as the proposal that it becomes, and goes with the case.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.quarantining import Decline
from portal.models import BulkItem, BulkOrder, Case
from portal.vault import CannotOpen, decrypt, encrypt
from portal.vocabulary import DeclineReason


def seal(
    session: Session, *, office: Office, case: Case, order: BulkOrder, body: Decline | None
) -> bytes | None:
    """The words sealed for one case; nothing where there are none. Raises CannotOpen."""
    if body is None:
        return None
    keys = open_keys(session, office=office, case_id=case.id)
    plain = json.dumps(asdict(body), ensure_ascii=False).encode()
    return encrypt(keys.internal, plain, "bulk_item", case.id, f"words:{order.id}")


def unseal(keys: CaseKeys, item: BulkItem) -> Decline:
    """The words of one case, opened. Raises CannotOpen, also where there are none."""
    if item.words is None:
        raise CannotOpen("no words were kept")
    column = f"words:{item.order_id}"
    found = json.loads(decrypt(keys.internal, item.words, "bulk_item", item.case_id, column))
    reason = next(each for each in DeclineReason if each.value == found["reason"])
    return Decline(reason=reason, note=found["note"])
