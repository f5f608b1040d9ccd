"""The public log: what an event commits to, and the tree that nobody can take a leaf out of."""

from portal.ledger.events import PURGE, RECEIVE, Step, open_note, sealed_row, step_of
from portal.ledger.heads import Head, is_signed, sign_head

__all__ = [
    "PURGE",
    "RECEIVE",
    "Head",
    "Step",
    "is_signed",
    "open_note",
    "sealed_row",
    "sign_head",
    "step_of",
]
