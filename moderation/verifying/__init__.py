"""Checking the public log and the journal with the keys of the staff; it changes nothing.

Every row that was altered, added, removed or put in another's place is named. It needs nothing
but the database and the keys, and never says what an event is about.
"""

from moderation.verifying.checking import Report, count_rows, verify
from moderation.verifying.entries import count_entries, verify_journal

__all__ = ["Report", "count_entries", "count_rows", "verify", "verify_journal"]
