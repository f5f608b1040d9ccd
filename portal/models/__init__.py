"""The tables, one file per noun. Columns only: no rule lives here."""

from portal.db import Base
from portal.models.account import Account, Grant, StaffSession, Tie
from portal.models.administration import AccountRequest, Invitation
from portal.models.attachment import Attachment
from portal.models.authority import Authority
from portal.models.bulk import BulkDeed, BulkItem, BulkOrder, LeftOut
from portal.models.calendar import CalendarChange, CalendarDay
from portal.models.case import (
    Case,
    CasePart,
    Exclusion,
    FollowUp,
    Paper,
    Seeking,
)
from portal.models.clock import StageClock, StageTarget
from portal.models.factor import FactorKind, HalfSignIn, RecoveryCode, SecondFactor
from portal.models.figures import FiguresEdition, FigureTally, PublishedFigure
from portal.models.identity import (
    Custodian,
    CustodianRoster,
    CustodianSitting,
    Identity,
    IdentityApproval,
    IdentityOpening,
    IdentityRequest,
    IdentityShare,
    NoticeAddress,
)
from portal.models.journal import Event, Heartbeat, Notice, Setting
from portal.models.key_check import KeyCheck
from portal.models.leaving import ConfirmationSlip, Excusal, Transfer
from portal.models.legal_basis import LegalBasis
from portal.models.lexicon import AbuseWord
from portal.models.likeness import LookAlike, Sketch, Trait
from portal.models.list_filter import ListFilter
from portal.models.log import LogHead, LogLeaf, LogNode
from portal.models.member import Member, Membership, Post, Standing
from portal.models.organisation import (
    Organisation,
    OrganisationEra,
    PlaceName,
    PlannedEnd,
    Succession,
)
from portal.models.public_answer import (
    AnswerConsent,
    AnswerInvitation,
    AnswerRelease,
    PublishedAnswer,
)
from portal.models.quarantine import CopyGroup, HeldCopy, Likeness
from portal.models.register_import import ImportLine, ImportWrite, MemberSource, RegisterImport
from portal.models.report import ReportedFigure
from portal.models.retention import (
    Expiry,
    PurgeMark,
    RetentionHold,
    RetentionPeriod,
    Tombstone,
)
from portal.models.review import (
    ReviewCorrection,
    ReviewMember,
    ReviewPart,
    ReviewResult,
    ScreeningReview,
)
from portal.models.scope import CaseScope, Counter
from portal.models.search import SearchEntry, SearchResidue, SearchStale
from portal.models.slip import CodeExchange, Slip
from portal.models.staff_journal import JournalEntry, JournalFloor, JournalNotice, RefusedHour
from portal.models.staff_mail import StaffMail
from portal.models.submission import ResidentAct, Seal, Sequence, Stay, Submission
from portal.models.template import ReplyTemplate

__all__ = [
    "AbuseWord",
    "Account",
    "AccountRequest",
    "AnswerConsent",
    "AnswerInvitation",
    "AnswerRelease",
    "Attachment",
    "Authority",
    "Base",
    "BulkDeed",
    "BulkItem",
    "BulkOrder",
    "CalendarChange",
    "CalendarDay",
    "Case",
    "CasePart",
    "CaseScope",
    "CodeExchange",
    "ConfirmationSlip",
    "CopyGroup",
    "Counter",
    "Custodian",
    "CustodianRoster",
    "CustodianSitting",
    "Event",
    "Exclusion",
    "Excusal",
    "Expiry",
    "FactorKind",
    "FigureTally",
    "FiguresEdition",
    "FollowUp",
    "Grant",
    "HalfSignIn",
    "Heartbeat",
    "HeldCopy",
    "Identity",
    "IdentityApproval",
    "IdentityOpening",
    "IdentityRequest",
    "IdentityShare",
    "ImportLine",
    "ImportWrite",
    "Invitation",
    "JournalEntry",
    "JournalFloor",
    "JournalNotice",
    "KeyCheck",
    "LeftOut",
    "LegalBasis",
    "Likeness",
    "ListFilter",
    "LogHead",
    "LogLeaf",
    "LogNode",
    "LookAlike",
    "Member",
    "MemberSource",
    "Membership",
    "Notice",
    "NoticeAddress",
    "Organisation",
    "OrganisationEra",
    "Paper",
    "PlaceName",
    "PlannedEnd",
    "Post",
    "PublishedAnswer",
    "PublishedFigure",
    "PurgeMark",
    "RecoveryCode",
    "RefusedHour",
    "RegisterImport",
    "ReplyTemplate",
    "ReportedFigure",
    "ResidentAct",
    "RetentionHold",
    "RetentionPeriod",
    "ReviewCorrection",
    "ReviewMember",
    "ReviewPart",
    "ReviewResult",
    "ScreeningReview",
    "Seal",
    "SearchEntry",
    "SearchResidue",
    "SearchStale",
    "SecondFactor",
    "Seeking",
    "Sequence",
    "Setting",
    "Sketch",
    "Slip",
    "StaffMail",
    "StaffSession",
    "StageClock",
    "StageTarget",
    "Standing",
    "Stay",
    "Submission",
    "Succession",
    "Tie",
    "Tombstone",
    "Trait",
    "Transfer",
]
