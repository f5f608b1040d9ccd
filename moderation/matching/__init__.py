"""Which member of the register a resident means: proposed with reasons, never decided here.

``reading`` says what the words say, ``naming``, ``places`` and ``posts`` what they fit, ``lookup``
asks the register, ``scoring`` weighs, ``finding`` answers.
"""

from moderation.matching.finding import Candidate, Found, Kept, find, named, present
from moderation.matching.neighbourhood import neighbourhood
from moderation.matching.reading import names_in
from moderation.matching.reasons import WHY

__all__ = [
    "WHY",
    "Candidate",
    "Found",
    "Kept",
    "find",
    "named",
    "names_in",
    "neighbourhood",
    "present",
]
