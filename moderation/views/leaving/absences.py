"""Excusals: who is excused, what waits for the level above, and the slip on return."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.leaving import ExcusalForm, RefusalForm, ReturnForm, SlipForm
from moderation.leaving import excusals, listing, slips
from moderation.leaving.finding import FoundExcusal, NotThere, find_excusal, members_of
from moderation.leaving.reasons import Reason, read_reason
from moderation.views.here import Here, here, signed_in
from moderation.views.leaving.room import (
    attempt,
    cell_asked,
    cursor_asked,
    day_in,
    done,
    nav_of,
    need_keeper,
    number_in,
)
from moderation.views.leaving.sides import ABSENCES, sides
from moderation.views.leaving.telling import absence_line, reminder_words
from portal.fields import PortalForm
from portal.text import vn_date
from portal.vault import CannotOpen

bp = Blueprint("absences", __name__, url_prefix="/register/absences")
bp.before_request(signed_in)
bp.before_request(need_keeper)


@bp.get("/")
def index() -> str:
    """Show one of the lists."""
    found = here()
    name = request.args.get("list", "")
    name = name if name in ABSENCES else next(iter(ABSENCES))
    tools = found.tools
    page = listing.absences(found.session, **tools, name=name, cursor=cursor_asked())
    return render_template(
        "moderation/leaving/absences.html",
        nav=nav_of(found),
        name=name,
        title=str(ABSENCES[name]),
        lines=[absence_line(*row, office=found.office) for row in page.rows],
        sides=sides(found, url_for("absences.index", list=name)),
        earlier=_address(name, page.earlier),
        later=_address(name, page.later),
    )


@bp.get("/new")
def form() -> Response:
    """Show the form of a proposal, once the cell is chosen."""
    return _form(ExcusalForm(formdata=None), 200)


@bp.post("/new")
def propose() -> AnyResponse:
    """Propose to excuse a member."""
    found, sent = here(), ExcusalForm()
    _offer(found, sent)
    if not sent.validate() or not attempt(sent, lambda: _propose(found, sent), days="valid_to"):
        return _form(sent, 422)
    return done(gettext("Đã gửi đề nghị lên cấp trên."), url_for("absences.index", list="proposed"))


@bp.get("/<int:number>")
def show(number: int) -> Response:
    """Show one excusal with what may be done about it."""
    return _page(number, None, 200)


@bp.post("/<int:number>/grant")
def grant(number: int) -> AnyResponse:
    """Agree to what was proposed."""
    return _do(number, PortalForm(), excusals.grant, gettext("Đã đồng ý cho tạm miễn."))


@bp.post("/<int:number>/refuse")
def refuse(number: int) -> AnyResponse:
    """Not agree, and say why."""
    sent = RefusalForm()
    said = gettext("Đã ghi không đồng ý.")
    return _do(number, sent, excusals.refuse, said, why=sent.answer.data)


@bp.post("/<int:number>/withdraw")
def withdraw(number: int) -> AnyResponse:
    """Take a proposal back."""
    return _do(number, PortalForm(), excusals.withdraw, gettext("Đã rút đề nghị."))


@bp.post("/<int:number>/slip")
def slip(number: int) -> AnyResponse:
    """Write down what is known of the slip."""
    sent = SlipForm()
    if not sent.validate():
        return _page(number, sent, 422)
    facts = {"state": sent.state.word, "on": day_in(sent.on.day)}
    return _do(number, sent, slips.note_slip, gettext("Đã ghi tình trạng phiếu."), **facts)


@bp.post("/<int:number>/return")
def come_back(number: int) -> AnyResponse:
    """Write down since when the member is back."""
    sent = ReturnForm()
    if not sent.validate():
        return _page(number, sent, 422)
    said = gettext("Đã ghi ngày về.")
    return _do(number, sent, excusals.come_back, said, on=day_in(sent.back_on.day))


def _do(number: int, sent: PortalForm, verb: Any, said: str, **facts: Any) -> AnyResponse:
    """Do one thing to an excusal, or show its page again with what is wrong."""
    found, number = here(), number_in(number)
    if isinstance(sent, RefusalForm) and not sent.validate():
        return _page(number, sent, 422)
    tools = found.tools
    days = "back_on" if isinstance(sent, ReturnForm) else "on"
    if not attempt(
        sent, lambda: verb(found.session, **tools, excusal_id=number, **facts), days=days
    ):
        return _page(number, sent, 422)
    return done(said, url_for("absences.show", number=number))


def _propose(found: Here, sent: ExcusalForm) -> None:
    """Propose what was typed."""
    excusals.propose(
        found.session,
        **found.tools,
        member_id=sent.member.member_id,
        valid_from=day_in(sent.valid_from.day),
        valid_to=day_in(sent.valid_to.day),
        ground=sent.ground.word,
        reason=sent.reason.data,
    )


def _offer(found: Here, sent: ExcusalForm) -> None:
    """Offer the members of the cell that is chosen."""
    cell, _cells = cell_asked(found)
    on, by = found.office.today, found.person
    sent.member.offer(
        members_of(found.session, by=by, cell_id=cell.id, on=on) if cell is not None else ()
    )


def _form(sent: ExcusalForm, status: int) -> Response:
    """The form, or the choice of a cell."""
    found = here()
    cell, cells = cell_asked(found)
    _offer(found, sent)
    page = render_template(
        "moderation/leaving/propose.html", nav=nav_of(found), form=sent, cell=cell, cells=cells
    )
    return make_response(page, status)


def _page(number: int, sent: PortalForm | None, status: int) -> Response:
    """One excusal; the form that was sent comes back with what was typed."""
    found = here()
    try:
        entry = find_excusal(found.session, by=found.person, excusal_id=number_in(number))
    except NotThere:
        abort(404)
    today = {"on": vn_date(found.office.today)}
    page = render_template(
        "moderation/leaving/absence.html",
        nav=nav_of(found),
        entry=entry,
        reason=_reason(found, entry),
        reminder=reminder_words(entry.excusal, found.office),
        slips=slips.slips_of(found.session, excusal_id=entry.excusal.id),
        may_decide=excusals.may_decide(entry, found.person),
        may_return=excusals.may_return(entry),
        may_note=slips.may_note(entry),
        sent=sent,
        refusal=_mine(sent, RefusalForm) or RefusalForm(formdata=None),
        slip=_mine(sent, SlipForm) or SlipForm(formdata=None, data=today),
        back=_mine(sent, ReturnForm) or ReturnForm(formdata=None),
    )
    return make_response(page, status)


def _mine(sent: PortalForm | None, kind: type[PortalForm]) -> PortalForm | None:
    """The form that was sent, where it is of this kind."""
    return sent if isinstance(sent, kind) else None


def _reason(found: Here, entry: FoundExcusal) -> Reason | None:
    """Why, for whoever may read it; nothing where it does not open any more."""
    if not entry.powers.reads:
        return None
    try:
        return read_reason(found.session, office=found.office, excusal_id=entry.excusal.id)
    except CannotOpen:
        return None


def _address(name: str, cursor: object) -> str:
    """The address of a neighbouring page."""
    return url_for("absences.index", list=name, at=str(cursor)) if cursor else ""
