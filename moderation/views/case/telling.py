"""The sealed papers of a case in words for its page: what is proposed, reported, and why where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from flask_babel.speaklater import LazyString

from moderation.matching import WHY, Candidate
from moderation.reading import CasePage
from moderation.routing import REASONS
from moderation.views.wording import comrade
from moderation.workflow import Action
from portal.text import vn_date, vn_datetime
from portal.vocabulary import DeclineReason, Finding, StatementOutcome, Status

_REASONS = {reason.value: reason for reason in DeclineReason}
_FINDINGS = {finding.value: finding for finding in Finding}
_OUTCOMES = {outcome.value: outcome for outcome in StatementOutcome}


@dataclass(frozen=True)
class Choice:
    """Somebody who may be meant, with what tells them apart and why they fit."""

    value: str
    name: str
    birth_year: int
    line: str
    reasons: list[LazyString]
    chosen: bool


@dataclass(frozen=True)
class Proposed:
    """What waits for a second person; ``reason`` and ``note`` are there for a decline only."""

    decline: bool
    mine: bool
    who: str
    time: str
    reason: object
    note: str


@dataclass(frozen=True)
class Reported:
    """What a committee has reported, and what became of asking the member."""

    finding: LazyString
    draft: str
    outcome: LazyString | None
    statement: str
    read_back: bool
    read_on: str


def choices(dossier: CasePage) -> list[Choice]:
    """The members who may be meant, the likeliest first."""
    chosen = dossier.subject.member_id if dossier.subject else None
    return [
        Choice(
            value=str(one.member_id),
            name=one.name,
            birth_year=one.birth_year,
            line=_line(one),
            reasons=[WHY[code] for code in one.reasons],
            chosen=one.member_id == chosen,
        )
        for one in dossier.candidates
    ]


def proposed(dossier: CasePage) -> Proposed | None:
    """The proposal that waits, if one does."""
    step, paper = dossier.newest("propose"), dossier.proposal
    if step is None or paper is None:
        return None
    decline = dossier.case.proposal == Action.DECLINE
    return Proposed(
        decline=decline,
        mine=dossier.relation.proposed,
        who=comrade(step.who),
        time=vn_datetime(step.at),
        reason=_REASONS[paper["reason"]].staff_label if decline else "",
        note=paper["note"] if decline else "",
    )


def reported(dossier: CasePage) -> Reported | None:
    """The report that lies with the case, if one does."""
    if dossier.report is None:
        return None
    heard = dossier.statement
    return Reported(
        finding=_FINDINGS[dossier.report["finding"]].label,
        draft=dossier.report["draft"],
        outcome=_OUTCOMES[heard["outcome"]].label if heard else None,
        statement=heard["text"] if heard else "",
        read_back=bool(heard and heard["read_back"]),
        read_on=vn_date(date.fromisoformat(heard["read_on"]))
        if heard and heard.get("read_on")
        else "",
    )


def referred(dossier: CasePage) -> list[tuple[str, str]]:
    """Where its writer was pointed to, and by which paper it was passed on."""
    paper = dossier.referral
    if paper is None or dossier.case.status is not Status.REFERRED:
        return []
    on = vn_date(date.fromisoformat(paper["on"])) if paper.get("on") else ""
    return [
        (gettext("Cơ quan có thẩm quyền"), str(paper["authority"])),
        (gettext("Số văn bản chuyển"), str(paper.get("number", ""))),
        (gettext("Ngày chuyển"), on),
    ]


def why_there(dossier: CasePage) -> list[LazyString]:
    """Why the proposed place was proposed."""
    return [REASONS[code] for code in dossier.routing["reasons"]] if dossier.routing else []


def _line(one: Candidate) -> str:
    """Where somebody belongs, which posts they hold, how they stand, where they live."""
    lives = gettext("nơi cư trú: %(cell)s", cell=one.residence) if one.residence else ""
    stands = str(one.status.label) if one.status else ""
    return " · ".join(part for part in (one.cell, ", ".join(one.posts), stands, lives) if part)
