"""Days in a file: bringing them in, from a sheet or a calendar, and taking them out."""

from __future__ import annotations

from typing import cast

from flask import Response, flash, make_response, render_template, request
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.calendar.arriving import FILE_BYTES, Arrived, read_file
from moderation.calendar.reading import all_days
from moderation.calendar.rows import Fault
from moderation.calendar.sheets import write_rows
from moderation.views.calendar.room import bp
from moderation.views.calendar.telling import fault_place, fault_words
from moderation.views.calendar.years import draft
from moderation.views.here import here
from moderation.views.keeping import keeper
from portal.files.arriving import Upload, takes_file
from portal.models.calendar import DayKind

#: So many faults are shown: whoever has more begins with these.
_SHOWN = 200


@bp.get("/import")
def importing() -> Response:
    """Ask for a file."""
    keeper()
    return _page(None, 200)


@bp.post("/import")
@takes_file
def bring() -> AnyResponse:
    """Draft what a file brings, or say row by row why it cannot be taken; then none of it is."""
    found = keeper()
    today = found.office.today
    arrived = read_file(_bytes(), today=today)
    if arrived.faults:
        return _page(arrived, 422)
    there = {row.on: row for row in all_days(found.session)}
    same = sum(
        day.on in there and (there[day.on].kind, there[day.on].note) == (day.kind, day.note)
        for day in arrived.days
    )
    if same and same < len(arrived.days):
        flash(_unchanged(same), "info")
    return draft(today, arrived.days)


@bp.get("/export")
def export() -> Response:
    """Hand out every day as a sheet that can be brought back."""
    days = all_days(here().session)
    lines = write_rows((d.on, d.kind, d.note) for d in days if d.kind is not DayKind.PLAIN)
    response = Response(b"".join(lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="lich-ngay-nghi.csv"'
    return response


def _bytes() -> bytes:
    """What was sent, and one byte more than may be sent."""
    upload = cast(Upload | None, request.files.get("file"))
    if upload is None or upload.kept is None or not upload.filename:
        return b""
    upload.kept.seek(0)
    return upload.kept.read(FILE_BYTES + 1)


def _unchanged(count: int) -> str:
    return ngettext(
        "%(num)s ngày trong tệp đã có sẵn, không đổi.",
        "%(num)s ngày trong tệp đã có sẵn, không đổi.",
        count,
    )


def _page(arrived: Arrived | None, status: int) -> Response:
    """The page that asks for a file, with what was wrong with the one before."""
    faults: tuple[Fault, ...] = arrived.faults if arrived else ()
    page = render_template(
        "moderation/calendar/import.html",
        nav="settings",
        faults=[(fault_place(each), fault_words(each)) for each in faults[:_SHOWN]],
        more=max(0, len(faults) - _SHOWN),
        good=len(arrived.rows) if arrived else 0,
    )
    return make_response(page, status)
