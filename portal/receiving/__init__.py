"""Receiving a submission: sealed as it arrives, written once, answered with a receipt.

The process that runs this can write the words and cannot read them back: only the code,
which it forgets with the request, or the staff key, which it does not have, opens them.
"""

from portal.receiving.entry import Entry, Receipt
from portal.receiving.once import (
    RECEIPT_LASTS,
    AlreadySent,
    NeverSent,
    OtherWords,
    confirm_saved,
    receive,
    repeat,
    submission_key,
)

__all__ = [
    "RECEIPT_LASTS",
    "AlreadySent",
    "Entry",
    "NeverSent",
    "OtherWords",
    "Receipt",
    "confirm_saved",
    "receive",
    "repeat",
    "submission_key",
]
