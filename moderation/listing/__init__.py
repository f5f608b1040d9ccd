"""The lists of both rooms: what a person sees of which cases, page by page, and how many.

It returns rows and never commits. Who may see a case is part of each query, never a filter on
what a query gave.
"""

from moderation.listing.counting import Tallies, count
from moderation.listing.cursors import Cursor
from moderation.listing.finding import find_first
from moderation.listing.opening import handlers_of
from moderation.listing.pages import rows_of, turn_to
from moderation.listing.places import Places, places_of
from moderation.listing.remembering import remember, remembered
from moderation.listing.rows import Page, Row
from moderation.listing.wanted import LISTS, Holder, List, Wanted, read_reference

__all__ = [
    "LISTS",
    "Cursor",
    "Holder",
    "List",
    "Page",
    "Places",
    "Row",
    "Tallies",
    "Wanted",
    "count",
    "find_first",
    "handlers_of",
    "places_of",
    "read_reference",
    "remember",
    "remembered",
    "rows_of",
    "turn_to",
]
