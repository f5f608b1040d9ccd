"""What an answer found, kept beside the case so that it can be counted.

The finding lies sealed in papers and answers, each under the key of its case, and opening one takes
a tenth of a millisecond: too long for the figures of a province. So it lies once more beside the
case, under one key that follows from the search key. Whoever can open it holds the staff key, too.
All boxes are of one length, so that none tells by it what is inside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.opening import open_office
from moderation.papers import tell_shut
from moderation.reported_findings import reported_findings
from portal.db import Database
from portal.models import Case
from portal.vault import CannotOpen, Ring, decrypt, derive, encrypt
from portal.vocabulary import Finding, Status

_FINDINGS = {finding.value: finding for finding in Finding}
_LENGTH = max(map(len, _FINDINGS))
#: Here the answer stands; a case that was opened again has none until the next one.
_STANDS = (Status.ANSWERED, Status.CLOSED, Status.REVIEW)
#: So many older answers are read in one transaction.
BATCH = 200


class Findings:
    """Opens what was found in many cases, with the key made once."""

    def __init__(self, ring: Ring) -> None:
        """Make the key; raises KeyFault in a process that must not have it."""
        self._key = derive(ring.search, "finding")

    def seal(self, case_id: int, finding: Finding) -> bytes:
        """The box of one case."""
        plain = finding.value.ljust(_LENGTH).encode()
        return encrypt(self._key, plain, "feedback_case", case_id, "finding")

    def open(self, case_id: int, box: bytes | None) -> Finding | None:
        """What was found in one case; nothing where nothing stands or the box does not open."""
        if box is None:
            return None
        try:
            plain = decrypt(self._key, box, "feedback_case", case_id, "finding")
        except CannotOpen:
            tell_shut(case_id, "the finding")
            return None
        return _FINDINGS.get(plain.decode().rstrip())


def keep_finding(office: Office, *, case: Case, finding: Finding) -> None:
    """Keep what the answer of a case found."""
    case.finding = Findings(office.ring).seal(case.id, finding)


def catch_up(database: Database, ring: Ring, *, go_on: Callable[[], bool]) -> int:
    """Keep what older answers found, some in each transaction; return how many that were.

    They come from before findings were kept. What does not open stays unknown. No page that is open
    becomes late by it: nobody decided anything on the case.
    """
    with database.reading() as session:
        office, after, done = open_office(session, ring=ring), 0, 0
    while go_on():
        with database.writing() as session:
            numbers = _without_finding(session, after=after)
            if not numbers:
                break
            after = numbers[-1]
            done += _keep_all(
                session, office, reported_findings(session, office=office, case_ids=numbers)
            )
    return done


def _without_finding(session: Session, *, after: int) -> list[int]:
    """The next cases whose answer stands and is not kept here; nobody opens them meanwhile."""
    return list(
        session.scalars(
            select(Case.id)
            .where(
                Case.id > after,
                Case.answered_at.is_not(None),
                Case.finding.is_(None),
                Case.status.in_(_STANDS),
            )
            .order_by(Case.id)
            .limit(BATCH)
            .with_for_update(key_share=True)
        )
    )


def _keep_all(session: Session, office: Office, found: Mapping[int, Finding]) -> int:
    """Keep what these cases found."""
    box = Findings(office.ring)
    for case_id, finding in sorted(found.items()):
        session.execute(
            update(Case)
            .where(Case.id == case_id)
            .values(finding=box.seal(case_id, finding))
            .execution_options(synchronize_session=False)
        )
    return len(found)
