"""Holding a finished case back from deletion, and letting it go."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.retaining import HoldBackForm, LetGoForm
from moderation.retention import holding
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/hold-back")
def hold_back(case_id: int) -> Response:
    """Ask why the case must not be deleted yet."""
    work = open_work(case_id, Room.DESK, there=_can_be_held)
    return draw(work, "hold_back", form=HoldBackForm(formdata=None))


@bp.post(f"/{CASE_ID}/hold-back")
def hold_case_back(case_id: int) -> AnyResponse:
    """Hold the case back."""
    form = typed(HoldBackForm)
    work = open_work(case_id, Room.DESK)
    if not form.validate() or (day := form.review_on.day) is None:
        return draw(work, "hold_back", status=422, form=form)
    why = form.reason.data
    if not attempt(
        form, lambda: holding.place(work.session, **work.tools, reason=why, review_on=day)
    ):
        return draw(reopen(work), "hold_back", status=422, form=form)
    return finish(work, gettext("Hồ sơ được giữ lại, không bị xóa."))


@bp.get(f"/{CASE_ID}/let-go")
def let_go(case_id: int) -> Response:
    """Ask why the case need not be held any longer."""
    work = open_work(case_id, Room.DESK, there=_is_held)
    return _draw_let_go(work, LetGoForm(formdata=None))


@bp.post(f"/{CASE_ID}/let-go")
def let_case_go(case_id: int) -> AnyResponse:
    """Let the case go when its time is over."""
    form = typed(LetGoForm)
    work = open_work(case_id, Room.DESK)
    if not form.validate() and _is_held(work):
        return _draw_let_go(work, form, 422)
    holding.release(work.session, **work.tools, reason=form.reason.data)
    return finish(work, gettext("Hồ sơ thôi được giữ. 30 ngày nữa mới có thể bị xóa."))


def _draw_let_go(work: Work, form: LetGoForm, status: int = 200) -> Response:
    """The page that asks, with the reason for which it is held."""
    why = holding.reason_of(work.session, keys=work.keys, case_id=work.case.id)
    return draw(work, "let_go", status=status, why=why, form=form)


def _can_be_held(work: Work) -> bool:
    """Whether the case has ended, and nobody holds it yet."""
    return holding.state_of(work.session, case_id=work.case.id) == holding.FREE


def _is_held(work: Work) -> bool:
    """Whether somebody holds the case."""
    return holding.state_of(work.session, case_id=work.case.id) == holding.HELD
