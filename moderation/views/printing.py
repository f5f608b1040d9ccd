"""Handing a paper of a case to a browser, once it is written down that somebody prints it."""

from __future__ import annotations

from flask import Response, abort

from moderation import printing
from moderation.views.opening import Work, open_work
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.printing.sheets import Sheet
from portal.printing.starting import NotPrinted
from portal.views.papers import hand_out_paper


def hand_out_slip(case_id: int) -> Response:
    """The routing slip. Answers 404 where no organisation has the case."""
    work = open_work(case_id, Room.DESK, there=lambda work: printing.has_slip(work.case))
    sheet = printing.routing_slip(work.session, **work.tools, relation=work.relation)
    return _print(work, sheet, "phieu-chuyen")


def hand_out_answer(case_id: int, room: Room) -> Response:
    """The answer as a letter. Answers 404 where the writer has none."""
    work = open_work(case_id, room)
    sheet = printing.answer(work.session, **work.tools, room=room)
    if sheet is None:
        abort(404)
    return _print(work, sheet, "tra-loi")


def _print(work: Work, sheet: Sheet, name: str) -> Response:
    """Write it down for good, and then draw it: others must not wait for that with their work."""
    name = f"{name}-{reference_of(work.case.id)}"
    work.session.commit()
    try:
        return hand_out_paper(sheet, name)
    except NotPrinted:
        abort(503)
