"""Nominations: somebody outstanding who is no member, named for the cell of their neighbourhood.

Design rules: it is about no member, so nobody is chosen and nothing is put to anybody. The cell of
the neighbourhood considers it, or the level above where that cell has nobody or is not known. Who
in the register may be meant by the writer's words stays out; the committees they sit on do not, as
with praise. Whether whoever is named is a member changes nothing that the writer reads.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation import excluding, matching
from moderation.office import Office
from moderation.papers import Body, CaseKeys, read_paper
from moderation.register import above, commission_of, intake, today_of
from moderation.routing import Facts
from moderation.screening.looking_up import certain_unit, handled, marks_on, unit_of
from moderation.workflow.table import SEEKING
from portal.models import Case, Organisation
from portal.models.case import PaperKind
from portal.vocabulary import Context, OrganisationKind


class NotNomination(Exception):
    """What is called a nomination is not one, or what was sent as one is called praise."""


def marks_of_nomination(
    session: Session, *, office: Office, keys: CaseKeys, case: Case
) -> set[bytes]:
    """Who must not see a nomination: whoever has the name or the post that its first line gives,
    without the committees they sit on.

    Once it has left screening, the marks on it are these.
    """
    if case.status not in SEEKING:
        return marks_on(session, case)
    words = _words(session, keys, case)
    found = matching.find(
        session,
        about=words.get("about", ""),
        what="",
        unit_id=case.unit_id,
        unit_text=words.get("unit", ""),
        context=None,
        today=office.today,
    )
    return excluding.marks_of(
        session, office=office, case=case, members=found.agreeing, with_committees=False
    )


def facts_of_nomination(session: Session, *, office: Office, keys: CaseKeys, case: Case) -> Facts:
    """Everything that routing decides on for a nomination."""
    marks = marks_of_nomination(session, office=office, keys=keys, case=case)
    home = _neighbourhood(session, office, keys, case)
    level = above(session, organisation=home, on=office.today) if home else None
    level = level or _ward(session, office, case)
    commission = commission_of(session, organisation=level or intake(session), on=office.today)
    return Facts(
        nomination=True,
        praise=False,
        possible_denunciation=False,
        fears_retaliation=case.fears_retaliation,
        context=Context.RESIDENCE.value,
        home=unit_of(home),
        residence=None,
        level_above_home=unit_of(level),
        commission=unit_of(commission),
        managed_by=None,
        managing_commission=None,
        on_home_committee=False,
        on_level_above_committee=False,
        home_has_handler=handled(session, office, case, home, marks),
        level_above_has_handler=handled(session, office, case, level, marks),
        commission_has_handler=handled(session, office, case, commission, marks),
        intake=certain_unit(intake(session)),
    )


def _neighbourhood(
    session: Session, office: Office, keys: CaseKeys, case: Case
) -> Organisation | None:
    """The cell of the neighbourhood that the letter names, where it names one."""
    words = _words(session, keys, case)
    found = matching.neighbourhood(
        session,
        unit_id=case.unit_id,
        unit_text=words.get("unit", ""),
        about=words.get("about", ""),
        place=words.get("place", ""),
        today=office.today,
    )
    return session.get(Organisation, found) if found is not None else None


def _words(session: Session, keys: CaseKeys, case: Case) -> Body:
    """What was written, masked."""
    paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.READING)
    words: Body = (paper or {}).get("words", {})
    return words


def _ward(session: Session, office: Office, case: Case) -> Organisation | None:
    """The ward or commune that the writer chose, as it is today."""
    if case.unit_id is None:
        return None
    found = today_of(session, organisation_id=case.unit_id, on=office.today)
    wards = [each for each in found if each.kind is OrganisationKind.WARD_COMMUNE]
    return wards[0] if len(wards) == 1 else None
