"""What was done about a case in words for its page: steps, the member's side, the findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from moderation.reading import HandlingPage
from moderation.views.refusals import FINDINGS
from portal.text import vn_date
from portal.vocabulary import ActionKind, StatementOutcome


@dataclass(frozen=True)
class Taken:
    """One step that matters for the result: whether it was taken, and what to call that."""

    done: bool
    words: str


@dataclass(frozen=True)
class Heard:
    """The member's side as it was taken down."""

    outcome: str
    text: str
    asked_on: str
    attempts: str
    read_back: bool
    read_on: str


def steps_taken(dossier: HandlingPage) -> list[Taken]:
    """What is there and what is still missing, before a report."""
    if dossier.nomination:
        done = any(kind.is_about_nominee for kind in dossier.deeds)
        return [Taken(done, gettext("Đã xem xét") if done else gettext("Chưa ghi việc nào"))]
    if dossier.praise:
        done = ActionKind.COMMEND in dossier.deeds
        return [Taken(done, gettext("Đã biểu dương") if done else gettext("Chưa biểu dương"))]
    met = ActionKind.MEET_MEMBER in dossier.deeds or dossier.outcome is StatementOutcome.GIVEN
    checked = ActionKind.FIELD_CHECK in dossier.deeds
    return [
        Taken(met, gettext("Đã gặp đảng viên") if met else gettext("Chưa gặp đảng viên")),
        _statement(dossier),
        Taken(
            checked, gettext("Đã kiểm tra thực tế") if checked else gettext("Chưa kiểm tra thực tế")
        ),
    ]


def heard(dossier: HandlingPage) -> Heard | None:
    """The member's side, if it was taken down."""
    paper, outcome = dossier.statement, dossier.outcome
    if paper is None or outcome is None:
        return None
    return Heard(
        outcome=str(outcome.label),
        text=paper["text"],
        asked_on=_day(paper["asked_on"]),
        attempts=", ".join(_day(day) for day in paper["attempts"]),
        read_back=paper["read_back"],
        read_on=_day(paper.get("read_on")),
    )


def findings_of(dossier: HandlingPage) -> dict[str, str]:
    """For each finding what is still missing, or who will have to answer it."""
    above = gettext("Không liên hệ được với đảng viên, nên cấp trên duyệt câu trả lời.")
    told = {}
    for finding, missing in dossier.missing.items():
        if missing:
            told[finding.value] = str(FINDINGS[missing])
        elif finding in dossier.decided_above:
            told[finding.value] = above
    return told


def _statement(dossier: HandlingPage) -> Taken:
    """Whether the member was asked."""
    if dossier.outcome is None:
        return Taken(False, gettext("Chưa có giải trình"))
    if dossier.outcome is StatementOutcome.GIVEN:
        return Taken(True, gettext("Đã có giải trình"))
    return Taken(True, str(dossier.outcome.label))


def _day(stored: str | None) -> str:
    """A day of a paper."""
    return vn_date(date.fromisoformat(stored)) if stored else ""
