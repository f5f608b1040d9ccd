"""Screening: reading, checking, choosing the member, proposing, confirming, passing on."""

from moderation.screening.adding import note_added, pass_added
from moderation.screening.asking import ask
from moderation.screening.classifying import (
    Classification,
    NotPraise,
    TiedToSubject,
    choose_subject,
    classify,
    subject_of,
)
from moderation.screening.deciding import (
    Checklist,
    confirm,
    decline,
    object_to,
    verify,
)
from moderation.screening.nominating import NotNomination
from moderation.screening.passing import (
    NoHandler,
    keep,
    propose_route,
    retitle,
    route,
)
from moderation.screening.referring import Transfer, record_reply, refer
from moderation.screening.seconding import seat_second

__all__ = [
    "Checklist",
    "Classification",
    "NoHandler",
    "NotNomination",
    "NotPraise",
    "TiedToSubject",
    "Transfer",
    "ask",
    "choose_subject",
    "classify",
    "confirm",
    "decline",
    "keep",
    "note_added",
    "object_to",
    "pass_added",
    "propose_route",
    "record_reply",
    "refer",
    "retitle",
    "route",
    "seat_second",
    "subject_of",
    "verify",
]
