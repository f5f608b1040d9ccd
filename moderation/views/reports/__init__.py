"""The tables that are added up, for those who read figures of a level: on screen and to take."""

from moderation.views.reports import behind, pages, reported, sheets
from moderation.views.reports.room import bp

__all__ = ["behind", "bp", "pages", "reported", "sheets"]
