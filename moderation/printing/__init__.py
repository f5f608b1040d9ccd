"""The papers that staff print of a case, in the form of a letter of the Party.

A paper holds nothing that its reader could not read on a page: the routing slip what the
organisation reads that has the case, the answer what its writer reads. It names nobody of the
staff. That somebody printed it is written down before it is drawn.
"""

from moderation.printing.answers import answer, has_answer
from moderation.printing.slips import has_slip, routing_slip

__all__ = ["answer", "has_answer", "has_slip", "routing_slip"]
