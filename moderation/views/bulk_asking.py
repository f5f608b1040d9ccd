"""What is asked for a deed for many: why they are declined, or in which case the others go on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from moderation.access import NotVisible, find_case
from moderation.bulk import Matter
from moderation.forms.bulk import IntoForm
from moderation.forms.screening import DeclineForm
from moderation.listing import read_reference
from moderation.merging import may_take_in
from moderation.quarantining import Decline
from moderation.views.here import Here
from moderation.views.opening import typed
from portal.fields import PortalForm
from portal.models import Case
from portal.models.bulk import BulkDeed
from portal.models.case import Room


@dataclass(frozen=True)
class Asking:
    """What a deed is about so far, the form that asks for it, and whether all of it is there."""

    matter: Matter
    form: PortalForm
    complete: bool = True


def ask(found: Here, deed: BulkDeed) -> Asking:
    """Read what this request says about a deed. What is wrong stands beside its field."""
    if deed is BulkDeed.DECLINE:
        return _why(deed)
    if deed is BulkDeed.MERGE:
        return _where(found, deed)
    return Asking(Matter(deed), PortalForm(formdata=None))


def _why(deed: BulkDeed) -> Asking:
    """Why the cases are declined, which comes with the form that orders it."""
    if request.method != "POST":
        return Asking(Matter(deed), DeclineForm(formdata=None), complete=False)
    form = typed(DeclineForm)
    if not form.validate():
        return Asking(Matter(deed), form, complete=False)
    return Asking(Matter(deed, decline=Decline(form.reason.word, form.note.data)), form)


def _where(found: Here, deed: BulkDeed) -> Asking:
    """In which case the others go on, which stands in the address: the page shows that case."""
    form = IntoForm(formdata=request.args)
    into = _into(found, form) if form.number.data else None
    if "number" in request.args and not form.number.data:
        form.number.errors = [gettext("Xin ghi số hồ sơ nhận gộp.")]
    return Asking(Matter(deed, into=into), form, complete=into is not None)


def _into(found: Here, form: IntoForm) -> Case | None:
    """The case of a number, if this person sees it and it takes in others now."""
    number = read_reference(form.number.data, year=found.office.today.year)
    try:
        if number is None:
            raise NotVisible
        case = find_case(found.session, person=found.person, case_id=number, room=Room.DESK)
    except NotVisible:
        form.number.errors = [gettext("Không thấy hồ sơ nào có số này.")]
        return None
    if may_take_in(case):
        return case
    form.number.errors = [gettext("Lúc này hồ sơ đó không nhận gộp được. Xin chọn hồ sơ khác.")]
    return None
