"""The calendar of working days: its years, changing days, and bringing them in a file."""

from moderation.views.calendar import changes, files, years
from moderation.views.calendar.room import bp

__all__ = ["bp", "changes", "files", "years"]
