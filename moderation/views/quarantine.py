"""The quarantine: groups of copies, and one decision for all copies of a group.

What a moderator may not see is in no group here; a group of which nothing may be seen is
answered as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from flask import Blueprint, Response, abort, flash, make_response, redirect, request, url_for
from flask import render_template as render
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as AnyResponse

from moderation import quarantining
from moderation.access import NotVisible, Person
from moderation.cursors import Cursor
from moderation.forms.screening import DeclineForm
from moderation.listing.copies import first_on_desk, list_copies, list_groups, read_group
from moderation.office import Office
from moderation.quarantining import Decline
from moderation.views.copy_lines import draw_copies, draw_group, progress_of
from moderation.views.here import Here, here, need_role, signed_in
from moderation.views.opening import typed
from moderation.views.refusals import attempt
from moderation.workflow import Conflict, NotAvailable
from portal.db import LARGEST_ID
from portal.fields import PortalForm
from portal.models import CopyGroup
from portal.vocabulary import Role

bp = Blueprint("quarantine", __name__, url_prefix="/quarantine")
bp.before_request(signed_in)
bp.before_request(need_role(Role.MODERATOR))

_GROUP_ID = "<int:group_id>"


class _Tools(TypedDict):
    """What every verb about a group is handed beside its session."""

    office: Office
    group: CopyGroup
    by: Person
    version: int


@dataclass(frozen=True, repr=False)
class _Work:
    """A group that somebody works on."""

    here: Here
    group: CopyGroup
    version: int

    @property
    def tools(self) -> _Tools:
        """What a verb is handed."""
        return _Tools(
            office=self.here.office, group=self.group, by=self.here.person, version=self.version
        )


@bp.get("/")
def index() -> str:
    """Show the groups of copies, the earliest deadline first."""
    found = here()
    cursor = Cursor.read(request.args.get("at", ""))
    page = list_groups(found.session, office=found.office, person=found.person, cursor=cursor)
    return render(
        "moderation/quarantine/index.html",
        nav="desk",
        groups=[draw_group(line, found.office) for line in page.lines],
        earlier=_address(page.earlier),
        later=_address(page.later),
    )


@bp.get(f"/{_GROUP_ID}")
def show(group_id: int) -> Response:
    """Show one group: its copies, and what is proposed or being carried out."""
    return _page(_open(group_id))


@bp.post(f"/{_GROUP_ID}/release")
def release(group_id: int) -> AnyResponse:
    """Let all copies go to the desk."""
    work = _open(group_id)
    sentence = gettext("Đang đưa cả nhóm lên hàng việc.")
    return _decide(
        work,
        lambda: quarantining.release(work.here.session, **work.tools),
        sentence,
    )


@bp.post(f"/{_GROUP_ID}/merge")
def merge(group_id: int) -> AnyResponse:
    """Let all copies go on in the case of the first one."""
    work = _open(group_id)
    sentence = gettext("Đang gộp cả nhóm vào thư đầu.")
    return _decide(
        work,
        lambda: quarantining.merge(work.here.session, **work.tools),
        sentence,
    )


@bp.get(f"/{_GROUP_ID}/decline")
def decline(group_id: int) -> Response:
    """Ask why the copies are not taken."""
    return _page(_open(group_id), "decline", form=DeclineForm(formdata=None))


@bp.post(f"/{_GROUP_ID}/decline")
def decline_group(group_id: int) -> AnyResponse:
    """Propose to another moderator that none of the copies is taken."""
    form = typed(DeclineForm)
    work = _open(group_id)
    if not form.validate():
        return _page(work, "decline", status=422, form=form)
    body = Decline(reason=form.reason.word, note=form.note.data)
    return _decide(
        work,
        lambda: quarantining.propose_decline(work.here.session, **work.tools, body=body),
        gettext("Đã ghi đề nghị, chờ người thứ hai xác nhận."),
        form,
    )


@bp.post(f"/{_GROUP_ID}/confirm")
def confirm(group_id: int) -> AnyResponse:
    """Confirm what another moderator proposes."""
    work = _open(group_id)
    return _decide(
        work,
        lambda: quarantining.confirm(work.here.session, **work.tools),
        gettext("Đồng chí đã xác nhận."),
    )


@bp.post(f"/{_GROUP_ID}/object")
def object_to(group_id: int) -> AnyResponse:
    """Take a proposal off the table."""
    work = _open(group_id)
    return _decide(
        work,
        lambda: quarantining.object_to(work.here.session, **work.tools),
        gettext("Đề nghị đã được bỏ. Cả nhóm vẫn chờ quyết định."),
    )


def _address(cursor: Cursor | None) -> str:
    """The address of a neighbouring page of groups; empty where there is none."""
    return url_for("quarantine.index", at=str(cursor)) if cursor else ""


def _open(group_id: int) -> _Work:
    """Find a group. Answers 404 for whoever sees nothing in it, 400 for a form of no page."""
    found = here()
    try:
        group = quarantining.find_group(
            found.session, person=found.person, group_id=min(group_id, LARGEST_ID)
        )
    except NotVisible:
        abort(404)
    version = request.form.get("version", type=int)
    if request.method == "POST" and version is None:
        abort(400)
    return _Work(found, group, version or 0)


def _decide(
    work: _Work, verb: Callable[[], None], sentence: str, form: DeclineForm | None = None
) -> AnyResponse:
    """Let a verb work and commit; whoever comes too late is shown the group as it is now."""
    group_id, session = work.group.id, work.here.session
    try:
        done = attempt(form or PortalForm(formdata=None), verb)
    except (Conflict, NotAvailable, StaleDataError):
        session.rollback()
        late = gettext("Nhóm này vừa thay đổi. Xin xem lại rồi quyết định.")
        return _page(_open(group_id), "decline" if form else "show", 409, form, late)
    if not done:
        session.rollback()
        return _page(_open(group_id), "decline", 422, form)
    flash(sentence, "good")
    session.commit()
    return redirect(url_for("quarantine.show", group_id=group_id))


def _page(
    work: _Work,
    name: str = "show",
    status: int = 200,
    form: DeclineForm | None = None,
    late: str = "",
) -> Response:
    """One page about a group."""
    found, group = work.here, work.group
    after = max(0, request.args.get("after", 0, type=int))
    copies, more = list_copies(
        found.session,
        office=found.office,
        person=found.person,
        group_id=group.id,
        after=min(after, LARGEST_ID),
    )
    line = read_group(found.session, office=found.office, person=found.person, group_id=group.id)
    page = render(
        f"moderation/quarantine/{name}.html",
        nav="desk",
        group=draw_group(line, found.office),
        line=line,
        version=group.version,
        copies=draw_copies(copies),
        later=url_for("quarantine.show", group_id=group.id, after=more) if more else "",
        proposal=quarantining.read_proposal(found.session, office=found.office, group=group),
        progress=progress_of(line),
        first_id=first_on_desk(found.session, group=group, person=found.person),
        form=form,
        late=late,
    )
    return make_response(page, status)
