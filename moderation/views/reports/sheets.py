"""Taking a table along: that somebody did is written down before it leaves the site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Response, abort, request

from moderation.forms.reports import ReportForm
from moderation.journal import write_down
from moderation.reports.books import print_book
from moderation.reports.papers import report_book, report_paper
from moderation.reports.reading import Report
from moderation.reports.sheets import csv_lines
from moderation.reports.wording import Taken
from moderation.views.here import Here, here
from moderation.views.reports.pages import report_of
from moderation.views.reports.room import bp
from portal.holding import held
from portal.i18n import DEFAULT, speaking
from portal.printing.starting import NotPrinted, print_sheet
from portal.security import SANDBOX
from portal.views.papers import marked
from portal.vocabulary import Deed, ReportTable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What is drawn when everything is written down, and what makes it ready before.
Draw = Callable[[], bytes]
Make = Callable[[Here, Report], Draw]
_NAMES = {
    ReportTable.MEMBERS: "bieu-tong-hop-dang-vien",
    ReportTable.CASEWORK: "bieu-tong-hop-y-kien",
    ReportTable.KINDS: "y-kien-theo-loai",
    ReportTable.TOPICS: "y-kien-theo-linh-vuc",
    ReportTable.CHANNELS: "y-kien-theo-kenh",
    ReportTable.FINDINGS: "ket-luan",
    ReportTable.DESK_STAGES: "thoi-han-tiep-nhan",
    ReportTable.HANDLING_STAGES: "thoi-han-giai-quyet",
}


@bp.post("/<int:organisation_id>/csv")
def take_csv(organisation_id: int) -> Response:
    """Hand out the table with every level below it as rows."""
    return _hand_out(organisation_id, _csv, "csv", "text/csv")


@bp.post("/<int:organisation_id>/xlsx")
def take_xlsx(organisation_id: int) -> Response:
    """Hand out the same as a workbook."""
    return _hand_out(organisation_id, _xlsx, "xlsx", XLSX)


@bp.post("/<int:organisation_id>/pdf")
def take_pdf(organisation_id: int) -> Response:
    """Hand out the table of the level in the Party's form; that of members may be signed."""
    return _hand_out(organisation_id, _pdf, "pdf", "application/pdf")


def _hand_out(organisation_id: int, make: Make, ending: str, mimetype: str) -> Response:
    """Write down for good that the table on the page is taken, then draw it: others must not wait
    for that with their work.
    """
    found, form = here(), ReportForm(formdata=request.form)
    if not form.settle(found.office.today):
        abort(400)
    report = report_of(found, organisation_id, form)
    if not report.there:
        abort(404)
    draw = make(found, report)
    _write_down(found, report)
    found.session.commit()
    try:
        response = Response(draw(), mimetype=mimetype)
    except NotPrinted:
        abort(503)
    name = f"{_NAMES[report.layout.table]}-{report.period.until.isoformat()}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    if ending == "pdf":
        response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _csv(found: Here, report: Report) -> Draw:
    """The table as rows, in the language of the page."""
    whole, taken = replace(report, level=None), _taken(found)
    return lambda: b"".join(csv_lines(whole, taken=taken))


def _xlsx(found: Here, report: Report) -> Draw:
    """The table as a workbook."""
    with speaking(DEFAULT):
        whole = replace(report, level=None)
        return partial(print_book, report_book(whole, taken=_taken(found)))


def _pdf(found: Here, report: Report) -> Draw:
    """The table as a paper."""
    with speaking(DEFAULT):
        paper = report_paper(found.session, report=report, taken=_taken(found))
    return partial(print_sheet, marked(paper))


def _taken(found: Here) -> Taken:
    """Who takes the table along, and when."""
    sample = held().installation.current().sample
    person = found.person
    return Taken(f"{person.name} ({person.login})", found.office.at, sample=sample)


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
