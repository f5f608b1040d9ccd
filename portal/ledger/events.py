"""Events and what they commit to. Every step of a case is written here, sealed and bound.

An event's commitment is made with a key that only the case (or the submission) has, over
everything the resident may read of it. Whoever holds that key can later show that the
event was not altered; nobody else learns anything from it. It is the event's leaf in the log.

What it covers is what the tracking page shows, and no more: the resident may give it away as a
certificate. The moment, the side that acted and the rule behind a step are bound inside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from portal.clock import local_date
from portal.models.journal import Actor
from portal.vault import commitment, decrypt, encrypt, new_uid
from portal.vocabulary import Status

#: The first event of a submission is bound under its own key; all later ones under the case's.
RECEIVE = "receive"
#: What takes cases away, rows and keys. It is bound under a key of the staff, because no key of
#: the cases is left, and whoever holds the database alone must not excuse what they removed.
PURGE = "purge"
#: The facts that the tracking page shows, and those by which a purge is checked.
_TOLD = frozenset({"kind", "done_on", "due", "until", "after", "reason", "stage"})


@dataclass(frozen=True)
class Step:
    """One step to be written: what, from where to where, by which side, and the notes."""

    #: Empty for a purge, which takes many cases away, as is the status.
    case_id: int | None
    action: str
    to_status: Status | None
    actor: Actor
    at: datetime
    from_status: Status | None = None
    submission_id: int | None = None
    account_id: int | None = None
    organisation_id: int | None = None
    shown: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    public_note: str = ""
    internal_note: str = ""

    def canonical(self, uid: bytes, inside: bytes | None) -> bytes:
        """The bytes that the commitment covers: all that the resident reads, with the day alone.

        ``inside`` commits to the rest, and tells nothing about it.
        """
        return _as_bytes(
            {
                "action": self.action,
                "case": self.case_id,
                "facts": self._facts(told=True),
                "inside": inside.hex() if inside is not None else None,
                "note": self.public_note,
                "on": local_date(self.at).isoformat(),
                "shown": self.shown,
                "submission": self.submission_id,
                "to": self.to_status,
                "uid": uid.hex(),
            }
        )

    def inside(self, key: bytes, uid: bytes) -> bytes:
        """What commits to the part that only staff read: who did it, when to the moment, where,
        by which rule, and the internal note.

        Its key is another than the one of ``canonical``, which a certificate tells, even where
        both are made from the submission's own.
        """
        plain = {
            "account": self.account_id,
            "actor": self.actor,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "facts": self._facts(told=False),
            "from": self.from_status,
            "note": self.internal_note,
            "organisation": self.organisation_id,
        }
        return commitment(key, b"inside" + uid, _as_bytes(plain))

    def _facts(self, *, told: bool) -> dict[str, str]:
        """The facts that the resident reads, or the others. Those of a purge everybody may read."""
        return {
            name: fact
            for name, fact in sorted(self.facts.items())
            if (name in _TOLD or self.action == PURGE) is told
        }


def sealed_row(step: Step, *, public: bytes, internal: bytes | None = None) -> dict[str, Any]:
    """The row of the event table for ``step``.

    ``public`` is the key of what the resident may read (the case's public key, or the
    submission's own before there is one); ``internal`` binds the rest, where the case has it
    already, and is needed for an internal note.
    """
    uid = new_uid()
    inside = step.inside(internal if internal is not None else public, uid)
    row: dict[str, Any] = {
        "uid": uid,
        "case_id": step.case_id,
        "submission_id": step.submission_id,
        "action": step.action,
        "from_status": step.from_status,
        "to_status": step.to_status,
        "actor": step.actor,
        "account_id": step.account_id,
        "organisation_id": step.organisation_id,
        "at": step.at,
        "shown": step.shown,
        "facts": dict(step.facts),
        "public_note": None,
        "internal_note": None,
        "commitment": commitment(public, uid, step.canonical(uid, inside)),
        "inside": inside,
    }
    if step.public_note:
        row["public_note"] = encrypt(public, step.public_note.encode(), "event", uid, "public_note")
    if step.internal_note:
        if internal is None:
            raise ValueError("an internal note needs the internal key")
        row["internal_note"] = encrypt(
            internal, step.internal_note.encode(), "event", uid, "internal_note"
        )
    return row


def step_of(row: Any, *, public: bytes, internal: bytes | None = None) -> Step:
    """The step that a row of the event table tells of. Raises CannotOpen.

    Without the internal key, what only staff read is left out and not asked of the row.
    """
    inner = open_note(internal, row.uid, "internal_note", row.internal_note) if internal else ""
    return Step(
        case_id=row.case_id,
        action=row.action,
        to_status=row.to_status,
        actor=row.actor,
        at=row.at,
        from_status=row.from_status,
        submission_id=row.submission_id,
        account_id=row.account_id if internal else None,
        organisation_id=row.organisation_id if internal else None,
        shown=row.shown,
        facts=row.facts,
        public_note=open_note(public, row.uid, "public_note", row.public_note),
        internal_note=inner,
    )


def open_note(key: bytes, uid: bytes, column: str, box: bytes | None) -> str:
    """The plain text of an event's note; empty where there is none. Raises CannotOpen."""
    return decrypt(key, box, "event", uid, column).decode() if box else ""


def _as_bytes(plain: Mapping[str, object]) -> bytes:
    """The one form in which these facts are bound."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
