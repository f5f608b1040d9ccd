"""One deed for many cases of the desk: what it would do, ordering it, and taking it back.

Whoever ordered it sees the order; for everybody else there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, request, url_for
from flask import render_template as render
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import bulk
from moderation.access import NotVisible, find_case
from moderation.bulk import MOST, OrderLine, Plan
from moderation.listing import find_first, places_of
from moderation.views.bulk_asking import Asking, ask
from moderation.views.bulk_lines import (
    EFFECTS,
    LABELS,
    draw_meant,
    draw_order,
    draw_plan,
    draw_skipped,
    hour,
    left_as_they_were,
    minutes,
    naming,
    told,
)
from moderation.views.desk import DESK
from moderation.views.here import Here, here, need_role, signed_in
from moderation.views.lists import Asked, read_asked
from moderation.views.refusals import attempt
from moderation.workflow import NotAvailable
from portal.db import LARGEST_ID
from portal.models import BulkOrder
from portal.models.bulk import BulkDeed, LeftOut
from portal.models.submission import reference_of
from portal.vocabulary import Role

bp = Blueprint("bulk", __name__, url_prefix="/bulk")
bp.before_request(signed_in)
bp.before_request(need_role(Role.MODERATOR))


@bp.get("/")
def index() -> str:
    """Show what this person has ordered, the newest first."""
    found = here()
    lines = bulk.list_orders(found.session, person=found.person)
    orders = [draw_order(line, found.office) for line in lines]
    return render("moderation/bulk/index.html", nav="desk", orders=orders)


@bp.get("/new")
def preview() -> AnyResponse:
    """Say what a deed would do to the chosen cases, or to all of a list; nothing happens yet."""
    found, deed = here(), _deed(request.args.get("do", ""))
    if deed is None:
        return redirect(url_for("desk.index"))
    asked, every = read_asked(found, DESK), "all" in request.args
    wanted = _all_of(found, asked) if every else _numbers(request.args.getlist("case"))
    asking = ask(found, deed)
    plan = bulk.plan(found.session, **found.tools, matter=asking.matter, case_ids=wanted[:MOST])
    return _page(found, asked, asking, plan, cut=len(wanted) > MOST)


@bp.post("/new")
def order() -> AnyResponse:
    """Order what the page said; what would be otherwise by now is shown once more."""
    found, deed = here(), _deed(request.form.get("do", ""))
    if deed is None:
        abort(400)
    asked, numbers = read_asked(found, DESK), _numbers(request.form.get("cases", "").split())
    asking, made = ask(found, deed), list[BulkOrder]()
    try:
        done = asking.complete and attempt(asking.form, _ordering(found, asking, numbers, made))
    except bulk.Changed as changed:
        return _changed(found, asked, asking, changed.plan, numbers)
    if not done:
        return _again(found, asked, asking, numbers)
    due = hour(made[0].due_at)
    flash(gettext("Đã đặt. Việc bắt đầu lúc %(hour)s, đến lúc đó còn hủy được.", hour=due), "good")
    found.session.commit()
    return redirect(url_for("desk.index", **asked.kept))


@bp.get("/<int:order_id>")
def show(order_id: int) -> str:
    """Show what was ordered, how far it is, and what was left out."""
    found = here()
    _order, line = _open(found, order_id)
    which: dict[str, Any] = {
        "office": found.office,
        "person": found.person,
        "order_id": line.order_id,
    }
    skipped, gone = bulk.read_skipped(found.session, **which)
    return render(
        "moderation/bulk/show.html",
        nav="desk",
        order=draw_order(line, found.office),
        effect=EFFECTS[line.deed],
        into=_target(found, line),
        meant=draw_meant(bulk.read_meant(found.session, **which)),
        skipped=draw_skipped(skipped, gone),
    )


@bp.post("/<int:order_id>/cancel")
def cancel(order_id: int) -> AnyResponse:
    """Take an order back."""
    found = here()
    order, line = _open(found, order_id)
    try:
        bulk.cancel(found.session, **found.tools, order=order)
    except NotAvailable:
        flash(gettext("Việc này đã xong, không còn gì để hủy."), "wait")
    else:
        flash(left_as_they_were(line.waiting), "good")
    found.session.commit()
    return redirect(url_for("bulk.show", order_id=order_id))


def _open(found: Here, order_id: int) -> tuple[BulkOrder, OrderLine]:
    """An order of this person's. Answers 404 for any other number."""
    try:
        number = min(order_id, LARGEST_ID)
        return bulk.find_order(found.session, person=found.person, order_id=number)
    except NotVisible:
        abort(404)


def _target(found: Here, line: OrderLine) -> str:
    """The case that takes the others in, if this person still sees it."""
    if line.into_id is None:
        return ""
    try:
        find_case(found.session, person=found.person, case_id=line.into_id, room=DESK.room)
    except NotVisible:
        return ""
    return reference_of(line.into_id)


def _deed(word: str) -> BulkDeed | None:
    """Which deed a button stands for."""
    return next((deed for deed in LABELS if deed.value == word), None)


def _numbers(typed: list[str]) -> list[int]:
    """The case numbers that a page sent; what is none was sent by no page of ours."""
    found = (int(word) for word in typed if word.isascii() and word.isdecimal() and len(word) < 20)
    return [min(number, LARGEST_ID) for number in found]


def _all_of(found: Here, asked: Asked) -> list[int]:
    """The first cases of a list as it is narrowed, one more than are taken."""
    if asked.wanted is None:
        return []
    return find_first(
        found.session,
        person=found.person,
        places=places_of(found.session, person=found.person, room=DESK.room),
        at=found.office.at,
        wanted=asked.wanted,
        most=MOST + 1,
    )


def _ordering(
    found: Here, asking: Asking, numbers: list[int], made: list[BulkOrder]
) -> Callable[[], None]:
    """How it is ordered; what comes of it is put into ``made``."""
    matter = asking.matter
    return lambda: made.append(
        bulk.order(found.session, **found.tools, matter=matter, case_ids=numbers)
    )


def _changed(found: Here, asked: Asked, asking: Asking, plan: Plan, numbers: list[int]) -> Response:
    """The page of what would happen now; or the same one, where only the reason must be mended."""
    if named := plan.left_out.get(LeftOut.NAMES):
        asking.form["note"].errors = [naming(named)]
        return _again(found, asked, asking, numbers)
    found.session.rollback()
    return _page(found, asked, asking, plan, status=409)


def _again(found: Here, asked: Asked, asking: Asking, numbers: list[int]) -> Response:
    """The page once more, with what is missing or refused beside its field."""
    found.session.rollback()
    bare = replace(asking.matter, decline=None)
    plan = bulk.plan(found.session, **found.tools, matter=bare, case_ids=numbers)
    return _page(found, asked, asking, plan, status=422)


def _page(
    found: Here, asked: Asked, asking: Asking, plan: Plan, *, status: int = 200, cut: bool = False
) -> Response:
    """What a deed would do."""
    deed = plan.matter.deed
    page = render(
        "moderation/bulk/preview.html",
        nav="desk",
        deed=deed.value,
        title=told(deed, len(plan.meant)) if plan.meant else LABELS[deed],
        effect=EFFECTS[deed],
        plan=draw_plan(found.session, plan, found.office),
        form=asking.form,
        minutes=minutes(),
        most=MOST,
        cut=cut,
        late=status == 409,
        **_ways(asked, deed),
    )
    return make_response(page, status)


def _chosen() -> tuple[list[str], bool]:
    """Which cases were ticked, and whether all of the list are taken instead; a form that was sent
    says it as the page before it did.
    """
    if request.method == "POST":
        return request.form.get("ticked", "").split()[:MOST], "all" in request.form
    return request.args.getlist("case"), "all" in request.args


def _ways(asked: Asked, deed: BulkDeed) -> dict[str, object]:
    """Where the page leads: on, back to the list, and to the other choice of cases."""
    ticked, every = _chosen()
    into = {name: request.args[name] for name in ("number",) if name in request.args}
    same: dict[str, Any] = {**asked.kept, "do": deed.value, "case": ticked}
    here = same | ({"all": "1"} if every else {})
    other = same | ({} if every else {"all": "1"})
    return {
        "action": url_for("bulk.order", **asked.kept | into),
        "same": [*((name, each) for name, each in here.items() if name != "case")],
        "marked": ticked,
        "back": url_for("desk.index", **asked.kept),
        "every": every,
        "other": url_for("bulk.preview", **other),
        "ticked": len(ticked),
    }
