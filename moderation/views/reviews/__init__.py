"""Screening reviews: the list, a review, one cell's members, and what the level above decides."""

from moderation.views.reviews import correcting, drafting, index, judging, member, part
from moderation.views.reviews.room import bp

__all__ = ["bp", "correcting", "drafting", "index", "judging", "member", "part"]
