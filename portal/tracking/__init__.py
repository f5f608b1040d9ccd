"""The resident's verbs after sending: find with the code, read, act. Never a status."""

from portal.tracking.acting import (
    ALLOWED,
    MOST_ADDED,
    AddedEnough,
    CannotAct,
    CannotContest,
    announce_file,
    contest,
    may_act,
    rate,
    supply,
    withdraw,
)
from portal.tracking.certifying import certify
from portal.tracking.consenting import Consent, consent, consent_of
from portal.tracking.contesting import Contestable, contestable
from portal.tracking.exchanging import AlreadyExchanged, Slipped, exchange, find_slip, is_proven
from portal.tracking.finding import Tracked, find, own_words
from portal.tracking.parting import find_part
from portal.tracking.pledging import promised_from_receipt
from portal.tracking.sealing import UNPROVEN, open_act
from portal.tracking.steps import explained
from portal.tracking.telling import Told, answer_of, as_asked, level_of, tell
from portal.tracking.timeline import Moment, Talk, Timeline, timeline

__all__ = [
    "ALLOWED",
    "MOST_ADDED",
    "UNPROVEN",
    "AddedEnough",
    "AlreadyExchanged",
    "CannotAct",
    "CannotContest",
    "Consent",
    "Contestable",
    "Moment",
    "Slipped",
    "Talk",
    "Timeline",
    "Told",
    "Tracked",
    "announce_file",
    "answer_of",
    "as_asked",
    "certify",
    "consent",
    "consent_of",
    "contest",
    "contestable",
    "exchange",
    "explained",
    "find",
    "find_part",
    "find_slip",
    "is_proven",
    "level_of",
    "may_act",
    "open_act",
    "own_words",
    "promised_from_receipt",
    "rate",
    "supply",
    "tell",
    "timeline",
    "withdraw",
]
