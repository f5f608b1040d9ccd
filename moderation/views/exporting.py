"""Handing the register out to whoever keeps it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from moderation.exporting import handing_out
from moderation.forms.exporting import ExportForm
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from portal.models.register_import import ImportKind, SheetFormat
from portal.patience import be_patient
from portal.text import vn_date
from portal.unit import reading_session
from portal.vocabulary import Role

#: A whole province as a workbook, on a machine that is busy.
_SECONDS = 300.0

bp = Blueprint("exporting", __name__, url_prefix="/register/export")
bp.before_request(signed_in)
bp.before_request(need_role(Role.REGISTRAR))


@bp.get("/")
def index() -> Response:
    """Ask what is to be handed out."""
    today = vn_date(here().office.today)
    data = {"kind": ImportKind.MEMBERS.value, "form": SheetFormat.XLSX.value, "on": today}
    return _page(ExportForm(formdata=None, data=data), 200)


@bp.post("/")
def hand_out() -> AnyResponse:
    """Hand it out; that it was handed out is written down first."""
    if asked := needs_fresh_proof():
        return asked
    found, form = here(), ExportForm()
    if not form.validate():
        return _page(form, 422)
    handing_out.write_export(found.session, **found.tools)
    found.session.commit()
    return _file(ImportKind(form.kind.data), SheetFormat(form.form.data), form)


def _file(kind: ImportKind, written: SheetFormat, form: ExportForm) -> Response:
    """The file, sent while it is gathered."""
    found, on = here(), form.on.day or here().office.today
    be_patient(_SECONDS)
    pieces = handing_out.pieces(reading_session(), **found.tools, kind=kind, form=written, on=on)
    name = handing_out.name_of(kind, written, on)
    return Response(
        stream_with_context(pieces),
        mimetype=handing_out.mimetype_of(written),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(form: ExportForm, status: int) -> Response:
    """The page that asks."""
    page = render_template("moderation/exporting.html", nav="register", form=form)
    return make_response(page, status)
