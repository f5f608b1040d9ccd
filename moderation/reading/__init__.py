"""Reading a case for one page of the staff room. It returns values and never commits.

Moderators read the masked words and what became of them. A committee reads only the text that
was written for it: what its page needs is asked for here, and the writer's words are not. Only
somebody of a commission who confirms a proposal in place of a moderator reads what they would.
"""

from moderation.noting import HIDDEN_FROM_COMMITTEES, HIDDEN_FROM_DESKS
from moderation.reading.committee_side import HandlingPage, read_for_committee
from moderation.reading.course import Step, latest_step
from moderation.reading.desk_side import CasePage, read_for_desk, read_for_second
from moderation.reading.destinations import Destination, read_destinations

__all__ = [
    "HIDDEN_FROM_COMMITTEES",
    "HIDDEN_FROM_DESKS",
    "CasePage",
    "Destination",
    "HandlingPage",
    "Step",
    "latest_step",
    "read_destinations",
    "read_for_committee",
    "read_for_desk",
    "read_for_second",
]
