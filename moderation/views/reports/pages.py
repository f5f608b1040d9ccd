"""A table of one level with its children, the way down and up, and one of its columns drawn."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.reports import ReportForm
from moderation.reports.reading import Report, places_of, read_report
from moderation.reports.tables import LAYOUTS
from moderation.reports.tree import Unit
from moderation.views.here import Here, here
from moderation.views.reports.drawing import (
    bars_of,
    notes_of,
    numbers_of,
    presets_of,
    rates_of,
    ways_of,
)
from moderation.views.reports.room import bp
from portal.db import LARGEST_ID


@bp.get("/")
def index() -> AnyResponse:
    """Begin at the first place of the reader."""
    return redirect(url_for("reports.show", organisation_id=places_of(here().person)[0]))


@bp.get("/<int:organisation_id>")
def show(organisation_id: int) -> Response:
    """Show the table that the address names, or what is wrong with the address."""
    found, form = here(), ReportForm(formdata=request.args)
    form.table.offer(table for table in LAYOUTS if places_of(found.person, table))
    settled = form.settle(found.office.today)
    report = report_of(found, organisation_id, form if settled else _fresh(found))
    form.level.answers = {each: form.level.answers[each] for each in ("", *_offered(report))}
    page = render_template(
        "moderation/reports/table.html",
        nav="reports",
        form=form,
        report=report if settled else None,
        name=report.top.short_name,
        places=_other_places(found, report),
        **(_told(report, form) if settled and report.there else {}),
    )
    return make_response(page, 200 if settled else 422)


def report_of(found: Here, organisation_id: int, form: ReportForm) -> Report:
    """The table that a settled form asks for. Raises NoSuchReport."""
    return read_report(
        found.session,
        ring=found.office.ring,
        by=found.person,
        organisation_id=min(organisation_id, LARGEST_ID),
        table=form.layout.table,
        period=form.period,
        level=form.kind,
    )


def _fresh(found: Here) -> ReportForm:
    """The form as it is before anything was asked: an address with faults is of some place, too."""
    form = ReportForm(formdata=None)
    form.settle(found.office.today)
    return form


def _told(report: Report, form: ReportForm) -> dict[str, object]:
    """What the page says of a table."""
    return {
        "numbers": numbers_of(report, kept=form.kept()),
        "rates": rates_of(report),
        "bars": bars_of(report, form.column),
        "notes": notes_of(report),
        "ways": ways_of(report, kept=form.kept()),
        "presets": presets_of(report, kept=form.kept(), today=here().office.today),
    }


def _offered(report: Report) -> list[str]:
    """The levels whose units may be the lines."""
    return [str(kind) for kind in report.levels()] if report.there else []


def _other_places(found: Here, report: Report) -> list[Unit]:
    """Where else the reader begins to read figures."""
    begins = map(report.tree.known, places_of(found.person))
    return [unit for unit in begins if unit is not None and unit.id != report.top.id]
