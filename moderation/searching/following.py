"""Following what is done to cases: what a unit of work touched is indexed once, before it commits.

So the index is never behind what can be read, and a letter that goes through many steps in one
unit of work is indexed as it is at its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import event
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.searching.indexing import index_case
from moderation.searching.indexing import refile as refile_cases
from portal.models import Case

_TOUCHED = "searching.touched"


@dataclass(repr=False)
class _Touched:
    """The cases that a unit of work has touched: with their keys, and in their filing only."""

    cases: dict[int, tuple[Office, CaseKeys]] = field(default_factory=dict)
    filed: set[int] = field(default_factory=set)


def follow(session: Session, *, office: Office, keys: CaseKeys, case: Case) -> None:
    """Index a case anew before this unit of work commits: something that is read has changed."""
    _touched(session).cases[case.id] = (office, keys)


def refile(session: Session, *, case_ids: Iterable[int]) -> None:
    """Find cases from elsewhere, or hide them from others, from the moment this commits."""
    _touched(session).filed.update(case_ids)


def _touched(session: Session) -> _Touched:
    """What was touched so far; at the first time somebody begins to listen for the commit."""
    if _TOUCHED not in session.info:
        session.info[_TOUCHED] = _Touched()
        event.listen(session, "before_commit", _bring_up)
    touched: _Touched = session.info[_TOUCHED]
    return touched


def _bring_up(session: Session) -> None:
    """Index what was touched."""
    touched: _Touched = session.info[_TOUCHED]
    session.info[_TOUCHED] = _Touched()
    for case_id, (office, keys) in touched.cases.items():
        case = session.get_one(Case, case_id)
        index_case(session, office=office, keys=keys, case=case)
    refile_cases(session, case_ids=touched.filed - touched.cases.keys())
