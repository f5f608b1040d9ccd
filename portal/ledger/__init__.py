"""The public log: what an event commits to, and the tree that nobody can take a leaf out of."""

from portal.ledger.events import Step, open_note, sealed_row

__all__ = ["Step", "open_note", "sealed_row"]
