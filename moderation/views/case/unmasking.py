"""Seeing what was masked: asked for with a reason, shown once."""

from __future__ import annotations

from flask import Response, abort

from moderation.forms.screening import UnmaskForm
from moderation.unmasking import NothingMasked, unmask
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, open_work, typed
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/unmask")
def unmasking(case_id: int) -> Response:
    """Ask why it must be seen."""
    work = open_work(case_id, Room.DESK)
    return draw(work, "unmask", form=UnmaskForm(formdata=None))


@bp.post(f"/{CASE_ID}/unmask")
def unmask_words(case_id: int) -> Response:
    """Show the words as written, for this reader and this time."""
    form = typed(UnmaskForm)
    work = open_work(case_id, Room.DESK)
    if not form.validate():
        return draw(work, "unmask", status=422, form=form)
    try:
        words = unmask(work.session, **work.tools, reason=form.reason.data)
    except NothingMasked:
        abort(404)
    page = draw(work, "unmasked", unmasked=words)
    work.session.commit()
    return page
