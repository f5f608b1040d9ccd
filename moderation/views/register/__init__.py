"""The register of organisations and members, for registrars."""

from moderation.views.register import (
    member_deeds,
    newcomers,
    organisation_deeds,
    people,
    refusing,
    tree,
)
from moderation.views.register.room import bp

__all__ = ["bp", "member_deeds", "newcomers", "organisation_deeds", "people", "refusing", "tree"]
