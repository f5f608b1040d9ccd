"""Members who are away: excused for a time, their confirmation slips, and transfers.

What is written down here is a fact of the register, with days, and never a violation. No case comes
from it. Whoever is concerned, or tied to them, sees nothing of it.
"""
