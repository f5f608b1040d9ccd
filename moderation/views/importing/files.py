"""The page that asks for a file, and what becomes of one that cannot be read at all."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from moderation.importing import arriving, examples
from moderation.importing.columns import FIELDS
from moderation.importing.finding import imports_of
from moderation.importing.row_limits import MOST_ROWS, Fault
from moderation.importing.starting import Busy
from moderation.views.here import here
from moderation.views.importing.faults import told_fault
from moderation.views.importing.room import bp
from moderation.views.importing.telling import import_line
from portal.files.arriving import Upload, takes_file
from portal.files.storing import CannotStore
from portal.holding import held
from portal.models.register_import import ImportKind


@bp.get("/")
def index() -> Response:
    """Ask for a file, and list those of before."""
    return _page(None, 200)


@bp.post("/")
@takes_file
def bring() -> AnyResponse:
    """Take a file, and go on to its columns; or say why it cannot be read."""
    found, kind = here(), _kind(request.form.get("kind", ""))
    upload = cast(Upload | None, request.files.get("file"))
    # The process that looks into the file takes its time; nobody waits for this request meanwhile.
    found.session.rollback()
    try:
        given, name = _given(upload)
        arrived = arriving.arrive(held().files, given=given, name=name, kind=kind)
    except (Fault, Busy, CannotStore) as error:
        return _page(error, 503 if isinstance(error, Busy | CannotStore) else 422)
    row = arriving.enter(found.session, **found.tools, kind=kind, arrived=arrived)
    found.session.commit()
    return redirect(url_for("importing.show", import_id=row.id))


@bp.get("/example/<kind>.csv")
def example(kind: str) -> Response:
    """Hand out a file to try with: the head and invented rows."""
    response = Response(examples.example(_kind(kind)), mimetype="text/csv")
    name = {ImportKind.MEMBERS: "mau-dang-vien.csv"}.get(_kind(kind), "mau-to-chuc.csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _given(upload: Upload | None) -> tuple[BinaryIO, str]:
    """What was sent, and what it is called. Raises Fault and Busy for what was not kept."""
    if upload is None or upload.size == 0 or not upload.filename:
        raise Fault("nothing")
    if upload.too_large:
        raise Fault("too_large")
    if upload.kept is None:
        raise Busy
    return upload.kept, upload.filename


def _kind(word: str) -> ImportKind:
    try:
        return ImportKind(word)
    except ValueError:
        abort(404)


def _page(error: Exception | None, status: int) -> Response:
    """The page that asks for a file."""
    found = here()
    page = render_template(
        "moderation/importing/index.html",
        nav="register",
        fault=told_fault(error) if error else None,
        lines=[import_line(row) for row in imports_of(found.session, by=found.person)],
        fields=FIELDS[ImportKind.MEMBERS],
        organisation_fields=FIELDS[ImportKind.ORGANISATIONS],
        most=MOST_ROWS,
    )
    return make_response(page, status)
