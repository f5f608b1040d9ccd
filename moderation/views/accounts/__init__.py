"""The pages on which administrators look after accounts. No case is read here."""

from moderation.views.accounts import (
    asked,
    ending,
    inviting,
    listing,
    page,
    proving,
    roles,
    ties,
)
from moderation.views.accounts.room import bp

__all__ = ["asked", "bp", "ending", "inviting", "listing", "page", "proving", "roles", "ties"]
