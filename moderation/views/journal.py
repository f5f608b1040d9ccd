"""The journal of what staff did, for auditors: on the screen, and as a sheet to keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, stream_with_context, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.auditing import Line, Page, Somebody, Wanted, every_line, turn_to
from moderation.cursors import Cursor
from moderation.forms.auditing import JournalForm
from moderation.journal import write_down
from moderation.refusals import refused_lately
from moderation.register import below, places_of_today
from moderation.views.again import needs_fresh_proof
from moderation.views.deeds import deed_line, doer_of
from moderation.views.here import Here, here, need_role, signed_in
from portal.spreadsheet import MARK, write_row
from portal.text import vn_datetime
from portal.unit import reading_session
from portal.vocabulary import Deed, OrganisationKind, Role

bp = Blueprint("journal", __name__, url_prefix="/journal")
bp.before_request(signed_in)
bp.before_request(need_role(Role.AUDITOR))


@bp.get("/")
def index() -> str:
    """Show the journal, newest first, narrowed as the address says."""
    found, form = here(), _form(formdata=request.args)
    wanted = form.wanted(found.office.today) if form.validate() else None
    cursor = Cursor.read(request.args.get("at", ""))
    page = Page()
    if wanted is not None:
        page = turn_to(found.session, by=found.person, wanted=wanted, cursor=cursor)
    return render_template(
        "moderation/journal.html",
        nav="journal",
        form=form,
        lines=[(line, doer_of(line), deed_line(line)) for line in page.lines],
        refused=_refused_lately(found),
        **_ways(page, form),
    )


@bp.post("/export")
def export() -> AnyResponse:
    """Hand the same out as a sheet; that it was handed out is written down first."""
    if asked := needs_fresh_proof():
        return asked
    found, form = here(), _form()
    if not form.validate():
        abort(400)
    _write_down_export(found)
    found.session.commit()
    sheet = stream_with_context(_sheet(found, form.wanted(found.office.today)))
    name = f"nhat-ky-{found.office.today.isoformat()}.csv"
    return Response(
        sheet,
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _form(**options: Any) -> JournalForm:
    """The form with the places at or below those of the auditor."""
    form, found = JournalForm(**options), here()
    own = below(found.person.organisations(Role.AUDITOR))
    form.place.offer(places_of_today(found.session, among=own, on=found.office.today, cells=False))
    return form


def _refused_lately(found: Here) -> int:
    """How many passwords were refused in the last day, for auditors of the highest level."""
    highest = any(
        grant.role is Role.AUDITOR and grant.kind is OrganisationKind.PROVINCE
        for grant in found.person.grants
    )
    return refused_lately(found.session, at=found.office.at) if highest else 0


def _write_down_export(found: Here) -> None:
    """Write down, at every place where this person is auditor, that the journal left the site."""
    for organisation_id in found.person.organisations(Role.AUDITOR):
        write_down(
            found.session,
            ring=found.office.ring,
            at=found.office.at,
            deed=Deed.EXPORTED,
            account_id=found.person.account_id,
            organisation_id=organisation_id,
        )


def _sheet(found: Here, wanted: Wanted) -> Iterator[bytes]:
    """The lines of the sheet. The mark at its beginning tells programs that it is UTF-8."""
    yield MARK
    yield write_row(
        (
            *(gettext("Lúc"), gettext("Người làm"), gettext("Tên đăng nhập")),
            *(gettext("Việc đã làm"), gettext("Số hồ sơ"), gettext("Tài khoản liên quan")),
            *(gettext("Tên đăng nhập liên quan"), gettext("Đảng viên"), gettext("Nơi")),
        )
    )
    for line in every_line(reading_session(), by=found.person, wanted=wanted):
        yield write_row(_cells(line))


def _cells(line: Line) -> tuple[str, ...]:
    """One line as the cells of a row."""
    who, about = doer_of(line), line.about or Somebody("", "")
    told = (vn_datetime(line.at), who.name, who.login, deed_line(line))
    return (*told, line.reference, about.name, about.login, line.member, line.place)


def _ways(page: Page, form: JournalForm) -> dict[str, object]:
    """Where the journal goes on, and how to see all of it again."""
    kept = form.kept()
    return {
        "kept": kept,
        "earlier": _address(page.earlier, kept),
        "later": _address(page.later, kept),
    }


def _address(cursor: Cursor | None, kept: dict[str, Any]) -> str:
    """The address of a page, or nothing where there is none."""
    return url_for("journal.index", at=str(cursor), **kept) if cursor else ""
