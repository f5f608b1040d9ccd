"""Seeing what was masked: asked for with a reason, shown once."""

from __future__ import annotations

from flask import Response

from moderation.forms.screening import UnmaskForm
from moderation.unmasking import hides_something, unmask
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, open_work, typed
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/unmask")
def unmasking(case_id: int) -> Response:
    """Ask why it must be seen."""
    work = open_work(case_id, Room.DESK, there=_hides_something)
    return draw(work, "unmask", form=UnmaskForm(formdata=None))


@bp.post(f"/{CASE_ID}/unmask")
def unmask_words(case_id: int) -> Response:
    """Show the words as written, for this reader and this time."""
    form = typed(UnmaskForm)
    work = open_work(case_id, Room.DESK, there=_hides_something)
    if not form.validate():
        return draw(work, "unmask", status=422, form=form)
    words = unmask(work.session, **work.tools, reason=form.reason.data)
    page = draw(work, "unmasked", unmasked=words)
    work.session.commit()
    return page


def _hides_something(work: Work) -> bool:
    """Whether there is anything to show: else the page is not there, and nobody is written down."""
    return hides_something(work.session, keys=work.keys, case=work.case, by=work.here.person)
