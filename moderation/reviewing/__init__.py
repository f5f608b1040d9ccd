"""Looking at a result once more: its writer contests it, and the level above decides.

Whoever had any part in the case before does not decide on it, and whoever decided does not handle
what comes of it.
"""

from moderation.reviewing.contesting import contest
from moderation.reviewing.deciding import decide
from moderation.reviewing.seating import reviewer_of

__all__ = ["contest", "decide", "reviewer_of"]
