"""Transfers: who moves to another cell, what waits to be taken in, and what takes too long."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.access import Person
from moderation.forms.leaving import StepForm, TransferForm
from moderation.leaving import arriving, listing, transfers
from moderation.leaving.finding import (
    FoundTransfer,
    NotThere,
    find_transfer,
    members_of,
    posts_held,
)
from moderation.leaving.transfers import Plan
from moderation.register import below, places_of_today
from moderation.setting_places import units_of_today
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
from moderation.views.leaving.sides import TRANSFERS, sides
from moderation.views.leaving.telling import transfer_line, transfer_words
from portal.fields import PortalForm
from portal.models import Organisation
from portal.text import vn_date
from portal.vocabulary import CELLS

bp = Blueprint("transfers", __name__, url_prefix="/register/transfers")
bp.before_request(signed_in)
bp.before_request(need_keeper)


@bp.get("/")
def index() -> str:
    """Show one of the lists."""
    found = here()
    name = request.args.get("list", "")
    name = name if name in TRANSFERS else next(iter(TRANSFERS))
    page = listing.transfers(found.session, **found.tools, name=name, cursor=cursor_asked())
    return render_template(
        "moderation/leaving/transfers.html",
        nav=nav_of(found),
        name=name,
        title=str(TRANSFERS[name]),
        lines=[transfer_line(*row, office=found.office) for row in page.rows],
        sides=sides(found, url_for("transfers.index", list=name)),
        earlier=_address(name, page.earlier),
        later=_address(name, page.later),
    )


@bp.get("/new")
def form() -> Response:
    """Show the form of a transfer, once the cell and the commune are chosen."""
    return _form(TransferForm(formdata=None), 200)


@bp.post("/new")
def begin() -> AnyResponse:
    """Write down that a transfer was decided."""
    found, sent = here(), TransferForm()
    _offer(found, sent)
    if not sent.validate() or not attempt(sent, lambda: _begin(found, sent), days="decided_on"):
        return _form(sent, 422)
    return done(gettext("Đã ghi quyết định chuyển."), url_for("transfers.index", list="moving"))


@bp.get("/<int:number>")
def show(number: int) -> Response:
    """Show one transfer with what may be written down now."""
    return _page(number, None, 200)


@bp.post("/<int:number>/letter")
def send(number: int) -> AnyResponse:
    """Write down the day of the referral letter."""
    return _step(number, transfers.send, gettext("Đã ghi ngày giấy giới thiệu."))


@bp.post("/<int:number>/accept")
def accept(number: int) -> AnyResponse:
    """Take the member in."""
    return _step(number, arriving.accept, gettext("Đã ghi ngày tiếp nhận."))


@bp.post("/<int:number>/left")
def leave(number: int) -> AnyResponse:
    """Write down that the member is out of the area."""
    return _step(number, arriving.leave_area, gettext("Đã ghi ngày chuyển ra ngoài địa bàn."))


@bp.post("/<int:number>/return")
def come_back(number: int) -> AnyResponse:
    """Write down that the member is back."""
    return _step(number, arriving.come_back, gettext("Đã ghi ngày về."))


@bp.post("/<int:number>/cancel")
def cancel(number: int) -> AnyResponse:
    """Write down that nothing came of it."""
    found, sent, number = here(), PortalForm(), number_in(number)
    tools = found.tools
    if not attempt(sent, lambda: transfers.cancel(found.session, **tools, transfer_id=number)):
        return _page(number, sent, 422)
    return done(gettext("Đã ghi thôi chuyển."), url_for("transfers.show", number=number))


def _step(number: int, verb: Any, said: str) -> AnyResponse:
    """Let a transfer come one step further on a day, or show its page again with what is wrong."""
    found, sent, number = here(), StepForm(), number_in(number)
    if not sent.validate():
        return _page(number, sent, 422)
    facts = {**found.tools, "transfer_id": number, "on": day_in(sent.step_on.day)}
    if not attempt(sent, lambda: verb(found.session, **facts), days="step_on"):
        return _page(number, sent, 422)
    return done(said, url_for("transfers.index"))


def _begin(found: Here, sent: TransferForm) -> None:
    """Write down what was typed."""
    plan = Plan(
        member_id=sent.member.member_id,
        kind=sent.kind.word,
        decided_on=day_in(sent.decided_on.day),
        to_id=sent.to_id,
        until=sent.until.day,
    )
    transfers.begin(found.session, **found.tools, plan=plan)


def _offer(found: Here, sent: TransferForm) -> None:
    """Offer the members of the cell that is chosen, and the cells of the commune."""
    cell, _cells = cell_asked(found)
    on, by, unit = found.office.today, found.person, request.args.get("unit", "")
    members = members_of(found.session, by=by, cell_id=cell.id, on=on) if cell is not None else []
    sent.offer(members, _cells_of(found, int(unit)) if unit.isdecimal() and len(unit) < 19 else [])


def _cells_of(found: Here, unit_id: int) -> list[Organisation]:
    """The cells of a commune or ward today."""
    places = places_of_today(found.session, among=below([unit_id]), on=found.office.today)
    return [place for place in places if place.kind in CELLS]


def _form(sent: TransferForm, status: int) -> Response:
    """The form, or the choice of a cell and of a commune."""
    found = here()
    cell, cells = cell_asked(found)
    _offer(found, sent)
    page = render_template(
        "moderation/leaving/begin.html",
        nav=nav_of(found),
        form=sent,
        cell=cell,
        cells=cells,
        units=units_of_today(found.session, on=found.office.today),
        unit=request.args.get("unit", ""),
    )
    return make_response(page, status)


def _page(number: int, sent: PortalForm | None, status: int) -> Response:
    """One transfer; the form that was sent comes back with what was typed."""
    found = here()
    try:
        entry = find_transfer(found.session, by=found.person, transfer_id=number_in(number))
    except NotThere:
        abort(404)
    mine = sent if isinstance(sent, StepForm) else None
    page = render_template(
        "moderation/leaving/transfer.html",
        nav=nav_of(found),
        entry=entry,
        words=transfer_words(entry.transfer, found.office),
        late=_late(entry, found),
        step=_next_step(entry, found.person),
        others=arriving.is_received(entry) and not arriving.may_accept(entry, found.person),
        posts=posts_held(found.session, member_id=entry.member.id, on=found.office.today),
        may_cancel=transfers.may_cancel(entry),
        sent=sent,
        form=mine or StepForm(formdata=None, data={"step_on": vn_date(found.office.today)}),
    )
    return make_response(page, status)


def _next_step(entry: FoundTransfer, by: Person) -> str:
    """The step that may be written down now; none for whoever may not."""
    steps = {
        "send": transfers.may_send(entry),
        "accept": arriving.may_accept(entry, by),
        "leave": arriving.may_leave(entry),
        "come_back": arriving.may_return(entry),
    }
    return next((name for name, may in steps.items() if may), "")


def _late(entry: FoundTransfer, found: Here) -> bool:
    """Whether the stage takes longer than it may."""
    transfer = entry.transfer
    return transfer.state in transfers.UNDER_WAY and transfer.due_on < found.office.today


def _address(name: str, cursor: object) -> str:
    """The address of a neighbouring page."""
    return url_for("transfers.index", list=name, at=str(cursor)) if cursor else ""
