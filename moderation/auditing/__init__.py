"""Reading the journal: what an auditor sees of it, page by page or as rows of a sheet.

An auditor reads what was done at their organisation or below, and nothing about a case from which
they are excluded: that there is such a case is not told either.
"""

from moderation.auditing.choosing import Wanted
from moderation.auditing.pages import PAGE, Line, Page, Somebody, every_line, turn_to

__all__ = ["PAGE", "Line", "Page", "Somebody", "Wanted", "every_line", "turn_to"]
