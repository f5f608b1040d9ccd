"""The pages on which administrators look after accounts. No case is read here."""

from moderation.views.accounts import (
    addressing,
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

__all__ = [
    "addressing",
    "asked",
    "bp",
    "ending",
    "inviting",
    "listing",
    "page",
    "proving",
    "roles",
    "ties",
]
