"""Members who are away: the reminders of a committee, excusals, and transfers."""

from moderation.views.leaving import absences, part, transfers

BLUEPRINTS = (part.bp, absences.bp, transfers.bp)

__all__ = ["BLUEPRINTS"]
