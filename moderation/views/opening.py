"""A case opened for one request: found, related to whoever asks, checked against their page.

What a person may not see answers as what does not exist: the same page after the same
statements. Whoever opens a case is written
down first. Nothing is decided here about what may happen to a case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypedDict, TypeVar

from flask import abort, flash, g, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from moderation.access import NotVisible, Person, Relation, find_case, relate, visible_to
from moderation.journal import has_just_read, write_down
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.views.here import Here, here
from moderation.views.lines import CASE_PAGES
from moderation.workflow import Action, NotAvailable, available, check_version
from portal.db import LARGEST_ID
from portal.fields import PortalForm
from portal.holding import held
from portal.models import Case
from portal.models.case import Room
from portal.vocabulary import Deed

_Form = TypeVar("_Form", bound=PortalForm)

CASE_ID = "<int:case_id>"
_LISTS = {Room.DESK: "desk.index", Room.COMMITTEE: "committee.index"}


class Tools(TypedDict):
    """What every verb about a case is handed beside its session."""

    office: Office
    keys: CaseKeys
    case: Case
    by: Person


@dataclass(frozen=True, repr=False)
class Work:
    """A case that somebody works on from one of the rooms."""

    here: Here
    room: Room
    case: Case
    relation: Relation
    keys: CaseKeys

    @property
    def session(self) -> Session:
        """The session of this request."""
        return self.here.session

    @property
    def office(self) -> Office:
        """The office at this moment."""
        return self.here.office

    @property
    def tools(self) -> Tools:
        """What a verb is handed."""
        return Tools(office=self.office, keys=self.keys, case=self.case, by=self.here.person)

    def offers(self, *actions: Action) -> bool:
        """Whether one of these actions may be carried out from this room now."""
        return any(row.action in actions for row in available(self.case, self.relation))


def open_work(
    case_id: int, room: Room, *actions: Action, there: Callable[[Work], bool] | None = None
) -> Work:
    """Open a case in a room. Answers 404 for whoever may not see it there, and for a page of it
    that is not ``there``.

    For a form it raises Conflict when the case has changed since its page was shown, and
    answers 400 when the form does not say which page that was. Raises NotAvailable unless one
    of ``actions`` may be done now; without actions nothing is asked.
    """
    found = here()
    work = _open(found, case_id, room)
    if there is not None and not there(work):
        abort(404)
    if request.method == "GET":
        _write_down_reading(work)
    if request.method == "POST":
        version = request.form.get("version", type=int)
        if version is None:
            abort(400)
        check_version(work.case, version)
    if actions and not work.offers(*actions):
        raise NotAvailable(actions[0])
    return work


def reopen(work: Work) -> Work:
    """The same case again, after a verb refused and what it had begun was undone."""
    work.session.rollback()
    return _open(work.here, work.case.id, work.room)


def typed(kind: type[_Form]) -> _Form:
    """The form as it was sent, remembered so that no answer of this request loses it."""
    g.typed = form = kind()
    return form


def finish(work: Work, sentence: str) -> Response:
    """Commit what was done, say so, and go back to the case, or to the list if it has gone."""
    case_id = work.case.id
    if not settle(work, sentence):
        return redirect(url_for(_LISTS[work.room]))
    return redirect(url_for(CASE_PAGES[work.room], case_id=case_id))


def leave(work: Work, sentence: str) -> Response:
    """Commit what was done, say so, and go to the list: whoever did it sees the case no more."""
    work.session.commit()
    flash(sentence, "good")
    return redirect(url_for(_LISTS[work.room]))


def settle(work: Work, sentence: str) -> bool:
    """Commit what was done and say so; tell whether the case is still seen from this room."""
    work.session.flush()
    seen = visible_to(work.here.person, [work.room])
    case_id = work.case.id
    still = work.session.scalar(select(Case.id).where(Case.id == case_id, Case.id.in_(seen)))
    work.session.commit()
    flash(sentence, "good")
    return still is not None


def _open(found: Here, case_id: int, room: Room) -> Work:
    """Find the case and open its keys."""
    try:
        number = min(case_id, LARGEST_ID)
        case = find_case(found.session, person=found.person, case_id=number, room=room)
    except NotVisible:
        abort(404)
    relation = relate(found.session, person=found.person, case=case)
    return Work(
        here=found,
        room=room,
        case=case,
        relation=_from(room, relation),
        keys=open_keys(found.session, office=found.office, case_id=case.id),
    )


def _write_down_reading(work: Work) -> None:
    """Write down that somebody opens a case, before they read it, in a unit of work of its own.

    It is the one thing that a request which only shows may leave behind.
    """
    by, at = work.here.person, work.office.at
    if has_just_read(work.session, account_id=by.account_id, case_id=work.case.id, at=at):
        return
    place = work.case.desk_id if work.room is Room.DESK else work.case.handler_id
    with held().database.writing() as session:
        write_down(
            session,
            ring=work.office.ring,
            at=at,
            deed=Deed.READ,
            account_id=by.account_id,
            case=work.case,
            organisation_id=place,
        )


def _from(room: Room, relation: Relation) -> Relation:
    """What a person is to a case from one room: each desk has the buttons of its own role."""
    if room is Room.DESK:
        return replace(relation, handles=False, inspects=False, oversees=False, reviews=False)
    return replace(relation, moderates=False)
