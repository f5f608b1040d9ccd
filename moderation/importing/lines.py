"""What the preview says of one row, as it lies in the database under the key of the file.

Codes, numbers and days, and of words only those of the file: whoever reads it words the rest.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from moderation.importing.outcomes import Outcome
from portal.models.register_import import Verdict
from portal.vault import decrypt, encrypt

_TABLE = "import_line"


def verdict_of(outcome: Outcome) -> Verdict | None:
    """What becomes of a row; nothing where it changes nothing."""
    if outcome.faults or outcome.row.faults:
        return Verdict.PROBLEM
    if outcome.known is None:
        return Verdict.ADD
    return Verdict.CHANGE if outcome.changes_something else None


def body_of(outcome: Outcome, *, mark: bytes | None) -> bytes:
    """What is kept of a row. ``mark`` stands for its key in another system."""
    row, known = outcome.row, outcome.known
    told: dict[str, Any] = {"name": row.name, "year": row.birth_year, "home": row.home}
    faults = [*row.faults, *outcome.faults]
    if faults:
        told["faults"] = faults
        return _dump(told)
    told |= {"changes": outcome.changes, "steps": outcome.steps, "managed": row.managed_by}
    if known is not None:
        told |= {"member": known.id.hex, "version": known.version, "was": known.name}
        told["managed"] = row.managed_by or known.managed_by
    if mark is not None and not (known is not None and known.has_this_key):
        told["mark"] = mark.hex()
    return _dump(told)


def seal_body(key: bytes, uid: bytes, number: int, body: bytes) -> bytes:
    """The row under the key of its file, bound to its place in it."""
    return encrypt(key, body, _TABLE, uid, str(number))


def open_body(key: bytes, uid: bytes, number: int, box: bytes) -> dict[str, Any]:
    """The row again. Raises CannotOpen."""
    found: dict[str, Any] = json.loads(decrypt(key, box, _TABLE, uid, str(number)))
    return found


def _dump(told: dict[str, Any]) -> bytes:
    return json.dumps(
        told, ensure_ascii=False, separators=(",", ":"), default=_plain, sort_keys=True
    ).encode()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    raise TypeError(type(value).__name__)
