"""Checking the public log against the events, with the keys of the staff; it changes nothing.

Every row that was altered, added, removed or put in another's place is named. It needs nothing
but the database and the keys, and never says what an event is about.
"""

from moderation.verifying.checking import Report, count_rows, verify

__all__ = ["Report", "count_rows", "verify"]
