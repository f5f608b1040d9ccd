"""Taking a table along: that somebody did is written down before it leaves the site."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, request

from moderation.forms.reports import ReportForm
from moderation.journal import write_down
from moderation.reports.reading import Report
from moderation.reports.sheets import csv_lines
from moderation.views.here import Here, here
from moderation.views.reports.pages import report_of
from moderation.views.reports.room import bp
from portal.vocabulary import Deed, ReportTable

_NAMES = {ReportTable.MEMBERS: "dang-vien"}


@bp.post("/<int:organisation_id>/csv")
def take_csv(organisation_id: int) -> Response:
    """Hand out the table with every level below it as rows."""
    return _hand_out(organisation_id, _csv, "csv", "text/csv")


def _hand_out(
    organisation_id: int, draw: Callable[[Report], bytes], ending: str, mimetype: str
) -> Response:
    """Draw the table that was on the page, and write down for good that it was taken."""
    found, form = here(), ReportForm(formdata=request.form)
    if not form.settle(found.office.today):
        abort(400)
    report = report_of(found, organisation_id, form)
    if not report.there:
        abort(404)
    response = Response(draw(report), mimetype=mimetype)
    name = f"{_NAMES[report.layout.table]}-{report.period.until.isoformat()}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    _write_down(found, report)
    found.session.commit()
    return response


def _csv(report: Report) -> bytes:
    return b"".join(csv_lines(report))


def _write_down(found: Here, report: Report) -> None:
    """Write down at the organisation of the table that it was taken."""
    write_down(
        found.session,
        ring=found.office.ring,
        at=found.office.at,
        deed=Deed.REPORT_TAKEN,
        account_id=found.person.account_id,
        organisation_id=report.top.id,
    )
