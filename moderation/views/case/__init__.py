"""One case on a moderator's desk: the page, and one module for each stage of the work on it."""

from moderation.views.case import (
    adding,
    answering,
    closing,
    files,
    identity,
    keeping,
    merging,
    page,
    passing,
    printing,
    retaining,
    reviewing,
    screening,
    splitting,
    talking,
    unmasking,
    versions,
)
from moderation.views.case.room import bp

__all__ = [
    "adding",
    "answering",
    "bp",
    "closing",
    "files",
    "identity",
    "keeping",
    "merging",
    "page",
    "passing",
    "printing",
    "retaining",
    "reviewing",
    "screening",
    "splitting",
    "talking",
    "unmasking",
    "versions",
]
