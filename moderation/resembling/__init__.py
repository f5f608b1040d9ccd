"""Look-alikes: which earlier case a new letter may be about the same matter as.

The worker looks as a letter arrives; a moderator decides. What is compared are keyed hashes, so
that neither a text nor a name can be read from what is kept for it. Nothing is merged here.
"""

from moderation.resembling.deciding import keep_apart, part
from moderation.resembling.placing import forget_sketches, place

__all__ = ["forget_sketches", "keep_apart", "part", "place"]
