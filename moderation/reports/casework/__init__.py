"""What became of the cases that a reader sees, by the organisation that has them.

Counted is what this very reader finds in their own lists and nothing else: of a case that is hidden
from them there is no trace in any sum, so nothing is learnt by subtraction, and behind each number
stands a list of exactly so many. A case counts where it is handled, or screened before that, and
nowhere else.

Each column counts what happened in the period. To whoever does not see the desk a case came when it
was passed on: the day of its arrival would tell of its writer.
"""

from moderation.reports.casework.counting import count_casework, with_zeros
from moderation.reports.casework.listing import PER_PAGE, Behind, Entry, turn_to

__all__ = ["PER_PAGE", "Behind", "Entry", "count_casework", "turn_to", "with_zeros"]
