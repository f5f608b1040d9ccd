"""Which organisation a case should go to, and why: a pure proposal that a moderator decides on.

``facts`` holds what is known, ``reasons`` the sentences shown, ``rules`` the ordered rules.
"""

from moderation.routing.facts import CELL_KINDS, Facts, Proposal, Unit
from moderation.routing.reasons import REASONS
from moderation.routing.rules import RULES, propose

__all__ = ["CELL_KINDS", "REASONS", "RULES", "Facts", "Proposal", "Unit", "propose"]
