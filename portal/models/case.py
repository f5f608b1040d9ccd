"""A case: one or more submissions about the same thing, with its course and its papers."""

from __future__ import annotations

import enum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import (
    Base,
    Identifier,
    day,
    digest,
    key,
    line,
    moment,
    sealed,
    stored_enum,
    uid,
    word,
)
from portal.vocabulary import ActionKind, Kind, Sentiment, Status, Topic


class Room(enum.StrEnum):
    """From which side a case is seen."""

    DESK = "desk"
    COMMITTEE = "committee"
    #: Where the copies of a flood wait; the moderators of a desk see it, as a room of its own.
    QUARANTINE = "quarantine"


class Part(enum.StrEnum):
    """What somebody did on a case; different people must do them."""

    PROPOSER = "proposer"
    CONFIRMER = "confirmer"
    HANDLER = "handler"
    CUSTODIAN = "custodian"
    #: Who gave the answer, and who decided on a case that was contested.
    ANSWERER = "answerer"
    REVIEWER = "reviewer"


class PaperKind(enum.StrEnum):
    """Which sealed paper of a case it is; the newest of its kind counts."""

    READING = "reading"
    CANDIDATES = "candidates"
    SUBJECT = "subject"
    CHECKLIST = "checklist"
    PROPOSAL = "proposal"
    SHOWN = "shown"
    #: What may be put to the member: a text of its own.
    PUT = "put"
    ROUTING = "routing"
    REFERRAL = "referral"
    STATEMENT = "statement"
    REPORT = "report"
    ANSWER = "answer"
    #: How and when the member was told that nothing was found.
    CLEARING = "clearing"
    #: What everybody may read of the answer.
    PUBLIC_ANSWER = "public_answer"
    #: The same of a result that was contested and set aside: a new one needs its own.
    EARLIER_STATEMENT = "earlier_statement"
    EARLIER_REPORT = "earlier_report"
    EARLIER_CLEARING = "earlier_clearing"


def _given(name: str, given: str, *columns: str) -> Index:
    """An index of the cases in which ``given`` is filled in: most leave it empty at first."""
    where = text(f"{given} IS NOT NULL")
    return Index(f"ix_feedback_case_{name}", *columns, sqlite_where=where, postgresql_where=where)


#: When each stage was reached, for figures of a period.
_REACHED = ("screened_at", "eligible_at", "routed_at", "answered_at", "contested_at")


class Case(Base):
    """The course of one matter. Only ``workflow.perform`` writes its status."""

    __tablename__ = "feedback_case"
    __table_args__ = (
        Index("ix_feedback_case_prepared_at", "prepared_at", "id"),
        _given("status", "due_at", "status", "due_at", "id"),
        _given("claimant", "claimant_id", "claimant_id", "due_at", "id"),
        _given("proposer", "proposer_id", "proposer_id", "id"),
        _given("lease_until", "lease_until", "lease_until"),
        _given("supplied_at", "supplied_at", "supplied_at", "id"),
        _given("passed_at", "passed_at", "passed_at", "id"),
        _given("keep_until", "keep_until", "keep_until", "id"),
        _given("merged_into_id", "merged_into_id", "merged_into_id", "id"),
        Index("ix_feedback_case_arrived_at", "arrived_at", "id"),
        *(_given(name, name, name, "id") for name in _REACHED),
    )

    id: Mapped[int] = mapped_column(Identifier, primary_key=True, autoincrement=False)
    status: Mapped[Status] = mapped_column(stored_enum(Status))
    #: Raised by every change: two people on one case cannot overwrite each other.
    version: Mapped[int] = mapped_column(default=1)
    arrived_at: Mapped[moment]
    #: Empty until the worker has matched, masked and filed it: until then nobody sees it.
    prepared_at: Mapped[moment | None]
    #: A copy of another one, set aside until somebody decides on all of them; its clocks run.
    held: Mapped[bool] = mapped_column(default=False)
    #: Whose moderators screen it, and which organisation handles it once routed.
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    #: A restricted case is seen by its commission only, not by the levels between.
    restricted: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[Kind | None] = mapped_column(stored_enum(Kind))
    #: What the writer called it: a moderator alone cannot make praise of a report.
    sent_as: Mapped[Kind | None] = mapped_column(stored_enum(Kind))
    sentiment: Mapped[Sentiment | None] = mapped_column(stored_enum(Sentiment))
    topic: Mapped[Topic | None] = mapped_column(stored_enum(Topic))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    fears_retaliation: Mapped[bool] = mapped_column(default=False)
    possible_denunciation: Mapped[bool] = mapped_column(default=False)
    #: A reader could guess who wrote: it waits for a paraphrase.
    guessable: Mapped[bool] = mapped_column(default=False)
    #: A keyed hash of the member's id, once one is matched.
    subject_mark: Mapped[digest | None]
    headline: Mapped[sealed | None]
    claimant_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lease_until: Mapped[moment | None]
    proposal: Mapped[word | None]
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: When the running stage must be finished; empty where nothing is waited for.
    due_at: Mapped[moment | None]
    extended: Mapped[bool] = mapped_column(default=False)
    returns: Mapped[int] = mapped_column(default=0)
    send_backs: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[moment | None]
    #: When the resident added words that no moderator has read yet.
    supplied_at: Mapped[moment | None]
    #: When such words were passed on; empty once the committee has worked on the case again.
    passed_at: Mapped[moment | None]
    #: Nobody who wrote is left in it: until then a moderator may keep it, with a reason.
    keep_until: Mapped[moment | None]
    #: Whose moderators give the answer, where not the desk's own may; who decides on what was
    #: contested.
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    #: The level above that was told that its organisation is late, and since when it may take over.
    above_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    take_over_from: Mapped[moment | None]
    #: How far the time of its running stages is used up, as ``portal.pacing.Mark`` counts; empty
    #: until somebody was warned.
    mark: Mapped[int | None]
    #: Where the case stood when its writer contested it.
    contested_from: Mapped[Status | None] = mapped_column(stored_enum(Status))
    #: When it was opened again: what was done before does not carry a new finding.
    reopened_at: Mapped[moment | None]
    #: The case in which its letters are now; it has none of its own then, and is on no list.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("feedback_case.id"))
    #: When it was first decided on after screening, found eligible, passed on, answered, contested.
    screened_at: Mapped[moment | None]
    eligible_at: Mapped[moment | None]
    routed_at: Mapped[moment | None]
    answered_at: Mapped[moment | None]
    contested_at: Mapped[moment | None]
    #: What its answer found, as long as that stands, under a key of the staff: see ``concluding``.
    finding: Mapped[sealed | None]
    #: How many letters are in it. The same person may have sent several: it is no number of people.
    letter_count: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Paper(Base):
    """A sealed paper of a case, kept under its internal key."""

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_case", "case_id", "kind", "id"),)

    id: Mapped[key]
    uid: Mapped[uid]
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"))
    kind: Mapped[PaperKind] = mapped_column(stored_enum(PaperKind))
    body: Mapped[sealed]
    at: Mapped[moment]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class FollowUp(Base):
    """A follow-up action of a committee; its notes lie sealed in the event beside it."""

    __tablename__ = "follow_up"

    id: Mapped[key]
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), index=True)
    event_uid: Mapped[uid]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[ActionKind] = mapped_column(stored_enum(ActionKind))
    done_on: Mapped[day]
    #: Number and sign of a decision taken in the Party's own process.
    reference: Mapped[line | None]


class CasePart(Base):
    """Who did which part of a case."""

    __tablename__ = "case_part"

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    part: Mapped[Part] = mapped_column(stored_enum(Part), primary_key=True)


class Seeking(Base):
    """When the worker must look anew for whom a case may mean; no row where nobody is sought."""

    __tablename__ = "seeking"
    __table_args__ = (Index("ix_seeking_at", "at"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    at: Mapped[moment]


class Exclusion(Base):
    """A keyed mark of somebody, or of a committee, that must not see the case."""

    __tablename__ = "exclusion"
    __table_args__ = (Index("ix_exclusion_mark", "mark", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), primary_key=True)
    mark: Mapped[digest] = mapped_column(primary_key=True)
    #: Of a case that was merged into this one: it goes when that one is taken out again.
    borrowed: Mapped[bool] = mapped_column(default=False)
