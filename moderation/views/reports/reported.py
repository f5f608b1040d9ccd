"""What others have reported: the list with its sources, and a registrar's form for one line."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.reporting import ReportedForm
from moderation.reports.reported import (
    CannotReport,
    NoSuchFigure,
    correct,
    organisations_of,
    read_one,
    report,
    reported_lines,
    strike,
)
from moderation.reports.wording import labelled
from moderation.views.here import here
from moderation.views.keeping import nothing_there
from moderation.views.reports.cards import reported_of
from moderation.views.reports.room import bp
from portal.db import LARGEST_ID
from portal.models import ReportedFigure
from portal.vocabulary import Role

bp.register_error_handler(NoSuchFigure, nothing_there)


@bp.get("/reported/")
def reported() -> str:
    """Show what was reported, each line with its source and nothing added up."""
    found = here()
    lines = reported_lines(found.session, by=found.person)
    return render_template(
        "moderation/reports/reported.html",
        nav="reports",
        lines=[reported_of(line) for line in lines],
        may_enter=found.person.has(Role.REGISTRAR),
    )


@bp.get("/reported/new")
def fresh() -> Response:
    """Ask for what a source tells."""
    return _page(_form(formdata=None), None)


@bp.post("/reported/new")
def enter() -> AnyResponse:
    """Enter what a source tells."""
    return _keep(_form(), None)


@bp.get("/reported/<int:number>")
def one(number: int) -> Response:
    """Show the form of one line as it was entered."""
    row, form = _row(number), _form(formdata=None)
    form.take(row)
    return _page(form, row)


@bp.post("/reported/<int:number>")
def correct_one(number: int) -> AnyResponse:
    """Enter what the source really tells."""
    return _keep(_form(), _row(number))


@bp.post("/reported/<int:number>/strike")
def strike_out(number: int) -> AnyResponse:
    """Show a line no more."""
    found = here()
    strike(found.session, office=found.office, by=found.person, number=min(number, LARGEST_ID))
    flash(gettext("Đã bỏ dòng số liệu."), "good")
    found.session.commit()
    return redirect(url_for("reports.reported"))


def _row(number: int) -> ReportedFigure:
    """The line of this number, where a registrar may change it. Raises NoSuchFigure."""
    found = here()
    number = min(number, LARGEST_ID)
    return read_one(found.session, by=found.person, number=number, role=Role.REGISTRAR)


def _form(**options: object) -> ReportedForm:
    """The form with the organisations of the registrar; for others there is none."""
    found = here()
    if not found.person.has(Role.REGISTRAR):
        abort(404)
    form = ReportedForm(**options)
    places = organisations_of(found.session, by=found.person, role=Role.REGISTRAR)
    form.place.offer(places)
    names = {str(place.id): labelled(place.name, place.valid_to) for place in places}
    form.place.answers = {**form.place.answers, **names}
    return form


def _keep(form: ReportedForm, row: ReportedFigure | None) -> AnyResponse:
    """Enter the line, or give the form back with what is wrong."""
    found = here()
    if not form.check() or not _kept(form, row):
        return _page(form, row, 422)
    flash(gettext("Đã lưu số liệu."), "good")
    found.session.commit()
    return redirect(url_for("reports.reported"))


def _kept(form: ReportedForm, row: ReportedFigure | None) -> bool:
    """Whether the line was taken; the form says why not."""
    found, facts = here(), form.facts()
    try:
        if row is None:
            report(found.session, **found.tools, facts=facts)
        else:
            correct(found.session, **found.tools, number=row.id, facts=facts)
    except CannotReport as error:
        part, whole = str(error.part.label), str(error.whole.label)
        sentence = gettext("Không thể lớn hơn “%(whole)s”.", whole=whole)
        form[str(error.part)].errors = [f"{part}: {sentence}"]
        return False
    return True


def _page(form: ReportedForm, row: ReportedFigure | None, status: int = 200) -> Response:
    """The form on its page."""
    page = render_template(
        "moderation/reports/reporting.html",
        nav="reports",
        form=form,
        told=list(form.told()),
        number=row.id if row else None,
    )
    return make_response(page, status)
