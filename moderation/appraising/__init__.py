"""Screening reviews: a basis, a period, cells; each records, signs, and the level above confirms.

A cell writes down what the Party's own process has come to. Nothing here decides about anybody, and
nothing that residents wrote can be the ground of a result: there is no place for it.
"""

from moderation.appraising.changing import PartChanged
from moderation.appraising.closing import NotAllConfirmed, close_review
from moderation.appraising.correcting import correct
from moderation.appraising.fitting import Recorded
from moderation.appraising.informing import Told, told_of
from moderation.appraising.judging import Lacking, lacking
from moderation.appraising.listing import Listed, members_of
from moderation.appraising.opening import (
    BadPeriod,
    NoCells,
    NotDraft,
    cells_of,
    directly_below,
    draft_review,
    drop_draft,
    open_review,
)
from moderation.appraising.recording import record, record_rest
from moderation.appraising.signing import NotReady, confirm, send_back, sign
from moderation.appraising.standing import (
    NoSuchReview,
    Place,
    find_part,
    find_review,
    holders,
    holds,
    is_tied,
    parts_seen,
    reviews_seen,
    seats,
)

__all__ = [
    "BadPeriod",
    "Lacking",
    "Listed",
    "NoCells",
    "NoSuchReview",
    "NotAllConfirmed",
    "NotDraft",
    "NotReady",
    "PartChanged",
    "Place",
    "Recorded",
    "Told",
    "cells_of",
    "close_review",
    "confirm",
    "correct",
    "directly_below",
    "draft_review",
    "drop_draft",
    "find_part",
    "find_review",
    "holders",
    "holds",
    "is_tied",
    "lacking",
    "members_of",
    "open_review",
    "parts_seen",
    "record",
    "record_rest",
    "reviews_seen",
    "seats",
    "send_back",
    "sign",
    "told_of",
]
