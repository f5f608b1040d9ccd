"""What a case is by its letters: how many they are, what they call it, whose words it shows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.noting import BROUGHT_ALONG, BY_HAND
from moderation.office import Office
from moderation.papers import CaseKeys, file_paper, read_readings, submissions_of
from moderation.screening import retitle
from moderation.titling import headline
from portal.models import Case, Event, Stay, Submission
from portal.models.case import PaperKind
from portal.models.submission import FIRST_STAY
from portal.vault import encrypt
from portal.vocabulary import Kind

#: What one person may be enough for.
_KIND = frozenset({Kind.PRAISE, Kind.NOMINATION})


def take_stock(session: Session, *, case: Case) -> None:
    """Count the letters, and let the most careful of them decide for all, in one statement.

    Design rule: one person is enough for praise only where every writer called it praise.
    """
    session.flush()
    rows = session.execute(
        select(Submission.kind, Submission.fears_retaliation, func.count().label("amount"))
        .where(Submission.case_id == case.id, Submission.state.is_(None))
        .group_by(Submission.kind, Submission.fears_retaliation)
    ).all()
    case.letter_count = sum(row.amount for row in rows)
    if not rows:
        return
    kinds = {row.kind for row in rows}
    other = sorted(kind for kind in kinds if kind not in {None, *_KIND})
    # Where both stand, what needs a member counts.
    plain = None if None in kinds else max(kinds & _KIND, default=None)
    case.sent_as = other[0] if other else plain
    case.fears_retaliation = any(row.fears_retaliation for row in rows)


def let_go_of_denunciation(session: Session, *, case: Case, still_in: Sequence[Case]) -> None:
    """Let a case be no possible denunciation any more where only letters that have left said so.

    Design rule: what a moderator said, or the letter with which the case began, stays; so it does
    wherever it is not written down who said it.
    """
    if not case.possible_denunciation or any(each.possible_denunciation for each in still_in):
        return
    steps = session.scalars(
        select(Event.facts)
        .where(Event.case_id == case.id, Event.action.in_(("classify", "take_in")))
        .order_by(Event.id.desc())
    )
    last = next((facts for facts in steps if facts.keys() & {BY_HAND, BROUGHT_ALONG}), {})
    case.possible_denunciation = BROUGHT_ALONG not in last


def retell(session: Session, *, office: Office, keys: CaseKeys, case: Case) -> None:
    """Show the words of a letter that is still there, once the one that was shown has gone.

    A case in which no letter is left is called by the text that was passed on.
    """
    take_stock(session, case=case)
    letters = submissions_of(session, case_id=case.id)
    if not letters:
        retitle(session, office=office, case=case)
        return
    if any(letter.moved_at is None for letter in letters):
        return
    home_id = _home_of(session, letters[0])
    paper = read_readings(session, office=office, case_ids=[home_id]).get(home_id)
    if paper is None:
        return
    file_paper(session, office=office, keys=keys, case=case, kind=PaperKind.READING, body=paper)
    title = headline(paper["words"]["what"]).encode()
    case.headline = encrypt(keys.internal, title, "feedback_case", case.id, "headline")


def _home_of(session: Session, letter: Submission) -> int:
    """The case in which a letter that was moved began."""
    return session.scalars(
        select(Stay.case_id).where(Stay.submission_id == letter.id, Stay.after_id == FIRST_STAY)
    ).one()
