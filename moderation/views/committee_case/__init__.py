"""One case before a committee: the page, and one module for each stage of the work on it."""

from moderation.views.committee_case import (
    climbing,
    concluding,
    files,
    hearing,
    identity,
    judging,
    pacing,
    page,
    printing,
    recusing,
    remarking,
    reviewing,
    seconding,
)
from moderation.views.committee_case.room import bp

__all__ = [
    "bp",
    "climbing",
    "concluding",
    "files",
    "hearing",
    "identity",
    "judging",
    "pacing",
    "page",
    "printing",
    "recusing",
    "remarking",
    "reviewing",
    "seconding",
]
