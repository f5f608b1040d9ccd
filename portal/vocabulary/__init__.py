"""The words of the field as enumerations: a stored value and a Vietnamese label.

Values are the standard terms of the field and never change; labels are what people read.
"""

from portal.vocabulary.account import AccountState
from portal.vocabulary.attachment import FileKind
from portal.vocabulary.authority import Matter
from portal.vocabulary.case import (
    DeclineReason,
    Finding,
    Sentiment,
    StatementOutcome,
    Status,
    Topic,
)
from portal.vocabulary.figures import (
    FigureCourse,
    FigureSatisfaction,
    FigureSide,
    FigureSign,
    FigureTable,
    FigureTimeliness,
)
from portal.vocabulary.followup import ActionKind, Telling
from portal.vocabulary.identity import IdentityOutcome
from portal.vocabulary.journal import Deed
from portal.vocabulary.leaving import (
    ExcusalGround,
    ExcusalState,
    SlipState,
    TransferKind,
    TransferState,
)
from portal.vocabulary.occasion import Occasion
from portal.vocabulary.organisation import (
    CELLS,
    MembershipKind,
    MembershipStatus,
    OrganisationKind,
    PostTitle,
    Role,
    UnitKind,
)
from portal.vocabulary.publication import Publication
from portal.vocabulary.report import CaseworkColumn, MemberColumn, ReportTable
from portal.vocabulary.retention import RetentionRule
from portal.vocabulary.review import (
    AnswerState,
    BasisUse,
    PartState,
    ReviewOutcome,
    ReviewState,
    ScreeningGroup,
)
from portal.vocabulary.submission import (
    ActKind,
    Channel,
    Context,
    HowKnown,
    Kind,
    PostLevel,
    Rating,
    SubmissionState,
    Suspicion,
)
from portal.vocabulary.version import Making, VersionReason

__all__ = [
    "CELLS",
    "AccountState",
    "ActKind",
    "ActionKind",
    "AnswerState",
    "BasisUse",
    "CaseworkColumn",
    "Channel",
    "Context",
    "DeclineReason",
    "Deed",
    "ExcusalGround",
    "ExcusalState",
    "FigureCourse",
    "FigureSatisfaction",
    "FigureSide",
    "FigureSign",
    "FigureTable",
    "FigureTimeliness",
    "FileKind",
    "Finding",
    "HowKnown",
    "IdentityOutcome",
    "Kind",
    "Making",
    "Matter",
    "MemberColumn",
    "MembershipKind",
    "MembershipStatus",
    "Occasion",
    "OrganisationKind",
    "PartState",
    "PostLevel",
    "PostTitle",
    "Publication",
    "Rating",
    "ReportTable",
    "RetentionRule",
    "ReviewOutcome",
    "ReviewState",
    "Role",
    "ScreeningGroup",
    "Sentiment",
    "SlipState",
    "StatementOutcome",
    "Status",
    "SubmissionState",
    "Suspicion",
    "Telling",
    "Topic",
    "TransferKind",
    "TransferState",
    "UnitKind",
    "VersionReason",
]
